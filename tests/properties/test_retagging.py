"""Tagging by a job does to each object what the single call does, whatever way it takes."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing
from s3tag_mock import mock_tagging
from tests.support import tag_set, tagging_job

KEYS = ("a", "b", "deleted", "missing")
BUCKETS = ("plain", "versioned", "closed", "missing")
ROWS = st.lists(
    st.tuples(st.sampled_from(BUCKETS), st.sampled_from(KEYS), st.sampled_from(["", "null", "first"])),
    min_size=1,
    max_size=12,
)
TAGS = st.one_of(
    st.dictionaries(st.sampled_from("xyz"), st.sampled_from("12"), max_size=2),
    st.sampled_from([{"aws:x": "1"}, {"a,b": "1"}]),
)
DENY = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:PutObjectTagging",
    "Resource": "arn:aws:s3:::closed/a",
}


def fill(aws: Any) -> dict[tuple[str, str], str]:
    """Buckets with objects, delete markers and a policy; the ids of the first versions."""
    s3, ids = aws.client("s3"), {}
    for bucket in BUCKETS[:-1]:
        aws.create_bucket(bucket, versioning=bucket != "plain")
        for key in KEYS[:-1]:
            put = [s3.put_object(Bucket=bucket, Key=key, Tagging="old=1").get("VersionId") for _ in range(2)]
            ids[bucket, key] = put[0] or "null"
        s3.delete_object(Bucket=bucket, Key="deleted")
    s3.put_bucket_policy(Bucket="closed", Policy=json.dumps({"Version": "2012-10-17", "Statement": [DENY]}))
    return ids


def tags_of(aws: Any) -> list[Any]:
    s3, found = aws.client("s3"), []
    for bucket in BUCKETS[:-1]:
        for version in s3.list_object_versions(Bucket=bucket).get("Versions", []):
            name = {"Bucket": bucket, "Key": version["Key"], "VersionId": version["VersionId"]}
            found.append((name, s3.get_object_tagging(**name)["TagSet"]))
    return found


def code_of(call: Any) -> str:
    try:
        call()
    except Exception as error:
        return str(error.response["Error"]["Code"])  # type: ignore[attr-defined]
    return ""


@fuzzing(20)
@given(ROWS, TAGS, st.booleans(), st.booleans())
def test_a_job_does_as_the_calls_do(
    rows: list[tuple[str, str, str]], tags: dict[str, str], by_version: bool, removes: bool
) -> None:
    with mock_tagging(seed=1, fail_on=[], allow="all") as aws:
        ids = fill(aws)
        named = [
            (bucket, key, ids.get((bucket, key), "null") if version == "first" else "null")
            for bucket, key, version in rows
        ]
        lines = [",".join(row if by_version else row[:2]) for row in named]
        operation = {"S3DeleteObjectTagging": {}} if removes else {"S3PutObjectTagging": tag_set(**tags)}
        fields = ("Bucket", "Key", "VersionId") if by_version else ("Bucket", "Key")
        request = tagging_job(aws, *lines, fields=fields, Operation=operation)
        job = aws.jobs[aws.client("s3control").create_job(**request)["JobId"]]
        by_job = [task.error_code for task in job.tasks], tags_of(aws)
    with mock_tagging(seed=1, fail_on=[], allow="all") as aws:
        fill(aws)
        s3, codes = aws.client("s3"), []
        for bucket, key, version in named:
            target = {"Bucket": bucket, "Key": key, **({"VersionId": version} if by_version else {})}
            put = lambda target=target: s3.put_object_tagging(**target, Tagging=tag_set(**tags))
            remove = lambda target=target: s3.delete_object_tagging(**target)
            codes.append(code_of(remove if removes else put))
        assert (codes, tags_of(aws)) == by_job
