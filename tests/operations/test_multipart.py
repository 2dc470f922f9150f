"""Multipart uploads, through a boto3 client."""

from __future__ import annotations

import base64
import hashlib
import io
import zlib
from typing import Any, ClassVar

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.config import Config

from conftest import needs_botocore
from s3tag_mock.rules import limits
from tests.support import refusal

BIG = b"x" * limits.PART_BYTES
BIG_ETAG = hashlib.md5(BIG).hexdigest()


@pytest.fixture
def upload(photos: str, s3: Any) -> dict[str, str]:
    answer = s3.create_multipart_upload(Bucket=photos, Key="big", Tagging="a=1&b=2", ContentType="text/plain")
    return {name: answer[name] for name in ("Bucket", "Key", "UploadId")}


def put(s3: Any, upload: Any, number: int, body: bytes) -> dict[str, Any]:
    return {"PartNumber": number, "ETag": s3.upload_part(**upload, PartNumber=number, Body=body)["ETag"]}


def complete(s3: Any, upload: Any, *parts: Any, **more: Any) -> Any:
    return s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": list(parts)}, **more)


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


def test_parts_are_chosen_and_replaced(s3: Any, upload: Any) -> None:
    put(s3, upload, 2, b"replaced")
    kept = put(s3, upload, 2, b"kept")
    put(s3, upload, 3, b"left out")
    complete(s3, upload, kept)
    assert s3.get_object(Bucket="photos", Key="big")["Body"].read() == b"kept"


def test_listing_parts(s3: Any, upload: Any) -> None:
    for number in (3, 1, 2):
        put(s3, upload, number, b"x" * number)
    page = s3.list_parts(**upload, MaxParts=2)
    assert [(part["PartNumber"], part["Size"]) for part in page["Parts"]] == [(1, 1), (2, 2)]
    assert (page["IsTruncated"], page["NextPartNumberMarker"], page["StorageClass"]) == (True, 2, "STANDARD")
    pages = s3.get_paginator("list_parts").paginate(**upload, PaginationConfig={"PageSize": 2})
    assert [part["PartNumber"] for page in pages for part in page["Parts"]] == [1, 2, 3]


def test_aborting(s3: Any, upload: Any) -> None:
    put(s3, upload, 1, b"x")
    assert s3.abort_multipart_upload(**upload)["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert refusal(lambda: s3.abort_multipart_upload(**upload)) == {
        "Status": 404,
        "Code": "NoSuchUpload",
        "Message": "The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
        "aborted or completed.",
        "UploadId": upload["UploadId"],
    }


def test_completions_that_cannot_be(s3: Any, upload: Any) -> None:
    first, second = put(s3, upload, 1, b"small"), put(s3, upload, 2, b"end")
    small = hashlib.md5(b"small").hexdigest()
    for parts, code, elements in (
        ([], "InvalidRequest", {"Message": "You must specify at least one part"}),
        ([second, first], "InvalidPartOrder", {}),
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
    assert len(s3.list_parts(**upload)["Parts"]) == 2


def test_a_refused_header_begins_nothing(aws: Any, photos: str, s3: Any) -> None:
    wrong = {"Bucket": photos, "Key": "big", "Tagging": "a=1&a=2"}
    assert refusal(lambda: s3.create_multipart_upload(**wrong))["Code"] == "InvalidArgument"
    assert aws._world.buckets[photos].uploads == {}


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
        assert created["ChecksumType"] == "COMPOSITE"
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
        answer = complete(s3, upload, {**listed, "ChecksumSHA256": part["ChecksumSHA256"]})
        joined = hashlib.sha256(hashlib.sha256(b"end").digest()).digest()
        assert answer["ChecksumSHA256"] == f"{base64.b64encode(joined).decode()}-1"
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

    def test_conditions(self, s3: Any, upload: Any, ten: Any) -> None:
        copy = lambda: s3.upload_part_copy(**upload, PartNumber=1, CopySource=ten, CopySourceIfMatch="x")
        assert refusal(copy)["Condition"] == "x-amz-copy-source-If-Match"


class TestListingUploads:
    @pytest.fixture
    def keys(self, s3: Any, photos: str) -> list[str]:
        keys = ["a/1", "a/2", "b", "b", "c"]
        for key in keys:
            s3.create_multipart_upload(Bucket=photos, Key=key)
        return keys

    def test_all(self, s3: Any, photos: str, keys: list[str]) -> None:
        listed = s3.list_multipart_uploads(Bucket=photos)
        assert [upload["Key"] for upload in listed["Uploads"]] == keys
        assert (listed["IsTruncated"], listed["MaxUploads"], listed["Bucket"]) == (False, 1000, photos)

    @pytest.mark.parametrize("most", [1, 2, 3, 5])
    def test_page_by_page(self, s3: Any, photos: str, keys: list[str], most: int) -> None:
        pages = list(
            s3.get_paginator("list_multipart_uploads").paginate(
                Bucket=photos, PaginationConfig={"PageSize": most}
            )
        )
        assert [upload["Key"] for page in pages for upload in page["Uploads"]] == keys
        ids = [upload["UploadId"] for page in pages for upload in page["Uploads"]]
        assert len(set(ids)) == len(keys)
        assert all(len(page["Uploads"]) <= most for page in pages)

    @pytest.mark.parametrize("most", [1, 2, 10])
    def test_common_prefixes(self, s3: Any, photos: str, keys: list[str], most: int) -> None:
        paginate = s3.get_paginator("list_multipart_uploads").paginate
        pages = list(paginate(Bucket=photos, Delimiter="/", PaginationConfig={"PageSize": most}))
        assert [one["Prefix"] for page in pages for one in page.get("CommonPrefixes", [])] == ["a/"]
        assert [one["Key"] for page in pages for one in page.get("Uploads", [])] == ["b", "b", "c"]
        assert (
            s3.list_multipart_uploads(Bucket=photos, Prefix="a/", Delimiter="/")["Uploads"][0]["Key"] == "a/1"
        )

    def test_a_marker_of_another_key(self, s3: Any, photos: str, keys: list[str]) -> None:
        upload = s3.list_multipart_uploads(Bucket=photos)["Uploads"][0]
        markers = {"KeyMarker": "b", "UploadIdMarker": upload["UploadId"]}
        assert refusal(lambda: s3.list_multipart_uploads(Bucket=photos, **markers)) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "Invalid uploadId marker",
            "ArgumentName": "upload-id-marker",
            "ArgumentValue": upload["UploadId"],
        }


@pytest.mark.parametrize("marker", ["x", "-1", "\u00b2", "99999999999"])
def test_markers_that_are_no_numbers(photos: str, s3: Any, upload: Any, marker: str) -> None:
    attributes = {"Bucket": photos, "Key": "made", "ObjectAttributes": ["ObjectParts"]}
    made = {"Bucket": photos, "Key": "made"}
    made["UploadId"] = s3.create_multipart_upload(**made, ChecksumAlgorithm="SHA1")["UploadId"]
    part = s3.upload_part(**made, PartNumber=1, Body=b"x", ChecksumAlgorithm="SHA1")
    described = {"PartNumber": 1, "ETag": part["ETag"], "ChecksumSHA1": part["ChecksumSHA1"]}
    s3.complete_multipart_upload(**made, MultipartUpload={"Parts": [described]})
    raw = lambda params, **kwargs: params["headers"].update({"x-amz-part-number-marker": marker}) or None
    s3.meta.events.register("before-call.s3.GetObjectAttributes", raw)
    if marker.isascii():
        assert refusal(lambda: s3.get_object_attributes(**attributes))["Code"] == "InvalidArgument"
    number = 2147483648 if marker.isdigit() else -1
    assert refusal(lambda: s3.list_parts(**upload, MaxParts=number))["ArgumentName"] == "max-parts"
    assert (
        refusal(lambda: s3.list_multipart_uploads(Bucket=photos, MaxUploads=number))["ArgumentName"]
        == "max-uploads"
    )


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
        wrong = refusal(lambda: complete(s3, upload, part, ChecksumCRC32="AAAAAA=="))
        assert wrong == {
            "Status": 400,
            "Code": "BadDigest",
            "Message": "The crc32 you specified did not match the calculated checksum.",
        }
        right = base64.b64encode(zlib.crc32(b"three").to_bytes(4, "big")).decode()
        assert complete(s3, upload, part, ChecksumCRC32=right)["ChecksumCRC32"] == right

    @pytest.mark.parametrize(
        ("created", "message"),
        [
            (
                {"ChecksumAlgorithm": "SHA256"},
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
