"""Answers that few programs ever see: each is reached through a client."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import pytest
import urllib3
import xmltodict
from botocore.config import Config

from conftest import ACCOUNT, CHECKSUMS_BY_DEFAULT, needs_botocore
from s3tag_mock import NotSupported, mock_tagging
from s3tag_mock.rules import object_lock
from tests.support import refusal, send_raw

THEIRS = "999999999999"
MALFORMED = {
    "Status": 400,
    "Code": "MalformedXML",
    "Message": "The XML you provided was not well-formed or did not validate against our published schema",
}
DENIED = {"Status": 403, "Code": "AccessDenied", "Message": "Access Denied"}


def get(url: str) -> Any:
    """What a browser gets."""
    return urllib3.PoolManager(retries=False).request("GET", url)


@pytest.fixture
def kept(aws: Any) -> str:
    """A bucket with versioning."""
    aws.create_bucket("kept", versioning=True)
    return "kept"


@pytest.fixture
def s3_without_checksums(aws: Any) -> Any:
    """A client that sends no checksums of its own accord, as older ones do."""
    options: Any = {"request_checksum_calculation": "when_required"} if CHECKSUMS_BY_DEFAULT else {}
    return aws.client("s3", config=Config(**options))


class TestAttributes:
    def test_of_a_version(self, s3: Any, kept: str) -> None:
        version = s3.put_object(Bucket=kept, Key="k", Body=b"12")["VersionId"]
        found = s3.get_object_attributes(Bucket=kept, Key="k", ObjectAttributes=["ObjectSize"])
        assert (found["VersionId"], found["ObjectSize"]) == (version, 2)

    def test_parts_without_checksums_are_only_counted(self, s3_without_checksums: Any, photos: str) -> None:
        s3 = s3_without_checksums
        upload = {"Bucket": photos, "Key": "big"}
        upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
        etag = s3.upload_part(**upload, PartNumber=1, Body=b"1")["ETag"]
        s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
        found = s3.get_object_attributes(Bucket=photos, Key="big", ObjectAttributes=["ObjectParts"])
        assert found["ObjectParts"] == {"TotalPartsCount": 1}


class TestEncryption:
    @pytest.mark.parametrize("rules", [[], [{}, {}]])
    def test_a_bucket_has_one_default(self, s3: Any, photos: str, rules: Any) -> None:
        put = lambda: s3.put_bucket_encryption(
            Bucket=photos, ServerSideEncryptionConfiguration={"Rules": rules}
        )
        assert refusal(put) == MALFORMED

    def test_objects_of_the_beginning_are_encrypted_as_all_are(self, aws: Any, s3: Any, photos: str) -> None:
        assert s3.head_object(Bucket=photos, Key="a.jpg")["ServerSideEncryption"] == "AES256"
        by_kms = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
        s3.put_bucket_encryption(Bucket=photos, ServerSideEncryptionConfiguration={"Rules": [by_kms]})
        aws.put_objects(photos, ["seeded"])
        s3.put_object(Bucket=photos, Key="put", Body=b"")
        seeded, put = (s3.head_object(Bucket=photos, Key=key) for key in ("seeded", "put"))
        assert seeded["ServerSideEncryption"] == "aws:kms"
        assert seeded["SSEKMSKeyId"] == put["SSEKMSKeyId"]

    @needs_botocore("1.42", "UpdateObjectEncryption")
    def test_an_object_is_encrypted_anew_with_kms_alone(self, s3: Any, photos: str) -> None:
        put = lambda: send_raw(
            s3,
            "update_object_encryption",
            body=b"<ObjectEncryption/>",
            Bucket=photos,
            Key="a.jpg",
            ObjectEncryption={"SSEKMS": {"KMSKeyArn": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd"}},
        )
        assert refusal(put) == MALFORMED
        assert s3.head_object(Bucket=photos, Key="a.jpg")["ServerSideEncryption"] == "AES256"

    def test_a_customers_key_that_is_no_base64(self, s3: Any, photos: str) -> None:
        """botocore encodes a key itself, but for one that comes with its MD5."""
        sealed = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "!", "SSECustomerKeyMD5": "!"}
        assert refusal(lambda: s3.put_object(Bucket=photos, Key="new", Body=b"", **sealed)) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "The secret key was invalid for the specified algorithm.",
            "ArgumentName": "x-amz-server-side-encryption",
        }


class TestCopySources:
    def test_the_expected_owner_of_the_source(self, aws: Any, s3: Any, photos: str) -> None:
        copy = {"Bucket": photos, "Key": "copy", "CopySource": "photos/c.jpg"}
        assert refusal(lambda: s3.copy_object(**copy, ExpectedSourceBucketOwner=THEIRS)) == DENIED
        s3.copy_object(**copy, ExpectedSourceBucketOwner=ACCOUNT)
        assert aws.object_tags(photos, "copy") == {"team": "blue"}

    def test_who_pays_for_the_source(self, aws: Any, s3: Any, photos: str) -> None:
        """RequestPayer is about either bucket (CopyObject, UploadPartCopy)."""
        share_with_payers(aws, "theirs")
        copy = {"Bucket": photos, "Key": "copy", "CopySource": "theirs/k"}
        assert refusal(lambda: s3.copy_object(**copy)) == DENIED
        s3.copy_object(**copy, RequestPayer="requester")
        assert s3.get_object(Bucket=photos, Key="copy")["Body"].read() == b"theirs"
        upload = {"Bucket": photos, "Key": "big"}
        upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
        part = {**upload, "PartNumber": 1, "CopySource": "theirs/k"}
        assert refusal(lambda: s3.upload_part_copy(**part)) == DENIED
        assert "ETag" in s3.upload_part_copy(**part, RequestPayer="requester")["CopyPartResult"]


def share_with_payers(aws: Any, name: str) -> None:
    """Let another account make a bucket that anybody may read who pays."""
    theirs = aws.client("s3", account_id=THEIRS)
    theirs.create_bucket(Bucket=name)
    theirs.put_object(Bucket=name, Key="k", Body=b"theirs")
    theirs.put_bucket_request_payment(Bucket=name, RequestPaymentConfiguration={"Payer": "Requester"})
    allow = {
        "Effect": "Allow",
        "Principal": {"AWS": ACCOUNT},
        "Action": "s3:*",
        "Resource": f"arn:aws:s3:::{name}/*",
    }
    theirs.put_bucket_policy(Bucket=name, Policy=json.dumps({"Statement": [allow]}))


def test_a_version_is_deleted_twice(s3: Any, kept: str) -> None:
    version = s3.put_object(Bucket=kept, Key="k", Body=b"")["VersionId"]
    for _ in range(2):
        answer = s3.delete_object(Bucket=kept, Key="k", VersionId=version)
        assert (answer["VersionId"], "DeleteMarker" in answer) == (version, False)


class TestListings:
    def test_a_prefix_hides_even_the_last_character_there_is(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("odd")
        aws.put_objects("odd", ["a/1", "a/\U0010ffff/2", "b"])
        page = s3.list_objects_v2(Bucket="odd", Delimiter="/")
        assert page["CommonPrefixes"] == [{"Prefix": "a/"}]
        assert [one["Key"] for one in page["Contents"]] == ["b"]

    def test_what_is_deleted_makes_no_prefix(self, s3: Any, kept: str) -> None:
        for key in ("dir/gone", "top"):
            s3.put_object(Bucket=kept, Key=key, Body=b"")
        s3.delete_object(Bucket=kept, Key="dir/gone")
        page = s3.list_objects_v2(Bucket=kept, Delimiter="/")
        assert ([one["Key"] for one in page["Contents"]], "CommonPrefixes" in page) == (["top"], False)
        versions = s3.list_object_versions(Bucket=kept, Delimiter="/")
        assert versions["CommonPrefixes"] == [{"Prefix": "dir/"}]

    def test_without_an_encoding_keys_stand_as_they_are(self, aws: Any, s3: Any) -> None:
        """Every client of botocore asks for one."""
        aws.create_bucket("odd")
        aws.put_objects("odd", ["a b+c"])
        url = s3.generate_presigned_url("list_objects_v2", {"Bucket": "odd"})
        encoded, plain = (
            xmltodict.parse(get(one).data)["ListBucketResult"]
            for one in (url, url.replace("encoding-type=url", "x=y"))
        )
        assert (encoded["EncodingType"], encoded["Contents"]["Key"]) == ("url", "a+b%2Bc")
        assert ("EncodingType" in plain, plain["Contents"]["Key"]) == (False, "a b+c")

    def test_what_was_never_restored_has_no_restore_status(self, s3: Any, photos: str) -> None:
        page = s3.list_objects_v2(Bucket=photos, OptionalObjectAttributes=["RestoreStatus"])
        assert ["RestoreStatus" in one for one in page["Contents"]] == [False] * 3


class TestUploads:
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

    def test_a_bucket_without_uploads(self, s3: Any, photos: str) -> None:
        page = s3.list_multipart_uploads(Bucket=photos)
        assert page["IsTruncated"] is False
        assert {"Uploads", "NextKeyMarker", "NextUploadIdMarker"}.isdisjoint(page)

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


def test_the_storage_class_of_most_objects_is_not_shown(s3: Any, photos: str) -> None:
    s3.put_object(Bucket=photos, Key="new", Body=b"", StorageClass="STANDARD")
    assert "StorageClass" not in s3.head_object(Bucket=photos, Key="new")


def test_selecting_from_an_archive_is_refused_by_name(s3: Any, photos: str) -> None:
    request = {"Type": "SELECT", "OutputLocation": {"S3": {"BucketName": photos, "Prefix": "found/"}}}
    with pytest.raises(NotSupported, match="to select from an archive"):
        s3.restore_object(Bucket=photos, Key="a.jpg", RestoreRequest=request)


class TestAcls:
    @pytest.fixture
    def owner(self, s3: Any, photos: str) -> str:
        s3.delete_bucket_ownership_controls(Bucket=photos)
        s3.delete_public_access_block(Bucket=photos)
        return str(s3.list_buckets()["Owner"]["ID"])

    def put(self, s3: Any, owner: str, grantee: Any, permission: str = "READ") -> Any:
        policy = {"Owner": {"ID": owner}, "Grants": [{"Grantee": grantee, "Permission": permission}]}
        return s3.put_bucket_acl(Bucket="photos", AccessControlPolicy=policy)

    @pytest.mark.parametrize(
        ("grantee", "permission"),
        [
            ({"Type": "CanonicalUser", "ID": "owner"}, "OWN"),
            ({"Type": "AmazonCustomerByEmail", "EmailAddress": "a@example.com"}, "READ"),
        ],
    )
    def test_grants_that_are_none(self, s3: Any, owner: str, grantee: Any, permission: str) -> None:
        refused = refusal(
            lambda: self.put(s3, owner, {**grantee, "ID": owner} if "ID" in grantee else grantee, permission)
        )
        assert refused == {**MALFORMED, "Code": "MalformedACLError"}

    def test_a_group_in_a_document(self, s3: Any, owner: str) -> None:
        group = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}
        self.put(s3, owner, group)
        assert s3.get_bucket_acl(Bucket="photos")["Grants"] == [{"Grantee": group, "Permission": "READ"}]
        unknown = {**group, "URI": "http://acs.amazonaws.com/groups/s3/FakeGroup"}
        assert refusal(lambda: self.put(s3, owner, unknown)) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "Invalid group uri",
            "ArgumentName": "Group/URI",
            "ArgumentValue": unknown["URI"],
        }


@pytest.mark.parametrize(
    "change", [{"Status": "On"}, {"Destination": {"Bucket": "target"}}], ids=["status", "destination"]
)
def test_replication_rules_that_are_none(s3: Any, kept: str, change: Any) -> None:
    rule = {"Status": "Enabled", "Prefix": "", "Destination": {"Bucket": "arn:aws:s3:::kept"}, **change}
    configuration = {"Role": f"arn:aws:iam::{ACCOUNT}:role/replication", "Rules": [rule]}
    put = lambda: s3.put_bucket_replication(Bucket=kept, ReplicationConfiguration=configuration)
    assert refusal(put) == MALFORMED


class TestRetention:
    @pytest.fixture
    def vault(self, s3: Any) -> dict[str, str]:
        s3.create_bucket(Bucket="vault", ObjectLockEnabledForBucket=True)
        s3.put_object(Bucket="vault", Key="k", Body=b"")
        return {"Bucket": "vault", "Key": "k"}

    @pytest.mark.parametrize(
        "retention",
        [
            {"Mode": "GOVERNANCE"},
            {"RetainUntilDate": datetime(2099, 1, 1)},
            {"Mode": "FREEDOM", "RetainUntilDate": datetime(2099, 1, 1)},
        ],
    )
    def test_what_is_none(self, s3: Any, vault: Any, retention: Any) -> None:
        assert refusal(lambda: s3.put_object_retention(**vault, Retention=retention)) == MALFORMED

    def test_a_system_without_time_zones(self, s3: Any, vault: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        def none(name: str) -> Any:
            raise ZoneInfoNotFoundError(name)

        monkeypatch.setattr(object_lock, "ZoneInfo", none)
        past = {"Mode": "GOVERNANCE", "RetainUntilDate": datetime(2020, 1, 1, tzinfo=timezone.utc)}
        assert refusal(lambda: s3.put_object_retention(**vault, Retention=past)) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "The retain until date must be in the future!",
            "ArgumentName": "RetainUntilDate",
            "ArgumentValue": "Tue Dec 31 16:00:00 PST 2019",
        }


class TestS3Control:
    def test_a_bucket_on_an_outpost_whose_name_is_none(self, s3control: Any) -> None:
        create = lambda: s3control.create_bucket(Bucket="No_Bucket", OutpostId="op-01234567890123456")
        assert refusal(create) == {
            "Status": 400,
            "Code": "InvalidBucketName",
            "Message": "The specified bucket is not valid.",
            "BucketName": "No_Bucket",
        }

    def test_tags_of_another_accounts_bucket(self, aws: Any, s3control: Any) -> None:
        aws.client("s3", account_id=THEIRS).create_bucket(Bucket="theirs")
        call = lambda: s3control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn="arn:aws:s3:::theirs")
        assert refusal(call) == DENIED


def test_a_slow_answer_moves_a_clock_that_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    with mock_tagging(real_sleep=True, clock=start) as aws:
        aws.faults.add("ListBuckets", delay=2.5)
        aws.client("s3").list_buckets()
        assert (slept, aws.clock.now()) == ([2.5], start + timedelta(seconds=2.5))
