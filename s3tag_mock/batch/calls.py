"""The calls that a job makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.record import Operation


def within_region(call: CallContext, operation: Operation | Callable[..., Any]) -> CallContext:
    """A job's call of another operation, which reaches the buckets of the job's own region alone.

    DOCUMENTED for copies ("the job must be in the destination's region") and for generators (none across
    regions), REPORTED for tagging (a published solution's guide: "tagging always runs in that Region"). That
    S3 answers such a task with PermanentRedirect is ASSUMED. Manifests are read and reports are written
    wherever they are: S3 Inventory delivers to the source's region, copies run in the destination's.
    """
    return replace(call.calling(operation), endpoint="regional")
