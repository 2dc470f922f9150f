"""Whose access key it is: keys of the mock's own making name their account.

AWS's keys hold their account too, but a made-up one in a test (``AKIAIOSFODNN7EXAMPLE``) must not
make its calls a stranger's; so only keys of these two forms count, and any other is the mock's own
account's: what :func:`access_key` makes, and twelve digits, as LocalStack has it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

#: Access key, secret and session token that a mock provides; also the secret of all keys of its making.
FAKE: Final = "testing"
_LENT: Final = re.compile("AKIALENT[A-Z2-7]{12}")
_KEY: Final = re.compile(r"(?:AKIA(?P<made>\d{12})MOCK|(?P<plain>\d{12}))")


def access_key(account: str) -> str:
    """The access key of an account: 20 characters, as AWS's have."""
    return f"AKIA{account}MOCK"


def lent_key(arn: str) -> str:
    """The access key of a client whose calls are a user's or role's: the same for an ARN each time."""
    return f"AKIALENT{base64.b32encode(hashlib.sha256(arn.encode()).digest()).decode()[:12]}"


def is_lent(key: str | None) -> bool:
    """Whether this is such a key."""
    return _LENT.fullmatch(key or "") is not None


def account_of(key: str | None) -> str | None:
    """The account that a key names, or None."""
    match = _KEY.fullmatch(key or "")
    return (match["made"] or match["plain"]) if match else None


def secret_of(key: str) -> str | None:
    """The secret of a key that a mock gave out; None for any other."""
    match = _KEY.fullmatch(key)
    return FAKE if key == FAKE or is_lent(key) or (match and match["made"]) else None
