"""Who calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from s3tag_mock.permissions import principal
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.rules import iam_tags
from s3tag_mock.state.iam import Role, Session, User

#: The name and the id of the user that a mock's own credentials are.
USER_NAME: Final = "s3tag_mock"
USER_ID: Final = "AIDAS3TAGMOCKEXAMPLE1"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever makes a call; by default the user of an account that a mock's own credentials are.

    :param account: twelve digits; ``"anonymous"`` for a call that nobody signed.
    :param made: the principal, where it isn't that user.
    :param entity: the user or role whose policies decide; None for callers with all rights in their account:
        that user, roles that nobody made, and nobody.
    :param session: the temporary credentials that signed the call.
    """

    account: str
    made: Principal | None = None
    entity: User | Role | None = None
    session: Session | None = None

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody signed the call."""
        return self.made is principal.ANONYMOUS

    @property
    def is_administrator(self) -> bool:
        """Whether no policy but a resource's limits the caller in its own account."""
        if self.made is None:
            return True
        limited = self.session is not None and self.session.policies is not None
        return self.entity is None and not limited and not self.is_anonymous

    @property
    def principal(self) -> Principal:
        """As policies see the caller."""
        return self.made or principal.user(self.account, USER_NAME, USER_ID)


def session_caller(session: Session, entity: User | Role | None) -> Caller:
    """Whoever has a session: its tags come before those of the user or role."""
    made = session.principal
    if entity is not None and entity.tags:
        made = replace(made, tags={**iam_tags.without(entity.tags, made.tags), **made.tags})
    return Caller(made.account, made, entity, session)


ANONYMOUS: Final = Caller("anonymous", principal.ANONYMOUS)
