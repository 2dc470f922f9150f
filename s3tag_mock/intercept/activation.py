"""The one place with module-level state: which mock is active in this process.

The active mock is process-wide, behind a lock: s3transfer's threads would not see a context
variable that the test set. What a call in flight needs is a context variable, since the whole of
a call happens in one thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary, WeakSet, WeakValueDictionary

from s3tag_mock.intercept.in_flight import BegunCall, BegunCalls, InFlight
from s3tag_mock.intercept.patching import Patches
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.intercept.undo import Undo
from s3tag_mock.protocol.operation_of import Operations
from s3tag_mock.protocol.route import Routes, routes_of
from s3tag_mock.protocol.service_model import read_model

if TYPE_CHECKING:
    from botocore.model import OperationModel

    from s3tag_mock.intercept.cache.clients import ClientCache
    from s3tag_mock.intercept.cache.models import ModelCache
    from s3tag_mock.intercept.cache.sessions import SessionCache
    from s3tag_mock.intercept.emitters import KeptEmitter
    from s3tag_mock.intercept.endpoints import Endpoints
    from s3tag_mock.intercept.steps import Steps

T = TypeVar("T")


@dataclass
class Activation:
    """The mocks that are active, the changes in the process that go with the first of them, and
    what is kept from one to the next.
    """

    lock: threading.RLock = field(default_factory=threading.RLock)
    in_flight: ContextVar[InFlight | None] = field(
        default_factory=lambda: ContextVar("s3tag_mock_in_flight", default=None)
    )
    at_moto: ContextVar[bool] = field(default_factory=lambda: ContextVar("s3tag_mock_at_moto", default=False))
    begun: BegunCalls = field(default_factory=BegunCalls)
    models: ModelCache = field(default_factory=dict)
    #: Sessions, their resolvers, and credentials that are fetched when they are needed.
    made_inside: WeakSet[Any] = field(default_factory=WeakSet)
    #: Emitters of clients that have our handlers, each with what is known of its client.
    entered_emitters: WeakKeyDictionary[Any, Any] = field(default_factory=WeakKeyDictionary)
    #: By their ids, those of clients that are kept from one mock to the next.
    kept_emitters: WeakValueDictionary[int, KeptEmitter] = field(default_factory=WeakValueDictionary)
    patches: Patches = field(default_factory=Patches)
    #: By what looks them up for one client.
    endpoints: WeakKeyDictionary[Any, Endpoints] = field(default_factory=WeakKeyDictionary)
    #: Replaced as a whole, so that it can be read without the lock.
    _scopes: tuple[Scope, ...] = ()
    _undo: Undo = field(default_factory=Undo)
    _compiled: dict[tuple[Callable[..., Any], str, str], Any] = field(default_factory=dict)
    _routes: Routes = field(default_factory=dict)
    _operations: dict[str, Operations] = field(default_factory=dict)

    # What a process needs that makes clients; a server of its own does without, and starts sooner.

    @cached_property
    def clients(self) -> ClientCache:
        """The clients and resources of handles."""
        from s3tag_mock.intercept.cache.clients import ClientCache

        return ClientCache()

    @cached_property
    def sessions(self) -> SessionCache:
        """The default sessions."""
        from s3tag_mock.intercept.cache.sessions import SessionCache

        return SessionCache()

    @cached_property
    def steps(self) -> Steps:
        """What clients' calls pass through."""
        from s3tag_mock.intercept.steps import Steps

        return Steps()

    @property
    def current(self) -> Scope | None:
        """The innermost active mock."""
        scopes = self._scopes
        return scopes[-1] if scopes else None

    @property
    def serving(self) -> tuple[Scope, InFlight] | None:
        """The client's call that this thread is in, with its mock, where it may be the mock's own."""
        in_flight = self.in_flight.get()
        if in_flight is None or self.at_moto.get():
            return None
        scope = self.innermost(in_flight.scope)
        if scope is None or in_flight.service in scope.settings.passthrough:
            return None
        return scope, in_flight

    def innermost(self, scope: Scope) -> Scope | None:
        """The innermost active mock that shares a world with this one; None where all were left."""
        if self.current is scope:
            return scope
        for one in reversed(self._scopes):
            if one.world is scope.world:
                return one
        return None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """All active mocks, the outermost first."""
        return self._scopes

    def begin(self, call: BegunCall) -> Token[BegunCall | None]:
        """Begin a client's call inside a mock.

        :return: what to end it with.
        """
        token = self.begun.begin(call)
        if self.innermost(call.scope) is None:
            # The mock was left just now, and may have looked for its calls before this one began.
            self.begun.cut_off(call.scope)
        return token

    def push(self, scope: Scope, install: Callable[[Undo, Scope], None]) -> None:
        """Make a scope the innermost one; with the first one, change the process.

        :param install: changes the process, and tells the stack it is given how to undo that.
        """
        if self._scopes:
            self._scopes = (*self._scopes, scope)
            return
        undo = Undo()
        try:
            install(undo, scope)
        except BaseException:
            undo.close()
            raise
        self._undo = undo
        self._scopes = (scope,)

    def remove(self, scope: Scope) -> None:
        """Take a scope out, wherever it stands; with the last one, undo the changes in the process."""
        self._scopes = tuple([one for one in self._scopes if one is not scope])
        if self.innermost(scope) is None:
            self.begun.cut_off(scope)
        try:
            scope.undo.close()
        finally:
            if not self._scopes:
                self._undo.close()

    @property
    def routes(self) -> Routes:
        """The routes of S3's operations, made at most once in a process."""
        if not self._routes:
            self._routes = routes_of(read_model("s3"))
        return self._routes

    def operations(self, service: str) -> Operations:
        """The operations of a service beside S3, made at most once in a process.

        :param service: botocore's name of it.
        """
        found = self._operations.get(service)
        if found is None:
            made = Operations.of(read_model(service))
            found = self._operations.setdefault(service, made)
        return found

    def compiled(self, operation: OperationModel, compile_: Callable[[OperationModel], T]) -> T:
        """What is compiled of an operation's model, at most once in a process.

        :param compile_: compiles it: its wire format, or how its calls go the short way.
        """
        key = (compile_, operation.service_model.service_name, operation.name)
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled.setdefault(key, compile_(operation))
        return cast(T, found)


ACTIVE: Final = Activation()
