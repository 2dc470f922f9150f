"""Which signature a request or a form has, and whose."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol.signing import forms, requests, v2
from s3tag_mock.protocol.signing.arrived import Arrived

NOW = datetime(2026, 11, 20, tzinfo=timezone.utc)
SCOPE = "AKIA/20261120/us-east-1/s3/aws4_request"
V4 = f"AWS4-HMAC-SHA256 Credential={SCOPE}, SignedHeaders=host, Signature=0"
QUERY = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0"


@pytest.mark.parametrize(
    ("query", "authorization", "credentials", "scope", "is_for_s3"),
    [
        ("", None, (None, None), None, False),
        ("", V4, ("AKIA", "t"), ("us-east-1", "s3"), True),
        ("", V4.replace("s3", "sqs"), ("AKIA", "t"), ("us-east-1", "sqs"), False),
        ("", "AWS AKIA:signature", ("AKIA", "t"), None, False),
        ("", "Basic abc", (None, "t"), None, False),
        ("", f"Basic {SCOPE}", (None, "t"), None, False),
        (f"{QUERY}&X-Amz-Credential={SCOPE}", None, ("AKIA", None), ("us-east-1", "s3"), True),
        (f"{QUERY}&X-Amz-Credential=a%2Fs3", None, ("a", None), None, False),
        (f"{QUERY}&tagging", None, (None, None), None, False),
        ("X-Amz-Algorithm=x&X-Amz-Signature=&X-Amz-Credential=", None, ("", None), None, False),
        (
            f"X-Amz-Algorithm=x&X-Amz-Signature=&X-Amz-Credential={SCOPE}",
            None,
            ("AKIA", None),
            ("us-east-1", "s3"),
            True,
        ),
        ("X-Amz-Algorithm=x", V4, ("AKIA", "t"), ("us-east-1", "s3"), True),
        ("X-Amz-Security-Token=q&tagging=", V4, ("AKIA", "q"), ("us-east-1", "s3"), True),
        ("AWSAccessKeyId=AKIA&Expires=1&Signature=x", None, ("AKIA", None), None, True),
        ("AWSAccessKeyId=AKIA&Expires=&Signature=&x=", None, ("AKIA", None), None, True),
        ("AWSAccessKeyId=AKIA", None, ("AKIA", None), None, False),
    ],
)
def test_whose_a_request_is(
    query: str, authorization: str | None, credentials: Any, scope: Any, is_for_s3: bool
) -> None:
    headers = {} if authorization is None else {"authorization": authorization, "x-amz-security-token": "t"}
    assert requests.credentials_of(query, headers) == credentials
    assert requests.scope_of(query, headers) == scope
    assert requests.is_for_s3(query, headers) == is_for_s3


@pytest.mark.parametrize("query", ["X-Amz-Algorithm=x", "Signature=x"])
def test_two_signatures_at_once(query: str) -> None:
    with pytest.raises(AwsError) as refused:
        requests.of_request(Arrived("GET", "/", "/b/", query, {"authorization": V4}), NOW, None)
    assert refused.value.elements == {"ArgumentName": "Authorization", "ArgumentValue": V4}


@pytest.mark.parametrize(
    ("query", "authorization"),
    [("", None), ("", "AWS4-ECDSA-P256-SHA256 x"), ("X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256", None)],
)
def test_what_is_not_calculated(query: str, authorization: str | None) -> None:
    headers = {} if authorization is None else {"authorization": authorization}
    assert requests.of_request(Arrived("GET", "/", "/b/", query, headers), NOW, None) is None


@pytest.mark.parametrize(
    ("fields", "credentials", "is_for_s3"),
    [
        ({}, (None, None), False),
        ({"x-amz-credential": SCOPE, "x-amz-security-token": "t"}, ("AKIA", "t"), True),
        ({"x-amz-credential": "a/b"}, ("a", None), False),
        ({"awsaccesskeyid": "AKIA", "policy": "", "signature": ""}, ("AKIA", None), True),
        ({"awsaccesskeyid": "AKIA", "policy": "", "signature": "", "key": "k"}, ("AKIA", None), True),
        ({"awsaccesskeyid": "AKIA", "policy": ""}, ("AKIA", None), False),
    ],
)
def test_whose_a_form_is(fields: dict[str, str], credentials: Any, is_for_s3: bool) -> None:
    assert forms.credentials_of(fields) == credentials
    assert forms.is_form_for_s3(fields) == is_for_s3


def test_version_2_in_regions_that_take_version_4_alone() -> None:
    """And what else is looked at before the signature."""
    presigned = Arrived("GET", "/", "/b/", "AWSAccessKeyId=a&Expires=1795132800&Signature=x", {})
    signed = Arrived(
        "GET", "/", "/b/", "", {"authorization": "AWS a:x", "date": "Fri, 20 Nov 2026 00:00:00 GMT"}
    )
    policy = {"awsaccesskeyid": "a", "policy": "", "signature": "x"}
    for check in (
        lambda: v2.of_query(presigned, NOW, "eu-central-1"),
        lambda: v2.of_header(signed, NOW, "eu-central-1"),
        lambda: v2.of_policy(policy, "eu-central-1"),
    ):
        with pytest.raises(AwsError, match="AWS4-HMAC-SHA256"):
            check()
    assert v2.of_query(presigned, datetime.fromtimestamp(1795132800, timezone.utc), None).access_key == "a"


@pytest.mark.parametrize(
    ("headers", "code", "elements"),
    [
        (
            {"authorization": "AWS a"},
            "InvalidArgument",
            {"ArgumentName": "Authorization", "ArgumentValue": "AWS a"},
        ),
        ({}, "AccessDenied", {}),
        ({"date": "soon"}, "AccessDenied", {}),
        ({"date": "Fri, 31 Dec 9999 23:59:59 -0500"}, "AccessDenied", {}),
        (
            {"date": "Fri, 20 Nov 2026 00:00:00 GMT", "x-amz-date": "Thu, 19 Nov 2026 23:44:59 GMT"},
            "RequestTimeTooSkewed",
            {
                "RequestTime": "Thu, 19 Nov 2026 23:44:59 GMT",
                "ServerTime": "2026-11-20T00:00:00Z",
                "MaxAllowedSkewMilliseconds": "900000",
            },
        ),
    ],
)
def test_headers_of_version_2_that_are_refused(
    headers: dict[str, str], code: str, elements: dict[str, str]
) -> None:
    arrived = Arrived("GET", "/", "/b/", "", {"authorization": "AWS a:x", **headers})
    with pytest.raises(AwsError) as refused:
        v2.of_header(arrived, NOW, None)
    assert (refused.value.code, refused.value.elements) == (code, elements)


def test_what_version_2_signs() -> None:
    headers = {
        "authorization": "AWS a:x",
        "content-md5": "m",
        "content-type": "t",
        "date": "not this",
        "x-amz-date": "Fri, 20 Nov 2026 00:00:00 GMT",
        "x-amz-acl": " private ",
    }
    arrived = Arrived("PUT", "/k", "/b/k", "acl&uploadId=a%2Fb&other=1", headers)
    assert v2.of_header(arrived, NOW, None).string_to_sign == (
        "PUT\nm\nt\n\nx-amz-acl:private\nx-amz-date:Fri, 20 Nov 2026 00:00:00 GMT\n/b/k?acl&uploadId=a/b"
    )
    of_bucket = Arrived("GET", "/", "/b", "location", headers)
    assert v2.of_header(of_bucket, NOW, None).string_to_sign.endswith("\n/b/?location")
