"""The regions that CreateBucket's LocationConstraint may name (S3 API reference, CreateBucket), and those of
the partitions that the reference doesn't name (botocore's endpoints.json).
"""

from __future__ import annotations

import re
from typing import Final

#: The region whose buckets have no location constraint.
US_EAST_1: Final = "us-east-1"

_NAMES: Final = """
    af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2
    ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6
    ap-southeast-7 ca-central-1 ca-west-1 cn-north-1 cn-northwest-1 eu-central-1 eu-central-2
    eu-isoe-west-1 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 eusc-de-east-1
    il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-2 us-gov-east-1 us-gov-west-1
    us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1 us-west-1
    us-west-2
"""

#: Constraint to region; ``EU`` is an old name.
LOCATION_CONSTRAINTS: Final[dict[str, str]] = {name: name for name in _NAMES.split()} | {"EU": "eu-west-1"}


def is_region_name(name: str) -> bool:
    """Whether a region may have this name; AWS may open one that isn't listed here."""
    return re.fullmatch(r"[a-z]+(-[a-z]+)+-[0-9]+", name) is not None
