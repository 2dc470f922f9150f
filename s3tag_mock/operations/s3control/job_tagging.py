"""PutJobTagging, GetJobTagging, DeleteJobTagging."""

from __future__ import annotations

from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs, tag_set_of
from s3tag_mock.rules import tags as tag_rules


@operation("s3control", "PutJobTagging", "AccountId JobId Tags", tags=("job", "replaces"))
def put_job_tagging(call: CallContext, params: Params) -> Result:
    """Replace a job's tags; an empty set removes them.

    Source: PutJobTagging (50 tags, unique keys, 128 and 256 characters). The errors for bad tags are
    ASSUMED to be those that TagResource was recorded with: PutJobTagging models none.
    """
    job = require.job(call, params)
    before, job.tags = job.tags, tag_rules.JOB.check(pairs(params["Tags"]))
    call.notes.replaced(before, job.tags)
    return {}


@operation("s3control", "GetJobTagging", "AccountId JobId", tags=("job", "reads"))
def get_job_tagging(call: CallContext, params: Params) -> Result:
    """A job's tags, in the order in which they were put; an empty list when there are none.

    Source: GetJobTagging; the empty list OBSERVED (awsdocs samples).
    """
    return {"Tags": tag_set_of(require.job(call, params).tags)}


@operation("s3control", "DeleteJobTagging", "AccountId JobId", tags=("job", "removes"))
def delete_job_tagging(call: CallContext, params: Params) -> Result:
    """Remove a job's tags; none to remove is no error.

    Source: DeleteJobTagging.
    """
    require.job(call, params).tags = tag_rules.NO_TAGS
    return {}
