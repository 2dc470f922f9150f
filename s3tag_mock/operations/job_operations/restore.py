"""S3InitiateRestoreObject."""

from __future__ import annotations

from typing import Final

from s3tag_mock.operations.job_operation import JobOperation, Target, Wanted, calling
from s3tag_mock.operations.registry import record_of
from s3tag_mock.operations.s3.restores import restore_object
from s3tag_mock.rules.bounds import Members, Number, one_of


def _params(wanted: Wanted) -> Target:
    tier = wanted.get("GlacierJobTier", "STANDARD").capitalize()
    days = {"Days": wanted["ExpirationInDays"]} if "ExpirationInDays" in wanted else {}
    return {"RestoreRequest": {**days, "GlacierJobParameters": {"Tier": tier}}}


INITIATE_RESTORE_OBJECT: Final = JobOperation(
    "S3InitiateRestoreObject",
    record_of(restore_object),
    calling(restore_object, _params),
    bounds=Members({"ExpirationInDays": Number(0), "GlacierJobTier": one_of({"BULK", "STANDARD"})}),
)
