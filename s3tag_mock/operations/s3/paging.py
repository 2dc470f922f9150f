"""What listings share: common prefixes and the encoding of keys."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote_plus

from s3tag_mock import errors
from s3tag_mock.operations.registry import Params
from s3tag_mock.rules import limits

Encode = Callable[[str], str]


def common_prefix(key: str, prefix: str, delimiter: str) -> str | None:
    """The key up to the first delimiter behind the prefix, with it; None where there is none."""
    if not delimiter:
        return None
    end = key.find(delimiter, len(prefix))
    return None if end < 0 else key[: end + len(delimiter)]


def encoder(params: Params) -> Encode:
    """How the keys of an answer are written, by ``EncodingType``.

    :raises AwsError: InvalidArgument.
    """
    encoding = params.get("EncodingType")
    if encoding is None:
        return str
    if encoding != "url":
        raise errors.INVALID_ENCODING_TYPE(ArgumentName="encoding-type", ArgumentValue=encoding)
    return lambda text: quote_plus(text, safe="/")


def page_size(params: Params, name: str, argument: str) -> int:
    """How many entries a page has at most.

    :param name: of the parameter.
    :param argument: AWS's name of it.
    :raises AwsError: InvalidArgument for a number that isn't one of entries.
    """
    most: int = params.get(name, limits.LISTING_PAGE)
    if not 0 <= most <= limits.INTEGER:
        raise errors.INVALID_ARGUMENT(
            message=f"Argument {argument} must be an integer between 0 and {limits.INTEGER}",
            ArgumentName=argument,
            ArgumentValue=str(most),
        )
    return min(most, limits.LISTING_PAGE)


def part_marker(params: Params) -> int:
    """The number of the part behind which a page begins.

    :raises AwsError: InvalidArgument for what is no number (the text ASSUMED, after that of other numbers).
    """
    text = str(params.get("PartNumberMarker", "0"))
    if not (text.isascii() and text.isdigit() and int(text) <= limits.INTEGER):
        raise errors.INVALID_ARGUMENT(
            message=f"Argument part-number-marker must be an integer between 0 and {limits.INTEGER}",
            ArgumentName="part-number-marker",
            ArgumentValue=text,
        )
    return int(text)
