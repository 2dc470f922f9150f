"""GetResources, GetTagKeys, GetTagValues: the tags of S3's resources, and of moto's where moto is active.

A resource counts in its own region. Which of S3's resources beside buckets are shown is ASSUMED: access
points, Storage Lens configurations and groups, and not jobs.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from heapq import merge
from itertools import chain
from math import inf
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import Tagged, tag_set_of
from s3tag_mock.rules import json_documents, limits, tagged_resources
from s3tag_mock.rules.tagged_resources import Mapped
from s3tag_mock.state.bucket import Bucket

_SERVICE: Final = "resourcegroupstaggingapi"
#: Every resource complies: there are no tag policies here.
_COMPLIES: Final = {
    "NoncompliantKeys": [],
    "KeysWithNoncompliantValues": [],
    "ComplianceStatus": True,
}


@operation(
    _SERVICE,
    "GetResources",
    "TagFilters ResourceTypeFilters ResourceARNList ResourcesPerPage TagsPerPage PaginationToken",
    "IncludeComplianceDetails ExcludeCompliantResources",
    tags=("resource", "reads"),
)
def get_resources(call: CallContext, params: Params) -> Result:
    """The resources that have tags, or had some, in order of their ARNs (ASSUMED).

    Source: GetResources; a last page's PaginationToken is empty (RECORDED, LS test_get_resources).
    """
    tagged_resources.check(params, tagged_resources.READING, call.region)
    tagged_resources.check_combination(params)
    last = _last(call, params)
    left = (one for one in _chosen(call, params) if last is None or one.arn > last)
    most = inf if "ResourceARNList" in params else limits.TAGGED_RESOURCES_PAGE
    most = params.get("ResourcesPerPage", most)
    shown, is_last = tagged_resources.page(left, most, params.get("TagsPerPage"))
    details = {"ComplianceDetails": _COMPLIES} if params.get("IncludeComplianceDetails") else {}
    return {
        "ResourceTagMappingList": [
            {"ResourceARN": one.arn, "Tags": tag_set_of(one.tags), **details} for one in shown
        ],
        "PaginationToken": "" if is_last else _token(call, shown[-1].arn),
    }


@operation(_SERVICE, "GetTagKeys", "PaginationToken", tags=("resource", "reads"))
def get_tag_keys(call: CallContext, params: Params) -> Result:
    """The keys of all tags in the region, in the order in which they are first met (ASSUMED).

    Source: GetTagKeys.
    """
    keys = (key for one in _all(call) for key in one.tags)
    return _words(call, params, "TagKeys", keys)


@operation(_SERVICE, "GetTagValues", "Key PaginationToken", tags=("resource", "reads"))
def get_tag_values(call: CallContext, params: Params) -> Result:
    """The values of all tags with a key in the region, in the order in which they are first met (ASSUMED).

    Source: GetTagValues.
    """
    values = (one.tags[params["Key"]] for one in _all(call) if params["Key"] in one.tags)
    return _words(call, params, "TagValues", values)


def _words(call: CallContext, params: Params, member: str, found: Iterable[str]) -> Result:
    tagged_resources.check(params, tagged_resources.READING, call.region)
    words = list(dict.fromkeys(found))
    last = _last(call, params)
    start = words.index(last) + 1 if last in words else 0
    shown = words[start : start + limits.TAG_WORDS_PAGE]
    is_last = start + len(shown) == len(words)
    return {member: shown, "PaginationToken": "" if is_last else _token(call, shown[-1])}


def _all(call: CallContext) -> Iterator[Mapped]:
    return chain(_buckets(call, call.buckets.values()), _others(call), _of_moto(call, {}))


def _chosen(call: CallContext, params: Params) -> Iterator[Mapped]:
    """The resources that the filters choose, in order of their ARNs."""
    if params.get("ExcludeCompliantResources"):
        return iter(())
    # In order of their names: ARNs of directory buckets come after all others'.
    general = _buckets(call, (one for one in call.buckets.by_name() if one.zone is None))
    directory = _buckets(call, (one for one in call.buckets.by_name() if one.zone is not None))
    own = (chain(general, directory), sorted(_others(call)))
    of_filters = [filter(partial(tagged_resources.is_chosen, params=params), some) for some in own]
    return merge(*of_filters, sorted(_of_moto(call, params)))


def _buckets(call: CallContext, buckets: Iterable[Bucket]) -> Iterator[Mapped]:
    """Those of the caller's account in the region that have tags, or had some."""
    place = (call.account, call.region)
    return _mapped((one.arn, one) for one in buckets if (one.owner, one.region) == place)


def _others(call: CallContext) -> Iterator[Mapped]:
    """The other resources of the caller's account in the region that have tags, or had some."""
    world, place = call.world, (call.account, call.region)
    for store in (world.access_points, world.storage_lens, world.storage_lens_groups):
        yield from _mapped((arn, one) for arn, one in store.items() if (one.account, one.region) == place)


def _mapped(resources: Iterable[tuple[str, Tagged]]) -> Iterator[Mapped]:
    return (Mapped(arn, one.tags) for arn, one in resources if one.tags or one.was_tagged)


def _of_moto(call: CallContext, params: Params) -> Iterator[Mapped]:
    """The resources of other services that moto's own filters choose; S3's that it may have are nobody's."""
    names = ("TagFilters", "ResourceTypeFilters", "ResourceARNList")
    wanted = {name: params[name] for name in names if params.get(name)}
    token = ""
    while True:
        asked = {**wanted, "PaginationToken": token} if token else wanted
        page = call.world.ask_beside(_SERVICE, call.region, "GetResources", asked)
        if page is None:
            return
        for one in page["ResourceTagMappingList"]:
            if not tagged_resources.is_of_s3(one["ResourceARN"]):
                yield Mapped(one["ResourceARN"], {tag["Key"]: tag["Value"] for tag in one["Tags"]})
        token = page.get("PaginationToken", "")
        if not token:
            return


def _token(call: CallContext, last: str) -> str:
    """The token of the next page: what this one ended with, and when it was given."""
    return base64.urlsafe_b64encode(json.dumps([last, call.now.timestamp()]).encode()).decode()


def _last(call: CallContext, params: Params) -> str | None:
    """What the page ended with whose token is given; None without one.

    :raises AwsError: InvalidParameterException, PaginationTokenExpiredException.
    """
    token = params.get("PaginationToken")
    if not token:
        return None
    try:
        last, given = json_documents.read(base64.b64decode(token, altchars=b"-_", validate=True))
        age = timedelta(seconds=call.now.timestamp() - given)
    except (binascii.Error, ValueError, TypeError, OverflowError):
        raise errors.INVALID_PAGINATION_TOKEN(hint=f"the PaginationToken {token!r} is none") from None
    if age > timedelta(minutes=limits.PAGINATION_TOKEN_MINUTES):
        raise errors.PAGINATION_TOKEN_EXPIRED(hint=f"it is {age} old")
    return str(last)
