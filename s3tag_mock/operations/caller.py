"""Who calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from s3tag_mock.permissions import principal
from s3tag_mock.permissions.principal import Principal


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever makes a call.

    :param account: twelve digits; ``"anonymous"`` for a call that nobody signed.
    :param role: of a session, its role's ARN.
    :param session: of a session, its name.
    """

    account: str
    role: str | None = None
    session: str = ""

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody signed the call."""
        return self.account == ANONYMOUS.account

    @property
    def principal(self) -> Principal:
        """As policies see the caller: a mock's own credentials are those of the account's user s3tag_mock."""
        if self.is_anonymous:
            return principal.ANONYMOUS
        if self.role is not None:
            return replace(principal.session(self.role, self.session), account=self.account)
        return principal.user(self.account, "s3tag_mock", USER_ID)


#: The id of the user that a mock's own credentials are.
USER_ID: Final = "AIDAS3TAGMOCKEXAMPLE1"
ANONYMOUS: Final = Caller("anonymous")
