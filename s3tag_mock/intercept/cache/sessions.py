"""boto3's default session inside a mock: made once in a process for each environment, as good as new.

Making a session and its first client is by far the largest cost of a test. So the one that
``boto3.client`` makes by itself is kept, if the test left it as it was, and given to the next test whose
environment is the same. A session that could read a file (a profile, a configuration) is made anew.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, Final

import boto3

from s3tag_mock.intercept.patching import patch
from s3tag_mock.intercept.private_names import find
from s3tag_mock.intercept.undo import Undo

#: Sessions that are kept at most; environments that differ by chance must not fill the memory.
_MOST_KEPT: Final = 16
#: What a session notes of its own use.
_OWN_NOTES: Final = "_last_client_region_used"
_FILES: Final = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")
_PROFILES: Final = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")

Environment = tuple[object, ...]


def environment() -> Environment:
    """What sessions and clients depend on when they are made: variables, and botocore's own handlers.

    moto adds a handler of its own to the latter when it is imported, which earlier sessions haven't got.
    """
    variables = sorted(item for item in os.environ.items() if _is_read(item[0]))
    handlers = find("botocore.handlers:BUILTIN_HANDLERS") or ["moto"] * ("moto" in sys.modules)
    return (*variables, *map(id, handlers))


def _is_read(name: str) -> bool:
    return name.startswith("AWS_") or name.lower().endswith("_proxy")


class SessionCache:
    """The default sessions of a process."""

    def __init__(self) -> None:
        self._kept: dict[Environment, _Kept] = {}
        self._in_use: list[tuple[Environment, _Kept]] = []

    def install(self, undo: Undo) -> None:
        """Wrap boto3's making of its default session; ``undo`` takes all sessions back."""
        patch(undo, "boto3:setup_default_session", self._wrap)
        undo.callback(self._take_back)

    def _wrap(self, original: Callable[..., None]) -> Callable[..., None]:
        def setup_default_session(**options: Any) -> None:
            if options or _reads_files():
                original(**options)
            else:
                boto3.DEFAULT_SESSION = self._take()

        return setup_default_session

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
        self._state = self._fingerprint()

    def is_as_it_was(self) -> bool:
        """Whether nobody registered, set or replaced anything in it, as far as can be seen."""
        return self._state is not None and self._fingerprint() == self._state

    def _fingerprint(self) -> tuple[Any, ...] | None:
        """How the session is; None where this botocore keeps it under names that we don't know."""
        try:
            inner = self.session._session
            return (
                _attributes(self.session),
                _attributes(inner),
                dict(inner._session_instance_vars),
                dict(inner.session_var_map),
                {name: id(one) for name, one in inner._components._components.items()},
                tuple(inner.get_component("data_loader").search_paths),
                # Registering and unregistering make an emitter forget what it had looked up.
                id(inner._events._emitter._lookup_cache),
            )
        except AttributeError:
            return None


def _attributes(thing: object) -> dict[str, int]:
    return {name: id(value) for name, value in vars(thing).items() if name != _OWN_NOTES}
