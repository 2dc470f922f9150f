"""The role of a job: assumed once, before anything is read; then each call is one of its session.

Source: user guide, "Granting permissions for Batch Operations"; that a role which can't be assumed is found
out when the job is prepared, and what is said of it, REPORTED kfrydel/moto; that this comes first ASSUMED.
"""

from __future__ import annotations

from dataclasses import replace

from s3tag_mock.operations import beside, role_sessions
from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.context import CallContext
from s3tag_mock.permissions import principal
from s3tag_mock.rules import arns, job_failures
from s3tag_mock.rules.job_bounds import BATCH_SERVICE
from s3tag_mock.state.job import Job
from s3tag_mock.state.world import World


def session(world: World, job: Job) -> Caller:
    """Whoever does what a job does: a session of its role. The form of its name is LIKELY."""
    arn = job.request["RoleArn"]
    role = beside.role_of(world, arn) if job.role_id else None
    tags = {} if role is None else role.tags
    made = principal.session(arn, f"s3-batch-operations_{job.id}", job.role_id or "", tags)
    return Caller(job.account, replace(made, account=job.account), role)


def check(call: CallContext, job: Job) -> None:
    """Assume a job's role for the first time; later, see that it is there still.

    :raises JobFailure: when it can't be assumed.
    """
    arn = job.request["RoleArn"]
    if job.role_id is None:
        job.role_id = _assumed(call, job, arn)
    elif job.role_id:
        role = beside.role_of(call.world, arn)
        if role is None or role.id != job.role_id:
            raise job_failures.role_not_assumed(arn, "the role was deleted")


def _assumed(call: CallContext, job: Job, arn: str) -> str:
    service = principal.service(BATCH_SERVICE)
    found = role_sessions.find(call, arn, service)
    if found is None:
        raise job_failures.role_not_assumed(arn, "nobody made the role, and the mock has roles='strict'")
    keys = {"aws:sourceaccount": job.account, "aws:sourcearn": arns.job(job.region, job.account, job.id)}
    against = role_sessions.may_assume(call, found, service, "sts:AssumeRole", {}, **keys)
    if against is not None:
        raise job_failures.role_not_assumed(arn, against.explanation)
    role_sessions.note_use(call, found)
    return "" if found.role is None else found.id
