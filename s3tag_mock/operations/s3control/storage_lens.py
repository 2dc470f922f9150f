"""Storage Lens configurations, which have tags of their own, and Storage Lens groups.

They are stored, listed and tagged; nothing is measured. Which characters a name may have is the model's
pattern; the answer to another name is ASSUMED.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import paging, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs, retag, tag_set_of
from s3tag_mock.rules import arns
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.state.storage_lens import StorageLens

_CONFIGURATION_NAME: Final = re.compile(r"[a-zA-Z0-9_.-]{1,64}")
_GROUP_NAME: Final = re.compile(r"[a-zA-Z0-9_-]{1,64}")

Store = dict[str, StorageLens]


@operation("s3control", "PutStorageLensConfiguration", "ConfigId AccountId StorageLensConfiguration Tags")
def put_storage_lens_configuration(call: CallContext, params: Params) -> Result:
    """Put a Storage Lens configuration, in place of one with its id; tags that aren't given stay.

    Source: PutStorageLensConfiguration.
    """
    require.own_account(call, params)
    name, document = params["ConfigId"], params["StorageLensConfiguration"]
    if _CONFIGURATION_NAME.fullmatch(name) is None or document["Id"] != name:
        raise errors.REQUEST_INVALID(hint=f"ConfigId is {name!r}, the document's Id {document['Id']!r}")
    arn = arns.storage_lens(call.region, call.account, name)
    earlier = call.world.storage_lens.get(arn)
    tags = tag_rules.NO_TAGS if earlier is None else earlier.tags
    if "Tags" in params:
        tags = tag_rules.RESOURCE.check(pairs(params["Tags"]))
    call.world.storage_lens[arn] = StorageLens(name, call.account, call.region, document, tags)
    return {}


@operation("s3control", "GetStorageLensConfiguration", "ConfigId AccountId")
def get_storage_lens_configuration(call: CallContext, params: Params) -> Result:
    """A Storage Lens configuration as it was put, with its ARN.

    Source: GetStorageLensConfiguration.
    """
    arn, found = _configuration(call, params)
    return {"StorageLensConfiguration": {**found.document, "StorageLensArn": arn}}


@operation("s3control", "ListStorageLensConfigurations", "AccountId NextToken")
def list_storage_lens_configurations(call: CallContext, params: Params) -> Result:
    """The account's Storage Lens configurations in the region, by id.

    Source: ListStorageLensConfigurations. The dashboard that every account has is left out (ASSUMED to be
    of no interest).
    """

    def entry(arn: str, one: StorageLens) -> Result:
        return {
            "Id": one.name,
            "StorageLensArn": arn,
            "HomeRegion": one.region,
            "IsEnabled": one.document["IsEnabled"],
        }

    return _page(call, params, call.world.storage_lens, "StorageLensConfigurationList", entry)


@operation("s3control", "DeleteStorageLensConfiguration", "ConfigId AccountId")
def delete_storage_lens_configuration(call: CallContext, params: Params) -> Result:
    """Remove a Storage Lens configuration, with its tags.

    Source: DeleteStorageLensConfiguration.
    """
    arn, _ = _configuration(call, params)
    del call.world.storage_lens[arn]
    return {}


@operation(
    "s3control",
    "PutStorageLensConfigurationTagging",
    "ConfigId AccountId Tags",
    tags=("resource", "replaces"),
)
def put_storage_lens_configuration_tagging(call: CallContext, params: Params) -> Result:
    """Replace the tags of a Storage Lens configuration.

    Source: PutStorageLensConfigurationTagging (50 tags). Errors are ASSUMED to be TagResource's.
    """
    _, found = _configuration(call, params)
    before = found.tags
    retag(found, tag_rules.RESOURCE.check(pairs(params["Tags"])))
    call.notes.replaced(before, found.tags)
    return {}


@operation(
    "s3control", "GetStorageLensConfigurationTagging", "ConfigId AccountId", tags=("resource", "reads")
)
def get_storage_lens_configuration_tagging(call: CallContext, params: Params) -> Result:
    """The tags of a Storage Lens configuration; an empty list for none.

    Source: GetStorageLensConfigurationTagging.
    """
    return {"Tags": tag_set_of(_configuration(call, params)[1].tags)}


@operation(
    "s3control", "DeleteStorageLensConfigurationTagging", "ConfigId AccountId", tags=("resource", "removes")
)
def delete_storage_lens_configuration_tagging(call: CallContext, params: Params) -> Result:
    """Remove the tags of a Storage Lens configuration; none to remove is no error.

    Source: DeleteStorageLensConfigurationTagging.
    """
    retag(_configuration(call, params)[1], tag_rules.NO_TAGS)
    return {}


@operation(
    "s3control", "CreateStorageLensGroup", "AccountId StorageLensGroup Tags", also={"TagResource": "Tags"}
)
def create_storage_lens_group(call: CallContext, params: Params) -> Result:
    """Make a Storage Lens group, whose name must be new.

    Source: CreateStorageLensGroup. The answer to a name that is taken is ASSUMED.
    """
    require.own_account(call, params)
    document = params["StorageLensGroup"]
    name = _group_name(document["Name"])
    tags = tag_rules.RESOURCE.check(pairs(params.get("Tags", ())))
    arn = arns.storage_lens_group(call.region, call.account, name)
    if arn in call.world.storage_lens_groups:
        raise errors.STORAGE_LENS_GROUP_EXISTS()
    call.world.storage_lens_groups[arn] = StorageLens(name, call.account, call.region, document, tags)
    return {}


@operation("s3control", "UpdateStorageLensGroup", "AccountId Name StorageLensGroup")
def update_storage_lens_group(call: CallContext, params: Params) -> Result:
    """Replace the filter of a Storage Lens group.

    Source: UpdateStorageLensGroup.
    """
    _, found = _group(call, params)
    document = params["StorageLensGroup"]
    if document["Name"] != found.name:
        raise errors.REQUEST_INVALID(hint=f"the group is {found.name!r}, the document {document['Name']!r}")
    found.document = document
    return {}


@operation("s3control", "GetStorageLensGroup", "AccountId Name")
def get_storage_lens_group(call: CallContext, params: Params) -> Result:
    """A Storage Lens group as it was put, with its ARN.

    Source: GetStorageLensGroup.
    """
    arn, found = _group(call, params)
    return {"StorageLensGroup": {**found.document, "StorageLensGroupArn": arn}}


@operation("s3control", "ListStorageLensGroups", "AccountId NextToken")
def list_storage_lens_groups(call: CallContext, params: Params) -> Result:
    """The account's Storage Lens groups in the region, by name.

    Source: ListStorageLensGroups.
    """

    def entry(arn: str, one: StorageLens) -> Result:
        return {"Name": one.name, "StorageLensGroupArn": arn, "HomeRegion": one.region}

    return _page(call, params, call.world.storage_lens_groups, "StorageLensGroupList", entry)


@operation("s3control", "DeleteStorageLensGroup", "AccountId Name")
def delete_storage_lens_group(call: CallContext, params: Params) -> Result:
    """Remove a Storage Lens group, with its tags.

    Source: DeleteStorageLensGroup.
    """
    arn, _ = _group(call, params)
    del call.world.storage_lens_groups[arn]
    return {}


def _configuration(call: CallContext, params: Params) -> tuple[str, StorageLens]:
    arn = arns.storage_lens(call.region, call.account, params["ConfigId"])
    return arn, _found(call, params, call.world.storage_lens, arn)


def _group(call: CallContext, params: Params) -> tuple[str, StorageLens]:
    arn = arns.storage_lens_group(call.region, call.account, params["Name"])
    return arn, _found(call, params, call.world.storage_lens_groups, arn)


def _found(call: CallContext, params: Params, store: Store, arn: str) -> StorageLens:
    require.own_account(call, params)
    if arn not in store:
        raise errors.NO_SUCH_CONFIGURATION()
    return store[arn]


def _group_name(name: str) -> str:
    if _GROUP_NAME.fullmatch(name) is None:
        raise errors.REQUEST_INVALID(hint=f"{name!r} is no name of a Storage Lens group")
    return name


def _page(
    call: CallContext,
    params: Params,
    store: Store,
    member: str,
    entry: Callable[[str, StorageLens], Result],
) -> Result:
    require.own_account(call, params)
    own = {
        one.name: entry(arn, one)
        for arn, one in store.items()
        if (one.account, one.region) == (call.account, call.region)
    }
    names, token = paging.page(sorted(own), str, params)
    listed = {member: [own[name] for name in names]} if names else {}
    return listed if token is None else {**listed, "NextToken": token}
