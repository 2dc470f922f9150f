"""Manifests that are CSV files: how they are read, and what is wrong with them."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.batch.support import (
    CONTENT,
    FORBIDDEN,
    NOT_PROPER,
    counts,
    deny,
    failure_of,
    read_denied,
    reason,
    run,
)
from tests.support import run_job, tagging_job

CSV = "arn:aws:s3:::manifests/manifest.csv"


def failed(aws: Any, *rows: str, **options: Any) -> tuple[str, str]:
    described = run_job(aws, *rows, **options)
    assert described["Status"] == "Failed"
    assert described["ProgressSummary"]["TotalNumberOfTasks"] == 0
    (reason,) = described["FailureReasons"]
    assert "TerminationDate" in described
    return reason["FailureCode"], reason["FailureReason"]


class TestRows:
    def test_keys_are_url_decoded(self, aws: Any) -> None:
        aws.create_bucket("photos")
        keys = ["a b", "a+b", "ü/é", 'quo"te', "com,ma", "100%", "line\nend"]
        aws.put_objects("photos", keys)
        rows = ["photos,a+b", "photos,a%2Bb", "photos,%C3%BC/%C3%A9", 'photos,"quo""te"', 'photos,"com,ma"']
        run_job(aws, *rows, "photos,100%25", "photos,line%0Aend")
        assert {key: aws.object_tags("photos", key) for key in keys} == dict.fromkeys(keys, {"team": "red"})

    def test_version_ids_and_ignored_fields(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("photos", versioning=True)
        old, new = (s3.put_object(Bucket="photos", Key="k")["VersionId"] for _ in range(2))
        run_job(aws, f"x,{old},photos,k", fields=("Ignore", "VersionId", "Bucket", "Key"))
        assert aws.object_tags("photos", "k", old) == {"team": "red"}
        assert aws.object_tags("photos", "k", new) == {}

    def test_a_row_without_its_version_id_fails_alone(self, aws: Any, photos: str) -> None:
        described = run_job(aws, "photos,a.jpg,null", "photos,b.jpg,", fields=("Bucket", "Key", "VersionId"))
        tasks = aws.jobs[described["JobId"]].tasks
        assert [(task.status, task.message) for task in tasks] == [
            ("succeeded", "Successful"),
            ("failed", "Task failed due to missing VersionId"),
        ]
        assert described["Status"] == "Complete"

    @pytest.mark.parametrize(
        "manifest", [b"photos,a.jpg", b"photos,a.jpg\n", b"photos,a.jpg\r\n", b'"photos","a.jpg"\n']
    )
    def test_line_ends_and_quotes(self, aws: Any, photos: str, manifest: bytes) -> None:
        assert run_job(aws, manifest=manifest)["ProgressSummary"]["NumberOfTasksSucceeded"] == 1

    @pytest.mark.parametrize(
        ("manifest", "reason"),
        [
            (b"photos,a.jpg,extra\n", "Manifest file is not properly formatted"),
            (b"photos,a.jpg\nphotos\n", "Manifest file is not properly formatted"),
            (b"photos,a.jpg\n\nphotos,b.jpg\n", "Manifest file is not properly formatted"),
            (b"photos,\xff\n", "Manifest file is not properly formatted"),
            (b'photos,"a.jpg\n', "Manifest file is not properly formatted"),
            (b"photos,\n", "Invalid object key format"),
            (b"", "Invalid Manifest Content"),
        ],
    )
    def test_what_is_no_manifest_fails_the_job(
        self, aws: Any, photos: str, manifest: bytes, reason: str
    ) -> None:
        assert failed(aws, manifest=manifest) == ("InvalidManifestContent", reason)
        assert aws.object_tags(photos, "a.jpg") == {}

    def test_empty_lines_at_the_end(self, aws: Any, photos: str) -> None:
        request = tagging_job(aws, manifest=b"photos,a.jpg\r\n\r\n\n")
        assert counts(run(aws, request)) == ("Complete", 1, 0)

    def test_a_version_id_that_is_none(self, aws: Any, photos: str) -> None:
        request = tagging_job(aws, "photos,a.jpg,no id", fields=("Bucket", "Key", "VersionId"))
        assert reason(run(aws, request)) == "Invalid version ID format"

    def test_several_buckets_and_the_same_object_twice(self, aws: Any, photos: str) -> None:
        aws.create_bucket("other")
        aws.put_objects("other", ["x"])
        request = tagging_job(aws, "photos,a.jpg", "other,x", "photos,a.jpg")
        assert counts(run(aws, request)) == ("Complete", 3, 0)
        assert aws.object_tags("other", "x") == {"team": "red"}

    @pytest.mark.parametrize(
        ("manifest", "failure"),
        [
            (b"\xef\xbb\xbfphotos,a.jpg,x\n", f"{NOT_PROPER} | a byte order mark"),
            (
                b"photos,\xff,x\n",
                f"{NOT_PROPER} | not UTF-8: 'utf-8' codec can't decode byte 0xff in position 7: "
                "invalid start byte",
            ),
            (b"photos,a.jpg\n", f"{NOT_PROPER} | line 1 has 2 columns, Fields names 3"),
            (b"photos,a.jpg,\nphotos,b.jpg,,\n", f"{NOT_PROPER} | line 2 has 4 columns, Fields names 3"),
            (b'photos,"a.jpg,x\n', f"{NOT_PROPER} | unexpected end of data"),
            (b'photos,"a"jpg,\n', f"{NOT_PROPER} | ',' expected after '\"'"),
            (b"photos,a.jpg,\nphotos,,\n", "Invalid object key format | line 2"),
            (b"photos,%s,\n" % (b"k" * 1025), "Invalid object key format | line 1"),
            (b"photos,a.jpg,\nphotos,a.jpg,no id\n", "Invalid version ID format | line 2: 'no id'"),
            (b"\r\n\n", f"{CONTENT} | the manifest holds no row"),
        ],
    )
    def test_messages_about_rows(self, aws: Any, photos: str, manifest: bytes, failure: str) -> None:
        request = tagging_job(aws, manifest=manifest, fields=("Bucket", "Key", "VersionId"))
        assert failure_of(aws, run(aws, request)) == ("InvalidManifestContent", failure)

    @pytest.mark.parametrize(
        ("manifest", "key"),
        [
            (b"photos,x\rphotos,x\r", "x"),
            (b'photos,"a\r\nb"\n', "a\r\nb"),
            (b"photos,blank ", "blank "),
            (b"photos,X", "X"),
            (b"photos,%s" % (b"k" * 1024), "k" * 1024),
        ],
    )
    def test_keys_are_taken_as_they_stand(self, aws: Any, manifest: bytes, key: str) -> None:
        aws.create_bucket("photos")
        aws.put_objects("photos", [key])
        described = run(aws, tagging_job(aws, manifest=manifest))
        assert {task.key for task in aws.jobs[described["JobId"]].tasks} == {key}
        assert aws.object_tags("photos", key) == {"team": "red"}


@pytest.mark.parametrize(
    ("key", "status"),
    [("%C3%A9" * 512, "Complete"), ("%C3%A9" * 513, "Failed"), ("%F0%9F%98%80" * 256, "Complete")],
)
def test_keys_are_measured_in_bytes(aws: Any, photos: str, key: str, status: str) -> None:
    described = run_job(aws, f"photos,{key}")
    assert described["Status"] == status
    if status == "Failed":
        assert described["FailureReasons"][0]["FailureReason"] == "Invalid object key format"


def test_the_line_of_a_bad_row_is_named(aws: Any, photos: str) -> None:
    """Also when a row before it holds line ends of its own."""
    job_id = run_job(aws, manifest=b'photos,"a\nb"\nphotos\n')["JobId"]
    assert "line 3 has 1 columns" in aws.jobs[job_id].failure


class TestLocation:
    def test_the_etag_must_be_the_manifests(self, aws: Any, photos: str) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        request["Manifest"]["Location"]["ETag"] = "60e460c9d1046e73f7dde5043ac3ae85"
        code, _ = failed(aws, "photos,a.jpg", Manifest=request["Manifest"])
        assert code == "ManifestNotFound"
        (job,) = aws.jobs.values()
        assert "the job names 60e460c9d1046e73f7dde5043ac3ae85" in job.failure
        assert aws.object_tags(photos, "a.jpg") == {}

    @pytest.mark.parametrize("quotes", ["", '"'])
    def test_the_etag_may_be_quoted(self, aws: Any, photos: str, quotes: str) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        location = request["Manifest"]["Location"]
        location["ETag"] = f"{quotes}{location['ETag'].strip(chr(34))}{quotes}"
        assert run_job(aws, "photos,a.jpg", Manifest=request["Manifest"])["Status"] == "Complete"

    def test_a_manifest_that_is_not_there(self, aws: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        request["Manifest"]["Location"]["ObjectArn"] = "arn:aws:s3:::manifests/other.csv"
        assert failed(aws, Manifest=request["Manifest"])[1] == "Manifest object was not found"

    def test_an_older_version_of_the_manifest(self, aws: Any, photos: str, s3: Any) -> None:
        aws.create_bucket("versioned", versioning=True)
        put = s3.put_object(Bucket="versioned", Key="m", Body=b"photos,a.jpg\n")
        s3.put_object(Bucket="versioned", Key="m", Body=b"photos,b.jpg\n")
        manifest = {
            "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
            "Location": {
                "ObjectArn": "arn:aws:s3:::versioned/m",
                "ETag": put["ETag"],
                "ObjectVersionId": put["VersionId"],
            },
        }
        run_job(aws, Manifest=manifest)
        assert (aws.object_tags(photos, "a.jpg"), aws.object_tags(photos, "b.jpg")) == ({"team": "red"}, {})

    def test_encrypted_with_kms(self, aws: Any, photos: str, s3: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        etag = s3.put_object(
            Bucket="manifests", Key="manifest.csv", Body=b"photos,a.jpg", ServerSideEncryption="aws:kms"
        )["ETag"]
        request["Manifest"]["Location"]["ETag"] = etag
        assert reason(run(aws, request)) == "Unsupported encryption type SSE_KMS used for manifest"

    def test_one_that_is_not_there(self, aws: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        request["Manifest"]["Location"]["ObjectArn"] = "arn:aws:s3:::manifests/other.csv"
        assert failure_of(aws, run(aws, request)) == (
            "ManifestNotFound",
            "Manifest object was not found"
            " | arn:aws:s3:::manifests/other.csv: NoSuchKey: The specified key does not exist.",
        )

    def test_one_that_may_not_be_read(self, aws: Any, photos: str, s3: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        deny(s3, "manifests", "s3:GetObject")
        described = run(aws, request)
        assert failure_of(aws, described) == (
            "AccessDenied",
            f"{FORBIDDEN} | {CSV}: {read_denied(described, CSV)}",
        )

    def test_one_that_is_encrypted_with_kms(self, aws: Any, photos: str, s3: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        s3.put_object(
            Bucket="manifests",
            Key="manifest.csv",
            Body=b"photos,a.jpg\n",
            ServerSideEncryption="aws:kms",
        )
        assert failure_of(aws, run(aws, request)) == (
            "InvalidManifestContent",
            "Unsupported encryption type SSE_KMS used for manifest"
            " | a CSV manifest that is encrypted with KMS isn't supported (user guide)",
        )

    @pytest.mark.parametrize("given", ["60e460c9d1046e73f7dde5043ac3ae85", "X{etag}X", '"{etag}X"'])
    def test_an_etag_that_is_another(self, aws: Any, photos: str, given: str) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        etag = hashlib.md5(b"photos,a.jpg\n").hexdigest()
        wrong = request["Manifest"]["Location"]["ETag"] = given.format(etag=etag)
        assert failure_of(aws, run(aws, request)) == (
            "ManifestNotFound",
            f"Etag mismatch reading manifest | the manifest's ETag is {etag}, the job names {wrong}",
        )

    def test_one_that_was_put_without_a_call(self, aws: Any, photos: str) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        aws.put_objects("manifests", {"manifest.csv": b"photos,b.jpg\n"})
        request["Manifest"]["Location"]["ETag"] = hashlib.md5(b"photos,b.jpg\n").hexdigest()
        assert counts(run(aws, request)) == ("Complete", 1, 0)
        assert aws.object_tags(photos, "b.jpg") == {"team": "red"}
