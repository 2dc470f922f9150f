"""Tags that a tagging job erased, and that nobody had read: it replaces each object's whole set, too."""

from __future__ import annotations

from collections.abc import Iterator

from s3tag_mock.dispatch.tags_in import tags_in
from s3tag_mock.findings.finding import Finding, MockRun, created_jobs
from s3tag_mock.findings.tagged import does, resource_of
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from s3tag_mock.rules.finding_kinds import Kind
from s3tag_mock.state.job import ErasedTags, Job

#: How many objects a finding names.
_MOST_NAMED = 3


def findings(run: MockRun) -> Iterator[Finding]:
    """Each job that erased tags which nobody had read, unless somebody looks at an object after it."""
    for number, job in created_jobs(run):
        tags = JOB_OPERATIONS[job.operation].calls.tags
        if not job.erased or tags is None or tags.does != "replaces":
            continue
        lost = list(_unknown(run, number, job))
        if lost and (run.test_failed or not _was_looked_at(run, number, job)):
            yield Finding(Kind.lost_tags, _text(job, lost))


def _unknown(run: MockRun, number: int, job: Job) -> Iterator[ErasedTags]:
    """What was erased beside the tags that were read before the job was created."""
    known: dict[tuple[str, ...], set[str]] = {}
    for call in run.calls[:number]:
        resource = resource_of(call, run.world)
        if resource is not None and does(call, "reads"):
            known.setdefault(resource, set()).update(tags_in(call.response) or ())
    for erased in job.erased:
        keys = [key for key in erased.tags if key not in known.get(("object", erased.bucket, erased.key), ())]
        if keys:
            yield erased._replace(tags=tuple(keys))


def _was_looked_at(run: MockRun, number: int, job: Job) -> bool:
    objects = {("object", erased.bucket, erased.key) for erased in job.erased}
    return run.inspected_since(number, *objects) or any(
        does(call, "reads") and resource_of(call, run.world) in objects for call in run.calls[number + 1 :]
    )


def _text(job: Job, lost: list[ErasedTags]) -> str:
    named = "; ".join(
        f"{', '.join(map(repr, one.tags))} of {one.bucket}/{one.key}" for one in lost[:_MOST_NAMED]
    )
    more = "; and more" if len(lost) > _MOST_NAMED else ""
    return (
        f"job {job.id} ({job.operation}) erased tags that nobody had read: {named}{more}. It replaces each "
        "object's whole set: give it all tags, or use LambdaInvoke with a function that reads them first."
    )
