"""Multipart uploads, through a boto3 client."""

from __future__ import annotations

import base64
import hashlib
import io
from datetime import datetime, timezone
from typing import Any

import pytest
from boto3.s3.transfer import TransferConfig

from conftest import needs_botocore
from s3tag_mock.rules import limits
from tests.operations.multipart_support import BIG, complete, put
from tests.support import refusal


def test_the_object_has_the_uploads_tags_and_description(aws: Any, s3: Any, upload: Any) -> None:
    parts = [put(s3, upload, 1, BIG), put(s3, upload, 2, b"end")]
    assert refusal(lambda: s3.head_object(Bucket="photos", Key="big"))["Status"] == 404
    answer = complete(s3, upload, *parts)
    digests = hashlib.md5(hashlib.md5(BIG).digest() + hashlib.md5(b"end").digest()).hexdigest()
    assert answer["ETag"] == f'"{digests}-2"'
    head = s3.head_object(Bucket="photos", Key="big")
    assert (head["ContentLength"], head["ContentType"], head["ETag"]) == (
        len(BIG) + 3,
        "text/plain",
        answer["ETag"],
    )
    assert aws.object_tags("photos", "big") == {"a": "1", "b": "2"}
    assert refusal(lambda: s3.list_parts(**upload))["Code"] == "NoSuchUpload"


def test_uploads_of_one_key_are_listed_as_they_began(aws: Any, s3: Any, photos: str) -> None:
    """Also those that began in one second, and after others ended; without a header they have no tags."""
    aws.clock.set(datetime(2026, 11, 20, tzinfo=timezone.utc))
    named = {"Bucket": photos, "Key": "k"}
    begin = lambda: s3.create_multipart_upload(**named)["UploadId"]
    first, second = begin(), begin()
    complete(s3, {**named, "UploadId": first}, put(s3, {**named, "UploadId": first}, 1, b"x"))
    assert aws.object_tags(photos, "k") == {}
    third = begin()
    listed = s3.list_multipart_uploads(Bucket=photos)["Uploads"]
    assert [one["UploadId"] for one in listed] == [second, third]


def test_parts_are_chosen_and_replaced(s3: Any, upload: Any) -> None:
    put(s3, upload, 2, b"replaced")
    kept = put(s3, upload, 2, b"k")
    put(s3, upload, 3, b"left out")
    complete(s3, upload, kept)
    part = s3.get_object(Bucket="photos", Key="big", PartNumber=2)
    assert (part["Body"].read(), part["ContentRange"]) == (b"k", "bytes 0-0/1")


def test_when_a_rule_aborts_it(s3: Any, photos: str) -> None:
    """Source: CreateMultipartUpload, x-amz-abort-date."""
    abort = {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}
    rule = {"ID": "stale", "Status": "Enabled", "Filter": {}, **abort}
    s3.put_bucket_lifecycle_configuration(Bucket=photos, LifecycleConfiguration={"Rules": [rule]})
    upload = {"Bucket": photos, "Key": "big"}
    created = s3.create_multipart_upload(**upload)
    listed = s3.list_parts(**upload, UploadId=created["UploadId"])
    for answer in (created, listed):
        assert (answer["AbortRuleId"], answer["AbortDate"].hour) == ("stale", 0)


def test_aborting(s3: Any, upload: Any) -> None:
    put(s3, upload, 1, b"x")
    for _ in range(2):  # the second time OBSERVED, minio #2250
        assert s3.abort_multipart_upload(**upload)["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="photos")
    assert refusal(lambda: s3.upload_part(**upload, PartNumber=1, Body=b"x"))["Code"] == "NoSuchUpload"
    assert refusal(lambda: s3.abort_multipart_upload(**{**upload, "Key": "other"})) == {
        "Status": 404,
        "Code": "NoSuchUpload",
        "Message": "The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
        "aborted or completed.",
        "UploadId": upload["UploadId"],
    }


def test_a_refused_header_begins_nothing(aws: Any, photos: str, s3: Any) -> None:
    wrong = {"Bucket": photos, "Key": "big", "Tagging": "a=1&a=2"}
    assert refusal(lambda: s3.create_multipart_upload(**wrong))["Code"] == "InvalidArgument"
    assert aws._world.buckets_of("us-east-1")[photos].uploads == {}


@pytest.mark.parametrize("number", [0, 10_001])
def test_part_numbers(s3: Any, upload: Any, number: int) -> None:
    refused = refusal(lambda: put(s3, upload, number, b"x"))
    assert refused["Message"] == "Part number must be an integer between 1 and 10000, inclusive"


@needs_botocore("1.36.0", "ChecksumType")
class TestChecksums:
    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (
                {"ChecksumType": "COMPOSITE"},
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
            ),
            (
                {"ChecksumAlgorithm": "SHA1", "ChecksumType": "FULL_OBJECT"},
                "The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.",
            ),
            (
                {"ChecksumAlgorithm": "CRC64NVME", "ChecksumType": "COMPOSITE"},
                "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.",
            ),
        ],
    )
    def test_kinds_that_do_not_go_together(self, photos: str, s3: Any, options: Any, message: str) -> None:
        refused = refusal(lambda: s3.create_multipart_upload(Bucket=photos, Key="k", **options))
        assert (refused["Code"], refused["Message"]) == ("InvalidRequest", message)

    def test_composite(self, photos: str, s3: Any) -> None:
        upload = {"Bucket": photos, "Key": "k"}
        created = s3.create_multipart_upload(**upload, ChecksumAlgorithm="SHA256")
        assert (created["ChecksumAlgorithm"], created["ChecksumType"]) == ("SHA256", "COMPOSITE")
        upload["UploadId"] = created["UploadId"]
        part = s3.upload_part(**upload, PartNumber=1, Body=b"end", ChecksumAlgorithm="SHA256")
        listed = {"PartNumber": 1, "ETag": part["ETag"]}
        missing = refusal(lambda: complete(s3, upload, listed))["Message"]
        assert missing.endswith("It was missing for part 1 in the request.")
        wrong = refusal(lambda: complete(s3, upload, {**listed, "ChecksumSHA256": "AAAA"}))
        assert wrong["Code"] == "InvalidPart"
        other = refusal(lambda: s3.upload_part(**upload, PartNumber=2, Body=b"x", ChecksumAlgorithm="SHA1"))
        assert other["Message"] == (
            "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: sha1"
        )
        digest = hashlib.sha256(hashlib.sha256(b"end").digest()).digest()
        joined = {"ChecksumSHA256": f"{base64.b64encode(digest).decode()}-1"}
        answer = complete(s3, upload, {**listed, "ChecksumSHA256": part["ChecksumSHA256"]}, **joined)
        assert joined.items() <= answer.items()
        assert answer["ChecksumType"] == "COMPOSITE"
        copied = s3.copy_object(Bucket=photos, Key="copy", CopySource=f"{photos}/k")["CopyObjectResult"]
        assert copied["ChecksumSHA256"] == base64.b64encode(hashlib.sha256(b"end").digest()).decode()
        (stored,) = (one for one in s3.list_objects_v2(Bucket=photos)["Contents"] if one["Key"] == "k")
        assert (stored["ChecksumAlgorithm"], stored["ChecksumType"]) == (["SHA256"], "COMPOSITE")


def test_managed_uploads(aws: Any, photos: str, s3: Any) -> None:
    body = b"0123456789" * 1_100_000
    config = TransferConfig(multipart_threshold=limits.PART_BYTES, multipart_chunksize=limits.PART_BYTES)
    s3.upload_fileobj(io.BytesIO(body), photos, "big", Config=config, ExtraArgs={"Tagging": "a=1"})
    assert s3.get_object(Bucket=photos, Key="big")["Body"].read() == body
    assert s3.head_object(Bucket=photos, Key="big")["ETag"].endswith('-3"')
    assert aws.object_tags(photos, "big") == {"a": "1"}


class TestPartCopies:
    @pytest.fixture
    def ten(self, s3: Any, photos: str) -> dict[str, str]:
        s3.put_object(Bucket=photos, Key="ten", Body=b"0123456789", Tagging="of=source")
        return {"Bucket": photos, "Key": "ten"}

    def test_a_range_of_another_object(self, aws: Any, s3: Any, upload: Any, ten: Any) -> None:
        answer = s3.upload_part_copy(**upload, PartNumber=1, CopySource=ten, CopySourceRange="bytes=2-4")
        assert answer["CopyPartResult"]["ETag"] == f'"{hashlib.md5(b"234").hexdigest()}"'
        complete(s3, upload, {"PartNumber": 1, "ETag": answer["CopyPartResult"]["ETag"]})
        assert s3.get_object(Bucket="photos", Key="big")["Body"].read() == b"234"
        assert aws.object_tags("photos", "big") == {"a": "1", "b": "2"}

    def test_the_whole_of_a_version(self, aws: Any, s3: Any, upload: Any) -> None:
        aws.create_bucket("kept", versioning=True)
        version = s3.put_object(Bucket="kept", Key="k", Body=b"old")["VersionId"]
        s3.put_object(Bucket="kept", Key="k", Body=b"new")
        source = {"Bucket": "kept", "Key": "k", "VersionId": version}
        answer = s3.upload_part_copy(**upload, PartNumber=1, CopySource=source)
        assert answer["CopySourceVersionId"] == version
        assert [part["Size"] for part in s3.list_parts(**upload)["Parts"]] == [3]

    @pytest.mark.parametrize(
        "text",
        [
            "0-8",
            "bytes=-",
            "bytes=-0",
            "bytes=-2",
            "bytes=0--1",
            "bytes=0-1,3-4,7-9",
            "bytes=1-",
            "bytes=1-0",
        ],
    )
    def test_what_is_no_range(self, s3: Any, upload: Any, ten: Any, text: str) -> None:
        assert refusal(
            lambda: s3.upload_part_copy(**upload, PartNumber=1, CopySource=ten, CopySourceRange=text)
        ) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
            "ArgumentName": "x-amz-copy-source-range",
            "ArgumentValue": text,
        }

    def test_ranges_beyond_the_source(self, s3: Any, upload: Any, ten: Any) -> None:
        def copy(text: str) -> dict[str, Any]:
            return refusal(
                lambda: s3.upload_part_copy(**upload, PartNumber=1, CopySource=ten, CopySourceRange=text)
            )

        assert copy("bytes=0-100") == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "Range specified is not valid for source object of size: 10",
            "ArgumentName": "x-amz-copy-source-range",
            "ArgumentValue": "bytes=0-100",
        }
        assert copy("bytes=100-200") == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "The specified copy range is invalid for the source object size",
        }

    def test_checksums_and_numbers(self, s3: Any, photos: str, ten: Any) -> None:
        """Source: LS test_multipart_upload_part_copy_checksum."""
        upload = {"Bucket": photos, "Key": "new", "CopySource": ten}
        created = s3.create_multipart_upload(Bucket=photos, Key="new", ChecksumAlgorithm="SHA256")
        upload["UploadId"] = created["UploadId"]
        copied = s3.upload_part_copy(**upload, PartNumber=1)["CopyPartResult"]
        digest = hashlib.sha256(b"0123456789").digest()
        assert copied["ChecksumSHA256"] == base64.b64encode(digest).decode()
        assert copied["LastModified"].tzinfo is not None
        assert refusal(lambda: s3.upload_part_copy(**upload, PartNumber=0))["Code"] == "InvalidArgument"

    def test_conditions(self, s3: Any, upload: Any, ten: Any) -> None:
        copy = lambda: s3.upload_part_copy(**upload, PartNumber=1, CopySource=ten, CopySourceIfMatch="x")
        assert refusal(copy)["Condition"] == "x-amz-copy-source-If-Match"


class TestWithoutChecksums:
    @pytest.fixture
    def upload(self, s3_without_checksums: Any, photos: str) -> dict[str, Any]:
        answer = s3_without_checksums.create_multipart_upload(Bucket=photos, Key="big")
        return {name: answer[name] for name in ("Bucket", "Key", "UploadId")}

    def complete(self, s3: Any, upload: Any, **more: Any) -> Any:
        etag = s3.upload_part(**upload, PartNumber=1, Body=b"four")["ETag"]
        parts = {"Parts": [{"PartNumber": 1, "ETag": etag}]}
        return s3.complete_multipart_upload(**upload, MultipartUpload=parts, **more)

    def test_one_without_parts(self, s3: Any, upload: Any) -> None:
        page = s3.list_parts(**upload)
        assert (page["NextPartNumberMarker"], page["IsTruncated"], "Parts" in page) == (0, False, False)

    @needs_botocore("1.36", "MpuObjectSize")
    def test_an_object_of_another_size(self, s3_without_checksums: Any, upload: Any) -> None:
        assert refusal(lambda: self.complete(s3_without_checksums, upload, MpuObjectSize=5)) == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4",
        }
        self.complete(s3_without_checksums, upload, MpuObjectSize=4)

    @needs_botocore("1.36", "ChecksumType")
    def test_a_checksum_type_that_the_upload_has_not(self, s3_without_checksums: Any, upload: Any) -> None:
        assert refusal(lambda: self.complete(s3_without_checksums, upload, ChecksumType="COMPOSITE")) == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "The upload was created using the null checksum mode. The complete request must use "
            "the same checksum mode.",
        }

    def test_a_checksum_that_s3_has_not_for_parts(self, s3: Any, photos: str) -> None:
        create = lambda: s3.create_multipart_upload(Bucket=photos, Key="big", ChecksumAlgorithm="TEST")
        assert refusal(create) == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "Checksum algorithm provided is unsupported. Please try again with any of the valid "
            "types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
        }
