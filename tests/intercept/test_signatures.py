"""Signatures of presigned URLs and of other plain HTTP, checked as AWS checks them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote, urlencode

import boto3
import pytest
import requests
import time_machine
from botocore.auth import HmacV1Auth, S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing, needs_botocore
from s3tag_mock import mock_tagging
from tests.support import tag_set
from tests.web import Web, presign

#: Before any mock, with keys of the user's own.
OWN_KEYS = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "own secret"}
V4 = Config(signature_version="s3v4")
OLD = boto3.client("s3", region_name="us-east-1", config=V4, **OWN_KEYS)

MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your key and "
    "signing method."
)
ELEMENTS = {"AWSAccessKeyId", "StringToSign", "SignatureProvided", "StringToSignBytes"}


@pytest.fixture
def v4(aws: Any) -> Any:
    return aws.client("s3", config=V4)


@pytest.fixture
def v2(aws: Any) -> Any:
    return aws.client("s3", config=Config(signature_version="s3"))


def is_mismatch(error: dict[str, Any]) -> bool:
    return (error["Status"], error["Code"], error["Message"]) == (403, "SignatureDoesNotMatch", MISMATCH)


class TestSignedHeaders:
    """RECORDED, LS test_put_url_metadata_with_sig_s3v4, test_s3_put_presigned_url_with_different_headers."""

    @pytest.mark.parametrize("headers", [{}, {"x-amz-tagging": "team=blue"}])
    def test_tags_must_be_sent_as_they_were_signed(
        self, aws: Any, v4: Any, photos: str, web: Web, headers: dict[str, str]
    ) -> None:
        url = presign(v4, "put_object", Bucket=photos, Key="new", Tagging="team=red")
        error = web.error("PUT", url, body=b"", headers=headers)
        assert is_mismatch(error)
        assert error.keys() >= {*ELEMENTS, "CanonicalRequest", "CanonicalRequestBytes"}
        assert f"\nx-amz-tagging:{headers.get('x-amz-tagging', '')}\n" in error["CanonicalRequest"]
        assert bytes.fromhex(error["StringToSignBytes"]).decode() == error["StringToSign"]
        assert web.request("PUT", url, body=b"", headers={"x-amz-tagging": "team=red"}).status == 200
        assert aws.object_tags(photos, "new") == {"team": "red"}

    def test_a_header_of_awss_own_that_is_not_signed(self, v4: Any, photos: str, web: Web) -> None:
        url = presign(v4, "put_object", Bucket=photos, Key="new")
        headers = {"x-amz-tagging": "a=1", "x-amz-meta-a": "b", "x-amz-content-sha256": "UNSIGNED-PAYLOAD"}
        assert web.error("PUT", url, body=b"", headers=headers) == {
            "Status": 403,
            "Code": "AccessDenied",
            "Message": "There were headers present in the request which were not signed",
            "HeadersNotSigned": "x-amz-meta-a, x-amz-tagging",
        }

    def test_in_version_2_all_of_them_are_signed(self, v2: Any, photos: str, web: Web) -> None:
        url = presign(v2, "put_object", Bucket=photos, Key="new")
        error = web.error("PUT", url, body=b"", headers={"x-amz-tagging": "a=1"})
        assert is_mismatch(error)
        assert error.keys() == {"Status", "Code", "Message", *ELEMENTS}
        assert error["StringToSign"].endswith(f"\nx-amz-tagging:a=1\n/{photos}/new")

    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    def test_content_type(self, aws: Any, photos: str, web: Web, version: str) -> None:
        s3 = aws.client("s3", config=Config(signature_version=version))
        url = presign(s3, "put_object", Bucket=photos, Key="new", ContentType="text/plain")
        assert is_mismatch(web.error("PUT", url, body=b"", headers={"Content-Type": "text/xml"}))
        assert is_mismatch(web.error("PUT", url, body=b""))
        assert web.request("PUT", url, body=b"", headers={"Content-Type": "text/plain"}).status == 200

    @pytest.mark.parametrize(("version", "status"), [("s3", 403), ("s3v4", 200)])
    def test_content_type_that_was_not_signed(
        self, aws: Any, photos: str, web: Web, version: str, status: int
    ) -> None:
        s3 = aws.client("s3", config=Config(signature_version=version))
        url = presign(s3, "put_object", Bucket=photos, Key="new")
        headers = {"Content-Type": "text/xml"}
        assert web.request("PUT", url, body=b"", headers=headers).status == status

    def test_content_length(self, v4: Any, photos: str, web: Web) -> None:
        url = presign(v4, "put_object", Bucket=photos, Key="new", ContentLength=5)
        assert is_mismatch(web.error("PUT", url, body=b"too long"))
        assert web.request("PUT", url, body=b"right").status == 200

    def test_values_in_the_query_count_as_headers(self, aws: Any, photos: str, web: Web) -> None:
        """RECORDED, LS test_presigned_url_v4_x_amz_in_qs, test_presigned_url_v4_signed_headers_in_qs."""
        in_query = {
            "x-amz-tagging": "team=red",
            "x-amz-meta-a": "b",
            "x-amz-storage-class": "STANDARD_IA",
            "x-amz-checksum-crc32": "AAAAAA==",
            "x-amz-sdk-checksum-algorithm": "CRC32",
        }
        url = signed_url("PUT", f"https://s3.amazonaws.com/{photos}/new", in_query)
        assert web.request("PUT", url, body=b"hello").status == 200
        assert aws.object_tags(photos, "new") == {"team": "red"}
        stored = aws.client("s3").head_object(Bucket=photos, Key="new", ChecksumMode="ENABLED")
        assert (stored["Metadata"], stored["StorageClass"]) == ({"a": "b"}, "STANDARD_IA")
        assert "ChecksumCRC32" not in stored  # the checksum of no bytes, which the body doesn't have

    @needs_botocore("1.35.70", "conditions of PutObject")
    def test_conditions_in_the_query(self, photos: str, web: Web) -> None:
        """RECORDED, LS test_pre_signed_url_if_none_match, test_pre_signed_url_if_match."""
        url = signed_url("PUT", f"https://s3.amazonaws.com/{photos}/new", {"If-None-Match": "*"})
        assert [web.request("PUT", url, body=b"").status for _ in range(2)] == [200, 412]
        url = signed_url("PUT", f"https://s3.amazonaws.com/{photos}/new", {"If-Match": "0" * 32})
        assert web.error("PUT", url, body=b"")["Condition"] == "If-Match"


@pytest.mark.parametrize("style", ["path", "virtual"])
@pytest.mark.parametrize("key", ["/", "//", "/a", "a/"])
def test_keys_of_slashes(aws: Any, photos: str, web: Web, style: str, key: str) -> None:
    s3 = aws.client("s3", config=Config(s3={"addressing_style": style}))
    assert web.request("PUT", presign(s3, "put_object", Bucket=photos, Key=key), body=b"x").status == 200
    assert web.request("GET", presign(s3, "get_object", Bucket=photos, Key=key)).data == b"x"
    assert s3.head_object(Bucket=photos, Key=key)["ContentLength"] == 1


def signed_url(method: str, url: str, query: dict[str, str]) -> str:
    """A presigned URL with headers in its query, as SDKs other than boto3 write them."""
    request = AWSRequest(method, url, params=query)
    S3SigV4QueryAuth(Credentials("testing", "testing"), "s3", "us-east-1").add_auth(request)
    return str(request.url)


class TestWhatWasSigned:
    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    @pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD"])
    def test_another_method(self, aws: Any, photos: str, web: Web, version: str, method: str) -> None:
        s3 = aws.client("s3", config=Config(signature_version=version))
        url = presign(s3, "get_object", Bucket=photos, Key="c.jpg")
        assert web.request(method, url).status == 403
        assert web.request("GET", url).data == b"three"

    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    def test_another_object(self, aws: Any, photos: str, web: Web, version: str) -> None:
        s3 = aws.client("s3", config=Config(signature_version=version))
        url = presign(s3, "get_object", Bucket=photos, Key="c.jpg")
        assert is_mismatch(web.error("GET", url.replace("c.jpg", "b.jpg")))

    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    def test_another_operation(self, aws: Any, photos: str, web: Web, version: str) -> None:
        s3 = aws.client("s3", config=Config(signature_version=version))
        url = presign(s3, "get_object", Bucket=photos, Key="c.jpg")
        assert is_mismatch(web.error("GET", url.replace("?", "?tagging&")))

    def test_an_argument_more(self, v4: Any, photos: str, web: Web) -> None:
        """RECORDED, LS test_s3_ignored_special_headers, with ``x-id``."""
        url = presign(v4, "put_object", Bucket=photos, Key="new")
        assert is_mismatch(web.error("PUT", f"{url}&x-id=PutObject", body=b""))

    def test_a_slash_before_the_bucket(self, aws: Any, photos: str, web: Web) -> None:
        """RECORDED, LS test_pre_signed_url_forward_slash_bucket."""
        config = Config(signature_version="s3v4", s3={"addressing_style": "path"})
        url = presign(aws.client("s3", config=config), "get_object", Bucket=photos, Key="c.jpg")
        error = web.error("GET", url.replace(photos, f"%2F{photos}"))
        assert error["CanonicalRequest"].startswith(f"GET\n//{photos}/c.jpg\n")

    def test_another_secret(self, photos: str, web: Web) -> None:
        url = presign(boto3.client("s3", config=V4), "get_object", Bucket=photos, Key="c.jpg")
        forged = S3SigV4QueryAuth(Credentials("testing", "wrong"), "s3", "us-east-1")
        request = AWSRequest("GET", url.partition("?")[0])
        forged.add_auth(request)
        assert is_mismatch(web.error("GET", str(request.url)))


#: urllib3 resolves dots in paths, as browsers do, and so sends another URL than was signed.
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="."), min_size=1, max_size=20)


@pytest.fixture(params=[(version, style) for version in ("s3", "s3v4") for style in ("path", "virtual")])
def signing(aws: Any, request: pytest.FixtureRequest) -> Any:
    version, style = request.param
    return aws.client("s3", config=Config(signature_version=version, s3={"addressing_style": style}))


@fuzzing(15)
@given(key=NAMES, tags=st.dictionaries(st.sampled_from("abc"), st.text("a1 +-=._:/@ü", max_size=9)))
def test_whatever_boto3_signs_is_taken(
    aws: Any, photos: str, signing: Any, key: str, tags: dict[str, str]
) -> None:
    """And nothing of it may be changed."""
    s3 = signing
    tagging = urlencode(tags, quote_via=quote)
    web, headers = Web(), {"x-amz-tagging": tagging}
    url = presign(s3, "put_object", Bucket=photos, Key=key, Tagging=tagging)
    assert web.request("PUT", url, body=b"", headers=headers).status == 200
    assert aws.object_tags(photos, key) == tags
    assert is_mismatch(web.error("PUT", url, body=b"", headers={"x-amz-tagging": f"{tagging}&z=1"}))
    url = presign(s3, "get_object_tagging", Bucket=photos, Key=key)
    assert web.request("GET", url).status == 200
    assert web.request("GET", url.replace("Signature=", "Signature=0")).status == 403


class TestParameters:
    @pytest.mark.parametrize(
        "name", ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"]
    )
    def test_missing(self, v4: Any, photos: str, web: Web, name: str) -> None:
        """RECORDED, LS test_s3_put_presigned_url_missing_sig_param, for X-Amz-Date."""
        url = without(presign(v4, "get_object", Bucket=photos, Key="c.jpg"), f"X-Amz-{name}")
        assert web.error("GET", url) == {
            "Status": 400,
            "Code": "AuthorizationQueryParametersError",
            "Message": "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
            "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
        }

    @pytest.mark.parametrize("name", ["AWSAccessKeyId", "Expires", "Signature"])
    def test_missing_in_version_2(self, v2: Any, photos: str, web: Web, name: str) -> None:
        url = without(presign(v2, "get_object", Bucket=photos, Key="c.jpg"), name)
        assert web.error("GET", url) == {
            "Status": 403,
            "Code": "AccessDenied",
            "Message": "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
        }

    @pytest.mark.parametrize(
        ("given", "other", "message"),
        [
            # RECORDED, LS test_presigned_double_encoded_credentials.
            (
                "%2F",
                "%252F",
                "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "
                '"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
            ),
            (
                "%2Fs3%2F",
                "%2Fsqs%2F",
                'Error parsing the X-Amz-Credential parameter; incorrect service "sqs". This endpoint belongs to '
                '"s3".',
            ),
            (
                "aws4_request",
                "aws5_request",
                'Error parsing the X-Amz-Credential parameter; incorrect terminal "aws5_request". This endpoint '
                'uses "aws4_request".',
            ),
            (
                "us-east-1",
                "eu-west-1",
                "Error parsing the X-Amz-Credential parameter; the region 'eu-west-1' is wrong; expecting "
                "'us-east-1'",
            ),
            (
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA1",
                'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
            ),
            ("X-Amz-Expires=3600", "X-Amz-Expires=soon", "X-Amz-Expires should be a number"),
            ("X-Amz-Expires=3600", "X-Amz-Expires=-1", "X-Amz-Expires must be non-negative"),
            (
                "X-Amz-Expires=3600",
                "X-Amz-Expires=604801",
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be "
                "less than 604800 seconds",
            ),
            (
                "X-Amz-Date=2",
                "X-Amz-Date=x",
                "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
            ),
        ],
    )
    def test_malformed(self, v4: Any, photos: str, web: Web, given: str, other: str, message: str) -> None:
        url = presign(v4, "get_object", Bucket=photos, Key="c.jpg").replace(given, other)
        error = web.error("GET", url)
        assert (error["Status"], error["Code"], error["Message"]) == (
            400,
            "AuthorizationQueryParametersError",
            message,
        )

    def test_the_date_of_another_day(self, v4: Any, photos: str, web: Web) -> None:
        url = presign(v4, "get_object", Bucket=photos, Key="c.jpg")
        day = url.partition("X-Amz-Date=")[2][:8]
        error = web.error("GET", url.replace(f"%2F{day}%2F", "%2F20200101%2F"))
        assert error["Message"] == (
            f'Invalid credential date "20200101". This date is not the same as X-Amz-Date: "{day}".'
        )

    def test_a_week_is_the_longest(self, v4: Any, photos: str, web: Web) -> None:
        url = v4.generate_presigned_url("get_object", {"Bucket": photos, "Key": "c.jpg"}, ExpiresIn=604800)
        assert web.request("GET", url).status == 200

    def test_a_time_that_is_to_come(self, v4: Any, photos: str, web: Web) -> None:
        with time_machine.travel(datetime(2036, 1, 1, tzinfo=timezone.utc)):
            url = presign(v4, "get_object", Bucket=photos, Key="c.jpg")
        error = web.error("GET", url)
        assert (error["Status"], error["Code"], error["Message"]) == (
            403,
            "AccessDenied",
            "Request is not yet valid",
        )

    def test_seconds_that_are_none_in_version_2(self, v2: Any, photos: str, web: Web) -> None:
        url = without(presign(v2, "get_object", Bucket=photos, Key="c.jpg"), "Expires") + "&Expires=soon"
        error = web.error("GET", url)
        assert (error["Code"], error["Message"]) == (
            "AccessDenied",
            "Invalid date (should be seconds since epoch): soon",
        )


def without(url: str, name: str) -> str:
    """The URL without one of its arguments."""
    base, _, query = url.partition("?")
    return f"{base}?{'&'.join(part for part in query.split('&') if not part.startswith(f'{name}='))}"


class TestRegions:
    @pytest.mark.parametrize("region", ["us-east-1", "cn-north-1"])
    def test_the_buckets_own(self, web: Web, region: str) -> None:
        """OBSERVED: the bucket's name leads to its region, and the signature is for another."""
        with mock_tagging(region=region) as aws:
            aws.create_bucket("elsewhere", region="eu-west-1")
            error = web.error("GET", signed_url("GET", "https://elsewhere.s3.amazonaws.com/", {}))
        assert error == {
            "Status": 400,
            "Code": "AuthorizationQueryParametersError",
            "Message": "Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting "
            "'eu-west-1'",
            "Region": "eu-west-1",
        }

    @pytest.mark.parametrize(("region", "status"), [("eu-west-1", 200), ("eu-central-1", 400)])
    def test_version_2_is_for_old_ones(self, aws: Any, web: Web, region: str, status: int) -> None:
        aws.create_bucket("elsewhere", region=region)
        s3 = aws.client("s3", region_name=region, config=Config(signature_version="s3"))
        reply = web.request("GET", presign(s3, "list_objects_v2", Bucket="elsewhere"))
        assert reply.status == status
        if status == 400:
            assert b"Please use AWS4-HMAC-SHA256." in reply.data


class TestWhoseKeys:
    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    def test_clients_with_own_keys(self, photos: str, web: Web, version: str) -> None:
        s3 = boto3.client("s3", config=Config(signature_version=version), **OWN_KEYS)
        url = presign(s3, "get_object", Bucket=photos, Key="c.jpg")
        assert web.request("GET", url).data == b"three"
        assert is_mismatch(web.error("GET", url.replace("c.jpg", "b.jpg")))

    def test_a_client_from_before_the_mock(self, photos: str, web: Web) -> None:
        url = presign(OLD, "get_object", Bucket=photos, Key="c.jpg")
        assert web.request("GET", url).data == b"three"
        assert is_mismatch(web.error("GET", url.replace("c.jpg", "b.jpg")))

    def test_two_secrets_of_one_invented_key(self, photos: str, web: Web) -> None:
        urls = [
            presign(
                boto3.client("s3", config=V4, aws_access_key_id="AKIA1", aws_secret_access_key=secret),
                "get_object",
                Bucket=photos,
                Key="c.jpg",
            )
            for secret in ("one", "two")
        ]
        assert [web.request("GET", url).status for url in urls] == [200, 200]

    def test_a_url_from_before_the_mock_is_trusted_as_far_as_it_goes(self, web: Web) -> None:
        """Its secret is unknown; its headers aren't."""
        params = {"Bucket": "photos", "Key": "new", "Tagging": "team=red"}
        url = OLD.generate_presigned_url("put_object", params)
        with mock_tagging() as aws:
            aws.create_bucket("photos")
            assert is_mismatch(web.error("PUT", url, body=b""))
            headers = {"x-amz-tagging": "team=red", "x-amz-meta-a": "b"}
            assert web.error("PUT", url, body=b"", headers=headers)["HeadersNotSigned"] == "x-amz-meta-a"
            headers = {"x-amz-tagging": "team=red"}
            assert web.request("PUT", url, body=b"", headers=headers).status == 200
            assert aws.object_tags("photos", "new") == {"team": "red"}

    def test_another_accounts(self, aws: Any, web: Web) -> None:
        theirs = aws.client("s3", account_id="999999999999", config=V4)
        theirs.create_bucket(Bucket="theirs")
        url = presign(theirs, "list_objects_v2", Bucket="theirs")
        assert web.request("GET", url).status == 200
        assert is_mismatch(web.error("GET", f"{url}&prefix=a"))

    def test_sessions_of_directory_buckets(self, aws: Any, web: Web) -> None:
        name = "bed--use1-az4--x-s3"
        s3 = aws.client("s3")
        s3.create_bucket(
            Bucket=name,
            CreateBucketConfiguration={
                "Location": {"Type": "AvailabilityZone", "Name": "use1-az4"},
                "Bucket": {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"},
            },
        )
        url = presign(s3, "put_object", Bucket=name, Key="new")
        assert web.request("PUT", url, body=b"").status == 200
        assert is_mismatch(web.error("PUT", url.replace("/new", "/other"), body=b""))

    def test_nothing_is_left_when_the_mock_is(self) -> None:
        from botocore.signers import RequestSigner

        before = vars(RequestSigner)["get_auth_instance"]
        with mock_tagging() as aws:
            assert vars(RequestSigner)["get_auth_instance"] is not before
            presign(OLD, "get_object", Bucket="b", Key="k")
            assert "own secret" not in repr(vars(aws))
        assert vars(RequestSigner)["get_auth_instance"] is before


class TestAuthorizationHeaders:
    """Requests that a signer of botocore signed, and requests or urllib3 sent."""

    def signed(self, method: str, url: str, body: bytes = b"", **headers: str) -> AWSRequest:
        request = AWSRequest(method, url, data=body, headers=headers)
        S3SigV4Auth(Credentials("testing", "testing"), "s3", "us-east-1").add_auth(request)
        return request

    def test_tagging(self, aws: Any, photos: str, web: Web) -> None:
        document = b"<Tagging><TagSet><Tag><Key>team</Key><Value>red</Value></Tag></TagSet></Tagging>"
        url = f"https://{photos}.s3.amazonaws.com/a.jpg?tagging"
        request = self.signed("PUT", url, document)
        headers = dict(request.headers.items())
        assert web.request("PUT", url, body=document, headers=headers).status == 200
        assert aws.object_tags(photos, "a.jpg") == {"team": "red"}
        assert is_mismatch(web.error("DELETE", url, headers=headers))

    def test_another_body(self, photos: str, web: Web) -> None:
        url = f"https://{photos}.s3.amazonaws.com/new"
        headers = dict(self.signed("PUT", url, b"signed").headers.items())
        error = web.error("PUT", url, body=b"sent", headers=headers)
        assert (error["Status"], error["Code"]) == (400, "XAmzContentSHA256Mismatch")
        assert error.keys() >= {"ClientComputedContentSHA256", "S3ComputedContentSHA256"}

    def test_version_2(self, photos: str, web: Web) -> None:
        url = f"https://{photos}.s3.amazonaws.com/c.jpg"
        request = AWSRequest("GET", url, auth_path=f"/{photos}/c.jpg")
        HmacV1Auth(Credentials("testing", "testing")).add_auth(request)
        headers = dict(request.headers.items())
        assert web.request("GET", url, headers=headers).data == b"three"
        assert is_mismatch(web.error("DELETE", url, headers=headers))

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"X-Amz-Date": None}, "AccessDenied"),
            ({"X-Amz-Content-SHA256": None}, "InvalidRequest"),
            ({"x-amz-tagging": "a=1"}, "AccessDenied"),
            ({"Authorization": "AWS4-HMAC-SHA256 Credential=testing"}, "AuthorizationHeaderMalformed"),
            ({"Authorization": "Bearer token"}, "InvalidArgument"),
        ],
    )
    def test_incomplete(self, photos: str, web: Web, changed: dict[str, str | None], code: str) -> None:
        url = f"https://{photos}.s3.amazonaws.com/new"
        headers = {**dict(self.signed("PUT", url).headers.items()), **changed}
        kept = {name: value for name, value in headers.items() if value is not None}
        assert web.error("PUT", url, body=b"", headers=kept)["Code"] == code

    def test_a_clock_that_is_wrong(self, photos: str, web: Web) -> None:
        url = f"https://{photos}.s3.amazonaws.com/c.jpg"
        with time_machine.travel(datetime.now(timezone.utc) - timedelta(minutes=16)):
            headers = dict(self.signed("GET", url).headers.items())
        error = web.error("GET", url, headers=headers)
        assert (error["Status"], error["Code"]) == (403, "RequestTimeTooSkewed")

    def test_another_region(self, aws: Any, web: Web) -> None:
        aws.create_bucket("elsewhere", region="eu-west-1")
        url = "https://elsewhere.s3.eu-west-1.amazonaws.com/k"
        error = web.error("GET", url, headers=dict(self.signed("GET", url).headers.items()))
        assert (error["Code"], error["Region"]) == ("AuthorizationHeaderMalformed", "eu-west-1")

    def test_beside_a_presigned_url(self, v4: Any, photos: str, web: Web) -> None:
        """OBSERVED: an API's token that is sent on to S3."""
        url = presign(v4, "get_object", Bucket=photos, Key="c.jpg")
        error = web.error("GET", url, headers={"Authorization": "Bearer token"})
        assert (error["Status"], error["Code"]) == (400, "InvalidArgument")
        assert error["Message"].startswith("Only one auth mechanism allowed;")
        assert (error["ArgumentName"], error["ArgumentValue"]) == ("Authorization", "Bearer token")

    def test_beside_a_signature_for_another_service(self, aws: Any, web: Web) -> None:
        """The older signature says that it is for S3, wherever it is sent."""
        url = "http://localhost:9000/photos/k?AWSAccessKeyId=x&Signature=x&Expires=9999999999"
        token = "AWS4-HMAC-SHA256 Credential=x/20261126/us-east-1/ec2/aws4_request"
        error = web.error("GET", url, headers={"Authorization": token})
        assert (error["Code"], error["ArgumentValue"]) == ("InvalidArgument", token)


class TestBodies:
    """S3 wants to know how long a body is (OBSERVED, aws-sdk-js #1237)."""

    def test_a_generator(self, v4: Any, photos: str) -> None:
        url = presign(v4, "put_object", Bucket=photos, Key="new")
        reply = requests.put(url, data=iter([b"of ", b"chunks"]), timeout=5)
        assert (reply.status_code, b"<Header>Transfer-Encoding</Header>" in reply.content) == (501, True)

    def test_what_is_none(self, v4: Any, photos: str, web: Web) -> None:
        with pytest.raises(TypeError, match="a request body of type int is not supported"):
            web.request("PUT", presign(v4, "put_object", Bucket=photos, Key="new"), body=5)

    def test_a_file(self, aws: Any, v4: Any, photos: str, tmp_path: Any) -> None:
        path = tmp_path / "file"
        path.write_bytes(b"of a file")
        with path.open("rb") as file:
            requests.put(presign(v4, "put_object", Bucket=photos, Key="new"), data=file, timeout=5)
        assert v4.get_object(Bucket=photos, Key="new")["Body"].read() == b"of a file"

    def test_tags(self, aws: Any, v2: Any, photos: str) -> None:
        url = presign(v2, "put_object_tagging", Bucket=photos, Key="a.jpg", Tagging=tag_set())
        document = "<Tagging><TagSet><Tag><Key>team</Key><Value>ü</Value></Tag></TagSet></Tagging>"
        assert requests.put(url, data=document.encode(), timeout=5).status_code == 200
        assert aws.object_tags(photos, "a.jpg") == {"team": "ü"}
