"""Pages of S3 Control's lists: MaxResults, and a NextToken that says with which entry a page ended."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.registry import Params
from s3tag_mock.rules import limits

T = TypeVar("T")


def first(entries: Iterator[T], most: int) -> tuple[list[T], bool]:
    """The first of some entries, and whether any of them are left; behind an empty page none are.

    :param entries: they are walked to the end of the page, and one further.
    """
    shown = list(islice(entries, most))
    return shown, bool(shown) and next(entries, None) is not None


def page(
    entries: Iterable[T],
    name: Callable[[T], str],
    params: Params,
    invalid_token: Callable[..., AwsError] = errors.REQUEST_INVALID,
) -> tuple[list[T], str | None]:
    """A page of entries, and the token of the next one.

    :param entries: all of them, in order of their names; they are walked to the end of the page.
    :param invalid_token: makes the error of an invalid token; is given a hint.
    :raises AwsError: ``invalid_token``, for a token that no page ended with; InvalidRequest for a negative
        MaxResults.
    """
    most = min(params.get("MaxResults", limits.LISTING_PAGE), limits.LISTING_PAGE)
    if most < 0:
        raise errors.REQUEST_INVALID(hint=f"MaxResults is {most}")
    token = params.get("NextToken")
    last = "" if token is None else _last(token, invalid_token)
    left = (entry for entry in entries if name(entry) > last)
    shown, is_cut = first(left, most)
    if not is_cut:
        return shown, None
    return shown, base64.urlsafe_b64encode(name(shown[-1]).encode()).decode()


def _last(token: str, invalid: Callable[..., AwsError]) -> str:
    try:
        return base64.b64decode(token, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise invalid(hint=f"the NextToken {token!r} is none") from None
