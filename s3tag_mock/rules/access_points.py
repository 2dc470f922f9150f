"""Access points: their names and aliases.

Sources: S3 user guide, "Access point naming rules"; RECORDED, LS test_access_point_name_validation.
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,48}[a-z0-9]")
_RESERVED_SUFFIXES: Final = ("-s3alias", "--ol-s3", "--op-s3", "--xa-s3")


def is_name(name: str) -> bool:
    """Whether an access point may be called so."""
    fits = _NAME.fullmatch(name) is not None
    return fits and not name.startswith("xn--") and not name.endswith(_RESERVED_SUFFIXES)


def is_alias(name: str) -> bool:
    """Whether a bucket's name has the form of an access point's alias."""
    return name.endswith(("-s3alias", "--op-s3"))


def alias(name: str, chance: str, outpost: str | None, region: str) -> str:
    """An access point's alias; one on an outpost holds the outpost's id, which botocore takes out of it.

    :param chance: 34 lower-case letters and digits.
    :param outpost: such as ``op-01234567890123456``.
    """
    if outpost is None:
        return f"{name}-{chance}-s3alias"
    area, direction, number = region.rsplit("-", 2)
    prefix = f"{area[:2]}{direction[0]}{number}"
    return f"{name[:12]}-o{outpost.removeprefix('op-')}{chance[:20]}{prefix}0--op-s3"
