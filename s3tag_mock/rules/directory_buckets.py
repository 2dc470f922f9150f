"""Directory buckets: their names, and their storage class.

Source: S3 user guide, "Directory bucket naming rules", "Differences for directory buckets".
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = re.compile(r"(?=.{3,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?--(?P<zone>[a-z0-9-]+-az\d+)--x-s3")
#: The one storage class that they have, whatever a call says of it.
STORAGE_CLASS: Final = "EXPRESS_ONEZONE"


def zone_of(name: str) -> str | None:
    """The availability zone's id that a directory bucket's name holds; None for another name."""
    match = _NAME.fullmatch(name)
    return match["zone"] if match else None
