"""The page of a whole test run: self-contained HTML, a card for each test that used a mock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import TypedDict

from s3tag_mock.reporting.record import CallRecord, JobRecord, RunRecord, outcome
from s3tag_mock.reporting.timeline import BOLT, timeline


class CaseRecord(TypedDict):
    """A test.

    :param outcome: ``"passed"``, ``"failed"`` or ``"skipped"``.
    :param message: why it failed, in a line.
    :param seconds: how long it took, with its set-up and tear-down.
    """

    name: str
    outcome: str
    message: str
    seconds: float
    runs: list[RunRecord]


def page(tests: Sequence[CaseRecord]) -> str:
    """The page.

    :param tests: in the order in which they ran.
    """
    ordered = sorted(tests, key=lambda test: test["outcome"] != "failed")
    style, script = (files(__package__).joinpath(name).read_text("utf-8") for name in ("page.css", "page.js"))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>AWS calls of the tests</title>\n<style>\n{style}</style></head>\n<body>"
        f"<header><h1>AWS calls of the tests</h1>{_totals(tests)}{_legend()}</header>\n<main>"
        f"{_index(ordered)}{''.join(_card(number, test) for number, test in enumerate(ordered))}</main>"
        f"<script>\n{script}</script></body></html>\n"
    )


def _totals(tests: Sequence[CaseRecord]) -> str:
    runs = [run for test in tests for run in test["runs"]]
    numbers = {
        "tests": len(tests),
        "failed": sum(test["outcome"] == "failed" for test in tests),
        "calls": sum(len(run["calls"]) + run["hidden_calls"] for run in runs),
        "faults hit": sum(fault["hits"] for run in runs for fault in run["faults"]),
        "jobs": sum(len(run["jobs"]) + run["hidden_jobs"] for run in runs),
        "findings": sum(len(run["findings"]) for run in runs),
    }
    items = "".join(f"<div><dt>{name}</dt><dd>{number}</dd></div>" for name, number in numbers.items())
    return f"<dl>{items}</dl>"


def _legend() -> str:
    outcomes = {"good": "succeeded", "odd": "4xx", "bad": "5xx", "none": "no response"}
    dots = "".join(
        f'<span><svg width="14" height="14"><circle class="{kind}" cx="7" cy="7" r="6"/></svg> {text}</span>'
        for kind, text in outcomes.items()
    )
    bolt = f'<svg width="14" height="18"><path class="fault" d="M9 0 {BOLT}"/></svg>'
    return f'<p class="legend">{dots}<span>{bolt} injected by aws.faults</span></p>'


def _index(tests: Sequence[CaseRecord]) -> str:
    """A line for each test, with a link to its card, and what shows some of them alone."""
    choices = "".join(
        f'<label><input type="radio" name="show" value="{value}"{" checked" * (not value)}/> {text}</label>'
        for value, text in (("", "all"), ("failed", "failed"), ("found", "with findings"))
    )
    lines = "".join(
        f'<li data-test="{number}"><a href="#test-{number}"><span class="pill {test["outcome"]}">'
        f"{test['outcome']}</span> {escape(test['name'])}</a> <small>{test['seconds']:.2f} s"
        f"{_found(test)}</small></li>"
        for number, test in enumerate(tests)
    )
    return (
        f'<nav><p><input type="search" id="filter" placeholder="Filter by name, operation, bucket, key"/> '
        f"{choices}</p><details><summary>Index of {len(tests)} tests</summary><ol>{lines}</ol></details>"
        "</nav>"
    )


def _found(test: CaseRecord) -> str:
    kinds = sorted({finding["kind"] for run in test["runs"] for finding in run["findings"]})
    return f", {escape(', '.join(kinds))}" if kinds else ""


def _card(number: int, test: CaseRecord) -> str:
    result = test["outcome"]
    message = f'<p class="message">{escape(test["message"])}</p>' if test["message"] else ""
    runs = "".join(_run(test, run) for run in test["runs"])
    path, _, name = test["name"].rpartition("::")
    return (
        f'<section id="test-{number}" class="{result}{" found" * bool(_found(test))}">'
        f'<h2><span class="pill {result}">{result}</span> <a href="#test-{number}">{escape(name)}</a> '
        f"<small>{escape(path)} {test['seconds']:.2f} s</small></h2>{message}{runs}</section>\n"
    )


def _run(test: CaseRecord, run: RunRecord) -> str:
    findings = "".join(
        f'<p class="finding"><b>{escape(one["kind"])}</b> {escape(one["text"])}</p>'
        for one in run["findings"]
    )
    is_open = " open" if test["outcome"] == "failed" else ""
    number = len(run["calls"]) + run["hidden_calls"]
    return (
        f'{findings}<div class="picture">{timeline(run)}</div>{"".join(_jobs(run["jobs"]))}'
        f"<details{is_open}><summary>{number} call{'' if number == 1 else 's'}</summary>"
        f"<table>{''.join(_rows(run))}</table></details>"
    )


def _rows(run: RunRecord) -> Iterator[str]:
    if run["hidden_calls"]:
        yield f'<tr><td></td><td colspan="2">... {run["hidden_calls"]} earlier calls</td></tr>'
    yield from map(_row, run["calls"])


def _row(call: CallRecord) -> str:
    error = ": ".join(filter(None, [call["error"], call["message"]]))
    remarks = f" <i>{escape('; '.join(call['remarks']))}</i>" if call["remarks"] else ""
    status = "no response" if call["status"] is None else call["status"]
    return (
        f'<tr><td class="{outcome(call)}">{status}</td>'
        f"<td><code><b>{escape(call['name'])}</b>({escape(call['given'])})</code>{_tags(call['tags'])}"
        f"<div><small>{escape(call['place'] or '')}</small></div></td><td>{escape(error)}{remarks}</td></tr>"
    )


def _tags(tags: str | None) -> str:
    return "" if tags is None else f'<div class="tags">{escape(tags)}</div>'


def _jobs(jobs: Iterable[JobRecord]) -> Iterator[str]:
    for job in jobs:
        if not (job["failed"] or job["failure"]):
            named = f"job {job['id']} ({job['operation']}): {job['details']}"
            yield f"<p><small>{escape(named)}</small></p>"
            continue
        why = f" {escape(job['failure'])}" if job["failure"] else ""
        rows = "".join(
            f"<tr><td>{task['status']}</td><td><code>{escape(task['where'])}</code></td>"
            f"<td>{escape(task['error'])}: {escape(task['message'])}</td></tr>"
            for task in job["failed_tasks"]
        )
        yield (
            f"<details open><summary>job {escape(job['id'])} ({escape(job['operation'])}): "
            f"{escape(job['status'])}, {job['failed']} of {job['total']} tasks failed{why}</summary>"
            f"<p><small>{escape(job['details'])}</small></p><table>{rows}</table></details>"
        )
