"""The Range header of GetObject and HeadObject.

Sources: GetObject, RFC 7233; RECORDED, LS test_get_object_range, test_invalid_range_error.
"""

from __future__ import annotations

import re
from typing import Final

from s3tag_mock import errors

_RANGE: Final = re.compile(r"bytes=(?P<first>[0-9]{0,999})-(?P<last>[0-9]{0,999})")


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a Range header asks for; None for one that isn't a range.

    What isn't a range (two of them, another unit, a last byte before the first, a thousand digits) is
    ignored, as HTTP has it: the whole object is answered.

    :param size: of the object, in bytes.
    :raises AwsError: 416 InvalidRange when no byte of the object is meant.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or not (match["first"] or match["last"]):
        return None
    if not match["first"]:
        first, last = max(size - int(match["last"]), 0), size - 1
        if int(match["last"]) == 0:
            first = size
    else:
        first = int(match["first"])
        last = min(int(match["last"]), size - 1) if match["last"] else size - 1
        if match["last"] and int(match["last"]) < first:
            return None
    if first >= size:
        raise errors.INVALID_RANGE(ActualObjectSize=str(size), RangeRequested=header)
    return first, last
