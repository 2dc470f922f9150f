"""S3ReplicateObject."""

from __future__ import annotations

from typing import Final

from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.job_operation import JobOperation, Task, TaskFailed, target_of
from s3tag_mock.operations.record import Operation, no_call
from s3tag_mock.operations.s3.replication import replicate_object
from s3tag_mock.state.job import Job, ManifestRow


def _task(job: Job) -> Task:
    def task(call: CallContext, row: ManifestRow) -> str:
        try:
            replicate_object(call, target_of(row))
        except AwsError as error:
            if "s3:InitiateReplication " in error.message:
                # DOCUMENTED code (user guide, "Troubleshooting replication").
                raise TaskFailed("InitiateReplicationNotPermitted", error.status, error.message) from None
            if error.code != "SrcObjectNotEligible":
                raise
            # Such a row has no trace of an SDK (OBSERVED).
            raise TaskFailed(error.code, error.status, error.message) from None
        return "success"  # the very word that such rows have (OBSERVED)

    return task


REPLICATE_OBJECT: Final = JobOperation(
    "S3ReplicateObject",
    Operation("s3", "InitiateReplication", no_call, honours=None, action="s3:InitiateReplication"),
    _task,
    # DOCUMENTED (user guide, "Replicating existing objects with Batch Replication"): a generated manifest, or
    # one with version ids. That CreateJob refuses any other is ASSUMED.
    needs_version_ids=True,
)
