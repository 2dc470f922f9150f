"""What several tests need: errors as dicts, raw requests, jobs."""

from __future__ import annotations

import base64
import hashlib
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT
from s3tag_mock import TaggingMock
from s3tag_mock.intercept.activation import ACTIVE

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
