"""Access keys of users. A call that names no user is about the caller."""

from __future__ import annotations

from typing import Any

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import entities
from s3tag_mock.operations.iam.listing import PAGE, page
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.rules import iam_limits
from s3tag_mock.state.iam import AccessKey, User


@operation("iam", "CreateAccessKey", "UserName")
def create_access_key(call: CallContext, params: Params) -> Result:
    """Give a user an access key; this answer alone has its secret.

    Source: CreateAccessKey.
    """
    user = _user(call, params)
    if sum(1 for _ in entities.keys_of(call, user)) >= iam_limits.ACCESS_KEYS:
        raise errors.QUOTA_EXCEEDED(quota="AccessKeysPerUser", limit=str(iam_limits.ACCESS_KEYS))
    ids = call.world.ids
    key = AccessKey(ids.access_key("AKIA"), ids.secret(), user.account, user.name, call.second)
    call.world.identities.keys[key.id] = key
    return {"AccessKey": {**_shape(key), "SecretAccessKey": key.secret}}


@operation("iam", "ListAccessKeys", "UserName", PAGE)
def list_access_keys(call: CallContext, params: Params) -> Result:
    """A user's access keys, without their secrets.

    Source: ListAccessKeys.
    """
    keys = sorted(entities.keys_of(call, _user(call, params)), key=lambda key: key.id)
    return page("AccessKeyMetadata", keys, params, lambda key: key.id, _shape)


@operation("iam", "UpdateAccessKey", "AccessKeyId Status UserName")
def update_access_key(call: CallContext, params: Params) -> Result:
    """Let an access key be used, or not.

    Source: UpdateAccessKey.
    """
    key = _key(call, params)
    key.is_active = params["Status"] == "Active"
    return {}


@operation("iam", "DeleteAccessKey", "AccessKeyId UserName")
def delete_access_key(call: CallContext, params: Params) -> Result:
    """Delete an access key.

    Source: DeleteAccessKey.
    """
    call.world.identities.remove_key(_key(call, params))
    return {}


@operation("iam", "GetAccessKeyLastUsed", "AccessKeyId")
def get_access_key_last_used(call: CallContext, params: Params) -> Result:
    """Whose access key it is; that it was never used, since that isn't remembered.

    Source: GetAccessKeyLastUsed. What is answered to a key that nobody gave out is ASSUMED.
    """
    key = call.world.identities.keys.get(params["AccessKeyId"])
    if key is None or key.account != call.account:
        raise errors.NO_SUCH_ACCESS_KEY(id=params["AccessKeyId"])
    return {"UserName": key.user, "AccessKeyLastUsed": {"ServiceName": "N/A", "Region": "N/A"}}


def _user(call: CallContext, params: Params) -> User:
    name = params.get("UserName", call.principal.user_name)
    if name is None:
        raise errors.NOT_A_USER()
    return entities.user(call, {"UserName": name})


def _key(call: CallContext, params: Params) -> AccessKey:
    user = _user(call, params)
    for key in entities.keys_of(call, user):
        if key.id == params["AccessKeyId"]:
            return key
    raise errors.NO_SUCH_ACCESS_KEY(id=params["AccessKeyId"])


def _shape(key: AccessKey) -> dict[str, Any]:
    return {
        "UserName": key.user,
        "AccessKeyId": key.id,
        "Status": "Active" if key.is_active else "Inactive",
        "CreateDate": key.created,
    }
