"""What listings share: common prefixes and the encoding of keys."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote_plus

from s3tag_mock import errors
from s3tag_mock.operations.registry import Params

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
