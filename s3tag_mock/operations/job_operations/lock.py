"""S3PutObjectLegalHold, S3PutObjectRetention."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from s3tag_mock.operations.job_operation import JobOperation, Target, Wanted, calling
from s3tag_mock.operations.registry import record_of
from s3tag_mock.operations.s3.object_lock import put_object_legal_hold, put_object_retention
from s3tag_mock.rules.bounds import Members
from s3tag_mock.rules.job_bounds import EVENT_HOLD, EVENT_HOLD_DURATION, LEGAL_HOLD, LOCK_MODE


def _problems(wanted: Wanted) -> Iterator[str]:
    retention = wanted["Retention"]
    if ("Mode" in retention) != ("RetainUntilDate" in retention):
        yield "S3PutObjectRetention.Retention must have both Mode and RetainUntilDate, or none"


def _legal_hold(wanted: Wanted) -> Target:
    return {"LegalHold": wanted["LegalHold"]}


PUT_OBJECT_LEGAL_HOLD: Final = JobOperation(
    "S3PutObjectLegalHold",
    record_of(put_object_legal_hold),
    calling(put_object_legal_hold, _legal_hold),
    bounds=Members({"LegalHold": Members({"Status": LEGAL_HOLD})}),
)
PUT_OBJECT_RETENTION: Final = JobOperation(
    "S3PutObjectRetention",
    record_of(put_object_retention),
    calling(put_object_retention),
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
