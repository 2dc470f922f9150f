"""Fake credentials and the region, for everything inside a mock; the user's own back after it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from s3tag_mock.dispatch.settings import Profiles, Settings
from s3tag_mock.intercept import variables
from s3tag_mock.intercept.private_names import unknown
from s3tag_mock.intercept.undo import Undo
from s3tag_mock.intercept.variables import Variables
from s3tag_mock.rules.access_keys import FAKE, access_key
from s3tag_mock.rules.names import is_account_id

#: What could lead to the user's own credentials, or to another endpoint than the region's.
_HIDDEN: Final = (
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_DEFAULT_PROFILE",
    "AWS_PROFILE",
    "AWS_ROLE_ARN",
    "AWS_SECURITY_TOKEN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
)


class Replaced(NamedTuple):
    """Variables as they were when a mock was entered, and what it made of them."""

    before: Variables
    written: Variables


_NONE: Final = variables.encoded({})
NOTHING_REPLACED: Final = Replaced(_NONE, _NONE)


def shown(region: str) -> Mapping[str, str | None]:
    """What variables are inside a mock; None for those that aren't there.

    :param region: the mock's.
    """
    return {
        **dict.fromkeys(_HIDDEN),
        "AWS_ACCESS_KEY_ID": FAKE,
        "AWS_SECRET_ACCESS_KEY": FAKE,
        "AWS_SESSION_TOKEN": FAKE,
        **_of_region(region),
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _of_region(region: str) -> Mapping[str, str]:
    return {"AWS_DEFAULT_REGION": region, "AWS_REGION": region}


@lru_cache(maxsize=64)
def _written(region: str) -> Variables:
    return variables.encoded(shown(region))


def install(undo: Undo, settings: Settings) -> Replaced:
    """Set the environment and an empty default session; ``undo`` puts the user's back."""
    written = _written(settings.region)
    before = variables.change(undo, written)
    fresh_session(undo)
    return Replaced(before, written)


def fresh_session(undo: Undo) -> None:
    """Take the default session away, so that the next who wants it makes one; ``undo`` puts it back."""
    import boto3  # which a server of its own does without

    if not hasattr(boto3, "DEFAULT_SESSION"):
        raise unknown("boto3:DEFAULT_SESSION")
    undo.callback(setattr, boto3, "DEFAULT_SESSION", boto3.DEFAULT_SESSION)
    boto3.DEFAULT_SESSION = None


def restore_after_test(replaced: Replaced, earlier: Mapping[bytes, bytes]) -> None:
    """Put back what something that outlived the mock has brought back from inside it.

    pytest's ``monkeypatch``, where it was set up before the mock, puts back what it found in the mock.

    :param replaced: when the mock was entered.
    :param earlier: the environment before that; a variable that was changed in between is left alone.
    """
    names, before = replaced.before
    written, now = replaced.written.values, variables.read(names).values
    back = frozenset(
        name for name in names if earlier.get(name) == before.get(name) != written.get(name) == now.get(name)
    )
    variables.write(Variables(back, {name: value for name, value in before.items() if name in back}))


def show_profiles(undo: Undo, profiles: Profiles) -> str:
    """Have sessions find these profiles, and no others; ``undo`` takes them away.

    :return: the path of the file that they are in, which child processes can read, too.
    """
    if not profiles:
        path = os.devnull
    else:
        import tempfile

        descriptor, path = tempfile.mkstemp(prefix="s3tag_mock-", suffix=".credentials")
        undo.callback(_remove, path, os.getpid())
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(_section(name, owner) for name, owner in profiles))
    variables.change(undo, variables.encoded({"AWS_SHARED_CREDENTIALS_FILE": path}))
    return path


def _section(name: str, owner: str | None) -> str:
    """A profile in the credentials file. One with a role assumes it with the mock's own credentials."""
    role = None if owner is None or is_account_id(owner) else owner
    lines = [
        f"[{name}]",
        f"aws_access_key_id = {FAKE if owner is None or role else access_key(owner)}",
        f"aws_secret_access_key = {FAKE}",
    ]
    if role:
        lines += [f"role_arn = {role}", f"source_profile = {name}"]
    return "\n".join([*lines, ""])


def _remove(path: str, owner: int) -> None:
    if os.getpid() == owner:  # a fork leaves what its parent still uses
        Path(path).unlink(missing_ok=True)


def show_region(undo: Undo, region: str) -> None:
    """Set the region alone, for a mock inside another; ``undo`` puts the outer one's back."""
    variables.change(undo, variables.encoded(_of_region(region)))
