"""All principals, policies and credentials that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from s3tag_mock.state.iam import AccessKey, Entity, InstanceProfile, Kind, ManagedPolicy, Role, Session, User

E = TypeVar("E", bound=Entity)


class Identities:
    """All of IAM and STS, of all accounts.

    :param trusts_roles: whether roles that nobody made may be assumed, with all rights.
    """

    def __init__(self, *, trusts_roles: bool = True) -> None:
        self.trusts_roles = trusts_roles
        #: ARNs of roles that nobody made and that were assumed.
        self.trusted: set[str] = set()
        #: ARN to managed policy of an account's own.
        self.policies: dict[str, ManagedPolicy] = {}
        #: Access key id to key, and to session.
        self.keys: dict[str, AccessKey] = {}
        self.sessions: dict[str, Session] = {}
        #: Ids of access keys that were deleted.
        self.gone: set[str] = set()
        #: Access keys that moto gave out, of those that called.
        self.of_moto: set[str] = set()
        #: Access key to what is known of a session that moto gave out.
        self.sessions_of_moto: dict[str, Session] = {}
        #: Access keys of clients whose calls are a user's or role's, to the ARN.
        self.lent: dict[str, str] = {}
        # Account and lower-case name to role, user, ...: names are unique without case.
        self._roles: dict[tuple[str, str], Role] = {}
        self._users: dict[tuple[str, str], User] = {}
        self._groups: dict[tuple[str, str], Entity] = {}
        self._profiles: dict[tuple[str, str], InstanceProfile] = {}

    def role(self, account: str, name: str) -> Role | None:
        """The account's role of this name."""
        return self._roles.get((account, name.lower()))

    def user(self, account: str, name: str) -> User | None:
        """The account's user of this name."""
        return self._users.get((account, name.lower()))

    def group(self, account: str, name: str) -> Entity | None:
        """The account's group of this name."""
        return self._groups.get((account, name.lower()))

    def profile(self, account: str, name: str) -> InstanceProfile | None:
        """The account's instance profile of this name."""
        return self._profiles.get((account, name.lower()))

    def entity(self, kind: Kind, account: str, name: str) -> Entity | None:
        """What the account has of a kind, under this name."""
        return self._of_kind(kind).get((account, name.lower()))

    def roles(self, account: str) -> Iterator[Role]:
        """The account's roles by name."""
        return _by_name(self._roles, account)

    def users(self, account: str) -> Iterator[User]:
        """The account's users by name."""
        return _by_name(self._users, account)

    def groups(self, account: str) -> Iterator[Entity]:
        """The account's groups by name."""
        return _by_name(self._groups, account)

    def profiles(self, account: str) -> Iterator[InstanceProfile]:
        """The account's instance profiles by name."""
        return _by_name(self._profiles, account)

    def add(self, entity: Entity) -> None:
        """Remember a role, a user, ..."""
        self._of_kind(entity.kind)[entity.account, entity.name.lower()] = entity

    def remove(self, entity: Entity) -> None:
        """Forget a role, a user, ..."""
        del self._of_kind(entity.kind)[entity.account, entity.name.lower()]

    def rename(self, entity: Entity, name: str, path: str, arn: str) -> None:
        """Give a user or a group another name or path; who is in a group, a user's keys and sessions stay."""
        before, arn_before = entity.name, entity.arn
        self.remove(entity)
        entity.name, entity.path, entity.arn = name, path, arn
        self.add(entity)
        if entity.kind == "group":
            for user in self.users(entity.account):
                user.groups = [name if one == before else one for one in user.groups]
            return
        for key in self.keys.values():
            if (key.account, key.user) == (entity.account, before):
                key.user = name
        for access_key, session in self.sessions.items():
            if session.source == arn_before:
                principal = session.principal
                principal = replace(principal, arn=arn) if principal.arn == arn_before else principal
                self.sessions[access_key] = replace(session, source=arn, principal=principal)
        self.lent = {key: arn if lent == arn_before else lent for key, lent in self.lent.items()}

    def role_of(self, arn: str) -> Role | None:
        """The role that has this very ARN."""
        return _with_arn(self.role, arn)

    def user_of(self, arn: str) -> User | None:
        """The user that has this very ARN."""
        return _with_arn(self.user, arn)

    def arns(self) -> list[str]:
        """Of all roles and users."""
        return sorted(one.arn for one in (*self._roles.values(), *self._users.values()))

    def remove_key(self, key: AccessKey) -> None:
        """Forget an access key, but for its id: calls that are signed with it are refused."""
        del self.keys[key.id]
        self.gone.add(key.id)

    def clear(self) -> None:
        """Forget everything."""
        for each in (self.policies, self.keys, self.sessions, self.lent):
            each.clear()
        for entities in (self._roles, self._users, self._groups, self._profiles):
            entities.clear()
        self.gone.clear()
        self.trusted.clear()

    def _of_kind(self, kind: Kind) -> dict[tuple[str, str], Any]:
        stores: dict[str, dict[tuple[str, str], Any]] = {
            "group": self._groups,
            "instance-profile": self._profiles,
            "role": self._roles,
            "user": self._users,
        }
        return stores[kind]


def _by_name(store: Mapping[tuple[str, str], E], account: str) -> Iterator[E]:
    return (store[key] for key in sorted(store) if key[0] == account)


def _with_arn(find: Callable[[str, str], E | None], arn: str) -> E | None:
    parts = arn.split(":")
    found = find(parts[4], arn.rpartition("/")[2]) if len(parts) > 5 else None
    return found if found is not None and found.arn == arn else None
