"""Tags that were erased by somebody who had never read them.

``Put...Tagging`` replaces the whole set, so code that adds a tag reads, changes and writes. If the read
fails and the code goes on with an empty set, the write erases all other tags, and no error says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from s3tag_mock.dispatch.call import Call
from s3tag_mock.dispatch.tags_in import tags_in
from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.findings.tagged import Resource, does, named, resource_of
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from s3tag_mock.rules.finding_kinds import Kind


@dataclass(slots=True)
class _Known:
    """What the callers know of a resource's tags.

    :param keys: of tags that they read or wrote.
    :param failed_read: the last read, if it failed; what was known before it no longer counts.
    """

    keys: set[str] = field(default_factory=set)
    failed_read: Call | None = None

    def read(self, call: Call) -> None:
        if call.error_code in {None, "NoSuchTagSet"}:
            self.failed_read = None
            self.keys |= (tags_in(call.response) or {}).keys()
        else:
            self.failed_read = call
            self.keys.clear()


def findings(run: MockRun) -> Iterator[Finding]:
    """Each write that erased tags which the callers had neither read successfully nor written themselves.

    After a read that failed it is always reported. Without a read, the write may be meant to replace what the
    test seeded: it is reported unless somebody looks at the tags, or at the calls, after it.
    """
    if not run.erased_tags:
        return
    resources: dict[Resource, _Known] = {}
    of_jobs: set[str] = set()
    for number, call in enumerate(run.calls):
        if call.operation == "CreateJob":
            of_jobs |= _put_by_job(call.params.get("Operation", {}))
        resource = resource_of(call, run.world)
        if resource is None:
            continue
        known = resources.setdefault(resource, _Known())
        if does(call, "reads"):
            known.read(call)
        elif call.took_effect:
            lost = [key for key in call.erased if key not in known.keys | of_jobs]
            if lost and does(call, "replaces") and _should_report(run, number, resource, known):
                yield Finding(Kind.lost_tags, _text(call, lost, known.failed_read))
            known.keys |= (tags_in(call.params) or {}).keys()


def _put_by_job(operation: Any) -> set[str]:
    """The keys of the tags that a job gives to objects."""
    return {
        key
        for name, wanted in operation.items()
        if name in JOB_OPERATIONS
        for key in JOB_OPERATIONS[name].tag_keys(wanted)
    }


def _should_report(run: MockRun, number: int, resource: Resource, known: _Known) -> bool:
    if known.failed_read is not None or run.test_failed:
        return True
    read_again = any(
        does(call, "reads") and call.error_code is None and resource_of(call, run.world) == resource
        for call in run.calls[number + 1 :]
    )
    return not read_again and not run.inspected_since(number, resource, ("calls",))


def _text(call: Call, lost: Iterable[str], failed: Call | None) -> str:
    if failed is not None:
        before = (
            f"the {failed.operation} before it had failed ({failed.error_code}), and a failed read doesn't "
            "mean that there are no tags"
        )
    else:
        before = "nobody had read them"
    return (
        f"{call.operation} on {named(call)} erased the tags {', '.join(map(repr, lost))}: {before}. "
        f"{call.operation} replaces the whole set: read it, change it, and write nothing if the read fails."
    )
