"""Signature version 4 against the examples of AWS's documentation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol.signing import of_service, v4
from s3tag_mock.protocol.signing.arrived import Arrived
from tools.fuzz.outcome import time_limit

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
NOW = datetime(2013, 5, 24, tzinfo=timezone.utc)
HOST = "examplebucket.s3.amazonaws.com"
OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def arrived(method: str, path: str, query: str, headers: Mapping[str, str]) -> Arrived:
    return Arrived(method, path, f"/examplebucket{path}", query, {"host": HOST, **headers})


def test_presigned_url() -> None:
    """S3 API reference, "Authenticating Requests: Using Query Parameters"."""
    query = (
        "X-Amz-Algorithm=AWS4-HMAC-SHA256"
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    )
    signature = v4.of_query(arrived("GET", "/test.txt", query, {}), NOW, "us-east-1")
    assert signature.access_key == "AKIAIOSFODNN7EXAMPLE"
    assert signature.matches(SECRET)
    assert not signature.matches("another")
    assert signature.canonical_request == (
        "GET\n/test.txt\n"
        "X-Amz-Algorithm=AWS4-HMAC-SHA256"
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\n"
        f"host:{HOST}\n\nhost\nUNSIGNED-PAYLOAD"
    )


@pytest.mark.parametrize(
    ("method", "path", "query", "headers", "signature"),
    [
        (
            "GET",
            "/test.txt",
            "",
            {"range": "bytes=0-9", "x-amz-content-sha256": OF_NOTHING},
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "PUT",
            "/test%24file.text",
            "",
            {
                "date": "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
                "x-amz-storage-class": "REDUCED_REDUNDANCY",
            },
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (
            "GET",
            "/",
            "lifecycle",
            {"x-amz-content-sha256": OF_NOTHING},
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
        (
            "GET",
            "/",
            "max-keys=2&prefix=J",
            {"x-amz-content-sha256": OF_NOTHING},
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
    ids=["get_object", "put_object", "get_bucket_lifecycle", "list_objects"],
)
def test_authorization_header(
    method: str, path: str, query: str, headers: dict[str, str], signature: str
) -> None:
    """S3 API reference, "Signature Calculations for the Authorization Header"."""
    headers = {**headers, "x-amz-date": "20130524T000000Z"}
    signed = ";".join(sorted({"host", *headers}))
    headers["authorization"] = (
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        f"SignedHeaders={signed},Signature={signature}"
    )
    assert v4.of_header(arrived(method, path, query, headers), NOW, "us-east-1").matches(SECRET)


SCOPE = "AKIA/20130524/us-east-1/s3/aws4_request"


def presigned(*, credential: str = SCOPE, date: str = "20130524T000000Z", expires: int = 60) -> Arrived:
    query = f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Date={date}&X-Amz-Expires={expires}"
    return arrived("GET", "/k", f"{query}&X-Amz-SignedHeaders=host&X-Amz-Signature=0", {})


@pytest.mark.parametrize(
    ("seconds", "expires", "code", "elements"),
    [
        (0, 0, None, {}),
        (60, 60, None, {}),
        (-900, 604800, None, {}),
        (
            61,
            60,
            "AccessDenied",
            {"Expires": "2013-05-24T00:01:00Z", "ServerTime": "2013-05-24T00:01:01Z", "X-Amz-Expires": "60"},
        ),
        (-901, 60, "AccessDenied", {}),
        (0, -1, "AuthorizationQueryParametersError", {}),
        (0, 604801, "AuthorizationQueryParametersError", {}),
    ],
)
def test_how_long_a_url_lasts(seconds: int, expires: int, code: str | None, elements: dict[str, str]) -> None:
    now = NOW + timedelta(seconds=seconds)
    if code is None:
        assert v4.of_query(presigned(expires=expires), now, None).access_key == "AKIA"
        return
    with pytest.raises(AwsError) as refused:
        v4.of_query(presigned(expires=expires), now, None)
    assert refused.value.code == code
    assert elements.items() <= refused.value.elements.items()


@pytest.mark.parametrize(
    ("credential", "problem"),
    [
        (
            "AKIA/2013/us-east-1/s3/aws4_request",
            'incorrect date format "2013". This date in the credential must be in the format "yyyyMMdd".',
        ),
        (
            "AKIA/20130524/us-east-1/iam/aws4_request",
            'incorrect service "iam". This endpoint belongs to "s3".',
        ),
        ("AKIA/20130524/us-east-1/s3/aws", 'incorrect terminal "aws". This endpoint uses "aws4_request".'),
    ],
)
def test_credentials_that_are_none(credential: str, problem: str) -> None:
    headers = {"authorization": f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0"}
    for check in (
        lambda: v4.of_query(presigned(credential=credential), NOW, None),
        lambda: v4.of_header(arrived("GET", "/k", "", headers), NOW, None),
    ):
        with pytest.raises(AwsError) as refused:
            check()
        assert problem in refused.value.message


def test_a_long_header_is_read_once() -> None:
    """And not from each of its letters on, which would take minutes."""
    headers = {"authorization": f"AWS4-HMAC-SHA256 {'a' * 300_000}"}
    request = arrived("GET", "/k", "", headers)
    for check in (
        lambda: v4.of_header(request, NOW, None),
        lambda: of_service.of_request(
            request, b"", NOW, frozenset(), lambda text: AwsError("", 403, text, {})
        ),
    ):
        with time_limit(5), pytest.raises(AwsError):
            check()


@pytest.mark.parametrize(
    ("headers", "code", "text"),
    [
        (
            {"authorization": "AWS4-HMAC-SHA256 Credential=a"},
            "AuthorizationHeaderMalformed",
            "requires three components: Credential, SignedHeaders, and Signature.",
        ),
        ({}, "AccessDenied", ""),
        ({"x-amz-date": "20130524T001501Z"}, "RequestTimeTooSkewed", ""),
        ({"x-amz-date": "20130524T001500Z"}, "InvalidRequest", "x-amz-content-sha256"),
    ],
)
def test_headers_that_are_refused(headers: dict[str, str], code: str, text: str) -> None:
    signed = {
        "authorization": f"AWS4-HMAC-SHA256 Credential={SCOPE}, SignedHeaders=host, Signature=0",
        **headers,
    }
    with pytest.raises(AwsError) as refused:
        v4.of_header(arrived("GET", "/k", "", signed), NOW, None)
    assert refused.value.code == code
    assert text in refused.value.message
    if code == "RequestTimeTooSkewed":
        assert refused.value.elements["MaxAllowedSkewMilliseconds"] == "900000"


@pytest.mark.parametrize(
    ("path", "signed"),
    [
        ("", "/"),
        ("/a%2Fb/~c%20%FF/é", "/a/b/~c%20%FF/%C3%A9"),
        ("/v20180820/tags/arn%3Aaws%2Fa~%FF", "/v20180820/tags/arn%3Aaws%2Fa~%FF"),
    ],
)
def test_paths_that_are_signed(path: str, signed: str) -> None:
    """An encoded slash is one like any other, but for S3 Control's ARNs."""
    request = Arrived("GET", path, path, "b=%7E%2F&a&X-Amz-Signature=0", {"host": HOST, "x": " a  b "})
    canonical = v4.canonical_request(request, {"host": HOST, "x": " a  b "}, "p")
    assert canonical == f"GET\n{signed}\na=&b=~%2F\nhost:{HOST}\nx:a b\n\nhost;x\np"


def test_other_refusals() -> None:
    """Another day or region than the credential's, no number of seconds, and headers of AWS's that aren't signed."""
    other_day = presigned(date="20130525T000000Z")
    text = f"AWS4-HMAC-SHA256 Credential={SCOPE}, SignedHeaders=host, Signature=0"
    headers = {
        "authorization": text,
        "x-amz-date": "20130524T000000Z",
        "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
    }
    more = {**headers, "x-amz-b": "1", "x-amz-a": "2", "y-x-amz-c": "3"}
    for check, code, elements, told in (
        (lambda: v4.of_query(other_day, NOW, None), "AuthorizationQueryParametersError", {}, "20130525"),
        (lambda: v4.of_query(presigned(expires="x"), NOW, None), "AuthorizationQueryParametersError", {}, ""),  # type: ignore[arg-type]
        (
            lambda: v4.of_header(arrived("GET", "/k", "", headers), NOW, "eu-west-1"),
            "AuthorizationHeaderMalformed",
            {"Region": "eu-west-1"},
            "us-east-1",
        ),
        (
            lambda: v4.of_header(arrived("GET", "/k", "", more), NOW, None),
            "AccessDenied",
            {"HeadersNotSigned": "x-amz-a, x-amz-b, x-amz-date"},
            "",
        ),
    ):
        with pytest.raises(AwsError) as refused:
            check()
        assert refused.value.code == code
        assert elements.items() <= refused.value.elements.items()
        assert told in refused.value.message


def test_a_payload_that_is_signed() -> None:
    request = presigned()
    query = request.query.replace("SignedHeaders=host", "SignedHeaders=host%3Bx-amz-content-sha256%3Bgone")
    with_hash = arrived("GET", "/k", query, {"x-amz-content-sha256": "abc"})
    signature = v4.of_query(with_hash, NOW, None)
    assert signature.canonical_request is not None
    assert signature.canonical_request.endswith(
        "\ngone:\nhost:examplebucket.s3.amazonaws.com\nx-amz-content-sha256:abc\n\ngone;host;x-amz-content-sha256\nabc"
    )
    assert signature.is_incomplete
    assert not v4.of_query(request, NOW, None).is_incomplete


def test_policy_of_a_form() -> None:
    """S3 API reference, "Example: Browser-Based Upload using HTTP POST"."""
    policy = (
        "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6"
        "ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFj"
        "bCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tl"
        "dC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5"
        "cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZl"
        "ci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoN"
        "CiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVx"
        "dWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAx"
        "NTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9"
    )
    fields = {
        "policy": policy,
        "x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request",
        "x-amz-signature": "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e",
    }
    assert v4.of_policy(fields, "us-east-1").matches(SECRET)
