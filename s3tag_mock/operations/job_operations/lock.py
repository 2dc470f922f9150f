"""S3PutObjectLegalHold, S3PutObjectRetention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from s3tag_mock.operations import permission
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.job_operation import JobOperation, Target, Task, Wanted, calling, target_of
from s3tag_mock.operations.registry import record_of
from s3tag_mock.operations.s3.object_lock import put_object_legal_hold, put_object_retention
from s3tag_mock.rules.bounds import Members
from s3tag_mock.rules.job_bounds import EVENT_HOLD, EVENT_HOLD_DURATION, LEGAL_HOLD, LOCK_MODE
from s3tag_mock.state.job import Job, ManifestRow


def _problems(wanted: Wanted) -> Iterator[str]:
    retention = wanted["Retention"]
    if ("Mode" in retention) != ("RetainUntilDate" in retention):
        yield "S3PutObjectRetention.Retention must have both Mode and RetainUntilDate, or none"


def _after_configuration(make: Callable[[Job], Task]) -> Callable[[Job], Task]:
    """Tasks that read the bucket's lock configuration first, for which the role needs an action more
    (DOCUMENTED, user guide, "Granting permissions for Batch Operations").
    """

    def made(job: Job) -> Task:
        task = make(job)

        def checked(call: CallContext, row: ManifestRow) -> str | None:
            owner = call.world.bucket_behind(row.bucket, call.region)
            if owner is not None:
                permission.check_action(call, owner, target_of(row), "s3:GetBucketObjectLockConfiguration")
            return task(call, row)

        return checked

    return made


def _legal_hold(wanted: Wanted) -> Target:
    return {"LegalHold": wanted["LegalHold"]}


PUT_OBJECT_LEGAL_HOLD: Final = JobOperation(
    "S3PutObjectLegalHold",
    record_of(put_object_legal_hold),
    _after_configuration(calling(put_object_legal_hold, _legal_hold)),
    bounds=Members({"LegalHold": Members({"Status": LEGAL_HOLD})}),
)
PUT_OBJECT_RETENTION: Final = JobOperation(
    "S3PutObjectRetention",
    record_of(put_object_retention),
    _after_configuration(calling(put_object_retention)),
    bounds=Members(
        {
            "Retention": Members(
                {"Mode": LOCK_MODE, "EventHold": EVENT_HOLD, "EventHoldDuration": EVENT_HOLD_DURATION}
            )
        }
    ),
    problems=_problems,
    not_modelled=frozenset({"Retention.EventHold", "Retention.EventHoldDuration"}),
)
