"""Pages of IAM's lists: MaxItems, and a Marker that says with which entry a page ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from s3tag_mock import errors
from s3tag_mock.operations import paging
from s3tag_mock.operations.registry import Params, Result
from s3tag_mock.rules import iam_limits
from s3tag_mock.state.iam import Entity

T = TypeVar("T")
E = TypeVar("E", bound=Entity)
#: The parameters of every list.
PAGE: Final = "Marker MaxItems"


def page(
    member: str,
    entries: Sequence[T],
    params: Params,
    name: Callable[[T], str],
    write: Callable[[T], object] = lambda entry: entry,
) -> Result:
    """A page of a list.

    :param member: what the list is called in the answer.
    :param entries: all of them, in order of their names.
    :param write: an entry in boto3's shape.
    :raises AwsError: ValidationError, for a Marker that no page ended with.
    """
    wanted = {"MaxResults": params.get("MaxItems", iam_limits.PAGE)}
    if "Marker" in params:
        wanted["NextToken"] = params["Marker"]
    shown, marker = paging.page(entries, name, wanted, errors.INVALID_MARKER)
    result: Result = {member: [write(entry) for entry in shown], "IsTruncated": marker is not None}
    return result if marker is None else {**result, "Marker": marker}


def page_of_entities(
    member: str, entities: Iterable[E], params: Params, write: Callable[[E], object]
) -> Result:
    """A page of the users, roles or groups below the path that a call names.

    :param entities: all of them, by name.
    """
    prefix = params.get("PathPrefix", "/")
    found = [entity for entity in entities if entity.path.startswith(prefix)]
    return page(member, found, params, lambda entity: entity.name.lower(), write)
