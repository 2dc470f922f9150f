"""What listings share: common prefixes, the encoding of keys, the sizes of pages and their tokens."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import TypeVar
from urllib.parse import quote_plus

from s3tag_mock import errors
from s3tag_mock.operations.paging import first
from s3tag_mock.operations.registry import Params, Result
from s3tag_mock.rules import limits
from s3tag_mock.state.upload import Part, StoredPart

Encode = Callable[[str], str]
PartT = TypeVar("PartT", Part, StoredPart)


def common_prefix(key: str, prefix: str, delimiter: str | None) -> str | None:
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


def page_size(
    params: Params,
    name: str,
    argument: str,
    *,
    bounds: tuple[int, int] = (0, limits.INTEGER),
    most: int = limits.LISTING_PAGE,
) -> int:
    """How many entries a page has at most.

    :param name: of the parameter.
    :param argument: AWS's name of it.
    :param bounds: between which it may be.
    :param most: entries of a page at most, and where the parameter isn't given.
    :raises AwsError: InvalidArgument for a number that isn't one of entries.
    """
    wanted: int = params.get(name, most)
    if not bounds[0] <= wanted <= bounds[1]:
        raise errors.INVALID_ARGUMENT(
            message=f"Argument {argument} must be an integer between {bounds[0]} and {bounds[1]}",
            ArgumentName=argument,
            ArgumentValue=str(wanted),
        )
    return min(wanted, most)


def token_of(last: str) -> str:
    """The opaque token of the page that follows this key or name."""
    return base64.urlsafe_b64encode(last.encode()).decode()


def from_token(token: str) -> str:
    """The key or name behind which a token's page begins.

    :raises AwsError: InvalidArgument for what is no token, the empty text included (RECORDED, LS
        test_list_objects_v2_continuation_start_after).
    """
    try:
        last = base64.b64decode(token, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        last = ""
    if not last:
        raise errors.INVALID_CONTINUATION_TOKEN(ArgumentName="continuation-token")
    return last


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


def page_of_parts(parts: Iterable[PartT], params: Params) -> tuple[list[PartT], Result]:
    """A page of parts behind a marker, and what an answer says of the page.

    :param parts: by number.
    :raises AwsError: InvalidArgument.
    """
    marker, most = part_marker(params), page_size(params, "MaxParts", "max-parts")
    left = (part for part in parts if part.number > marker)
    page, is_cut = first(left, most)
    return page, {
        "PartNumberMarker": marker,
        "NextPartNumberMarker": page[-1].number if page else 0,
        "MaxParts": most,
        "IsTruncated": is_cut,
    }
