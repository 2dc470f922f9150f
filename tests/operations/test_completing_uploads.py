"""CompleteMultipartUpload, through a boto3 client."""

from __future__ import annotations

import base64
import hashlib
import zlib
from typing import Any, ClassVar

import pytest
from botocore.config import Config

from conftest import needs_botocore
from s3tag_mock import mock_tagging
from tests.operations.multipart_support import BIG, complete, put
from tests.support import refusal


def test_completions_that_cannot_be(s3: Any, upload: Any) -> None:
    first, second = put(s3, upload, 1, b"small"), put(s3, upload, 2, b"end")
    small = hashlib.md5(b"small").hexdigest()
    for parts, code, elements in (
        ([], "MalformedXML", {}),
        ([{"PartNumber": 1}], "MalformedXML", {}),
        ([{"ETag": first["ETag"]}], "MalformedXML", {}),
        ([second, first], "InvalidPartOrder", {}),
        ([first, first], "InvalidPartOrder", {}),
        ([{**first, "PartNumber": 9}], "InvalidPart", {"ETag": small, "PartNumber": "9"}),
        ([{**first, "ETag": '"other"'}], "InvalidPart", {"ETag": "other", "PartNumber": "1"}),
        (
            [first, second],
            "EntityTooSmall",
            {"ETag": small, "PartNumber": "1", "ProposedSize": "5", "MinSizeAllowed": "5242880"},
        ),
    ):
        refused = refusal(lambda: complete(s3, upload, *parts))  # noqa: B023
        assert refused["Code"] == code
        assert elements.items() <= refused.items()
    nothing = refusal(lambda: s3.complete_multipart_upload(**upload))
    assert (nothing["Code"], nothing["Message"]) == ("InvalidRequest", "You must specify at least one part")
    assert len(s3.list_parts(**upload)["Parts"]) == 2


def test_small_parts_where_the_test_wants_them() -> None:
    with mock_tagging(min_part_size=3) as aws:
        s3 = aws.client("s3")
        aws.create_bucket("photos")
        upload = {"Bucket": "photos", "Key": "key"}
        upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
        first, second = put(s3, upload, 1, b"abc"), put(s3, upload, 2, b"d")
        third = put(s3, upload, 3, b"e")
        refused = refusal(lambda: complete(s3, upload, first, second, third))
        assert (refused["Code"], refused["MinSizeAllowed"]) == ("EntityTooSmall", "3")
        with aws.isolated():
            complete(s3, upload, first, second)
            assert s3.get_object(Bucket="photos", Key="key")["Body"].read() == b"abcd"


@needs_botocore("1.36.0", "conditions and checksums of CompleteMultipartUpload")
class TestCompletingWithConditions:
    CONFLICT: ClassVar = {
        "Status": 409,
        "Code": "ConditionalRequestConflict",
        "Message": "The conditional request cannot succeed due to a conflicting operation against this resource.",
        "Key": "big",
    }

    def test_an_object_put_meanwhile(self, s3: Any, upload: Any) -> None:
        part = put(s3, upload, 1, b"x")
        etag = s3.put_object(Bucket="photos", Key="big", Body=b"meanwhile")["ETag"]
        refused = refusal(lambda: complete(s3, upload, part, IfMatch=etag))
        assert refused == {**self.CONFLICT, "Condition": "If-Match"}
        assert refusal(lambda: complete(s3, upload, part, IfNoneMatch="*"))["Code"] == "PreconditionFailed"
        complete(s3, upload, part)

    def test_an_object_deleted_meanwhile(self, s3: Any, photos: str) -> None:
        etag = s3.put_object(Bucket=photos, Key="big", Body=b"before")["ETag"]
        upload = {"Bucket": photos, "Key": "big"}
        upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
        part = put(s3, upload, 1, b"x")
        s3.delete_object(Bucket=photos, Key="big")
        assert refusal(lambda: complete(s3, upload, part, IfMatch=etag))["Code"] == "NoSuchKey"
        refused = refusal(lambda: complete(s3, upload, part, IfNoneMatch="*"))
        assert refused == {**self.CONFLICT, "Condition": "If-None-Match"}

    def test_nothing_happened_meanwhile(self, s3: Any, upload: Any) -> None:
        assert complete(s3, upload, put(s3, upload, 1, b"x"), IfNoneMatch="*")["ETag"]

    def test_the_whole_objects_checksum(self, s3: Any, photos: str) -> None:
        upload = {"Bucket": photos, "Key": "big"}
        created = s3.create_multipart_upload(**upload, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
        upload["UploadId"] = created["UploadId"]
        answer = s3.upload_part(**upload, PartNumber=1, Body=b"three", ChecksumAlgorithm="CRC32")
        part = {"PartNumber": 1, "ETag": answer["ETag"]}
        full = {"ChecksumType": "FULL_OBJECT"}
        right = base64.b64encode(zlib.crc32(b"three").to_bytes(4, "big")).decode()
        for wrong in (
            {"ChecksumCRC32": "AAAAAA==", **full},
            {"ChecksumSHA1": "AAAAAA==", **full},
            {"ChecksumCRC32": right},
            {"ChecksumCRC64NVME": "AAAAAAAAAAA="},
        ):
            # LS test_multipart_parts_checksum_exceptions_full_object
            assert refusal(lambda: complete(s3, upload, part, **wrong)) == {  # noqa: B023
                "Status": 400,
                "Code": "BadDigest",
                "Message": "The crc32 you specified did not match the calculated checksum.",
            }
        other = refusal(lambda: complete(s3, upload, part, ChecksumCRC32=right, ChecksumType="COMPOSITE"))
        assert other["Message"].startswith("The upload was created using the FULL_OBJECT checksum mode.")
        assert complete(s3, upload, part, ChecksumCRC32=right, **full)["ChecksumCRC32"] == right

    def test_a_checksum_where_none_was_agreed_on(self, s3: Any, photos: str) -> None:
        """LS test_complete_multipart_parts_checksum_default."""
        upload = {"Bucket": photos, "Key": "big"}
        upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
        answer = s3.upload_part(**upload, PartNumber=1, Body=b"aaa", ChecksumAlgorithm="SHA1")
        part = {"PartNumber": 1, "ETag": answer["ETag"]}
        checksum = {"ChecksumSHA1": answer["ChecksumSHA1"]}
        assert "ChecksumSHA1" not in s3.list_parts(**upload)["Parts"][0]
        refused = refusal(lambda: complete(s3, upload, {**part, **checksum}))
        assert (refused["Code"], refused["PartNumber"]) == ("InvalidPart", "1")
        typed = refusal(lambda: complete(s3, upload, part, ChecksumType="FULL_OBJECT"))
        assert typed["Message"].startswith("The upload was created using the null checksum mode.")
        made = complete(s3, upload, part, ChecksumCRC32C="AAAAAA==-2")
        assert (made["ChecksumCRC64NVME"], made["ChecksumType"]) == ("Rnr2/5P7Gsk=", "FULL_OBJECT")

    def test_a_composite_upload_leaves_no_part_out(self, s3: Any, photos: str) -> None:
        """CompletedPart's PartNumber: with checksums of parts, they begin with 1 and are consecutive."""
        upload = {"Bucket": photos, "Key": "big"}
        upload["UploadId"] = s3.create_multipart_upload(**upload, ChecksumAlgorithm="CRC32")["UploadId"]
        parts = []
        for number in (1, 2, 3):
            answer = s3.upload_part(**upload, PartNumber=number, Body=BIG, ChecksumAlgorithm="CRC32")
            parts.append({name: answer[name] for name in ("ETag", "ChecksumCRC32")} | {"PartNumber": number})
        for chosen in ((0, 2), (1, 2), (2,)):
            refused = refusal(lambda: complete(s3, upload, *(parts[one] for one in chosen)))  # noqa: B023
            assert refused["Code"] == "InvalidPartOrder"
        complete(s3, upload, *parts[:2])

    @pytest.mark.parametrize(
        ("created", "message"),
        [
            (
                {"ChecksumAlgorithm": "CRC32", "ChecksumType": "FULL_OBJECT"},
                "The sha256 you specified for part 1 did not match what we received.",
            ),
            (
                {},
                "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
            ),
        ],
    )
    def test_a_checksum_of_a_part_that_has_none(
        self, aws: Any, photos: str, created: Any, message: str
    ) -> None:
        s3 = aws.client("s3", config=Config(request_checksum_calculation="when_required"))
        upload = {"Bucket": photos, "Key": "big"}
        upload["UploadId"] = s3.create_multipart_upload(**upload, **created)["UploadId"]
        etag = s3.upload_part(**upload, PartNumber=1, Body=b"x")["ETag"]
        part = {
            "PartNumber": 1,
            "ETag": etag,
            "ChecksumSHA256": "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
        }
        assert refusal(lambda: complete(s3, upload, part))["Message"] == message

    def test_a_part_without_the_checksum_that_was_agreed_on(self, aws: Any, photos: str) -> None:
        """REPORTED versitygw #1342: only S3's composite checksum needs those of the parts."""
        s3 = aws.client("s3", config=Config(request_checksum_calculation="when_required"))
        upload = {"Bucket": photos, "Key": "big"}
        upload["UploadId"] = s3.create_multipart_upload(**upload, ChecksumAlgorithm="SHA256")["UploadId"]
        refused = refusal(lambda: s3.upload_part(**upload, PartNumber=1, Body=b"x"))
        assert refused["Message"] == (
            "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: null"
        )


@needs_botocore("1.36.0", "IfNoneMatch of CompleteMultipartUpload")
class TestCompletingAgain:
    """A client that missed the answer says it again (moto test_idempotent_multipart_upload; minio #13318)."""

    def test_gets_the_same_answer(self, aws: Any, s3: Any, upload: Any) -> None:
        part = put(s3, upload, 1, b"x")
        first = complete(s3, upload, part, IfNoneMatch="*")
        again = complete(s3, upload, part, IfNoneMatch="*")
        for answer in (first, again):
            del answer["ResponseMetadata"]
        assert first == again
        s3.put_object(Bucket="photos", Key="big", Body=b"newer")
        assert complete(s3, upload, part)["ETag"] == first["ETag"]
        assert s3.get_object(Bucket="photos", Key="big")["Body"].read() == b"newer"

    def test_makes_no_second_version(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("versioned", versioning=True)
        upload = {"Bucket": "versioned", "Key": "k"}
        upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
        part = put(s3, upload, 1, b"x")
        assert complete(s3, upload, part)["VersionId"] == complete(s3, upload, part)["VersionId"]
        assert len(s3.list_object_versions(Bucket="versioned")["Versions"]) == 1

    def test_when_the_answer_was_lost(self, aws: Any, s3: Any, upload: Any) -> None:
        part = put(s3, upload, 1, b"x")
        aws.faults.add("CompleteMultipartUpload", "ReadTimeoutError", times=1, takes_effect=True)
        assert complete(s3, upload, part)["ResponseMetadata"]["RetryAttempts"] == 1
        assert s3.get_object(Bucket="photos", Key="big")["Body"].read() == b"x"

    def test_with_other_parts_or_another_key(self, s3: Any, upload: Any) -> None:
        first, second = put(s3, upload, 1, b"x"), put(s3, upload, 2, b"y")
        complete(s3, upload, first)
        for call in (
            lambda: complete(s3, upload, second),
            lambda: complete(s3, {**upload, "Key": "other"}, first),
            lambda: put(s3, upload, 1, b"x"),
            lambda: s3.list_parts(**upload),
        ):
            assert refusal(call)["Code"] == "NoSuchUpload"


def test_the_location_is_encoded(s3: Any, photos: str) -> None:
    """LS test_multipart_with_unicode_character_location; blanks and slashes OBSERVED, aws-sdk-go #1385."""
    upload = {"Bucket": photos, "Key": "a/b c\u2014"}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    answer = complete(s3, upload, put(s3, upload, 1, b"x"))
    assert (answer["Bucket"], answer["Key"]) == (upload["Bucket"], upload["Key"])
    assert answer["Location"] == f"https://{photos}.s3.us-east-1.amazonaws.com/a%2Fb+c%E2%80%94"
