"""Server-side encryption, storage classes that must be restored, and an object's attributes."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timezone
from typing import Any

import pytest

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import NotSupported
from tests.operations.multipart_support import complete
from tests.support import MALFORMED, refusal, send_raw

KEY = "k" * 32


def customer(key: str = KEY) -> dict[str, str]:
    return {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": key}


class TestDefaults:
    def test_sse_s3_at_first(self, s3: Any, photos: str) -> None:
        assert s3.put_object(Bucket=photos, Key="n", Body=b"")["ServerSideEncryption"] == "AES256"
        rules = s3.get_bucket_encryption(Bucket=photos)["ServerSideEncryptionConfiguration"]["Rules"]
        assert rules == [
            {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
        ]

    def test_the_buckets_default_counts(self, s3: Any, photos: str) -> None:
        by_default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "1234abcd"}
        rule = {"ApplyServerSideEncryptionByDefault": by_default, "BucketKeyEnabled": True}
        s3.put_bucket_encryption(Bucket=photos, ServerSideEncryptionConfiguration={"Rules": [rule]})
        s3.put_object(Bucket=photos, Key="n", Body=b"")
        head = s3.head_object(Bucket=photos, Key="n")
        assert (head["ServerSideEncryption"], head["SSEKMSKeyId"], head["BucketKeyEnabled"]) == (
            "aws:kms",
            "arn:aws:kms:us-east-1:123456789012:key/1234abcd",
            True,
        )
        assert (
            s3.put_object(Bucket=photos, Key="n", Body=b"", ServerSideEncryption="AES256").get("SSEKMSKeyId")
            is None
        )
        s3.delete_bucket_encryption(Bucket=photos)
        assert s3.put_object(Bucket=photos, Key="n", Body=b"")["ServerSideEncryption"] == "AES256"

    def test_kms_without_a_key_is_the_accounts_own(self, s3: Any, photos: str) -> None:
        answers = [
            s3.put_object(Bucket=photos, Key=key, Body=b"", ServerSideEncryption="aws:kms") for key in "ab"
        ]
        assert answers[0]["SSEKMSKeyId"] == answers[1]["SSEKMSKeyId"]
        assert answers[0]["SSEKMSKeyId"].startswith("arn:aws:kms:us-east-1:123456789012:key/")

    def test_what_is_none(self, s3: Any, photos: str) -> None:
        found = refusal(lambda: s3.put_object(Bucket=photos, Key="n", Body=b"", ServerSideEncryption="ROT13"))
        assert (found["Code"], found["ArgumentValue"]) == ("InvalidArgument", "ROT13")
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256", "KMSMasterKeyID": "x"}}
        put = lambda: s3.put_bucket_encryption(
            Bucket=photos, ServerSideEncryptionConfiguration={"Rules": [rule]}
        )
        assert (
            refusal(put)["Message"]
            == "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse"
        )


class TestCustomerKeys:
    @pytest.fixture
    def sealed(self, s3: Any, photos: str) -> dict[str, str]:
        answer = s3.put_object(Bucket=photos, Key="sealed", Body=b"secret", **customer())
        assert answer["SSECustomerKeyMD5"] == base64.b64encode(hashlib.md5(KEY.encode()).digest()).decode()
        assert "ServerSideEncryption" not in answer
        return {"Bucket": photos, "Key": "sealed"}

    def test_reading_takes_the_key(self, s3: Any, sealed: Any) -> None:
        assert s3.get_object(**sealed, **customer())["Body"].read() == b"secret"
        assert s3.head_object(**sealed, **customer())["SSECustomerAlgorithm"] == "AES256"
        assert refusal(lambda: s3.get_object(**sealed)) == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.",
        }
        assert refusal(lambda: s3.head_object(**sealed))["Status"] == 400
        asked = lambda: s3.get_object_attributes(**sealed, ObjectAttributes=["ETag"])
        assert refusal(asked)["Code"] == "InvalidRequest"
        assert refusal(lambda: s3.get_object(**sealed, **customer("x" * 32))) == {
            "Status": 403,
            "Code": "AccessDenied",
            "Message": "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.",
        }
        assert (
            refusal(lambda: s3.get_object(Bucket="photos", Key="a.jpg", **customer()))["Code"]
            == "InvalidRequest"
        )

    def test_a_key_of_another_length_is_a_wrong_one(self, s3: Any, sealed: Any) -> None:
        """Source: LS test_object_retrieval_sse_c, where botocore encodes a key twice."""
        twice = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": base64.b64encode(KEY.encode()).decode()}
        refused = refusal(lambda: s3.get_object(**sealed, **twice))
        assert (refused["Status"], refused["Code"]) == (403, "AccessDenied")

    def test_a_key_without_its_md5(self, aws: Any, sealed: Any) -> None:
        s3 = aws.client("s3", region_name="us-east-1")  # one of its own, since it is spoilt
        s3.meta.events.register(
            "before-call.s3.GetObject",
            lambda params, **kwargs: (
                params["headers"].pop("x-amz-server-side-encryption-customer-key-MD5") and None
            ),
        )
        refused = refusal(lambda: s3.get_object(**sealed, **customer()))
        assert (refused["Status"], refused["Code"]) == (403, "AccessDenied")

    def test_tagging_takes_none(self, aws: Any, s3: Any, sealed: Any) -> None:
        s3.put_object_tagging(**sealed, Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
        assert aws.object_tags("photos", "sealed") == {"a": "1"}

    def test_copying(self, s3: Any, sealed: Any) -> None:
        source = {f"CopySource{name}": value for name, value in customer().items()}
        s3.copy_object(Bucket="photos", Key="open", CopySource=sealed, **source)
        assert s3.get_object(Bucket="photos", Key="open")["Body"].read() == b"secret"
        assert (
            refusal(lambda: s3.copy_object(Bucket="photos", Key="open", CopySource=sealed))["Code"]
            == "InvalidRequest"
        )

    @pytest.mark.parametrize(
        ("given", "code", "message"),
        [
            (
                {"SSECustomerAlgorithm": "AES256"},
                "InvalidArgument",
                "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
            ),
            (
                {"SSECustomerKey": KEY},
                "InvalidArgument",
                "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
            ),
            (
                {**customer(), "SSECustomerAlgorithm": "KMS"},
                "InvalidEncryptionAlgorithmError",
                "The Encryption request you specified is not valid. Supported value: AES256.",
            ),
            (customer("short"), "InvalidArgument", "The secret key was invalid for the specified algorithm."),
            (
                {**customer(base64.b64encode(KEY.encode()).decode()), "SSECustomerKeyMD5": "AAAA"},
                "InvalidArgument",
                "The calculated MD5 hash of the key did not match the hash that was provided.",
            ),
            (
                {**customer(), "ServerSideEncryption": "AES256"},
                "InvalidArgument",
                "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
            ),
        ],
    )
    def test_what_is_no_key(self, s3: Any, photos: str, given: Any, code: str, message: str) -> None:
        found = refusal(lambda: s3.put_object(Bucket=photos, Key="n", Body=b"", **given))
        assert (found["Code"], found["Message"]) == (code, message)

    def test_parts_take_the_uploads_key(self, s3: Any, photos: str) -> None:
        upload = s3.create_multipart_upload(Bucket=photos, Key="big", **customer())
        part = {"Bucket": photos, "Key": "big", "UploadId": upload["UploadId"], "PartNumber": 1, "Body": b"x"}
        copied = {name: part[name] for name in part if name != "Body"}
        for keyless in (
            lambda: s3.upload_part(**part),
            lambda: s3.upload_part_copy(**copied, CopySource=f"{photos}/a.jpg"),
        ):
            assert refusal(keyless)["Message"].startswith(
                "The multipart upload initiate requested encryption"
            )
        assert refusal(lambda: s3.upload_part(**part, **customer("x" * 32)))["Message"].startswith(
            "The provided encryption parameters"
        )
        stored = {"PartNumber": 1, "ETag": s3.upload_part(**part, **customer())["ETag"]}
        named = {name: part[name] for name in ("Bucket", "Key", "UploadId")}
        assert len(s3.list_parts(**named)["Parts"]) == 1
        wrong = lambda: complete(s3, named, stored, **customer("x" * 32))
        assert refusal(wrong)["Message"].startswith("The provided encryption parameters")
        complete(s3, named, stored)


class TestRestores:
    @pytest.fixture
    def cold(self, aws: Any, s3: Any, photos: str) -> dict[str, str]:
        aws.clock.set(datetime(2026, 5, 1, 9, tzinfo=timezone.utc))
        s3.put_object(Bucket=photos, Key="cold", Body=b"ice", StorageClass="GLACIER", Tagging="a=1")
        return {"Bucket": photos, "Key": "cold"}

    def test_it_cant_be_read_but_tagged(self, aws: Any, s3: Any, cold: Any) -> None:
        error = {
            "Status": 403,
            "Code": "InvalidObjectState",
            "Message": "The operation is not valid for the object's storage class",
            "StorageClass": "GLACIER",
        }
        assert refusal(lambda: s3.get_object(**cold)) == error
        # OBSERVED, s3cmd PR 193: a copy's text is another one.
        text = "Operation is not valid for the source object's storage class"
        copying = refusal(lambda: s3.copy_object(Bucket="photos", Key="copy", CopySource=cold))
        assert copying == {**error, "Message": text}
        assert s3.head_object(**cold)["StorageClass"] == "GLACIER"
        s3.put_object_tagging(**cold, Tagging={"TagSet": [{"Key": "b", "Value": "2"}]})
        assert aws.object_tags("photos", "cold") == {"b": "2"}

    def test_a_restore_takes_its_time(self, aws: Any, s3: Any, cold: Any) -> None:
        first = s3.restore_object(**cold, RestoreRequest={"Days": 2})
        assert first["ResponseMetadata"]["HTTPStatusCode"] == 202
        assert s3.head_object(**cold)["Restore"] == 'ongoing-request="true"'
        assert refusal(lambda: s3.get_object(**cold))["Code"] == "InvalidObjectState"
        assert refusal(lambda: s3.restore_object(**cold, RestoreRequest={"Days": 2})) == {
            "Status": 409,
            "Code": "RestoreAlreadyInProgress",
            "Message": "Object restore is already in progress",
        }
        aws.clock.advance(hours=5)
        assert s3.get_object(**cold)["Body"].read() == b"ice"
        assert (
            s3.head_object(**cold)["Restore"]
            == 'ongoing-request="false", expiry-date="Mon, 04 May 2026 00:00:00 GMT"'
        )

    @pytest.mark.parametrize(
        ("storage_class", "tier", "hours"),
        [
            ("GLACIER", "Standard", 5),
            ("GLACIER", "Bulk", 12),
            ("DEEP_ARCHIVE", "Standard", 12),
            ("DEEP_ARCHIVE", "Bulk", 48),
        ],
    )
    def test_how_long_it_takes(
        self, aws: Any, s3: Any, photos: str, storage_class: str, tier: str, hours: int
    ) -> None:
        """Source: user guide, "Archive retrieval options"."""
        s3.put_object(Bucket=photos, Key="cold", Body=b"", StorageClass=storage_class)
        request = {"Days": 1, "GlacierJobParameters": {"Tier": tier}}
        s3.restore_object(Bucket=photos, Key="cold", RestoreRequest=request)
        aws.clock.advance(hours=hours - 1)
        assert s3.head_object(Bucket=photos, Key="cold")["Restore"] == 'ongoing-request="true"'
        aws.clock.advance(hours=1)
        assert 'ongoing-request="false"' in s3.head_object(Bucket=photos, Key="cold")["Restore"]

    def test_listings_tell_of_it_when_asked(self, aws: Any, s3: Any, cold: Any) -> None:
        s3.restore_object(**cold, RestoreRequest={"Days": 2})

        def status() -> Any:
            listed = s3.list_objects_v2(
                Bucket="photos", OptionalObjectAttributes=["RestoreStatus"], Prefix="cold"
            )
            return listed["Contents"][0]["RestoreStatus"]

        assert status() == {"IsRestoreInProgress": True}
        aws.clock.advance(hours=5)
        assert status()["RestoreExpiryDate"] == datetime(2026, 5, 4, tzinfo=timezone.utc)
        assert "RestoreStatus" not in s3.list_objects_v2(Bucket="photos", Prefix="cold")["Contents"][0]

    def test_a_copy_is_kept_longer_and_goes(self, aws: Any, s3: Any, cold: Any) -> None:
        s3.restore_object(**cold, RestoreRequest={"Days": 1, "GlacierJobParameters": {"Tier": "Expedited"}})
        aws.clock.advance(minutes=5)
        again = s3.restore_object(**cold, RestoreRequest={"Days": 4})
        assert again["ResponseMetadata"]["HTTPStatusCode"] == 200
        for days in (0, 3):
            aws.clock.advance(days=days)
            s3.get_object(**cold)
        aws.clock.set(datetime(2026, 5, 6, tzinfo=timezone.utc))
        assert refusal(lambda: s3.get_object(**cold))["Code"] == "InvalidObjectState"
        assert "Restore" not in s3.head_object(**cold)
        asked = {"OptionalObjectAttributes": ["RestoreStatus"], "Prefix": "cold"}
        assert "RestoreStatus" not in s3.list_objects_v2(Bucket="photos", **asked)["Contents"][0]
        anew = s3.restore_object(**cold, RestoreRequest={"Days": 1})
        assert anew["ResponseMetadata"]["HTTPStatusCode"] == 202

    def test_what_cant_be_restored(self, s3: Any, cold: Any) -> None:
        found = refusal(lambda: s3.restore_object(Bucket="photos", Key="a.jpg", RestoreRequest={"Days": 1}))
        assert (found["Status"], found["Code"], found["StorageClass"]) == (
            403,
            "InvalidObjectState",
            "STANDARD",
        )
        assert refusal(lambda: s3.restore_object(**cold, RestoreRequest={}))["Code"] == "MalformedXML"
        s3.put_object(Bucket="photos", Key="deep", Body=b"", StorageClass="DEEP_ARCHIVE")
        expedited = {"Days": 1, "GlacierJobParameters": {"Tier": "Expedited"}}
        assert (
            refusal(lambda: s3.restore_object(Bucket="photos", Key="deep", RestoreRequest=expedited))["Code"]
            == "InvalidArgument"
        )


class TestReadingAPart:
    def test_of_an_object_without_parts(self, s3: Any, photos: str) -> None:
        answer = s3.get_object(Bucket=photos, Key="c.jpg", PartNumber=1)
        assert (answer["ResponseMetadata"]["HTTPStatusCode"], answer["ContentRange"]) == (206, "bytes 0-4/5")
        assert "PartsCount" not in answer
        assert (
            refusal(lambda: s3.get_object(Bucket=photos, Key="c.jpg", PartNumber=2))["ActualPartCount"] == "1"
        )
        both = refusal(lambda: s3.get_object(Bucket=photos, Key="c.jpg", PartNumber=1, Range="bytes=0-1"))
        assert both["Message"] == "Cannot specify both Range header and partNumber query parameter"

    def test_headers_of_the_answer_can_be_replaced(self, s3: Any, photos: str) -> None:
        answer = s3.get_object(
            Bucket=photos, Key="c.jpg", ResponseContentType="image/jpeg", ResponseCacheControl="no-cache"
        )
        assert (answer["ContentType"], answer["CacheControl"]) == ("image/jpeg", "no-cache")


class TestNewKeys:
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


def test_selecting_from_an_archive_is_refused_by_name(s3: Any, photos: str) -> None:
    selection = {
        "InputSerialization": {},
        "OutputSerialization": {},
        "Expression": "",
        "ExpressionType": "SQL",
    }
    for request in (
        {"OutputLocation": {"S3": {"BucketName": photos, "Prefix": "found/"}}},
        {"SelectParameters": selection},
    ):
        with pytest.raises(NotSupported, match="^RestoreObject was called to select from an archive"):
            s3.restore_object(Bucket=photos, Key="a.jpg", RestoreRequest={"Type": "SELECT", **request})


class TestKmsParameters:
    @pytest.mark.parametrize(
        "given",
        [
            {"SSEKMSKeyId": "1234"},
            {"SSEKMSKeyId": "1234", "ServerSideEncryption": "AES256"},
            {"SSEKMSEncryptionContext": "eyJhIjogIjEifQ==", "ServerSideEncryption": "AES256"},
        ],
    )
    def test_they_go_with_kms(self, s3: Any, photos: str, given: Any) -> None:
        """Source: aws-cli #1431, amazonica #338; for AES256 and for the context ASSUMED."""
        expected = {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "Server Side Encryption with AWS KMS managed key requires HTTP header "
            "x-amz-server-side-encryption : aws:kms",
            "ArgumentName": "x-amz-server-side-encryption",
        }
        assert refusal(lambda: s3.put_object(Bucket=photos, Key="new", Body=b"", **given)) == expected
        assert refusal(lambda: s3.create_multipart_upload(Bucket=photos, Key="new", **given)) == expected
        copy = {"Bucket": photos, "Key": "new", "CopySource": "photos/a.jpg"}
        assert refusal(lambda: s3.copy_object(**copy, **given)) == expected

    @pytest.mark.parametrize(
        "context", ["!!!", "e30", "W10=", "eyJhIjogMX0=", "/w==", "eyJhIjogeyJiIjogIjEifX0="]
    )
    def test_a_context_that_is_none(self, s3: Any, photos: str, context: str) -> None:
        """Source: HADOOP-19197; the code ASSUMED."""
        kms = {"ServerSideEncryption": "aws:kms", "SSEKMSEncryptionContext": context}
        assert refusal(lambda: s3.put_object(Bucket=photos, Key="new", Body=b"", **kms)) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string "
            "holding JSON which represents a string-string map",
            "ArgumentName": "x-amz-server-side-encryption-context",
            "ArgumentValue": context,
        }

    def test_a_context(self, s3: Any, photos: str) -> None:
        kms = {"ServerSideEncryption": "aws:kms", "SSEKMSEncryptionContext": "eyJhIjogIjEifQ=="}
        answer = s3.put_object(Bucket=photos, Key="new", Body=b"", **kms)
        assert answer["SSEKMSEncryptionContext"] == kms["SSEKMSEncryptionContext"]

    def test_a_customers_algorithm_does_not_go_with_another_method(self, s3: Any, photos: str) -> None:
        """Source: LS test_put_object_validation_sse_c."""
        given = {"ServerSideEncryption": "AES256", "SSECustomerAlgorithm": "KMS"}
        error = refusal(lambda: s3.put_object(Bucket=photos, Key="new", Body=b"", **given))
        assert (error["Code"], error["ArgumentValue"]) == ("InvalidArgument", "AES256")
