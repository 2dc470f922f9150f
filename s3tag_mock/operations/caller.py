"""Who calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever makes a call.

    :param account: twelve digits; ``"anonymous"`` for a call that nobody signed.
    """

    account: str

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody signed the call."""
        return self is ANONYMOUS or self.account == ANONYMOUS.account

    @property
    def arn(self) -> str:
        """The ARN of the account's user that a mock's own credentials are."""
        return f"arn:aws:iam::{self.account}:user/s3tag_mock"


ANONYMOUS: Final = Caller("anonymous")
