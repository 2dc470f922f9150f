"""What a call of IAM's names: found, or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params
from s3tag_mock.state.iam import Entity, Role, User

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


def named(call: CallContext, params: Params) -> Entity:
    """The role, user or group that a call names.

    :raises AwsError: NoSuchEntity.
    """
    find = next(find for name, find in _BY_PARAMETER.items() if name in params)
    return find(call, params)


def name_parameter(entity: Entity) -> str:
    """What calls and answers name it by: ``"RoleName"``, ``"UserName"`` or ``"GroupName"``."""
    return f"{entity.kind.capitalize()}Name"


def _named(found: E | None, kind: str, name: str) -> E:
    if found is None or found.name != name:
        raise errors.NO_SUCH_ENTITY(kind=kind, name=name)
    return found


_BY_PARAMETER: Final[dict[str, Callable[[CallContext, Params], Entity]]] = {
    "RoleName": role,
    "UserName": user,
    "GroupName": group,
}
