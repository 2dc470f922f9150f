"""What several tests need: errors as dicts, raw requests, jobs."""

from __future__ import annotations

import base64
import hashlib
import json
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any, TypeVar

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT
from s3tag_mock import TaggingMock
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.permissions import document
from s3tag_mock.state.iam import AccessKey, Document, Role, User
from s3tag_mock.state.world import World

ROLE = f"arn:aws:iam::{ACCOUNT}:role/batch"

#: An account that isn't the mock's own.
OTHER = "999999999999"
#: What AWS answers to callers of another account, and to documents of another form.
DENIED = {"Status": 403, "Code": "AccessDenied", "Message": "Access Denied"}
MALFORMED = {
    "Status": 400,
    "Code": "MalformedXML",
    "Message": "The XML you provided was not well-formed or did not validate against our published schema",
}


def refusal(call: Callable[[], Any]) -> dict[str, Any]:
    """The ``Error`` of the ClientError that a call raises, with its HTTP status."""
    with pytest.raises(ClientError) as caught:
        call()
    response: Any = caught.value.response
    return {"Status": response["ResponseMetadata"]["HTTPStatusCode"], **response["Error"]}


def tag_set(**tags: str) -> dict[str, Any]:
    """``{"TagSet": [{"Key": ..., "Value": ...}, ...]}``."""
    return {"TagSet": [{"Key": key, "Value": value} for key, value in tags.items()]}


def send_raw(
    client: Any, operation: str, *, body: bytes, headers: dict[str, str] | None = None, **params: Any
) -> Any:
    """Call an operation with exactly this body and, of the digests, exactly these headers."""

    def replace(request: Any, **kwargs: Any) -> None:
        request.data = body
        for name in list(request.headers):
            if name.lower().startswith(("x-amz-checksum", "x-amz-sdk-checksum", "content-md5")):
                del request.headers[name]
        for name, value in (headers or {}).items():
            request.headers[name] = value

    client.meta.events.register_first("request-created.*", replace)
    try:
        return getattr(client, operation)(**params)
    finally:
        client.meta.events.unregister("request-created.*", replace)


def content_md5(body: bytes) -> dict[str, str]:
    """The Content-MD5 header of a body."""
    return {"Content-MD5": base64.b64encode(hashlib.md5(body).digest()).decode()}


def tagging_job(
    aws: Any,
    *rows: str,
    fields: tuple[str, ...] = ("Bucket", "Key"),
    tags: dict[str, str] | None = None,
    manifest: bytes | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """CreateJob's parameters for a tagging job over these manifest rows, which are put into a bucket.

    :param manifest: the manifest's bytes, in place of rows.
    :param changes: parameters in place of what would be there; None takes one out.
    """
    for bucket in ("manifests", "reports"):
        if bucket not in {one["Name"] for one in aws.client("s3").list_buckets()["Buckets"]}:
            aws.create_bucket(bucket)
    content = "".join(f"{row}\n" for row in rows).encode() if manifest is None else manifest
    etag = aws.client("s3").put_object(Bucket="manifests", Key="manifest.csv", Body=content)["ETag"]
    params: dict[str, Any] = {
        "AccountId": ACCOUNT,
        "Operation": {"S3PutObjectTagging": tag_set(**(tags if tags is not None else {"team": "red"}))},
        "Manifest": {
            "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": list(fields)},
            "Location": {"ObjectArn": "arn:aws:s3:::manifests/manifest.csv", "ETag": etag},
        },
        "Report": {
            "Bucket": "arn:aws:s3:::reports",
            "Format": "Report_CSV_20180820",
            "Enabled": True,
            "Prefix": "final",
            "ReportScope": "AllTasks",
        },
        "Priority": 10,
        "RoleArn": ROLE,
        "ConfirmationRequired": False,
        "ClientRequestToken": "one",
    }
    params.update(changes)
    return {name: value for name, value in params.items() if value is not None}


def run_job(aws: Any, *rows: str, **options: Any) -> dict[str, Any]:
    """Create a tagging job and describe it."""
    control = aws.client("s3control")
    job_id = control.create_job(**tagging_job(aws, *rows, **options))["JobId"]
    described: dict[str, Any] = control.describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]
    return described


@contextmanager
def interruptible() -> Iterator[None]:
    """Interrupts raise KeyboardInterrupt, also where whoever started the tests has them ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def active_mock() -> TaggingMock:
    """The handle of the mock that is active, for code that wasn't given it."""
    handle = TaggingMock({})
    handle._lifecycle.scope = ACTIVE.current
    return handle


def made_user(world: World, name: str, *statements: Mapping[str, Any], **more: Any) -> User:
    """A user with one inline policy of these statements, each of which allows everything but what it says.

    :param more: what else the user has, as its class has it.
    """
    arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"
    user = User(
        "user", ACCOUNT, arn, f"AIDA{name.upper():X<17}", name, "/", datetime.now(timezone.utc), **more
    )
    return _with_policy(world, user, statements)


def made_role(
    world: World, name: str, *statements: Mapping[str, Any], trust: Any = None, **more: Any
) -> Role:
    """A role likewise; by default whoever may assume roles, and Batch Operations, may assume it.

    :param trust: the principal of its trust policy.
    """
    trusted = trust or {"AWS": ACCOUNT, "Service": "batchoperations.s3.amazonaws.com"}
    role = Role(
        "role",
        ACCOUNT,
        f"arn:aws:iam::{ACCOUNT}:role/{name}",
        f"AROA{name.upper():X<17}",
        name,
        "/",
        datetime.now(timezone.utc),
        trust=policy_document({"Principal": trusted, "Action": "sts:*", "Resource": None}),
        **more,
    )
    return _with_policy(world, role, statements)


Made = TypeVar("Made", User, Role)


def _with_policy(world: World, entity: Made, statements: Sequence[Mapping[str, Any]]) -> Made:
    if statements:
        entity.inline["own"] = policy_document(*statements)
    world.identities.add(entity)
    return entity


def policy_document(*statements: Mapping[str, Any]) -> Document:
    """A policy whose statements allow everything, but for what they say; None takes an element out."""
    whole = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    filled = [
        {name: value for name, value in {**whole, **one}.items() if value is not None} for one in statements
    ]
    text = {"Version": "2012-10-17", "Statement": filled}
    return Document(json.dumps(text), document.of(text, required=("Effect", "Action")))


def key_of(world: World, user: User) -> dict[str, str]:
    """A new access key of a user, as a client takes it."""
    keys = world.identities.keys
    key = AccessKey(
        f"AKIA{user.name.upper()}{len(keys):0>16}"[:20], "s" * 40, ACCOUNT, user.name, user.created
    )
    keys[key.id] = key
    return {"aws_access_key_id": key.id, "aws_secret_access_key": key.secret}
