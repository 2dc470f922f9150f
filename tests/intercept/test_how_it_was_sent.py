"""What policies see of how a request was sent, and how it was signed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import urllib3
from botocore.auth import HmacV1Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from tests.support import refusal
from tests.web import presign

AUTH, VERSION, SECURE = "s3:authType", "s3:signatureversion", "aws:SecureTransport"


def by_client(version: str = "s3v4", **options: Any) -> Callable[[Any], int]:
    def send(aws: Any) -> int:
        config = Config(signature_version=version, s3={"addressing_style": "path"})
        client = aws.client("s3", config=config, **options)
        found = client.get_object(Bucket="photos", Key="c.jpg")["ResponseMetadata"]["HTTPStatusCode"]
        return int(found)

    return send


def by_url(version: str) -> Callable[[Any], int]:
    def send(aws: Any) -> int:
        client = aws.client("s3", config=Config(signature_version=version))
        return urllib3.request("GET", presign(client, "get_object", Bucket="photos", Key="c.jpg")).status

    return send


def by_old_header(aws: Any) -> int:
    url = "https://photos.s3.amazonaws.com/c.jpg"
    request = AWSRequest("GET", url, auth_path="/photos/c.jpg")
    HmacV1Auth(Credentials("testing", "testing")).add_auth(request)
    return urllib3.request("GET", url, headers=dict(request.headers)).status


def by_form(aws: Any) -> int:
    post = aws.client("s3", config=Config(signature_version="s3v4")).generate_presigned_post("photos", "new")
    return urllib3.request("POST", post["url"], fields={**post["fields"], "file": ("f", b"x")}).status


@pytest.mark.parametrize(
    ("send", "key", "value"),
    [
        (by_client(), AUTH, "REST-HEADER"),
        (by_client(), VERSION, "AWS4-HMAC-SHA256"),
        (by_client("s3"), AUTH, "REST-HEADER"),
        (by_client("s3"), VERSION, "AWS"),
        (by_url("s3v4"), AUTH, "REST-QUERY-STRING"),
        (by_url("s3v4"), VERSION, "AWS4-HMAC-SHA256"),
        (by_url("s3"), AUTH, "REST-QUERY-STRING"),
        (by_url("s3"), VERSION, "AWS"),
        (by_old_header, AUTH, "REST-HEADER"),
        (by_old_header, VERSION, "AWS"),
        (by_form, AUTH, "POST"),
        (by_client(), SECURE, "true"),
        (by_client(endpoint_url="http://s3.amazonaws.com"), SECURE, "false"),
        (by_client(endpoint_url="http://storage.test:9000"), SECURE, "false"),
        # From a machine to itself counts as by https.
        (by_client(endpoint_url="http://localhost:9000"), SECURE, "true"),
        (by_client(endpoint_url="http://127.0.0.1:9000"), SECURE, "true"),
        (by_client(endpoint_url="http://[::1]:9000"), SECURE, "true"),
    ],
)
def test_policies_see_it(
    aws: Any, s3: Any, photos: str, send: Callable[[Any], int], key: str, value: str
) -> None:
    rule = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*Object",
        "Resource": f"arn:aws:s3:::{photos}/*",
    }

    def status(operator: str) -> int:
        statement = {**rule, "Condition": {operator: {key: value}}}
        s3.put_bucket_policy(Bucket=photos, Policy=json.dumps({"Statement": [statement]}))
        try:
            return send(aws)
        except ClientError as error:
            return error.response["ResponseMetadata"]["HTTPStatusCode"]

    assert status("StringNotEquals") in {200, 204}
    assert status("StringEquals") == 403


def test_headers_that_policies_ask_for_are_written(s3: Any, photos: str) -> None:
    rule = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{photos}/*",
    }
    agent = {"StringLike": {"aws:UserAgent": "*Botocore/*"}}
    s3.put_bucket_policy(Bucket=photos, Policy=json.dumps({"Statement": [{**rule, "Condition": agent}]}))
    assert refusal(lambda: s3.get_object(Bucket=photos, Key="c.jpg"))["Code"] == "AccessDenied"
