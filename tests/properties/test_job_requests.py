"""What CreateJob takes, its job can do: whatever was stored is used by later calls, and nothing breaks.

Requests fit the model's bounds, with dates and numbers at the ends of what can be sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.model import ListShape, MapShape, Shape, StructureShape
from hypothesis import given
from hypothesis import strategies as st

from conftest import ACCOUNT, fuzzing, needs_botocore
from s3tag_mock import NotSupported, mock_tagging
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.rules.job_status import ENDED
from tests.support import tagging_job

CONFIG = Config(parameter_validation=False, retries={"total_max_attempts": 1})
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd"
DATES = st.sampled_from(
    [
        datetime(year, month, 1, tzinfo=timezone.utc)
        for year, month in ((1, 1), (1970, 1), (2030, 1), (9999, 12))
    ]
)
#: Member to what fits it, where that isn't just any text.
FITTING: dict[str, st.SearchStrategy[Any]] = {
    "FunctionArn": st.just("f"),
    "Identifier": st.sampled_from(["a" * 64, "http://acs.amazonaws.com/groups/global/AllUsers", "x"]),
    "ID": st.sampled_from(["a" * 64, "x"]),
    "InvocationSchemaVersion": st.sampled_from(["1.0", "2.0"]),
    "KMSKeyArn": st.just(KEY),
    "KmsKeyArn": st.just(KEY),
    "SSEAwsKmsKeyId": st.sampled_from([KEY, "x"]),
    "SourceBucket": st.sampled_from(["arn:aws:s3:::photos", "arn:aws:s3:::vault", "arn:aws:s3:::nothing"]),
    "TargetResource": st.sampled_from(["arn:aws:s3:::photos", "arn:aws:s3:::vault", "arn:aws:s3:::nothing"]),
    "Bucket": st.sampled_from(["arn:aws:s3:::photos", "arn:aws:s3:::nothing"]),
    "ManifestFormat": st.just("S3InventoryReport_CSV_20211130"),
    "ExpectedBucketOwner": st.sampled_from([ACCOUNT, "999999999999"]),
    "ExpectedManifestBucketOwner": st.sampled_from([ACCOUNT, "999999999999"]),
}
#: Members without which CreateJob takes no operation that has them.
ALWAYS = frozenset({"AccessControlPolicy", "FunctionArn", "ObjectEncryption", "SSEKMS", "TargetResource"})
TEXT = st.sampled_from(["a", "k", "/", "é\U0001f600", "a b", "x" * 1024])


def fitting(shape: Shape, name: str = "") -> st.SearchStrategy[Any]:
    if name in FITTING:
        return FITTING[name]
    if isinstance(shape, StructureShape):
        members = {one: fitting(member, one) for one, member in shape.members.items()}
        needed = {
            one: members.pop(one) for one in sorted(ALWAYS | set(shape.required_members)) if one in members
        }
        if getattr(shape, "is_tagged_union", False):
            return st.sampled_from(sorted(members)).flatmap(
                lambda one: st.fixed_dictionaries({one: members[one]})
            )
        chosen = (
            st.lists(st.sampled_from(sorted(members)), max_size=4, unique=True) if members else st.just([])
        )
        return chosen.flatmap(
            lambda names: st.fixed_dictionaries({**needed, **{one: members[one] for one in names}})
        )
    if isinstance(shape, ListShape):
        return st.lists(fitting(shape.member), min_size=1, max_size=1)
    if isinstance(shape, MapShape):
        return st.dictionaries(st.sampled_from(["a", "b"]), TEXT, min_size=1, max_size=2)
    if getattr(shape, "enum", None):
        return st.sampled_from(shape.enum)
    kinds = {
        "boolean": st.booleans(),
        "timestamp": DATES,
        "integer": st.sampled_from([0, 1, 36_500, 2**31 - 1]),
        "long": st.sampled_from([0, 1, 2**63 - 1, -(2**63)]),
    }
    return kinds.get(shape.type_name, TEXT)


def shapes() -> Any:
    model = service_model("s3control")
    return model.operation_model("CreateJob").input_shape.members


def operations() -> st.SearchStrategy[dict[str, Any]]:
    members = shapes()["Operation"].members
    return st.sampled_from(sorted(members)).flatmap(
        lambda name: st.fixed_dictionaries({name: fitting(members[name])})
    )


GENERATORS = st.none() | st.deferred(lambda: fitting(shapes()["ManifestGenerator"]))


def fill(aws: Any) -> None:
    s3 = aws.client("s3")
    aws.create_bucket("photos", versioning=True)
    s3.create_bucket(Bucket="vault", ObjectLockEnabledForBucket=True)
    s3.delete_bucket_ownership_controls(Bucket="photos")
    for key, storage_class in (("k", "STANDARD"), ("cold", "GLACIER")):
        s3.put_object(Bucket="photos", Key=key, Body=b"1", Tagging="a=1", StorageClass=storage_class)
    s3.put_object(Bucket="vault", Key="k", Body=b"2", ContentType="text/plain")
    aws.lambda_function("f")(lambda event: {"results": [], "treatMissingKeysAs": "Succeeded"})


def answered(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except (ClientError, NotSupported):
        return None


def use_everything(aws: Any) -> None:
    """Call what reads and changes whatever a job may have stored."""
    s3, control = aws.client("s3", config=CONFIG), aws.client("s3control", config=CONFIG)
    for bucket in ("photos", "vault"):
        found = s3.list_object_versions(Bucket=bucket)
        for version in found.get("Versions", []):
            name = {"Bucket": bucket, "Key": version["Key"], "VersionId": version["VersionId"]}
            for operation in (s3.head_object, s3.get_object, s3.get_object_tagging, s3.get_object_acl):
                answered(lambda operation=operation, name=name: operation(**name))
            answered(lambda name=name: s3.get_object_retention(**name))
            answered(lambda name=name: s3.restore_object(**name, RestoreRequest={"Days": 1}))
            answered(lambda name=name: s3.copy_object(Bucket="photos", Key="copy", CopySource=name))
            answered(lambda name=name: s3.delete_object(**name, BypassGovernanceRetention=True))
    for job in control.list_jobs(AccountId=ACCOUNT)["Jobs"]:
        control.describe_job(AccountId=ACCOUNT, JobId=job["JobId"])


@needs_botocore("1.44", "all that CreateJob takes")
@fuzzing(8)
@given(operations(), GENERATORS, st.booleans())
def test_whatever_it_takes(operation: dict[str, Any], generator: Any, confirm: bool) -> None:
    with mock_tagging(allow="all") as aws:
        fill(aws)
        control = aws.client("s3control", config=CONFIG)
        rows = [
            f"{bucket},{one['Key']},{one['VersionId']}"
            for bucket in ("photos", "vault")
            for one in aws.client("s3").list_object_versions(Bucket=bucket)["Versions"]
        ]
        changes: dict[str, Any] = {"Operation": operation, "ConfirmationRequired": confirm}
        if generator is not None:
            changes.update(Manifest=None, ManifestGenerator=generator)
        request = tagging_job(aws, *rows, "photos,no,null", fields=("Bucket", "Key", "VersionId"), **changes)
        created = answered(lambda: control.create_job(**request))
        if created is not None and confirm:
            job = {"AccountId": ACCOUNT, "JobId": created["JobId"]}
            answered(lambda: control.update_job_status(**job, RequestedJobStatus="Ready"))
        for job in aws.jobs.values():
            assert job.status in ENDED
            assert "internal error" not in str(job.failure)
        use_everything(aws)
        aws.clock.advance(days=36_500)
        use_everything(aws)
