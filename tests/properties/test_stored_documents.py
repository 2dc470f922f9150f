"""A document that is stored never stands in the way of later calls, whatever its numbers and dates are.

Each example puts documents with the numbers at which sums overflow, and then uses the bucket at a time
somewhere in the calendar: every call is answered, by AWS's errors where the document was refused.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from conftest import ACCOUNT, fuzzing
from s3tag_mock import mock_tagging

NUMBERS = st.sampled_from([-(2**31), -1, 0, 1, 30, 365, 36_500, 3_650_000, 2**31 - 1]) | st.integers(
    -(2**31), 2**31 - 1
)
MIDNIGHTS = st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 30)).map(
    lambda moment: datetime(moment.year, moment.month, moment.day, tzinfo=timezone.utc)
)
EXPIRATIONS = st.fixed_dictionaries({"Days": NUMBERS}) | st.fixed_dictionaries({"Date": MIDNIGHTS})
LIFECYCLE = st.fixed_dictionaries(
    {"Status": st.just("Enabled"), "Filter": st.just({}), "Expiration": EXPIRATIONS},
    optional={
        "NoncurrentVersionExpiration": st.fixed_dictionaries({"NoncurrentDays": NUMBERS}),
        "AbortIncompleteMultipartUpload": st.fixed_dictionaries({"DaysAfterInitiation": NUMBERS}),
        "Transitions": st.lists(
            st.fixed_dictionaries({"Days": NUMBERS, "StorageClass": st.just("GLACIER")}), max_size=1
        ),
    },
).map(lambda rule: ("put_bucket_lifecycle_configuration", {"LifecycleConfiguration": {"Rules": [rule]}}))
LOCK = st.fixed_dictionaries(
    {"Mode": st.sampled_from(["GOVERNANCE", "COMPLIANCE"])},
    optional={"Days": NUMBERS, "Years": NUMBERS},
).map(
    lambda retention: (
        "put_object_lock_configuration",
        {
            "ObjectLockConfiguration": {
                "ObjectLockEnabled": "Enabled",
                "Rule": {"DefaultRetention": retention},
            }
        },
    )
)
ENCRYPTION = st.fixed_dictionaries(
    {"SSEAlgorithm": st.sampled_from(["AES256", "aws:kms", "aws:kms:dsse", "aws:fsx", "foo", ""])},
    optional={"KMSMasterKeyID": st.sampled_from(["", "key", "arn:aws:kms:us-east-1:1:key/k"])},
).map(
    lambda rule: (
        "put_bucket_encryption",
        {"ServerSideEncryptionConfiguration": {"Rules": [{"ApplyServerSideEncryptionByDefault": rule}]}},
    )
)
REPLICATION = st.fixed_dictionaries(
    {
        "Status": st.just("Enabled"),
        "Priority": NUMBERS,
        "Filter": st.sampled_from([{}, {"Prefix": ""}, {"Tag": {"Key": "a", "Value": ""}}]),
        "DeleteMarkerReplication": st.fixed_dictionaries(
            {"Status": st.sampled_from(["Enabled", "Disabled"])}
        ),
        "Destination": st.fixed_dictionaries(
            {"Bucket": st.sampled_from(["arn:aws:s3:::target", "arn:aws:s3:::vault", "target", ""])}
        ),
    }
).map(
    lambda rule: (
        "put_bucket_replication",
        {"ReplicationConfiguration": {"Role": f"arn:aws:iam::{ACCOUNT}:role/r", "Rules": [rule]}},
    )
)
RETENTION = st.fixed_dictionaries({"Mode": st.just("GOVERNANCE"), "RetainUntilDate": MIDNIGHTS}).map(
    lambda retention: ("put_object_retention", {"Key": "k", "Retention": retention})
)
RESTORE = NUMBERS.map(lambda days: ("restore_object", {"Key": "cold", "RestoreRequest": {"Days": days}}))
DOCUMENTS = LIFECYCLE | LOCK | ENCRYPTION | REPLICATION | RETENTION | RESTORE
#: The clock itself stays within the calendar, 400 days later too.
NOW = st.datetimes(datetime(1970, 1, 1), datetime(9998, 11, 1), timezones=st.just(timezone.utc))


def use(s3: Any) -> None:
    """Every call that reads what was stored; it raises what isn't an answer of AWS."""
    s3.put_object(Bucket="vault", Key="new", Body=b"")
    s3.copy_object(Bucket="vault", Key="copy", CopySource="vault/k")
    upload = {"Bucket": "vault", "Key": "big"}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    s3.list_parts(**upload)
    for key in ("k", "cold", "new"):
        s3.head_object(Bucket="vault", Key=key)
    s3.list_objects_v2(Bucket="vault", OptionalObjectAttributes=["RestoreStatus"])
    s3.list_object_versions(Bucket="vault")
    s3.get_bucket_encryption(Bucket="vault")
    s3.get_object_lock_configuration(Bucket="vault")


@fuzzing(40)
@given(documents=st.lists(DOCUMENTS, min_size=1, max_size=4), now=NOW)
def test_a_bucket_can_be_used_whatever_it_was_told(documents: list[Any], now: datetime) -> None:
    with mock_tagging(clock=now) as aws:
        s3: Any = aws.client("s3")
        s3.create_bucket(Bucket="vault", ObjectLockEnabledForBucket=True)
        aws.create_bucket("target", versioning=True)
        s3.put_object(Bucket="vault", Key="k", Body=b"")
        s3.put_object(Bucket="vault", Key="cold", Body=b"", StorageClass="DEEP_ARCHIVE")
        for operation, params in documents:
            try:
                getattr(s3, operation)(Bucket="vault", **params)
            except ClientError as error:
                assert error.response["ResponseMetadata"]["HTTPStatusCode"] in {400, 403, 409}
            use(s3)
        aws.clock.advance(days=400)
        use(s3)
