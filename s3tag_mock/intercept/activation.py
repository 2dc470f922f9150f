"""The one place with module-level state: which mock is active in this process.

The active mock is process-wide, behind a lock: s3transfer's threads would not see a context
variable that the test set. What a call in flight needs is a context variable, since the whole of
a call happens in one thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from weakref import WeakSet, ref

import botocore.session
from botocore.model import OperationModel

from s3tag_mock.dispatch.call_log import CallLog
from s3tag_mock.dispatch.settings import Settings
from s3tag_mock.intercept.cache.clients import ClientCache
from s3tag_mock.intercept.cache.models import ModelCache
from s3tag_mock.intercept.cache.sessions import SessionCache
from s3tag_mock.protocol.route import Route, routes_of
from s3tag_mock.protocol.wire_format import WireFormat, compile_wire_format
from s3tag_mock.state.world import World

#: What a mock is around: a decorated class, or a test of one.
Wraps = Literal["class", "test"]


@dataclass(eq=False)
class Scope:
    """A mock that was entered and not yet left.

    :param world: shared with the mocks inside it.
    :param calls: shared likewise.
    :param inspected: what the test looked at, to how many calls had been answered then; shared likewise.
    :param callers: access keys and endpoints of whoever called; shared likewise.
    :param secrets: of access keys that clients signed with; shared likewise.
    :param is_outermost: whether it is no mock inside another.
    :param entered_at: file and line of the test author.
    :param wraps: what it is around, if that is a class or a test of one.
    :param copy_of: the mock whose world it began with a copy of.
    :param replaced: variables of the environment: what they were, and what the mock made of them.
    :param undo: undoes what this mock alone changed in the process.
    :param owner: who can leave it.
    """

    world: World
    calls: CallLog
    settings: Settings
    inspected: dict[tuple[str, ...], int] = field(default_factory=dict)
    callers: set[tuple[str | None, str]] = field(default_factory=set)
    secrets: dict[str, set[str]] = field(default_factory=dict, repr=False)
    is_outermost: bool = True
    entered_at: str = ""
    wraps: Wraps | None = None
    copy_of: Scope | None = None
    replaced: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    undo: ExitStack = field(default_factory=ExitStack)
    owner: ref[Any] | None = None

    @property
    def is_forgotten(self) -> bool:
        """Whether whoever could leave it is gone."""
        return self.owner is not None and self.owner() is None


@dataclass(frozen=True, slots=True)
class RequestOrigin:
    """Where a request comes from.

    :param endpoint_url: the endpoint that the client was made for.
    :param region: the region that the request is for, as far as the client knows.
    :param access_key: of the client's credentials; None for a client that has none.
    :param is_anonymous: whether it was sent without a client and without a signature.
    """

    endpoint_url: str
    region: str | None
    access_key: str | None = None
    is_anonymous: bool = False


@dataclass(slots=True, eq=False)
class InFlight:
    """What botocore knows of a client's call beside the request that it sends.

    :param endpoint: the client's.
    :param request: as the client made it, before it was prepared.
    :param access_key: of the client's credentials.
    :param tries: how often it was sent so far.
    """

    operation: OperationModel
    endpoint: Any
    request: Mapping[str, Any]
    access_key: str | None = None
    tries: int = 0

    def origin(self) -> RequestOrigin:
        """Whoever sends it."""
        context = self.request.get("context", {})
        region = context.get("signing", {}).get("region") or context.get("client_region")
        # An endpoint that serves several regions is signed for "*".
        region = context.get("client_region") if region == "*" else region
        return RequestOrigin(self.endpoint.host, region, self.access_key)

    @property
    def read_timeout(self) -> float | None:
        """Of the client, in seconds; None where it waits for ever, or can't be told."""
        timeout = getattr(getattr(self.endpoint.http_session, "_timeout", None), "read_timeout", None)
        return timeout if isinstance(timeout, (int, float)) else None

    @property
    def service(self) -> str:
        """botocore's name of the service."""
        name: str = self.operation.service_model.service_name
        return name


@dataclass
class Activation:
    """The mocks that are active, the changes in the process that go with the first of them, and
    what is kept from one to the next.
    """

    lock: threading.RLock = field(default_factory=threading.RLock)
    in_flight: ContextVar[InFlight | None] = field(
        default_factory=lambda: ContextVar("s3tag_mock_in_flight", default=None)
    )
    clients: ClientCache = field(default_factory=ClientCache)
    sessions: SessionCache = field(default_factory=SessionCache)
    models: ModelCache = field(default_factory=dict)
    made_inside: WeakSet[Any] = field(default_factory=WeakSet)
    _scopes: list[Scope] = field(default_factory=list)
    _undo: ExitStack = field(default_factory=ExitStack)
    _wire_formats: dict[tuple[str, str], WireFormat] = field(default_factory=dict)
    _routes: list[Route] = field(default_factory=list)

    @property
    def current(self) -> Scope | None:
        """The innermost active mock."""
        scopes = self._scopes
        return scopes[-1] if scopes else None

    @property
    def serving(self) -> Scope | None:
        """The innermost active mock, where the client's call that this thread is in may be its own."""
        scope, in_flight = self.current, self.in_flight.get()
        if scope is None or in_flight is None or in_flight.service in scope.settings.passthrough:
            return None
        return scope

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """All active mocks, the outermost first."""
        return tuple(self._scopes)

    def push(self, scope: Scope, install: Callable[[ExitStack], None]) -> None:
        """Make a scope the innermost one; with the first one, change the process.

        :param install: changes the process, and tells the stack it is given how to undo that.
        """
        if self._scopes:
            self._scopes.append(scope)
            return
        with ExitStack() as undo:
            install(undo)
            self._undo = undo.pop_all()
        self._scopes.append(scope)

    def remove(self, scope: Scope) -> None:
        """Take a scope out, wherever it stands; with the last one, undo the changes in the process."""
        self._scopes.remove(scope)
        try:
            scope.undo.close()
        finally:
            if not self._scopes:
                self._undo.close()

    @property
    def routes(self) -> list[Route]:
        """The routes of S3's operations, made at most once in a process."""
        if not self._routes:
            self._routes = routes_of(botocore.session.get_session().get_service_model("s3"))
        return self._routes

    def wire_format(self, operation: OperationModel) -> WireFormat:
        """The wire format of an operation, compiled at most once in a process."""
        key = (operation.service_model.service_name, operation.name)
        found = self._wire_formats.get(key)
        if found is None:
            found = self._wire_formats.setdefault(key, compile_wire_format(operation))
        return found


ACTIVE: Final = Activation()
