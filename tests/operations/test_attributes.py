"""GetObjectAttributes."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from conftest import needs_botocore
from s3tag_mock.rules import limits
from tests.support import refusal

ALL = ("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize")


@needs_botocore("1.36", "checksums of CRC64NVME and their types")
def test_of_an_object(s3: Any, photos: str) -> None:
    s3.put_object(Bucket=photos, Key="n", Body=b"12345", ChecksumAlgorithm="SHA1")
    found = s3.get_object_attributes(Bucket=photos, Key="n", ObjectAttributes=list(ALL))
    sha1 = base64.b64encode(hashlib.sha1(b"12345").digest()).decode()
    assert {name: found.get(name) for name in ALL} == {
        "ETag": hashlib.md5(b"12345").hexdigest(),
        "Checksum": {"ChecksumSHA1": sha1, "ChecksumType": "FULL_OBJECT"},
        "ObjectParts": None,
        "StorageClass": "STANDARD",
        "ObjectSize": 5,
    }


def test_only_what_is_asked_for(s3: Any, photos: str) -> None:
    found = s3.get_object_attributes(Bucket=photos, Key="a.jpg", ObjectAttributes=["ObjectSize"])
    assert {name for name in found if name in ALL} == {"ObjectSize"}
    assert found["LastModified"] == s3.head_object(Bucket=photos, Key="a.jpg")["LastModified"]
    wrong = lambda: s3.get_object_attributes(Bucket=photos, Key="a.jpg", ObjectAttributes=["Colour", "Hue"])
    assert refusal(wrong) == {
        "Status": 400,
        "Code": "InvalidArgument",
        "Message": "Invalid attribute name specified.",
        "ArgumentName": "x-amz-object-attributes",
        "ArgumentValue": "Colour,Hue",
    }
    none = lambda: s3.get_object_attributes(Bucket=photos, Key="a.jpg", ObjectAttributes=[])
    assert refusal(none)["MissingHeaderName"] == "x-amz-object-attributes"


@needs_botocore("1.36", "full object checksums")
def test_of_parts(s3: Any, photos: str) -> None:
    upload = {
        "Bucket": photos,
        "Key": "big",
        "UploadId": s3.create_multipart_upload(Bucket=photos, Key="big", ChecksumAlgorithm="SHA256")[
            "UploadId"
        ],
    }
    parts = []
    for number, body in ((1, b"x" * limits.PART_BYTES), (2, b"end")):
        answer = s3.upload_part(**upload, PartNumber=number, Body=body, ChecksumAlgorithm="SHA256")
        parts.append(
            {"PartNumber": number, "ETag": answer["ETag"], "ChecksumSHA256": answer["ChecksumSHA256"]}
        )
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    found = s3.get_object_attributes(Bucket=photos, Key="big", ObjectAttributes=["ObjectParts"], MaxParts=1)[
        "ObjectParts"
    ]
    assert (found["TotalPartsCount"], found["IsTruncated"], found["NextPartNumberMarker"]) == (2, True, 1)
    assert found["Parts"] == [
        {"PartNumber": 1, "Size": limits.PART_BYTES, "ChecksumSHA256": parts[0]["ChecksumSHA256"]}
    ]
    part = s3.get_object(Bucket=photos, Key="big", PartNumber=2)
    assert (part["Body"].read(), part["PartsCount"], part["ContentRange"]) == (
        b"end",
        2,
        f"bytes {limits.PART_BYTES}-{limits.PART_BYTES + 2}/{limits.PART_BYTES + 3}",
    )
    assert refusal(lambda: s3.get_object(Bucket=photos, Key="big", PartNumber=10)) == {
        "Status": 416,
        "Code": "InvalidPartNumber",
        "Message": "The requested partnumber is not satisfiable",
        "ActualPartCount": "2",
        "PartNumberRequested": "10",
    }


def test_delete_markers(s3: Any, aws: Any) -> None:
    aws.create_bucket("kept", versioning=True)
    s3.put_object(Bucket="kept", Key="k", Body=b"")
    marker = s3.delete_object(Bucket="kept", Key="k")["VersionId"]
    get = lambda **more: s3.get_object_attributes(Bucket="kept", Key="k", ObjectAttributes=["ETag"], **more)
    assert refusal(get)["Code"] == "NoSuchKey"
    assert refusal(lambda: get(VersionId=marker))["Code"] == "MethodNotAllowed"


def test_of_a_version(s3: Any, kept: str) -> None:
    version = s3.put_object(Bucket=kept, Key="k", Body=b"12")["VersionId"]
    found = s3.get_object_attributes(Bucket=kept, Key="k", ObjectAttributes=["ObjectSize"])
    assert (found["VersionId"], found["ObjectSize"]) == (version, 2)


def test_parts_without_checksums_are_only_counted(s3_without_checksums: Any, photos: str) -> None:
    s3 = s3_without_checksums
    upload = {"Bucket": photos, "Key": "big"}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    etag = s3.upload_part(**upload, PartNumber=1, Body=b"1")["ETag"]
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
    found = s3.get_object_attributes(Bucket=photos, Key="big", ObjectAttributes=["ObjectParts"])
    assert found["ObjectParts"] == {"TotalPartsCount": 1}
