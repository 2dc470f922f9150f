"""A run as a section in the report of a failed test: plain text, for terminals and the logs of CI."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final, Protocol

from s3tag_mock.reporting.record import CallRecord, JobRecord, RunRecord, outcome

#: Characters in a line, and how many calls and jobs are shown.
WIDTH: Final = 100
MOST_CALLS: Final = 30
MOST_JOBS: Final = 5
#: Outcome of a call to the colour of its status.
_COLOURS: Final = {"good": "green", "odd": "yellow", "bad": "red", "none": "red"}


class Markup(Protocol):
    """Adds colours: pytest's ``TerminalWriter.markup``."""

    def __call__(self, text: str, **markup: bool) -> str:
        """The text with markup."""


def plain(text: str, **markup: bool) -> str:
    """The text without colours."""
    return text


def text_of(run: RunRecord, markup: Markup = plain) -> str:
    """The section.

    :param markup: adds colours.
    """
    return "\n".join(_lines(run, markup))


def _lines(run: RunRecord, markup: Markup) -> Iterator[str]:
    if run["findings"]:
        yield markup("Worth a look", bold=True)
        for finding in run["findings"]:
            yield from _wrapped(f"{finding['kind']}: {finding['text']}", markup)
    hidden = run["hidden_calls"] + max(0, len(run["calls"]) - MOST_CALLS)
    yield markup("Calls", bold=True) if run["calls"] else markup("No calls", bold=True)
    if hidden:
        yield f"  ... {hidden} earlier calls"
    for call in run["calls"][-MOST_CALLS:]:
        yield from _call(call, markup)
    hidden_jobs = run["hidden_jobs"] + max(0, len(run["jobs"]) - MOST_JOBS)
    if run["jobs"]:
        yield markup("Jobs", bold=True)
    if hidden_jobs:
        yield f"  ... {hidden_jobs} earlier jobs"
    for job in run["jobs"][-MOST_JOBS:]:
        yield from _job(job, markup)
    if run["faults"]:
        yield markup("Faults", bold=True)
        for fault in run["faults"]:
            yield f"  {fault['text']}: hit {fault['hits']} of {fault['seen']} calls"


def _wrapped(text: str, markup: Markup) -> Iterator[str]:
    lines = textwrap.wrap(text, WIDTH, initial_indent="  ! ", subsequent_indent="    ")
    return (markup(line, yellow=True) for line in lines)


def _call(call: CallRecord, markup: Markup) -> Iterator[str]:
    status = "---" if call["status"] is None else str(call["status"])
    head = f"{call['name']}({call['given']})"
    longest, place = WIDTH - 6, call["place"] or ""
    is_beside = len(head) + 2 + len(place) <= longest
    if len(head) > longest:
        head = f"{head[: longest - 4]}...)"
    beside = f"  {place}" if place and is_beside else ""
    yield f"  {markup(status, **{_COLOURS[outcome(call)]: True})} {head}{beside}"
    if place and not is_beside:
        yield f"      at {place}"
    if call["tags"] is not None:
        yield from textwrap.wrap(
            f"tags: {call['tags']}", WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 8
        )
    error = ": ".join(filter(None, [call["error"], call["message"]]))
    remarks = f"({'; '.join(call['remarks'])})" if call["remarks"] else ""
    details = " ".join(filter(None, [error, remarks]))
    if details:
        yield from textwrap.wrap(details, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)


def _job(job: JobRecord, markup: Markup) -> Iterator[str]:
    succeeded = job["status"] == "Complete" and not job["failed"]
    status = markup(job["status"], green=succeeded, red=job["status"] == "Failed")
    yield f"  {job['operation']} {job['id']} {status}: {job['counts']}"
    yield from textwrap.wrap(job["details"], WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 6)
    yield f"    {' > '.join(status for status, _ in job['history'])}"
    if job["failure"]:
        yield from textwrap.wrap(job["failure"], WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 4)
    for task in job["failed_tasks"]:
        yield f"    {task['where']}: {task['status']} {task['error']}: {task['message']}"[:WIDTH]
    more = job["failed"] - len(job["failed_tasks"])
    if more > 0:
        yield f"    ... and {more} more failed tasks"
