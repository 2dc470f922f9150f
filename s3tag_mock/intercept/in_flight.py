"""A client's call on its way: where it comes from, and what happens to it when its mock is left meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from s3tag_mock.exceptions import NotSupported
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations.credentials import NO_CREDENTIALS, Credentials

if TYPE_CHECKING:
    from botocore.model import OperationModel

    from s3tag_mock.protocol.direct_form import DirectForm


def reset(variable: ContextVar[Any], token: Token[Any]) -> None:
    """Give a variable its earlier value, if this is still where it was given the present one.

    A coroutine whose event loop has ended before it is closed by the garbage collector, somewhere else.
    """
    try:  # noqa: SIM105 - which takes several times as long, and every call comes here twice or more
        variable.reset(token)
    except ValueError:
        pass


class RequestOrigin(NamedTuple):
    """Where a request comes from.

    :param endpoint_url: the endpoint that the client was made for.
    :param region: the region that the request is for, as far as the client knows.
    :param credentials: of the client.
    :param is_anonymous: whether it was sent without a signature: by plain HTTP, or by an unsigned client.
    :param client: a number of the client's, for comparison; 0 for plain HTTP.
    :param place: file and line of the code that sends it.
    :param is_served: whether it came to a server of the mock's own, so that its endpoint is meant to be this.
    :param signs_old: whether the client signs by version 2, as far as that is known.
    """

    endpoint_url: str
    region: str | None
    credentials: Credentials = NO_CREDENTIALS
    is_anonymous: bool = False
    client: int = 0
    place: tuple[str, int] | None = None
    is_served: bool = False
    signs_old: bool = False


@dataclass(slots=True, eq=False)
class InFlight:
    """What botocore knows of a client's call beside the request that it sends.

    :param endpoint: the client's.
    :param scope: the mock in which it began.
    :param request: as the client made it, before it was prepared.
    :param credentials: of the client.
    :param is_unsigned: whether the client was made to sign nothing, or a handler of somebody's chose so.
    :param signs_old: whether the client signs by version 2.
    :param is_left_unsigned: whether it is the mock that leaves the next request unsigned.
    :param tries: how often it was sent so far.
    :param is_async: whether it is a call of an asynchronous client.
    :param api_call: the call of the client's method that sends it.
    :param client: a number of the client's.
    :param is_answered: whether ``aws.answers`` answers it, of a service that the mock doesn't play.
    """

    operation: OperationModel
    endpoint: Any
    scope: Scope
    request: Mapping[str, Any]
    credentials: Credentials = NO_CREDENTIALS
    is_unsigned: bool = False
    signs_old: bool = False
    is_left_unsigned: bool = False
    tries: int = 0
    is_async: bool = False
    api_call: BegunCall | None = None
    client: int = 0
    is_answered: bool = False

    def origin(self) -> RequestOrigin:
        """Whoever sends it."""
        context = self.request.get("context", {})
        region = context.get("signing", {}).get("region") or context.get("client_region")
        # An endpoint that serves several regions is signed for "*".
        region = context.get("client_region") if region == "*" else region
        return RequestOrigin(
            self.endpoint.host,
            region,
            self.credentials,
            is_anonymous=self.is_unsigned,
            client=self.client,
            place=None if self.api_call is None else self.api_call.place,
            signs_old=self.signs_old,
        )

    @property
    def read_timeout(self) -> float | None:
        """Of the call or its client, in seconds; None where it waits for ever, or isn't known."""
        context = self.request.get("context", {})
        timeout = context.get("read_timeout")
        if timeout is None:
            timeout = getattr(context.get("client_config"), "read_timeout", None)
        return timeout if isinstance(timeout, (int, float)) else None

    @property
    def service(self) -> str:
        """botocore's name of the service."""
        name: str = self.operation.service_model.service_name
        return name


class Identity(NamedTuple):
    """What an answered call is known by.

    :param sequence: its place among all that happened.
    """

    now: datetime
    request_id: str
    host_id: str
    sequence: int


@dataclass(slots=True, eq=False)
class DirectCall:
    """A call that is answered without a request being written.

    :param operation: its name.
    :param form: how it is answered so; None until its parameters were read.
    :param params: as the operation gets them.
    """

    operation: str
    form: DirectForm | None = None
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class BegunCall:
    """A client's call that began inside a mock, from its very first step to its end.

    :param endpoint: the client's.
    :param service: botocore's name of it.
    :param scope: the mock.
    :param params: as they were given to the client's method.
    :param place: file and line of the code that called it.
    :param answer: what ``aws.answers`` gives, until it is put into the result.
    :param number: of the client.
    :param direct: where it is tried without a request.
    :param identity: what it was given when it was first tried.
    :param is_cut_off: whether the mock was left before the call has ended.
    """

    endpoint: Any
    service: str
    scope: Scope
    params: Mapping[str, Any] = field(default_factory=dict)
    place: tuple[str, int] | None = None
    answer: Mapping[str, Any] | None = None
    number: int = 0
    direct: DirectCall | None = None
    identity: Identity | None = None
    is_cut_off: bool = False

    def refuse_if_cut_off(self) -> None:
        """Let the call go no further than its mock.

        :raises NotSupported: when the mock was left.
        """
        if self.is_cut_off:
            raise NotSupported(
                f"A call of {self.service} was still on its way when the mock_tagging() that was entered at "
                f"{self.scope.entered_at} was left; nothing was sent.\n"
                "Join the threads (or await the tasks) that call AWS before the mock is left."
            )


class BegunCalls:
    """The clients' calls that have begun inside a mock and not yet ended.

    When their mock is left, everything that would hold them is taken out of the process. So the HTTP sessions
    of their own clients are wrapped until they have ended.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: set[BegunCall] = set()
        self._current: ContextVar[BegunCall | None] = ContextVar("s3tag_mock_begun", default=None)

    @property
    def current(self) -> BegunCall | None:
        """The innermost call that this thread is in."""
        return self._current.get()

    def begin(self, call: BegunCall) -> Token[BegunCall | None]:
        """Begin a call.

        :return: what to end it with.
        """
        self._calls.add(call)
        return self._current.set(call)

    def end(self, call: BegunCall, token: Token[BegunCall | None]) -> None:
        """End a call."""
        reset(self._current, token)
        self._calls.discard(call)
        if call.is_cut_off:
            self._unwrap(call.endpoint)

    def cut_off(self, scope: Scope) -> None:
        """Refuse the calls that are on their way in a mock that was left, but for services let through."""
        if not self._calls:
            return
        with self._lock:
            for call in list(self._calls):
                if call.scope.world is scope.world and call.service not in call.scope.settings.passthrough:
                    call.is_cut_off = True
                    if not isinstance(call.endpoint.http_session, _CutOffSession):
                        call.endpoint.http_session = _CutOffSession(call.endpoint.http_session, self)

    def _unwrap(self, endpoint: Any) -> None:
        with self._lock:
            others = (one for one in list(self._calls) if one.is_cut_off and one.endpoint is endpoint)
            session = endpoint.http_session
            if isinstance(session, _CutOffSession) and not any(others):
                endpoint.http_session = session.original


class _CutOffSession:
    """The HTTP session of a client some of whose calls began in a mock that was left since."""

    def __init__(self, original: Any, begun: BegunCalls) -> None:
        self.original = original
        self._begun = begun

    def send(self, request: Any) -> Any:
        call = self._begun.current
        if call is not None:
            call.refuse_if_cut_off()
        return self.original.send(request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.original, name)
