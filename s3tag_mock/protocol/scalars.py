"""Text to values and back, for each type and timestamp format of botocore's models."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import datetime, timezone
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from s3tag_mock import errors
from s3tag_mock.rules.dates import iso8601 as iso8601

if TYPE_CHECKING:
    from botocore.model import Shape


class NotAScalar(ValueError):
    """A text that isn't of the type that the model asks for; says what it is not, as S3 does."""


def reader(shape: Shape) -> Callable[[str], Any]:
    """The function that turns this shape's text into boto3's value; it raises NotAScalar."""
    # A shape with a range of its own is held to that where it means something.
    type_name = "long" if shape.type_name == "integer" and "max" in shape.metadata else shape.type_name
    return _READERS[type_name]


def read_argument(read: Callable[[str], Any], text: str, argument: str) -> Any:
    """Read what a header, a query argument or a form's field says.

    :raises AwsError: InvalidArgument for a text of another type.
    """
    try:
        return read(text)
    except NotAScalar as problem:
        raise errors.INVALID_ARGUMENT(
            message=f"Provided {argument} {problem}", ArgumentName=argument, ArgumentValue=text
        ) from None


def writer(shape: Shape, default_timestamp_format: str = "iso8601") -> Callable[[Any], str]:
    """The function that turns boto3's value into this shape's text.

    :param default_timestamp_format: ``iso8601`` in bodies, ``rfc822`` in headers.
    """
    if shape.type_name == "timestamp":
        return _TIMESTAMPS[shape.serialization.get("timestampFormat", default_timestamp_format)]
    return _WRITERS[shape.type_name]


def _reads_integers(bits: int) -> Callable[[str], int]:
    limit = 1 << (bits - 1)

    def read_integer(text: str) -> int:
        # Python's own int takes digits of other scripts, too, and underscores between them.
        number = int(text) if _INTEGER.fullmatch(text.strip()) else limit
        if not -limit <= number < limit:
            raise NotAScalar("not an integer or within integer range")
        return number

    return read_integer


#: More digits than the largest has, but not so many that they would take long.
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,40}")


def _read_float(text: str) -> float:
    try:
        return float(text.strip())
    except ValueError:
        raise NotAScalar("not a number") from None


def _read_boolean(text: str) -> bool:
    word = text.strip().lower()
    if word not in {"true", "false"}:
        raise NotAScalar("not a boolean")
    return word == "true"


def read_timestamp(text: str) -> datetime:
    """The time that a text stands for, in any of the forms that botocore knows.

    :raises NotAScalar: for any other text.
    """
    from botocore.utils import parse_timestamp  # which takes long to import

    try:
        moment: datetime = parse_timestamp(text.strip())
        # What has no year of four digits in UTC could not be written again.
        return moment.astimezone(timezone.utc) if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    except (ValueError, OverflowError, RuntimeError):
        raise NotAScalar("not a timestamp") from None


def _write_boolean(value: bool) -> str:
    return "true" if value else "false"


def _write_blob(value: bytes) -> str:
    return base64.b64encode(value).decode()


def rfc822(moment: datetime) -> str:
    """As HTTP headers have it: ``Fri, 20 Nov 2026 22:04:00 GMT``."""
    return _rfc822_of_second(moment.replace(microsecond=0))


@lru_cache(maxsize=256)
def _rfc822_of_second(second: datetime) -> str:
    return format_datetime(second.astimezone(timezone.utc), usegmt=True)


_TIMESTAMPS: Final[dict[str, Callable[[Any], str]]] = {
    "iso8601": iso8601,
    "rfc822": rfc822,
}

_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "string": str,
    "character": str,
    "integer": _reads_integers(32),
    "long": _reads_integers(64),
    "float": _read_float,
    "double": _read_float,
    "boolean": _read_boolean,
    "timestamp": read_timestamp,
}

_WRITERS: Final[dict[str, Callable[[Any], str]]] = {
    "string": str,
    "character": str,
    "integer": str,
    "long": str,
    "float": str,
    "double": str,
    "boolean": _write_boolean,
    "blob": _write_blob,
}
