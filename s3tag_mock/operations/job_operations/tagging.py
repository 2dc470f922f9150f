"""S3PutObjectTagging, S3DeleteObjectTagging."""

from __future__ import annotations

from functools import cache
from typing import Final

from s3tag_mock.operations.job_operation import JobOperation, Task
from s3tag_mock.operations.registry import record_of
from s3tag_mock.operations.s3.object_tagging import (
    delete_object_tagging,
    put_object_tagging,
    retagging,
)
from s3tag_mock.operations.tag_sets import pairs_of
from s3tag_mock.rules.tags import OBJECT, no_tags
from s3tag_mock.state.job import Job


def _put(job: Job) -> Task:
    # What isn't a tag set is refused task by task, as the call would refuse it (ASSUMED, where CreateJob
    # might refuse it): exceptions aren't cached.
    return retagging(cache(lambda: OBJECT.check(pairs_of(job.parameters))), job.parameters)


PUT_OBJECT_TAGGING: Final = JobOperation(
    "S3PutObjectTagging", record_of(put_object_tagging), _put, tags="TagSet"
)
DELETE_OBJECT_TAGGING: Final = JobOperation(
    "S3DeleteObjectTagging", record_of(delete_object_tagging), lambda job: retagging(no_tags)
)
