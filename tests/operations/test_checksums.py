"""The checksums that objects have: given, or calculated by S3; and what reads show of them."""

from __future__ import annotations

import base64
import hashlib
import zlib
from typing import Any

import pytest
from botocore.config import Config
from hypothesis import given
from hypothesis import strategies as st

from conftest import needs_botocore
from s3tag_mock import mock_tagging
from s3tag_mock.rules import limits
from s3tag_mock.rules.checksums import ALGORITHMS

pytestmark = needs_botocore("1.36.0", "checksums of CRC64NVME and their types")

#: Of b"test data.." (LS test_s3_checksum_no_automatic_sdk_calculation).
BODY, CRC64NVME = b"test data..", "qUVrWYOrIAM="
DEFAULT = {"ChecksumCRC64NVME": CRC64NVME, "ChecksumType": "FULL_OBJECT"}
KEY = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}


@pytest.fixture
def plain(aws: Any) -> Any:
    """A client that sends no checksums where it needn't."""
    return aws.client("s3", config=Config(request_checksum_calculation="when_required"))


def checksum_in(answer: Any) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name.startswith("Checksum")}


def crc32(body: bytes) -> str:
    return base64.b64encode(zlib.crc32(body).to_bytes(4, "big")).decode()


class TestWithoutOne:
    """S3 calculates CRC64NVME: LS test_s3_checksum_no_automatic_sdk_calculation and 21 more."""

    def test_every_answer_shows_it(self, plain: Any, photos: str) -> None:
        stored = {"Bucket": photos, "Key": "n"}
        assert checksum_in(plain.put_object(**stored, Body=BODY)) == DEFAULT
        assert checksum_in(plain.get_object(**stored, ChecksumMode="ENABLED")) == DEFAULT
        assert checksum_in(plain.head_object(**stored, ChecksumMode="enabled")) == DEFAULT
        assert checksum_in(plain.head_object(**stored)) == {}
        assert plain.get_object_attributes(**stored, ObjectAttributes=["Checksum"])["Checksum"] == DEFAULT
        copied = plain.copy_object(Bucket=photos, Key="copy", CopySource=stored)
        assert checksum_in(copied["CopyObjectResult"]) == DEFAULT
        for one in plain.list_objects_v2(Bucket=photos, Prefix="n")["Contents"]:
            assert (one["ChecksumAlgorithm"], one["ChecksumType"]) == (["CRC64NVME"], "FULL_OBJECT")

    def test_objects_to_begin_with(self, aws: Any, s3: Any, photos: str) -> None:
        aws.put_objects(photos, {"seeded": BODY})
        head = s3.head_object(Bucket=photos, Key="seeded", ChecksumMode="ENABLED")
        assert checksum_in(head) == DEFAULT

    def test_under_a_customers_own_key(self, plain: Any, photos: str) -> None:
        """LS test_put_object_default_checksum_with_sse_c; in parts there is none, LS test_multipart_upload_sse_c."""
        plain.put_object(Bucket=photos, Key="one", Body=BODY, **KEY)
        head = plain.head_object(Bucket=photos, Key="one", ChecksumMode="ENABLED", **KEY)
        assert checksum_in(head) == DEFAULT
        assert checksum_in(in_parts(plain, photos, BODY, **KEY)) == {}
        head = plain.head_object(Bucket=photos, Key="parts", ChecksumMode="ENABLED", **KEY)
        assert checksum_in(head) == {}
        (listed,) = plain.list_objects_v2(Bucket=photos, Prefix="parts")["Contents"]
        assert "ChecksumAlgorithm" not in listed

    def test_under_a_key_of_kms_the_completion_does_not_show_it(self, plain: Any, photos: str) -> None:
        """LS test_s3_multipart_upload_sse."""
        assert checksum_in(in_parts(plain, photos, BODY, ServerSideEncryption="aws:kms")) == {}
        head = plain.head_object(Bucket=photos, Key="parts", ChecksumMode="ENABLED")
        assert checksum_in(head) == DEFAULT


def in_parts(s3: Any, bucket: str, *bodies: bytes, parts: tuple[str, ...] = (), **options: Any) -> Any:
    """Upload an object in parts; the names in ``parts`` are what its completion repeats of each part's answer."""
    upload = {"Bucket": bucket, "Key": "parts"}
    upload["UploadId"] = s3.create_multipart_upload(**upload, **options)["UploadId"]
    sent = {name: value for name, value in options.items() if name in {*KEY, "ChecksumAlgorithm"}}
    listed = []
    for number, body in enumerate(bodies, 1):
        answer = s3.upload_part(**upload, PartNumber=number, Body=body, **sent)
        listed.append({name: answer[name] for name in ("ETag", *parts)} | {"PartNumber": number})
    return s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": listed})


class TestReadingPartsAndRanges:
    BIG, END = b"x" * limits.PART_BYTES, b"end"

    def read(self, s3: Any, bucket: str, key: str = "parts", **options: Any) -> dict[str, Any]:
        return checksum_in(s3.head_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED", **options))

    def test_a_part_of_a_composite_checksum_has_its_own(self, s3: Any, photos: str) -> None:
        """LS test_complete_multipart_parts_checksum_composite."""
        made = in_parts(s3, photos, self.BIG, self.END, parts=("ChecksumCRC32",), ChecksumAlgorithm="CRC32")
        assert made["ChecksumCRC32"].endswith("-2")
        for number, body in ((1, self.BIG), (2, self.END)):
            found = self.read(s3, photos, PartNumber=number)
            assert found == {"ChecksumCRC32": crc32(body), "ChecksumType": "COMPOSITE"}
        whole = {"ChecksumCRC32": made["ChecksumCRC32"], "ChecksumType": "COMPOSITE"}
        assert self.read(s3, photos) == self.read(s3, photos, Range="bytes=0-") == whole

    def test_a_composite_checksum_in_attributes(self, s3: Any, photos: str) -> None:
        """Without the number of parts (LS test_complete_multipart_parts_checksum_composite)."""
        made = in_parts(s3, photos, self.BIG, self.END, parts=("ChecksumCRC32",), ChecksumAlgorithm="CRC32")
        found = s3.get_object_attributes(
            Bucket=photos, Key="parts", ObjectAttributes=["Checksum", "ObjectParts"]
        )
        assert found["Checksum"]["ChecksumCRC32"] == made["ChecksumCRC32"].removesuffix("-2")
        assert [part["ChecksumCRC32"] for part in found["ObjectParts"]["Parts"]] == [
            crc32(self.BIG),
            crc32(self.END),
        ]

    @pytest.mark.parametrize("options", [{}, {"ChecksumAlgorithm": "CRC32", "ChecksumType": "FULL_OBJECT"}])
    def test_a_part_of_a_checksum_of_the_whole_has_none(self, s3: Any, photos: str, options: Any) -> None:
        """LS test_get_object_part, test_complete_multipart_parts_checksum_full_object."""
        made = in_parts(s3, photos, self.BIG, self.END, **options)
        assert self.read(s3, photos, PartNumber=2) == {}
        assert self.read(s3, photos) == checksum_in(made)
        parts = s3.get_object_attributes(Bucket=photos, Key="parts", ObjectAttributes=["ObjectParts"])
        assert parts["ObjectParts"] == {"TotalPartsCount": 2}

    def test_a_part_that_is_the_whole(self, s3: Any, photos: str) -> None:
        """LS test_get_object_part_checksum, test_get_object_part."""
        full = {"ChecksumAlgorithm": "CRC32", "ChecksumType": "FULL_OBJECT"}
        in_parts(s3, photos, b"only", **full)
        expected = {"ChecksumCRC32": crc32(b"only"), "ChecksumType": "FULL_OBJECT"}
        assert self.read(s3, photos, PartNumber=1) == expected
        s3.put_object(Bucket=photos, Key="put", Body=b"only", ChecksumAlgorithm="CRC32")
        assert self.read(s3, photos, "put", PartNumber=1) == expected
        in_parts(s3, photos, b"only", parts=("ChecksumCRC32",), ChecksumAlgorithm="CRC32")
        assert self.read(s3, photos, PartNumber=1) == {**expected, "ChecksumType": "COMPOSITE"}

    def test_ranges(self, s3: Any, photos: str) -> None:
        """LS test_get_object_range: a range has the checksum if it leaves nothing out."""
        s3.put_object(Bucket=photos, Key="digits", Body=b"0123456789")
        for header, shown in (("bytes=0-8", False), ("bytes=-15", True), ("bytes=0-100", True)):
            assert bool(self.read(s3, photos, "digits", Range=header)) is shown


@given(
    bodies=st.builds(
        lambda first, last: [*first, last],
        st.lists(st.binary(min_size=1, max_size=40), max_size=4),
        st.binary(max_size=40),
    ),
    algorithm=st.sampled_from(["CRC32", "SHA1", "SHA256"]),
)
def test_whatever_is_uploaded_in_parts_is_read_back(bodies: list[bytes], algorithm: str) -> None:
    """Body, ETag and checksums, as a whole and part by part, as their definitions have them."""
    name, digest = f"Checksum{algorithm}", ALGORITHMS[algorithm.lower()]
    with mock_tagging(min_part_size=1) as aws:
        aws.create_bucket("photos")
        s3 = aws.client("s3")
        made = in_parts(s3, "photos", *bodies, parts=(name,), ChecksumAlgorithm=algorithm)
        md5s = b"".join(hashlib.md5(body).digest() for body in bodies)
        assert made["ETag"] == f'"{hashlib.md5(md5s).hexdigest()}-{len(bodies)}"'
        joined = digest(b"".join(map(digest, bodies)))
        assert made[name] == f"{base64.b64encode(joined).decode()}-{len(bodies)}"
        whole = {"Bucket": "photos", "Key": "parts"}
        assert s3.get_object(**whole)["Body"].read() == b"".join(bodies)
        for number, body in enumerate(bodies, 1):
            found = s3.get_object(**whole, PartNumber=number, ChecksumMode="ENABLED")
            assert found["Body"].read() == body
            assert found[name] == base64.b64encode(digest(body)).decode()
        copied = s3.copy_object(Bucket="photos", Key="copy", CopySource=whole)["CopyObjectResult"]
        assert copied["ETag"] == f'"{hashlib.md5(b"".join(bodies)).hexdigest()}"'
        assert copied[name] == base64.b64encode(digest(b"".join(bodies))).decode()


class TestEtags:
    """Only under S3's own keys is an ETag the MD5 (PutObject)."""

    MD5 = f'"{hashlib.md5(BODY).hexdigest()}"'

    @pytest.mark.parametrize(
        "options", [KEY, {"ServerSideEncryption": "aws:kms"}, {"ServerSideEncryption": "aws:kms:dsse"}]
    )
    def test_under_other_keys(self, s3: Any, photos: str, options: Any) -> None:
        """LS test_s3_copy_object_in_place_with_encryption, test_multipart_upload_sse_c."""
        first, second = (
            s3.put_object(Bucket=photos, Key="k", Body=BODY, **options)["ETag"] for _ in range(2)
        )
        assert len({first, second, self.MD5}) == 3
        assert len(first) == len(self.MD5)
        key = {name: value for name, value in options.items() if name in KEY}
        assert s3.head_object(Bucket=photos, Key="k", **key)["ETag"] == second

    def test_of_parts(self, s3: Any, photos: str) -> None:
        etag = in_parts(s3, photos, BODY, ServerSideEncryption="aws:kms")["ETag"]
        md5_of_md5 = hashlib.md5(hashlib.md5(BODY).digest()).hexdigest()
        assert etag.endswith('-1"')
        assert etag != f'"{md5_of_md5}-1"'

    def test_by_the_buckets_default(self, aws: Any, s3: Any, photos: str) -> None:
        rules = [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]
        s3.put_bucket_encryption(Bucket=photos, ServerSideEncryptionConfiguration={"Rules": rules})
        aws.put_objects(photos, {"seeded": BODY})
        assert s3.put_object(Bucket=photos, Key="put", Body=BODY)["ETag"] != self.MD5
        assert s3.head_object(Bucket=photos, Key="seeded")["ETag"] != self.MD5

    def test_a_copy_under_s3s_keys_has_the_md5_again(self, s3: Any, photos: str) -> None:
        s3.put_object(Bucket=photos, Key="k", Body=BODY, ServerSideEncryption="aws:kms")
        copied = s3.copy_object(Bucket=photos, Key="copy", CopySource=f"{photos}/k")
        assert copied["CopyObjectResult"]["ETag"] == self.MD5
        moved = s3.copy_object(
            Bucket=photos, Key="k2", CopySource=f"{photos}/copy", ServerSideEncryption="aws:kms"
        )
        assert moved["CopyObjectResult"]["ETag"] != self.MD5
