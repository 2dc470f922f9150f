"""boto3's default session inside a mock: made once in a process for each environment, as good as new.

Making a session and its first client is by far the largest cost of a test. So the one that
``boto3.client`` makes by itself is kept, if the test left it as it was, and given to the next test whose
environment is the same. A session that could read a file (a profile, a configuration) is made anew.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from typing import Any, Final

import boto3
import boto3.session
import botocore.session
from botocore.client import BaseClient, ClientCreator

from s3tag_mock.intercept import variables
from s3tag_mock.intercept.cache.as_made import CachedClient
from s3tag_mock.intercept.patching import is_their_own
from s3tag_mock.intercept.private_names import find
from s3tag_mock.intercept.scope import COUNTS_REFERENCES

#: Sessions that are kept at most; environments that differ by chance must not fill the memory.
_MOST_KEPT: Final = 16
#: What a session notes of its own use.
_OWN_NOTES: Final = "_last_client_region_used"
_FILES: Final = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")

#: Clients of one session that are kept at most.
_MOST_LENT: Final = 8
#: Services whose clients are lent.
_LENT_SERVICES: Final = frozenset({"s3", "s3control"})

#: What makes sessions and clients.
_MAKERS: Final = (
    (boto3.session.Session, "__init__"),
    (boto3.session.Session, "client"),
    (botocore.session.Session, "__init__"),
    (botocore.session.Session, "create_client"),
    (ClientCreator, "create_client"),
    (BaseClient, "__init__"),
)

Environment = tuple[object, ...]
_Options = tuple[str, frozenset[tuple[str, str]]]


def environment() -> Environment:
    """What sessions and clients depend on when they are made: variables, and botocore's own handlers.

    moto adds a handler of its own to the latter when it is imported, which earlier sessions haven't got.
    """
    read = sorted(
        (name, value)
        for name, value in variables.copied().items()
        if name.startswith(b"AWS_") or name.lower().endswith(b"_proxy")
    )
    handlers = find("botocore.handlers:BUILTIN_HANDLERS") or ["moto"] * ("moto" in sys.modules)
    return (*read, *map(id, handlers))


class SessionCache:
    """The default sessions of a process."""

    def __init__(self) -> None:
        self._kept: dict[Environment, _Kept] = {}
        self._in_use: list[_Kept] = []

    def lending(self, original: Callable[..., None]) -> Callable[..., None]:
        """What takes the place of boto3's making of its default session."""

        def setup_default_session(**options: Any) -> None:
            if options or _reads_files() or not _is_made_as_ever():
                original(**options)
            else:
                boto3.DEFAULT_SESSION = self._take()

        return setup_default_session

    def _take(self) -> Any:
        key = environment()
        kept = self._kept.pop(key, None) or _Kept(key)
        kept.is_in_use = True
        self._in_use.append(kept)
        return kept.session

    def discard_clients(self) -> None:
        """Lend none of the clients again that are lent now: they remember what can't be undone."""
        for kept in self._in_use:
            kept.lent.clear()

    def take_back(self) -> None:
        """Take back those that are in use, when the outermost mock ends."""
        for kept in self._in_use:
            kept.end()
            if kept.is_as_it_was():
                self._kept[kept.environment] = kept
        while len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]  # the one that nobody has wanted for longest
        self._in_use.clear()


def _reads_files() -> bool:
    return any(os.environ.get(name) != os.devnull for name in _FILES)


def _is_made_as_ever() -> bool:
    """Whether nobody has replaced what makes a session or a client."""
    return boto3.Session.__module__ == boto3.session.__name__ and all(
        is_their_own(vars(owner).get(name)) for owner, name in _MAKERS
    )


def _plain(*arguments: Any, **options: Any) -> _Options | None:
    """The options of a client that may be lent; None of any other."""
    given = {name: value for name, value in options.items() if value is not None}
    service = arguments[0] if len(arguments) == 1 else given.pop("service_name", None)
    is_plain = all(isinstance(value, str) for value in given.values())
    return (service, frozenset(given.items())) if is_plain and service in _LENT_SERVICES else None


class _Kept:
    """A session that has made its first client, and how it was then.

    Its clients of S3's services are lent: one that nobody holds after its mock was left is given out again in
    a later mock, as new.

    :param environment: in which it was made.
    """

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.session: Any = boto3.Session()
        self.is_in_use = False
        self.lent: list[tuple[_Options, CachedClient]] = []
        self._idle: list[tuple[_Options, CachedClient]] = []
        self._make("s3")
        vars(self.session)["client"] = self._client
        self._state = self._fingerprint()

    def end(self) -> None:
        """Lend what is lent now again, once nobody holds it any more."""
        self._idle = [*self._idle, *self.lent][-_MOST_LENT:]
        self.lent.clear()
        self.is_in_use = False

    def _client(self, *arguments: Any, **options: Any) -> Any:
        wanted = _plain(*arguments, **options)
        may_lend = (
            COUNTS_REFERENCES
            and self.is_in_use
            and environment() == self.environment
            and self.is_as_it_was()
            and _is_made_as_ever()
        )
        if wanted is None or not may_lend:
            return self._make(*arguments, **options)
        cached = self._take(wanted)
        if cached is None:
            cached = CachedClient(self._make(*arguments, **options))
            cached.count_holders()
        self.lent.append((wanted, cached))
        return cached.thing

    def _make(self, *arguments: Any, **options: Any) -> Any:
        """Make one as the session's class does, which somebody may have changed."""
        make = inspect.getattr_static(type(self.session), "client")
        bound = make.__get__(self.session) if hasattr(make, "__get__") else make
        return bound(*arguments, **options)

    def _take(self, wanted: _Options) -> CachedClient | None:
        for place, (made_with, cached) in enumerate(self._idle):
            if made_with == wanted and not cached.is_held and cached.has_its_class:
                del self._idle[place]
                cached.restore()
                return cached
        return None

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
                {name: _copied(value) for name, value in vars(inner.session_var_map).items()},
                {name: id(one) for name, one in inner._components._components.items()},
                tuple(inner.get_component("data_loader").search_paths),
                # Read by all its clients.
                None if inner._credentials is None else dict(vars(inner._credentials)),
                # Registering and unregistering make an emitter forget what it had looked up.
                id(inner._events._emitter._lookup_cache),
            )
        except AttributeError:
            return None


def _copied(value: object) -> object:
    return dict(value) if type(value) is dict else id(value)


def _attributes(thing: object) -> dict[str, int]:
    return {name: id(value) for name, value in vars(thing).items() if name != _OWN_NOTES}
