"""boto3's default session inside a mock: made once in a process for each environment, as good as new.

Making a session and its first client is by far the largest cost of a test. So the one that
``boto3.client`` makes by itself is kept, if the test left it as it was, and given to the next test whose
environment is the same. A session that could read a file (a profile, a configuration) is made anew.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import Any, Final

import boto3

from s3tag_mock.intercept.patching import patch

#: Sessions that are kept at most; environments that differ by chance must not fill the memory.
_MOST_KEPT: Final = 16
#: What a session notes of its own use.
_OWN_NOTES: Final = "_last_client_region_used"
_FILES: Final = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")
_PROFILES: Final = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")

Environment = tuple[tuple[str, str], ...]


def environment() -> Environment:
    """What clients and sessions may read of the environment."""
    return tuple(
        sorted(item for item in os.environ.items() if item[0].startswith("AWS_") or _is_proxy(item[0]))
    )


def _is_proxy(name: str) -> bool:
    return name.lower().endswith("_proxy")


class SessionCache:
    """The default sessions of a process."""

    def __init__(self) -> None:
        self._kept: dict[Environment, _Kept] = {}
        self._in_use: list[tuple[Environment, _Kept]] = []

    def install(self, undo: ExitStack) -> None:
        """Stand before boto3's making of its default session; ``undo`` takes all sessions back."""
        original = boto3.setup_default_session

        def setup_default_session(**options: Any) -> None:
            if options or _reads_files():
                original(**options)
            else:
                boto3.DEFAULT_SESSION = self._take()

        patch(undo, boto3, "setup_default_session", setup_default_session)
        undo.callback(self._take_back)

    def _take(self) -> Any:
        key = environment()
        kept = self._kept.pop(key, None) or _Kept()
        self._in_use.append((key, kept))
        return kept.session

    def _take_back(self) -> None:
        for key, kept in self._in_use:
            if kept.is_as_it_was() and len(self._kept) < _MOST_KEPT:
                self._kept[key] = kept
        self._in_use.clear()


def _reads_files() -> bool:
    if any(os.environ.get(name) for name in _PROFILES):
        return True
    return any(os.environ.get(name) != os.devnull for name in _FILES)


class _Kept:
    """A session that has made its first client, and how it was then."""

    def __init__(self) -> None:
        self.session: Any = boto3.Session()
        self.session.client("s3")
        self._state = self._described()

    def is_as_it_was(self) -> bool:
        """Whether nobody registered, set or replaced anything in it."""
        return self._described() == self._state

    def _described(self) -> tuple[Any, ...]:
        inner = self.session._session
        return (
            _attributes(self.session),
            _attributes(inner),
            dict(inner._session_instance_vars),
            dict(inner.session_var_map),
            _components(inner._components),
            tuple(inner.get_component("data_loader").search_paths),
            # Registering and unregistering make an emitter forget what it had looked up.
            id(inner._events._emitter._lookup_cache),
        )


def _attributes(thing: object) -> dict[str, int]:
    return {name: id(value) for name, value in vars(thing).items() if name != _OWN_NOTES}


def _components(locator: Any) -> dict[str, int]:
    return {name: id(one) for name, one in vars(locator)["_components"].items()}
