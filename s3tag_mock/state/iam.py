"""What IAM and STS remember of principals, their policies and their credentials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from s3tag_mock.permissions.document import Policy
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.rules.tags import Tags, no_tags

Kind = Literal["group", "instance-profile", "role", "user"]


class _Unchanging:
    """What nothing ever changes in: a copy of a world has the very same."""

    __slots__ = ()

    def __deepcopy__(self, memo: dict[int, object]) -> _Unchanging:
        return self


@dataclass(frozen=True, slots=True)
class Document(_Unchanging):
    """A policy as it was put, and as it is read.

    :param text: JSON.
    """

    text: str
    policy: Policy


@dataclass(frozen=True, slots=True)
class PolicyVersion(_Unchanging):
    """A version of a managed policy.

    :param id: such as ``"v1"``.
    """

    id: str
    document: Document
    created: datetime


@dataclass(slots=True, eq=False)
class ManagedPolicy:
    """A managed policy.

    :param id: ``ANPA...``.
    :param path: begins and ends with ``/``.
    :param versions: in the order in which they were made.
    :param default: the id of the one in force.
    :param made: how many versions it ever had.
    """

    arn: str
    id: str
    name: str
    path: str
    created: datetime
    updated: datetime
    versions: dict[str, PolicyVersion]
    default: str = "v1"
    made: int = 1
    description: str | None = None
    tags: Tags = field(default_factory=no_tags)

    @property
    def document(self) -> Document:
        """The one in force."""
        return self.versions[self.default].document


@dataclass(slots=True, eq=False)
class Entity:
    """A user, a role, a group or an instance profile.

    :param id: ``AIDA...``, ``AROA...``, ``AGPA...`` or ``AIPA...``.
    :param path: begins and ends with ``/``.
    :param inline: name to policy.
    :param attached: ARNs of managed policies, in the order in which they were attached.
    :param boundary: the ARN of the managed policy that is its permissions boundary.
    :param moto_boundary: this policy, where it is moto's.
    """

    kind: Kind
    account: str
    arn: str
    id: str
    name: str
    path: str
    created: datetime
    tags: Tags = field(default_factory=no_tags)
    inline: dict[str, Document] = field(default_factory=dict)
    attached: list[str] = field(default_factory=list)
    boundary: str | None = None
    moto_boundary: Document | None = None

    @property
    def word(self) -> str:
        """Its kind, as names of parameters and members have it: ``"InstanceProfile"``."""
        return "".join(part.capitalize() for part in self.kind.split("-"))


@dataclass(slots=True, eq=False, kw_only=True)
class InstanceProfile(Entity):
    """An instance profile.

    :param role: the name of the role that instances get with it.
    """

    role: str | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class Role(Entity):
    """A role.

    :param trust: who may assume it.
    :param max_session: in seconds.
    """

    trust: Document
    description: str | None = None
    max_session: int = 3600


@dataclass(slots=True, eq=False, kw_only=True)
class User(Entity):
    """A user.

    :param groups: their names.
    """

    groups: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class AccessKey:
    """A user's access key.

    :param id: ``AKIA...``.
    """

    id: str
    secret: str
    account: str
    user: str
    created: datetime
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Session(_Unchanging):
    """Temporary credentials that STS gave out.

    :param access_key: ``ASIA...``.
    :param principal: whose calls those are that are signed with them, with the session's tags.
    :param source: the ARN of the role or user whose policies decide.
    :param source_id: its id: of a role that was deleted, and made again, the sessions aren't the new one's.
        Empty for a session with all rights: of a role that nobody made, or of the mock's own user.
    :param policies: that the session was limited to; None for one without.
    :param transitive: keys of tags that a chained session keeps.
    :param identity: SourceIdentity, which chained sessions keep.
    :param used_mfa: whether it was begun with a code of an MFA device.
    """

    access_key: str
    secret: str
    token: str
    principal: Principal
    source: str
    source_id: str
    created: datetime
    expires: datetime
    policies: Sequence[Document] | None = None
    transitive: frozenset[str] = frozenset()
    identity: str | None = None
    used_mfa: bool = False
