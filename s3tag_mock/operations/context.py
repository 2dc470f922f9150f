"""What an operation knows of the call beside its parameters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from s3tag_mock.state.world import World


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
    """

    world: World
    now: datetime
    account: str
    region: str
    operation: str = ""
    method: str = "GET"
    endpoint: Literal["regional", "global", "custom"] = "custom"

    def calling(self, operation: str) -> CallContext:
        """The same caller's call of another operation from within AWS, where every region is at hand."""
        return replace(self, operation=operation, endpoint="custom")

    @property
    def second(self) -> datetime:
        """The call's time as S3 keeps it: whole seconds."""
        return self.now.replace(microsecond=0)
