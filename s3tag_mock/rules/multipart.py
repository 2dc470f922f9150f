"""What multipart uploads allow: checksum types, part numbers, the list of parts that completes one.

Sources: CreateMultipartUpload, UploadPart, CompleteMultipartUpload; RECORDED, LS
test_multipart_checksum_type_compatibility, test_multipart_parts_checksum_exceptions_composite,
test_complete_multipart_parts_order, test_multipart_complete_multipart_wrong_part,
test_multipart_complete_multipart_too_small.
"""

from __future__ import annotations

import re
from typing import Final

from s3tag_mock import errors
from s3tag_mock.rules import limits

_ALGORITHMS: Final = ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256")
_COPY_RANGE: Final = re.compile("bytes=([0-9]{1,999})-([0-9]{1,999})")
_COMPOSITE, _FULL_OBJECT = "COMPOSITE", "FULL_OBJECT"


def checksum_type(algorithm: str | None, asked_for: str | None) -> str | None:
    """The checksum type of an upload: what was asked for, or the algorithm's own.

    :raises AwsError: InvalidRequest, when they don't go together.
    """
    if algorithm is None:
        if asked_for is not None:
            raise errors.CHECKSUM_TYPE_WITHOUT_ALGORITHM()
        return None
    if algorithm not in _ALGORITHMS:
        raise errors.UNSUPPORTED_CHECKSUM(hint=algorithm)
    impossible = {"CRC64NVME": _COMPOSITE, "SHA1": _FULL_OBJECT, "SHA256": _FULL_OBJECT}.get(algorithm)
    if asked_for is not None and asked_for == impossible:
        raise errors.CHECKSUM_TYPE_IMPOSSIBLE(kind=asked_for, algorithm=algorithm.lower())
    return asked_for or (_FULL_OBJECT if impossible == _COMPOSITE else _COMPOSITE)


def check_part_number(number: int) -> None:
    """Refuse a part number that isn't one.

    :raises AwsError: InvalidArgument.
    """
    first, last = limits.PART_NUMBERS
    if not first <= number <= last:
        raise errors.INVALID_ARGUMENT(
            message=f"Part number must be an integer between {first} and {last}, inclusive",
            ArgumentName="partNumber",
            ArgumentValue=str(number),
        )


def check_part_size(number: int, size: int, etag: str, smallest: int) -> None:
    """Refuse a part that is too small.

    :param smallest: how many bytes it has at least.
    :raises AwsError: EntityTooSmall.
    """
    if size < smallest:
        raise errors.ENTITY_TOO_SMALL(
            ETag=etag,
            MinSizeAllowed=str(smallest),
            PartNumber=str(number),
            ProposedSize=str(size),
            hint=f"every part but the last has at least {smallest} bytes, unless min_part_size says less",
        )


def copy_range(text: str, size: int) -> tuple[int, int]:
    """First and last byte of an UploadPartCopy's CopySourceRange, which is stricter than Range.

    RECORDED, LS test_upload_part_copy_range.

    :param size: of the source, in bytes.
    :raises AwsError: InvalidArgument, InvalidRequest.
    """
    argument = "x-amz-copy-source-range"
    match = _COPY_RANGE.fullmatch(text)
    first, last = (int(match[1]), int(match[2])) if match else (1, 0)
    if first > last:
        raise errors.INVALID_ARGUMENT(
            message=f"The {argument} value must be of the form bytes=first-last where first and last are the "
            "zero-based offsets of the first and last bytes to copy",
            ArgumentName=argument,
            ArgumentValue=text,
        )
    if first >= size:
        raise errors.COPY_RANGE_BEYOND()
    if last >= size:
        raise errors.INVALID_ARGUMENT(
            message=f"Range specified is not valid for source object of size: {size}",
            ArgumentName=argument,
            ArgumentValue=text,
        )
    return first, last
