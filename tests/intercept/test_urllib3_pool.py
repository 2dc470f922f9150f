"""Presigned URLs, browsers' forms and plain HTTP to S3: answered without a client, and without the network."""

from __future__ import annotations

import gzip
import io
import json
import socket
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import pytest
import requests
import time_machine
import urllib3
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from urllib3 import exceptions

from s3tag_mock import NotSupported, mock_tagging
from tests import web as requesting
from tests.support import tag_set
from tests.web import Web, presign

FORM = {"Content-Type": "multipart/form-data; boundary=x"}


class Reader:
    """A body that has nothing of a file but that it is read."""

    def read(self, size: int = -1) -> bytes:
        return b""


class TestPresignedUrls:
    def test_getting(self, s3: Any, photos: str, web: Web) -> None:
        reply = web.request("GET", presign(s3, "get_object", Bucket=photos, Key="c.jpg"))
        assert (reply.status, reply.data, reply.headers["x-amz-tagging-count"]) == (200, b"three", "1")

    @pytest.mark.parametrize("body", [b"bytes", "text"])
    def test_putting_with_tags(self, aws: Any, s3: Any, photos: str, web: Web, body: Any) -> None:
        url = presign(s3, "put_object", Bucket=photos, Key="a b/ü", Tagging="a=1&b=2", ContentType="text/x")
        headers = {"x-amz-tagging": "a=1&b=2", "Content-Type": "text/x"}
        assert web.request("PUT", url, body=body, headers=headers).status == 200
        assert aws.object_tags(photos, "a b/ü") == {"a": "1", "b": "2"}
        assert s3.head_object(Bucket=photos, Key="a b/ü")["ContentType"] == "text/x"

    def test_tagging(self, aws: Any, s3: Any, photos: str, web: Web) -> None:
        document = b"<Tagging><TagSet><Tag><Key>team</Key><Value>red</Value></Tag></TagSet></Tagging>"
        url = presign(s3, "put_object_tagging", Bucket=photos, Key="a.jpg", Tagging=tag_set(team="red"))
        assert web.request("PUT", url, body=document).status == 200
        assert aws.object_tags(photos, "a.jpg") == {"team": "red"}
        shown = web.request("GET", presign(s3, "get_object_tagging", Bucket=photos, Key="a.jpg"))
        assert shown.data.endswith(b"<TagSet><Tag><Key>team</Key><Value>red</Value></Tag></TagSet></Tagging>")
        assert (
            web.request("DELETE", presign(s3, "delete_object_tagging", Bucket=photos, Key="a.jpg")).status
            == 204
        )
        assert aws.object_tags(photos, "a.jpg") == {}

    def test_facts_of_raw_http(self, s3: Any, photos: str, web: Web) -> None:
        """A bucket's tags need a digest, an object's don't; an empty body is refused."""
        document = b"<Tagging><TagSet/></Tagging>"
        url = presign(s3, "put_bucket_tagging", Bucket=photos, Tagging=tag_set())
        assert (
            web.error("PUT", url, body=document)["Message"]
            == "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"
        )
        url = presign(s3, "put_object_tagging", Bucket=photos, Key="a.jpg", Tagging=tag_set())
        assert web.error("PUT", url, body=b"")["Code"] == "MissingRequestBodyError"

    def test_errors(self, s3: Any, photos: str, web: Web) -> None:
        assert web.error("GET", presign(s3, "get_object", Bucket=photos, Key="nothing")) == {
            "Status": 404,
            "Code": "NoSuchKey",
            "Message": "The specified key does not exist.",
            "Key": "nothing",
        }
        head = web.request("HEAD", presign(s3, "head_object", Bucket=photos, Key="nothing"))
        assert (head.status, head.data) == (404, b"")

    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    def test_an_old_one(self, aws: Any, photos: str, web: Web, version: str) -> None:
        s3 = aws.client("s3", config=Config(signature_version=version))
        with time_machine.travel(datetime.now(timezone.utc) - timedelta(hours=1)):
            url = s3.generate_presigned_url("get_object", {"Bucket": photos, "Key": "c.jpg"}, ExpiresIn=5)
        error = web.error("GET", url)
        assert (error["Status"], error["Code"], error["Message"]) == (
            403,
            "AccessDenied",
            "Request has expired",
        )
        assert error.keys() >= {"Expires", "ServerTime"}
        assert error.get("X-Amz-Expires") == ("5" if version == "s3v4" else None)

    def test_whose_call_it_is(self, aws: Any, photos: str, web: Web) -> None:
        theirs = aws.client("s3", account_id="999999999999")
        assert (
            web.error("GET", presign(theirs, "get_object", Bucket=photos, Key="c.jpg"))["Code"]
            == "AccessDenied"
        )

    def test_calls_are_logged(self, aws: Any, s3: Any, photos: str, web: Web) -> None:
        web.request("GET", presign(s3, "get_object_tagging", Bucket=photos, Key="c.jpg"))
        aws.calls.assert_called("GetObjectTagging", Bucket=photos, Key="c.jpg", times=1)
        assert aws.calls[-1].place[0] == requesting.__file__

    def test_answers_in_chunks(self, s3: Any, photos: str, web: Web) -> None:
        """Documents come in chunks (RECORDED, LS test_cors_match_origins), and can be read like others."""
        url = presign(s3, "list_objects_v2", Bucket=photos)
        whole, streamed = web.request("GET", url), web.request("GET", url, preload_content=False)
        assert whole.headers["Transfer-Encoding"] == "chunked"
        assert b"".join(streamed.stream(7)) == whole.data == requests.get(url, timeout=5).content


class TestHeaders:
    """Those that urllib3 adds count as if they were given."""

    @pytest.mark.parametrize(
        ("body", "headers", "status"),
        [
            (None, {}, 200),
            (b"bytes", {}, 200),
            (io.BytesIO(b"file"), {}, 501),  # S3 takes no chunks but its own
            (iter([b"pieces"]), {}, 501),
            (Reader(), {}, 501),
            (io.BytesIO(b"file"), {"Content-Length": "4"}, 200),
            (b"bytes", {"Transfer-Encoding": "chunked"}, 501),
        ],
    )
    def test_lengths(self, s3: Any, photos: str, web: Web, body: Any, headers: Any, status: int) -> None:
        url = presign(s3, "put_object", Bucket=photos, Key="k")
        assert web.request("PUT", url, body=body, headers=headers).status == status

    def test_who_sends(self, s3: Any, photos: str, web: Web) -> None:
        url = presign(s3, "get_object", Bucket=photos, Key="c.jpg")
        for agent, status in (("python-urllib3/?*", 403), ("other", 200)):
            rule = {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::photos/*",
            }
            condition = {"StringLike": {"aws:UserAgent": agent}}
            policy = {"Statement": [{**rule, "Condition": condition}]}
            s3.put_bucket_policy(Bucket=photos, Policy=json.dumps(policy))
            assert web.request("GET", url).status == status

    def test_what_is_signed(self, photos: str, web: Web) -> None:
        url = "https://photos.s3.amazonaws.com/c.jpg"
        request = AWSRequest("GET", url, headers={"Accept-Encoding": "identity"})
        S3SigV4Auth(Credentials("testing", "testing"), "s3", "us-east-1").add_auth(request)
        del request.headers["Accept-Encoding"]
        assert web.request("GET", url, headers=dict(request.headers)).status == 200


@pytest.mark.parametrize(
    ("name", "kind", "cause"),
    [
        ("ReadTimeoutError", exceptions.ReadTimeoutError, None),
        ("ConnectTimeoutError", exceptions.MaxRetryError, exceptions.ConnectTimeoutError),
        ("EndpointConnectionError", exceptions.MaxRetryError, exceptions.NewConnectionError),
        ("ConnectionClosedError", exceptions.ProtocolError, None),
    ],
)
def test_connections_that_fail(
    aws: Any, s3: Any, photos: str, web: Web, name: str, kind: type[Exception], cause: type[Exception] | None
) -> None:
    aws.faults.add("GetObject", name, times=1)
    with pytest.raises(kind) as failed:
        web.request("GET", presign(s3, "get_object", Bucket=photos, Key="c.jpg"))
    if cause is not None:
        assert isinstance(failed.value.reason, cause)
    assert (failed.value.args[0] == "Connection aborted.") == (kind is exceptions.ProtocolError)


def test_bodies_are_decoded_as_the_caller_wishes(s3: Any, photos: str, web: Web) -> None:
    zipped = gzip.compress(b"text")
    s3.put_object(Bucket=photos, Key="k", Body=zipped, ContentEncoding="gzip")
    url = presign(s3, "get_object", Bucket=photos, Key="k")
    whole = web.request("GET", url)
    assert (whole.data, whole.read()) == (b"text", b"")  # all of it was read
    assert web.request("GET", url, decode_content=False).data == zipped
    assert web.request("GET", url, preload_content=False).read(2, decode_content=False) == zipped[:2]


class TestWithoutASignature:
    URL = "https://photos.s3.amazonaws.com/c.jpg"

    def test_nobody_is_let_in(self, photos: str, web: Web) -> None:
        assert web.error("GET", self.URL)["Code"] == "AccessDenied"
        assert web.error("GET", "https://s3.amazonaws.com/")["Code"] == "AccessDenied"
        assert web.error("PUT", "https://new-bucket.s3.amazonaws.com/")["Code"] == "AccessDenied"

    def test_but_by_a_public_policy(self, s3: Any, photos: str, web: Web) -> None:
        s3.delete_public_access_block(Bucket=photos)
        allow = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::photos/*",
        }
        s3.put_bucket_policy(Bucket=photos, Policy=json.dumps({"Statement": [allow]}))
        assert web.request("GET", self.URL).data == b"three"
        assert web.error("DELETE", self.URL)["Code"] == "AccessDenied"

    def test_what_is_no_operation(self, s3: Any, photos: str, web: Web) -> None:
        error = web.error("PATCH", presign(s3, "get_object", Bucket=photos, Key="c.jpg"))
        assert (error["Status"], error["Code"], error["Method"]) == (405, "MethodNotAllowed", "PATCH")


class TestWhatIsntOurs:
    def test_other_hosts_go_where_they_went(self, aws: Any, web: Web) -> None:
        with pytest.raises(AssertionError, match="a test reached for the network"):
            web.request("GET", "https://example.com/")

    def test_s3_does_once_the_mock_is_left(self, web: Web) -> None:
        with mock_tagging():
            pass
        with pytest.raises(AssertionError, match="a test reached for the network"):
            web.request("GET", TestWithoutASignature.URL)

    def test_s3_does_with_passthrough(self, web: Web) -> None:
        with (
            mock_tagging(passthrough=("s3",)),
            pytest.raises(AssertionError, match="a test reached for the network"),
        ):
            web.request("GET", TestWithoutASignature.URL)

    def test_other_libraries_are_held_back(self, aws: Any) -> None:
        with pytest.raises(
            NotSupported, match="connect to photos.s3.amazonaws.com while mock_tagging is active"
        ):
            socket.create_connection(("photos.s3.amazonaws.com", 443))

    def test_everything_is_as_it_was(self) -> None:
        before = vars(urllib3.HTTPConnectionPool)["urlopen"], socket.getaddrinfo
        with mock_tagging():
            pass
        assert (vars(urllib3.HTTPConnectionPool)["urlopen"], socket.getaddrinfo) == before


class TestCustomEndpoints:
    """What a client signed comes back to the mock that serves the client, whatever host it names."""

    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    @pytest.mark.parametrize("endpoint", ["http://localhost:9000", "https://s3.example.com/gateway"])
    def test_presigned_urls(self, photos: str, web: Web, endpoint: str, version: str) -> None:
        client = boto3.client("s3", endpoint_url=endpoint, config=Config(signature_version=version))
        assert client.get_object(Bucket=photos, Key="c.jpg")["Body"].read() == b"three"
        assert web.request("GET", presign(client, "get_object", Bucket=photos, Key="c.jpg")).data == b"three"

    def test_virtual_hosts(self, photos: str, web: Web) -> None:
        for other in ("http://a.test", "http://b.test", "http://c.test", "https://storage.test:9000/gateway"):
            boto3.client("s3", endpoint_url=other).list_buckets()
        config = Config(s3={"addressing_style": "virtual"}, signature_version="s3v4")
        client = boto3.client("s3", endpoint_url="http://storage.test:9000", config=config)
        client.list_buckets()  # since then the mock knows the endpoint
        url = presign(client, "get_object", Bucket=photos, Key="c.jpg")
        assert url.startswith("http://photos.storage.test:9000/c.jpg")
        assert web.request("GET", url).data == b"three"

    def test_regions_that_are_signed_for(self, web: Web) -> None:
        with mock_tagging(region="eu-west-1") as aws:
            config = Config(signature_version="s3v4")
            client = boto3.client("s3", "us-east-1", endpoint_url="http://localhost:9000", config=config)
            assert web.request("PUT", presign(client, "create_bucket", Bucket="there")).status == 200
            assert aws.client("s3").get_bucket_location(Bucket="there")["LocationConstraint"] is None
            aws.create_bucket("here")  # such an endpoint serves all regions
            assert web.request("GET", presign(client, "list_objects_v2", Bucket="here")).status == 200

    def test_addresses_in_the_query(self, aws: Any, s3: Any, photos: str, web: Web) -> None:
        url = presign(s3, "get_object", Bucket=photos, Key="c.jpg", ResponseContentDisposition="http://y")
        assert web.request("GET", url.replace("%3A%2F%2F", "://")).data == b"three"

    def test_a_term_beyond_all_time(self, photos: str, web: Web) -> None:
        query = "X-Amz-Date=99991231T235959Z&X-Amz-Expires=9999999999&X-Amz-Credential=a/s3/aws4_request"
        error = web.error("GET", f"https://photos.s3.amazonaws.com/k?{query}")
        assert (error["Status"], error["Code"]) == (400, "AuthorizationQueryParametersError")

    @pytest.mark.parametrize(
        "host",
        [
            "bed--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com",
            "sts.us-west-2.amazonaws.com",
            "photos.s3-us-west-2.amazonaws.com",
            "s3-external-1.amazonaws.com",
            "photos.s3.amazonaws.com.",
            "123456789012.s3-control.us-east-1.amazonaws.com",
            "photos.s3-website-us-east-1.amazonaws.com",
            "photos.s3.dualstack.eu-west-1.amazonaws.com",
            "photos.s3.cn-north-1.amazonaws.com.cn",
            b"photos.s3.amazonaws.com",
            b"\xff.s3.amazonaws.com",
        ],
    )
    @pytest.mark.parametrize("resolve", ["getaddrinfo", "gethostbyname", "gethostbyname_ex"])
    def test_names_that_are_not_looked_up(self, aws: Any, host: str | bytes, resolve: str) -> None:
        arguments = (host, 443) if resolve == "getaddrinfo" else (host,)
        with pytest.raises(NotSupported, match="was about to connect to"):
            getattr(socket, resolve)(*arguments)

    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    def test_forms(self, aws: Any, photos: str, web: Web, version: str) -> None:
        client = boto3.client(
            "s3", endpoint_url="http://localhost:9000", config=Config(signature_version=version)
        )
        post = client.generate_presigned_post(photos, "posted")
        reply = web.request("POST", post["url"], fields={**post["fields"], "file": ("f", b"of a browser")})
        assert reply.status == 204
        assert client.get_object(Bucket=photos, Key="posted")["Body"].read() == b"of a browser"

    @pytest.mark.parametrize(
        "options",
        [
            {"method": "GET"},
            {"method": "GET", "headers": {"Authorization": "Bearer token"}},
            {"method": "GET", "headers": {"Authorization": "Bearer a/s3/aws4_request"}},
            {
                "method": "GET",
                "fields": {"url": "https://photos.s3.amazonaws.com/k?X-Amz-Credential=a/s3/aws4_request"},
            },
            {"method": "GET", "fields": {"X-Amz-Credential": "a/s3/aws4_request"}},
            {"method": "POST", "fields": {"policy": "AWS", "file": ("f", b"x")}},
            {"method": "POST", "body": b"--x AWS", "headers": FORM},
            {"method": "POST", "body": io.BytesIO(b"--x AWS"), "headers": FORM},
            {
                "method": "POST",
                "fields": {"f": "AWS"},
                "headers": {
                    "Content-Type": "multipart/form-data; boundary=x",
                    "Content-Encoding": "aws-chunked",
                },
            },
        ],
    )
    def test_other_requests_go_where_they_went(self, aws: Any, web: Web, options: dict[str, Any]) -> None:
        with pytest.raises(AssertionError, match="reached for the network"):
            web.request(url="http://localhost:9000/photos/c.jpg", **options)
