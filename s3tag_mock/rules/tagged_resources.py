"""What the Resource Groups Tagging API checks of its requests, and which resources its filters choose.

Source: the model's bounds, and the documentation of GetResources, which describes the filters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from s3tag_mock import errors
from s3tag_mock.rules import limits
from s3tag_mock.rules.bounds import Bound, Entries, Items, Members, Number, Text
from s3tag_mock.rules.partitions import partition_of
from s3tag_mock.rules.tags import Tags

_ARN: Final = re.compile(
    r"arn:(?P<partition>[^:]+):(?P<service>[^:]+):[^:]*:[^:]*:(?P<resource>.+)", re.DOTALL
)
#: Services whose resources are S3's: their ARNs name them.
S3_SERVICES: Final = frozenset({"s3", "s3express"})

_KEY, _VALUE = Text(1, 128), Text(0, 256)
_ARN_TEXT: Final = Text(1, 1011)
_TOKEN: Final = Text(0, 2048)
_BOUNDS: Final[Mapping[str, Bound]] = {
    "PaginationToken": _TOKEN,
    "TagFilters": Items(Members({"Key": _KEY, "Values": Items(_VALUE, 0, 20)}), 0, 50),
    "ResourceTypeFilters": Items(Text(0, 256), 0, 100),
    "ResourcesPerPage": Number(*limits.TAGGED_RESOURCES_PER_PAGE),
    "TagsPerPage": Number(*limits.TAGS_PER_PAGE),
    "Key": _KEY,
}
#: Of requests that read.
READING: Final = Members({**_BOUNDS, "ResourceARNList": Items(_ARN_TEXT, 1, 100)})
#: Of requests that change tags.
CHANGING: Final = Members(
    {
        "ResourceARNList": Items(_ARN_TEXT, 1, 20),
        "Tags": Entries(_KEY, _VALUE, 1, 50),
        "TagKeys": Items(_KEY, 1, 50),
    }
)
_OF_PAGES: Final = ("ResourcesPerPage", "TagsPerPage", "PaginationToken")


class Mapped(NamedTuple):
    """A resource with its tags."""

    arn: str
    tags: Tags


def check(params: Mapping[str, Any], bounds: Members, region: str) -> None:
    """Refuse what the model forbids, and ARNs that are none or another partition's.

    :param params: in boto3's shape.
    :param bounds: READING or CHANGING.
    :param region: of the request.
    :raises AwsError: InvalidParameterException.
    """
    for problem in bounds.problems("", params):
        raise errors.PARAMETER_OUT_OF_BOUNDS(problem=problem)
    for arn in params.get("ResourceARNList", ()):
        match = _ARN.fullmatch(arn)
        if match is None:
            raise errors.NOT_AN_ARN(arn=arn)
        if match["partition"] != partition_of(region).name:
            raise errors.PARTITION_DIFFERS(arn=arn)


def check_combination(params: Mapping[str, Any]) -> None:
    """Refuse parameters of GetResources that exclude each other, and filters without a key.

    :raises AwsError: InvalidParameterException.
    """
    others = [name for name in ("TagFilters", "ResourceTypeFilters", *_OF_PAGES) if params.get(name)]
    if "ResourceARNList" in params and others:
        raise errors.PARAMETERS_EXCLUDE_EACH_OTHER(others=", ".join(others))
    if params.get("ExcludeCompliantResources") and not params.get("IncludeComplianceDetails"):
        raise errors.INCLUDE_COMPLIANCE_DETAILS()
    if any("Key" not in one for one in params.get("TagFilters", ())):
        raise errors.PARAMETER_OUT_OF_BOUNDS(problem="a member of TagFilters has no Key")


def is_of_s3(arn: str) -> bool:
    """Whether an ARN names a resource of S3."""
    match = _ARN.fullmatch(arn)
    return match is not None and match["service"] in S3_SERVICES


def is_chosen(one: Mapped, params: Mapping[str, Any]) -> bool:
    """Whether the filters of GetResources choose a resource: one type of several, and all tags."""
    if "ResourceARNList" in params:
        return one.arn in params["ResourceARNList"]
    types = params.get("ResourceTypeFilters") or ()
    return (not types or any(_is_of_type(one.arn, wanted) for wanted in types)) and all(
        _has_tag(one.tags, wanted) for wanted in params.get("TagFilters", ())
    )


def _is_of_type(arn: str, wanted: str) -> bool:
    """Whether a resource is of a type: ``s3``, ``s3:bucket``, or another word of its ARN."""
    match = _ARN.fullmatch(arn)
    service, colon, kind = wanted.partition(":")
    if match is None or match["service"] != service:
        return False
    # A bucket's ARN has no word for its type (moto #7798, after AWS's list).
    word, slash, _ = match["resource"].partition("/")
    return not colon or kind == (word if slash else "bucket")


def _has_tag(tags: Tags, wanted: Mapping[str, Any]) -> bool:
    values = wanted.get("Values")
    return wanted["Key"] in tags and (not values or tags[wanted["Key"]] in values)


def page(resources: Iterable[Mapped], most: float, most_tags: int | None) -> tuple[list[Mapped], bool]:
    """As many resources as a page holds; one without tags counts as one tag, and none is split.

    :param most: resources in it.
    :param most_tags: tags of all of them; None where there is no limit.
    :return: the page, and whether it is the last.
    """
    shown: list[Mapped] = []
    tags = 0
    for one in resources:
        tags += max(1, len(one.tags))
        if len(shown) == most or (shown and most_tags is not None and tags > most_tags):
            return shown, False
        shown.append(one)
    return shown, True
