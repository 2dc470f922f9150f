"""What a call of IAM's names: found, or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, Final, Literal, TypeVar

from s3tag_mock import errors
from s3tag_mock.exceptions import NotSupported, did_you_mean
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params
from s3tag_mock.rules import arns
from s3tag_mock.state import aws_policies
from s3tag_mock.state.iam import AccessKey, Entity, InstanceProfile, Kind, ManagedPolicy, Role, User

Usage = Literal["PermissionsPolicy", "PermissionsBoundary"]
_POLICY_ARN: Final = re.compile(r"arn:[a-z-]+:iam::(?P<account>\d{12}|aws):policy/(?:.*/)?(?P<name>[^/]+)")
E = TypeVar("E", bound=Entity)


def role(call: CallContext, params: Params) -> Role:
    """The role that a call names. That the case of its name matters is ASSUMED, here and elsewhere.

    :raises AwsError: NoSuchEntity.
    """
    return _named(call.world.identities.role(call.account, params["RoleName"]), "role", params["RoleName"])


def user(call: CallContext, params: Params) -> User:
    """The user that a call names.

    :raises AwsError: NoSuchEntity.
    """
    return _named(call.world.identities.user(call.account, params["UserName"]), "user", params["UserName"])


def group(call: CallContext, params: Params) -> Entity:
    """The group that a call names.

    :raises AwsError: NoSuchEntity.
    """
    name = params["GroupName"]
    return _named(call.world.identities.group(call.account, name), "group", name)


def profile(call: CallContext, params: Params) -> InstanceProfile:
    """The instance profile that a call names.

    :raises AwsError: NoSuchEntity.
    """
    name = params["InstanceProfileName"]
    found = call.world.identities.profile(call.account, name)
    if found is None or found.name != name:
        raise errors.NO_SUCH_PROFILE(kind="Instance Profile", name=name)
    return found


def profiles_of(call: CallContext, role: Role) -> list[InstanceProfile]:
    """The instance profiles that a role is in."""
    return [one for one in call.world.identities.profiles(call.account) if one.role == role.name]


def made(
    call: CallContext, of: type[E], kind: Kind, id_prefix: str, name: str, path: str, **further: Any
) -> E:
    """Make a role, a user, ... of the account.

    :param further: what only some kinds have.
    """
    entity = of(
        kind=kind,
        account=call.account,
        arn=arns.iam(call.region, call.account, kind, path, name),
        id=call.world.ids.iam_id(id_prefix),
        name=name,
        path=path,
        created=call.second,
        **further,
    )
    call.world.identities.add(entity)
    return entity


def named(call: CallContext, params: Params) -> Entity:
    """The role, user or group that a call names.

    :raises AwsError: NoSuchEntity.
    """
    find = next(find for name, find in _BY_PARAMETER.items() if name in params)
    return find(call, params)


def keys_of(call: CallContext, user: User) -> Iterator[AccessKey]:
    """A user's access keys."""
    keys = call.world.identities.keys.values()
    return (key for key in keys if (key.account, key.user) == (user.account, user.name))


def policy(call: CallContext, params: Params) -> ManagedPolicy:
    """The managed policy that a call names: the account's, or one of AWS's.

    :raises AwsError: ValidationError, NoSuchEntity.
    :raises NotSupported: for one of AWS's that isn't known here.
    """
    arn = params["PolicyArn"]
    found = find_policy(call, arn)
    if found is None:
        raise errors.NO_SUCH_POLICY(arn=arn)
    return found


def find_policy(call: CallContext, arn: str) -> ManagedPolicy | None:
    """The managed policy of this ARN: the account's, or one of AWS's.

    :raises AwsError: ValidationError, for what is no policy's ARN.
    :raises NotSupported: for one of AWS's that isn't known here.
    """
    match = _POLICY_ARN.fullmatch(arn)
    if match is None:
        raise errors.INVALID_POLICY_ARN(hint=arn)
    found = aws_policies.managed_policy(call.world.identities, arn)
    if found is None and match["account"] == "aws":
        near = did_you_mean(match["name"], aws_policies.NAMES, none_known="")
        raise NotSupported(f"s3tag_mock doesn't know the document of AWS's policy {arn}. {near}")
    return found if match["account"] in {"aws", call.account} else None


def own_policy(call: CallContext, params: Params) -> ManagedPolicy:
    """The managed policy that a call wants to change.

    :raises AwsError: what ``policy`` raises; InvalidInput, for one of AWS's.
    """
    found = policy(call, params)
    if found.arn not in call.world.identities.policies:
        raise errors.POLICY_OF_AWS(arn=found.arn)
    return found


def with_policy(call: CallContext, policy: ManagedPolicy, usage: Usage | None = None) -> list[Entity]:
    """The groups, roles and users of the account that have a managed policy, in this order and by name.

    :param usage: attached, or as their boundary; None for both.
    """
    identities = call.world.identities
    everybody: Iterable[Entity] = chain(
        identities.groups(call.account), identities.roles(call.account), identities.users(call.account)
    )
    return [
        entity
        for entity in everybody
        if (usage != "PermissionsBoundary" and policy.arn in entity.attached)
        or (usage != "PermissionsPolicy" and policy.arn == entity.boundary)
    ]


def name_parameter(entity: Entity) -> str:
    """What calls and answers name it by: ``"RoleName"``, ``"UserName"`` or ``"GroupName"``."""
    return f"{entity.word}Name"


def _named(found: E | None, kind: str, name: str) -> E:
    if found is None or found.name != name:
        raise errors.NO_SUCH_ENTITY(kind=kind, name=name)
    return found


_BY_PARAMETER: Final[dict[str, Callable[[CallContext, Params], Entity]]] = {
    "RoleName": role,
    "UserName": user,
    "GroupName": group,
}
