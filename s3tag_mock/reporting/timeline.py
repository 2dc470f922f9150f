"""A run as a picture: a lane of calls, with the faults that hit them, and a lane for each job.

Time runs from left to right, one step for each call and each change of a job. The mock's clock may stand
still, so it is the order that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import Final

from s3tag_mock.reporting.record import CallRecord, JobRecord, RunRecord, outcome

_LEFT: Final = 150
_WIDTH: Final = 960
_LANE: Final = 30
_TOP: Final = 18
#: The least and the most between two events, in the picture's units.
_STEPS: Final = (6, 34)
#: The outline of a flash of lightning, from its top.
BOLT: Final = "l-5 9 h4 l-3 8 l8 -11 h-4 l3 -6 z"
#: Job status to CSS class; jobs in other statuses are under way.
_ENDS: Final[dict[str, str]] = {"Complete": "good", "Failed": "bad", "Cancelled": "odd", "Suspended": "odd"}


def timeline(run: RunRecord) -> str:
    """The picture, as SVG."""
    events = sorted({call["sequence"] for call in run["calls"]} | set(_changes(run["jobs"])))
    if not events:
        return ""
    step = max(_STEPS[0], min(_STEPS[1], (_WIDTH - _LEFT - 40) / len(events)))
    at = {sequence: _LEFT + 14 + step * number for number, sequence in enumerate(events)}
    width = max(_WIDTH, at[events[-1]] + 40)
    height = _TOP + _LANE * (1 + len(run["jobs"])) + 6
    lanes = [*_calls(run["calls"], at, step), *_jobs(run["jobs"], at, width - 20)]
    return (
        f'<svg viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}" role="img" '
        f'aria-label="timeline">{"".join(lanes)}</svg>'
    )


def _changes(jobs: Iterable[JobRecord]) -> Iterator[int]:
    for job in jobs:
        yield from (sequence for _, sequence in job["history"])


def _lane(number: int, name: str, title: str) -> str:
    y = _TOP + _LANE * number + _LANE / 2
    return (
        f'<text class="lane" x="4" y="{y + 4:.0f}">{escape(name)}<title>{escape(title)}</title></text>'
        f'<line class="lane" x1="{_LEFT}" x2="100%" y1="{y:.0f}" y2="{y:.0f}"/>'
    )


def _calls(calls: Iterable[CallRecord], at: dict[int, float], step: float) -> Iterator[str]:
    yield _lane(0, "calls", "each AWS call, in order")
    y, radius = _TOP + _LANE / 2, min(9.0, step / 2)
    for call in calls:
        x, title = at[call["sequence"]], escape(_title(call))
        yield (
            f'<circle class="{outcome(call)}" cx="{x:.1f}" cy="{y:.0f}" r="{radius:.1f}">'
            f"<title>{title}</title></circle>"
        )
        if call["injected"]:
            yield (f'<path class="fault" d="M{x + 2:.1f} {y - 24:.0f} {BOLT}"><title>{title}</title></path>')


def _title(call: CallRecord) -> str:
    result = " ".join(filter(None, [str(call["status"] or "no response"), call["error"]]))
    return f"{call['name']}({call['given']}) -> {result}"


def _jobs(jobs: Iterable[JobRecord], at: dict[int, float], end: float) -> Iterator[str]:
    for number, job in enumerate(jobs, 1):
        yield _lane(number, f"job {job['id'][:8]}", f"{job['operation']} {job['id']}")
        y = _TOP + _LANE * number + 7
        shown = [(status, at[sequence]) for status, sequence in job["history"] if sequence in at]
        for (status, x), (_, until) in pairwise([*shown, ("", end)]):
            width = max(until - x - 1, 2)
            kind = _kind(job, status)
            title = escape(f"{status} ({job['counts']})")
            label = status if width > 7 * len(status) + 4 else ""
            yield (
                f'<g><title>{title}</title><rect class="{kind}" x="{x:.1f}" y="{y}" '
                f'width="{width:.1f}" height="16" rx="3"/>'
                f'<text class="status" x="{x + 4:.1f}" y="{y + 12}">{escape(label)}</text></g>'
            )


def _kind(job: JobRecord, status: str) -> str:
    """The CSS class of a status."""
    if status == "Complete" and job["failed"]:
        return "odd"
    return _ENDS.get(status, "active" if status == "Active" else "under-way")
