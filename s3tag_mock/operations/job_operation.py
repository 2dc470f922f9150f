"""The record of an operation that jobs of S3 Batch Operations run, and how its tasks are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.record import Operation
from s3tag_mock.rules.bounds import NO_BOUNDS, Bound
from s3tag_mock.state.job import Job, ManifestRow

#: An operation's parameters in CreateJob's Operation, in boto3's shape.
Wanted = Mapping[str, Any]
#: The parameters of a call, in boto3's shape.
Target = dict[str, Any]
#: Does the task of a row; gives the report's ResultMessage, or None for "Successful".
Task = Callable[[CallContext, ManifestRow], str | None]


class TaskFailed(Exception):
    """A task that failed otherwise than its call would: what the report's row says of it.

    :param code: ErrorCode.
    :param status: HTTPStatusCode.
    :param message: ResultMessage.
    """

    def __init__(self, code: str, status: int, message: str) -> None:
        self.code = code
        self.status = status
        self.message = message


def no_problems(wanted: Wanted) -> Iterator[str]:
    """The problems of an operation whose bounds say everything."""
    return iter(())


def takes_all(call: CallContext, wanted: Wanted) -> None:
    """The refusals of an operation that refuses nothing."""


@dataclass(frozen=True, slots=True)
class JobOperation:
    """One operation of jobs; one record in a file of :mod:`job_operations` is all that it needs.

    :param name: AWS's name of it, a member of CreateJob's Operation.
    :param calls: what its tasks call: by that go failures on demand and IAM actions.
    :param task: makes what does the task of a row; called once in each step of a job.
    :param bounds: of its parameters, as CreateJob checks them.
    :param problems: what else is structurally wrong with its parameters.
    :param refuse: raises NotSupported where what it needs isn't there in this mock.
    :param not_modelled: parameters that CreateJob refuses with NotSupported, as dotted paths
        (``"Retention.EventHold"``), or with one of their values (``"ChecksumAlgorithm XXHASH3"``).
    :param tags: the parameter that holds the tags which it gives to objects.
    :param holds_lock: whether the world's lock is held while its tasks run; not where they run code of the
        test author.
    :param needs_version_ids: whether each row of its manifest must name a version.
    :param results_are_in_report: whether its report is the only place where its results are.
    """

    name: str
    calls: Operation
    task: Callable[[Job], Task]
    bounds: Bound = NO_BOUNDS
    problems: Callable[[Wanted], Iterator[str]] = no_problems
    refuse: Callable[[CallContext, Wanted], None] = takes_all
    not_modelled: frozenset[str] = frozenset()
    tags: str | None = None
    holds_lock: bool = True
    needs_version_ids: bool = False
    results_are_in_report: bool = False

    def problems_of(self, request: Mapping[str, Any]) -> Iterator[str]:
        """What is structurally wrong with it in a CreateJob request, for the hint of the answer."""
        wanted = request["Operation"][self.name]
        yield from self.bounds.problems(self.name, wanted)
        yield from self.problems(wanted)
        fields = request.get("Manifest", {}).get("Spec", {}).get("Fields", ["VersionId"])
        if self.needs_version_ids and "VersionId" not in fields:
            yield f"{self.name} needs version ids in its manifest, or a ManifestGenerator"

    def not_modelled_in(self, wanted: Wanted) -> list[str]:
        """The parameters, and values of parameters, that aren't modelled."""
        return [f"{self.name}.{path}" for path in sorted(self.not_modelled & set(_paths(wanted)))]

    def tag_keys(self, wanted: Wanted) -> set[str]:
        """The keys of the tags that it gives to objects."""
        return set() if self.tags is None else {tag["Key"] for tag in wanted.get(self.tags, ())}


def _paths(wanted: Wanted, above: str = "") -> Iterator[str]:
    for name, value in wanted.items():
        yield f"{above}{name}"
        if isinstance(value, Mapping):
            yield from _paths(value, f"{above}{name}.")
        elif isinstance(value, str):
            yield f"{above}{name} {value}"


def target_of(row: ManifestRow) -> Target:
    """The parameters that name a row's object."""
    if row.version_id is None:
        return {"Bucket": row.bucket, "Key": row.key}
    return {"Bucket": row.bucket, "Key": row.key, "VersionId": row.version_id}


def calling(
    operation: Callable[[CallContext, Target], Any], convert: Callable[[Wanted], Target] = dict
) -> Callable[[Job], Task]:
    """Tasks that call one operation with the object and the same parameters for all.

    :param convert: makes the call's parameters out of those of the job's operation.
    """

    def make(job: Job) -> Task:
        params = convert(job.parameters)

        def task(call: CallContext, row: ManifestRow) -> None:
            operation(call, {**target_of(row), **params})

        return task

    return make


def values_of(name: str, values: Iterable[str]) -> frozenset[str]:
    """Values of a parameter, as :class:`JobOperation` names them among what isn't modelled."""
    return frozenset(f"{name} {value}" for value in values)
