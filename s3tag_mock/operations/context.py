"""What an operation knows of the call beside its parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.record import Operation, no_call
from s3tag_mock.operations.registry import record_of
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.permissions.sent import IN_PROCESS, Sent
from s3tag_mock.rules import arns
from s3tag_mock.state.buckets import Buckets
from s3tag_mock.state.happening import Happening
from s3tag_mock.state.world import World


@dataclass(slots=True)
class Notes:
    """What became known of a call while it was served, for the test author alone.

    :param before: the tags that the resource had, where the call gave it others.
    :param after: the tags that it has since.
    :param erased: keys of tags that were there before and are not any more.
    :param delay: by how much a fault delayed the answer, in seconds.
    :param took_effect: whether a fault let the operation happen, and took its answer alone.
    :param answered: whether ``aws.answers`` answered; then ``took_effect`` says whether it had the operation
        happen.
    :param happened: what the bucket tells others of, until it is delivered.
    :param request_id: of the answer; empty for what no client calls.
    :param host_id: likewise.
    """

    before: Mapping[str, str] | None = None
    after: Mapping[str, str] | None = None
    erased: tuple[str, ...] = ()
    delay: float = 0.0
    took_effect: bool = False
    answered: bool = False
    happened: list[Happening] = field(default_factory=list)
    request_id: str = ""
    host_id: str = ""

    def replaced(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Note what a tag set was replaced by."""
        self.before, self.after = before, after
        if before:
            self.erased = tuple(key for key in before if key not in after)


#: What a job does by itself, before it calls any operation.
_NO_CALL: Final = Operation("s3", "", no_call, honours=None)


@dataclass(frozen=True, slots=True)
class CallContext:
    """One call.

    :param world: what the mock remembers.
    :param now: the clock's one reading for this call.
    :param caller: whose call it is.
    :param region: the region whose endpoint was called.
    :param operation: which it is.
    :param method: the HTTP method, which some errors repeat.
    :param endpoint: a region's own (``"regional"``), one where the bucket's name leads to its region
        (``"global"``), or one that serves every region (``"custom"``; also what jobs call from within).
    :param sent: how the request was sent.
    :param notes: to be filled while it is served.
    :param served_at: the URL of the mock's own server that it came to; None for any other call.
    """

    world: World
    now: datetime
    caller: Caller
    region: str
    operation: Operation = _NO_CALL
    method: str = "GET"
    endpoint: Literal["regional", "global", "custom"] = "custom"
    sent: Sent = IN_PROCESS
    notes: Notes = field(default_factory=Notes)
    served_at: str | None = None

    def url_of(self, bucket: str, path: str, at_aws: str) -> str:
        """Where a bucket, or an object in it, is reached: who follows it stays at the server that answered.

        :param path: behind the bucket, percent-encoded.
        :param at_aws: the URL of the bucket at AWS.
        """
        return f"{at_aws}/{path}" if self.served_at is None else f"{self.served_at}/{bucket}/{path}"

    @property
    def buckets(self) -> Buckets:
        """The buckets that can be named in the region: those of its partition."""
        return self.world.buckets_of(self.region)

    @property
    def account(self) -> str:
        """The caller's account id."""
        return self.caller.account

    @property
    def principal(self) -> Principal:
        """The caller as policies see it; the mock's own user is in the partition of the region."""
        found = self.caller.principal
        if self.caller.made is not None:
            return found
        return replace(found, arn=arns.in_partition(found.arn, self.region))

    def calling(self, operation: Operation | Callable[..., Any]) -> CallContext:
        """The same caller's call of another operation from within AWS, where every region is at hand.

        :param operation: its record, or its function.
        """
        record = operation if isinstance(operation, Operation) else record_of(operation)
        return replace(self, operation=record, endpoint="custom")

    @property
    def second(self) -> datetime:
        """The call's time as S3 keeps it: whole seconds."""
        return self.now.replace(microsecond=0)
