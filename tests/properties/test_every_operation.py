"""Whatever comes in, every served operation answers: a success, or an error after which all is as before.

Parameters are made from botocore's models with members left out at every depth, required ones too, and with
names that are there often enough to get somewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timezone
from typing import Any

import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.model import ListShape, MapShape, Shape, StructureShape
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import Misuse, mock_tagging
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.registry import Operation
from tests.support import reached_the_mock

CONFIG = Config(parameter_validation=False, retries={"total_max_attempts": 1})
WORDS = st.sampled_from(
    [
        "Enabled", "Disabled", "Suspended", "GOVERNANCE", "ON", "AES256", "aws:kms", "private", "public-read",
        "GLACIER", "READ", "CanonicalUser", "id", "x", "", "aws:x", "arn:aws:s3:::photos", "photos", "k",
        "arn:aws:s3:::photos/manifest", "COPY", "REPLACE", "Requester", "BucketOwnerPreferred", "url", "/", "{}",
        '{"Statement": {}}', '{"Statement": [{"Effect": 1, "Principal": [], "Action": {}, "Resource": null}]}',
        "S3BatchOperations_CSV_20180820", "Bucket", "Key", "é\U0001f600", "CRC32", "2.0",
        "arn:aws:iam::123456789012:role/x", "Cancelled", "Ready", "Directory",
    ]
)  # fmt: skip
NUMBERS = st.sampled_from([0, 1, 2, 5, 1000, -1, 2**31])
MOMENTS = st.sampled_from(
    [datetime(2001, 1, 1, tzinfo=timezone.utc), datetime(2090, 1, 1, tzinfo=timezone.utc)]
)
#: Members that say what a call is about.
NAMES: dict[str, list[str]] = {
    "AccountId": [ACCOUNT],
    "Bucket": [
        "photos",
        "vault",
        "plain",
        "photos",
        "nothing",
        f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/myap",
    ],
    "CopySource": ["photos/k", "vault/k", "photos", "photos/k?versionId=null", ""],
    "Key": ["k", "k", "cold", "nothing"],
    "Name": ["myap", "other", "no"],
    "ResourceArn": ["arn:aws:s3:::photos", f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/myap", "x"],
    "UploadId": ["$upload", "nothing"],
    "VersionId": ["null", "nothing", "$version"],
    "JobId": ["$job", "nothing"],
}


def thin(shape: Shape, name: str = "") -> st.SearchStrategy[Any]:
    """Values of a shape's type, with whatever members."""
    if isinstance(shape, StructureShape):
        members = {one: thin(member, one) for one, member in shape.members.items()}
        if not members:
            return st.just({})
        chosen = st.lists(st.sampled_from(sorted(members)), max_size=5, unique=True)
        return chosen.flatmap(lambda names: st.fixed_dictionaries({one: members[one] for one in names}))
    if isinstance(shape, ListShape):
        return st.lists(thin(shape.member), max_size=3)
    if isinstance(shape, MapShape):
        return st.dictionaries(st.sampled_from(["a", "b"]), thin(shape.value), max_size=2)
    if name == "Body":
        return st.binary(max_size=5)
    kinds = {"boolean": st.booleans(), "timestamp": MOMENTS, "integer": NUMBERS, "long": NUMBERS}
    words = WORDS | st.sampled_from(shape.enum) if getattr(shape, "enum", None) else WORDS
    return kinds.get(shape.type_name, words)


def call_of(operation: Operation, data: Any) -> dict[str, Any]:
    """Parameters that name what they are about, and thin ones beside."""
    model = (
        botocore.session.get_session().get_service_model(operation.service).operation_model(operation.name)
    )
    shape = model.input_shape
    if not isinstance(shape, StructureShape):
        return {}
    honoured = operation.honours or frozenset()
    params: dict[str, Any] = {}
    for name, member in shape.members.items():
        if name in NAMES and (name in shape.required_members or data.draw(st.booleans())):
            params[name] = data.draw(st.sampled_from(NAMES[name]))
        elif name in honoured and (name in shape.required_members or data.draw(st.integers(0, 4)) == 0):
            params[name] = data.draw(thin(member, name))
    return params


def seeded(aws: Any) -> dict[str, str]:
    """A world in which there is something of everything; its ids by placeholder."""
    s3, control = aws.client("s3"), aws.client("s3control")
    aws.create_bucket("photos", tags={"a": "1"})
    aws.create_bucket("plain", versioning=True)
    s3.create_bucket(Bucket="vault", ObjectLockEnabledForBucket=True)
    for bucket in ("photos", "vault", "plain"):
        version = s3.put_object(Bucket=bucket, Key="k", Body=b"12345", Tagging="a=1")
    s3.put_object(Bucket="photos", Key="cold", Body=b"", StorageClass="GLACIER")
    s3.delete_bucket_ownership_controls(Bucket="plain")
    control.create_access_point(AccountId=ACCOUNT, Name="myap", Bucket="photos")
    upload = s3.create_multipart_upload(Bucket="photos", Key="k")["UploadId"]
    etag = s3.put_object(Bucket="photos", Key="manifest", Body=b"photos,k\n")["ETag"]
    job = control.create_job(
        AccountId=ACCOUNT,
        Operation={"S3PutObjectTagging": {"TagSet": []}},
        Manifest={
            "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
            "Location": {"ObjectArn": "arn:aws:s3:::photos/manifest", "ETag": etag},
        },
        Report={"Enabled": False},
        Priority=1,
        RoleArn="arn:aws:iam::123456789012:role/x",
        ConfirmationRequired=True,
    )["JobId"]
    return {"$upload": upload, "$version": version["VersionId"], "$job": job}


def snapshot(aws: Any) -> str:
    """All that the world remembers, written down."""
    world = aws._world

    def bucket(one: Any) -> dict[str, Any]:
        kept = {
            field.name: getattr(one, field.name)
            for field in fields(one)
            if field.name not in {"keys", "uploads"}
        }
        versions = {key: [_plain(version) for version in one.keys.get(key)] for key in one.keys}
        return {
            **kept,
            "keys": versions,
            "uploads": {key: _plain(upload) for key, upload in one.uploads.items()},
        }

    return repr(
        (
            {name: bucket(one) for name, one in world.buckets.items()},
            {arn: bucket(one) for arn, one in world.outpost_buckets.items()},
            {arn: (point.name, dict(point.tags)) for arn, point in world.access_points.items()},
            {job.id: (job.status, job.priority, dict(job.tags)) for job in world.jobs.values()},
        )
    )


def _plain(thing: Any) -> dict[str, Any]:
    return {field.name: getattr(thing, field.name) for field in fields(thing)}


def filled(params: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    """Parameters with the seeded world's ids in the place of the placeholders."""
    return {
        name: ids.get(value, value) if isinstance(value, str) else value for name, value in params.items()
    }


def answered(aws: Any, call: Callable[[], Any], *, may_be_unsendable: bool = False) -> ClientError | None:
    """A call's error, if it got one; then nothing has changed.

    :param may_be_unsendable: botocore's own handlers and serialiser can't take everything; then nothing came in.
    """
    before = snapshot(aws)
    try:
        call()
    except ClientError as error:
        response: Any = error.response
        assert 300 <= response["ResponseMetadata"]["HTTPStatusCode"] < 600
        assert response["Error"]["Code"]
        assert response["Error"]["Code"] != "InternalError"
        assert snapshot(aws) == before
        return error
    except Misuse:
        assert snapshot(aws) == before
    except AssertionError:
        raise  # it reached for the network, say
    except Exception as error:
        if not may_be_unsendable or reached_the_mock(error):
            raise
        assert snapshot(aws) == before
    return None


@pytest.mark.parametrize(
    "operation",
    [one for one in OPERATIONS.values() if one.service != "sts"],
    ids=lambda one: f"{one.service}.{one.name}",
)
@needs_botocore("1.44", "all that is served")
@settings(max_examples=5, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_it_answers_and_keeps_what_it_refuses_to_change(operation: Operation, data: Any) -> None:
    params = call_of(operation, data)
    with mock_tagging(allow="all") as aws:
        ids = seeded(aws)
        client = aws.client(operation.service, config=CONFIG)
        call = getattr(client, botocore.xform_name(operation.name))
        answered(aws, lambda: call(**filled(params, ids)), may_be_unsendable=True)
