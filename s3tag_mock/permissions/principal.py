"""Who makes a request, as policies see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["Account", "Anonymous", "AssumedRole", "FederatedUser", "Service", "User", "WebIdentity"]


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever makes a request.

    :param kind: as aws:PrincipalType calls it; ``"Account"`` is the root user.
    :param account: twelve digits; empty for nobody.
    :param arn: as GetCallerIdentity shows it: of a session ``arn:aws:sts::...:assumed-role/role/session``.
    :param role: of a session, its role's ARN.
    :param user_id: as aws:userid has it.
    :param tags: of the user or the role, overlaid by the session's.
    """

    kind: Kind
    account: str
    arn: str
    role: str | None = None
    user_id: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def principal_arn(self) -> str:
        """As aws:PrincipalArn has it: of a session, its role's."""
        return self.role or self.arn

    @property
    def user_name(self) -> str | None:
        """The name of an IAM user; None for anybody else."""
        return self.arn.rpartition("/")[2] if self.kind == "User" else None


#: Nobody: a request that isn't signed.
ANONYMOUS: Final = Principal("Anonymous", "", "", user_id="anonymous")


def root(account: str) -> Principal:
    """An account's root user."""
    return Principal("Account", account, f"arn:aws:iam::{account}:root", user_id=account)


def user(account: str, name: str, user_id: str = "", tags: Mapping[str, str] | None = None) -> Principal:
    """An IAM user.

    :param name: with its path, where it has one.
    """
    return Principal("User", account, f"arn:aws:iam::{account}:user/{name}", None, user_id, tags or {})


def service(name: str) -> Principal:
    """A service of AWS's.

    :param name: such as ``"batchoperations.s3.amazonaws.com"``.
    """
    return Principal("Service", "", name)


def federated(account: str, name: str) -> Principal:
    """A federated user.

    :param name: that GetFederationToken was given.
    """
    arn = f"arn:aws:sts::{account}:federated-user/{name}"
    return Principal("FederatedUser", account, arn, None, f"{account}:{name}")


def session(role: str, name: str, role_id: str = "", tags: Mapping[str, str] | None = None) -> Principal:
    """A session of a role.

    :param role: the role's ARN; its path isn't part of the session's ARN.
    """
    partition, account = role.split(":")[1], role.split(":")[4]
    arn = f"arn:{partition}:sts::{account}:assumed-role/{role.rpartition('/')[2]}/{name}"
    return Principal("AssumedRole", account, arn, role, f"{role_id}:{name}" if role_id else "", tags or {})
