"""The life of an S3 Batch Operations job: which status may follow which.

Source: user guide, "Job statuses" (batch-ops-job-status); Completing is in the API's enum and
stands between Active and Complete while the report is written (ASSUMED).
"""

from __future__ import annotations

from typing import Final

NEXT: Final[dict[str, frozenset[str]]] = {
    "New": frozenset({"Preparing", "Cancelling", "Failing"}),
    "Preparing": frozenset({"Ready", "Suspended", "Cancelling", "Failing"}),
    "Suspended": frozenset({"Ready", "Cancelled", "Failing"}),
    "Ready": frozenset({"Active", "Cancelling", "Failing"}),
    "Active": frozenset({"Completing", "Pausing", "Cancelling", "Failing"}),
    "Pausing": frozenset({"Paused", "Cancelling", "Failing"}),
    "Paused": frozenset({"Active", "Cancelling", "Failing"}),
    "Completing": frozenset({"Complete", "Failing"}),
    "Cancelling": frozenset({"Cancelled"}),
    "Failing": frozenset({"Failed"}),
    "Complete": frozenset(),
    "Cancelled": frozenset(),
    "Failed": frozenset(),
}

#: Statuses that a job never leaves.
ENDED: Final = frozenset(status for status, following in NEXT.items() if not following)
#: Statuses that a job leaves only by a call, or never.
AT_REST: Final = ENDED | {"Suspended"}
#: Statuses in which a job keeps those of lower priority from running.
UNDER_WAY: Final = frozenset({"Ready", "Active", "Pausing", "Paused", "Completing"})


def may_follow(status: str, following: str) -> bool:
    """Whether a job may go from one status straight to another."""
    return following in NEXT[status]
