"""What an operation knows of the call beside its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from s3tag_mock.state.world import World


@dataclass(slots=True)
class Notes:
    """What became known of a call while it was served, for the test's author alone.

    :param erased: keys of tags that were there before and are not any more.
    :param delay: by how much a fault delayed the answer, in seconds.
    :param took_effect: whether a fault let the operation happen, and took its answer alone.
    """

    erased: tuple[str, ...] = ()
    delay: float = 0.0
    took_effect: bool = False

    def replaced(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Note what a tag set was replaced by."""
        if before:
            self.erased = tuple(key for key in before if key not in after)


@dataclass(frozen=True, slots=True)
class CallContext:
    """One call.

    :param world: what the mock remembers.
    :param now: the clock's one reading for this call.
    :param account: whose call it is, an account id.
    :param region: the region whose endpoint was called.
    :param operation: AWS's name of it, by which bucket policies know it.
    :param method: the HTTP method, which some errors repeat.
    :param endpoint: a region's own (``"regional"``), one where the bucket's name leads to its region
        (``"global"``), or one that serves every region (``"custom"``; also what jobs call from within).
    :param notes: to be filled while it is served.
    """

    world: World
    now: datetime
    account: str
    region: str
    operation: str = ""
    method: str = "GET"
    endpoint: Literal["regional", "global", "custom"] = "custom"
    notes: Notes = field(default_factory=Notes)

    def calling(self, operation: str) -> CallContext:
        """The same caller's call of another operation from within AWS, where every region is at hand."""
        return replace(self, operation=operation, endpoint="custom")

    @property
    def second(self) -> datetime:
        """The call's time as S3 keeps it: whole seconds."""
        return self.now.replace(microsecond=0)
