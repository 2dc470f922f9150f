"""Presigned URLs, browsers' forms and plain HTTP to S3: answered without a client, and without the network."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest
import time_machine
import urllib3
import xmltodict
from botocore.config import Config

from s3tag_mock import NotSupported, mock_tagging
from tests.support import tag_set


class Web:
    """A browser."""

    def __init__(self) -> None:
        self.pool = urllib3.PoolManager(retries=False)

    def request(self, method: str, url: str, **options: Any) -> Any:
        return self.pool.request(method, url, **options)

    def error(self, method: str, url: str, **options: Any) -> dict[str, Any]:
        reply = self.request(method, url, **options)
        document = xmltodict.parse(reply.data)["Error"]
        shown = {name: value for name, value in document.items() if name not in {"RequestId", "HostId"}}
        return {"Status": reply.status, **shown}


@pytest.fixture
def web() -> Web:
    return Web()


def presign(s3: Any, operation: str, **params: Any) -> str:
    return str(s3.generate_presigned_url(operation, Params=params))


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

    def test_tags_in_the_query_count_as_the_header_does(
        self, aws: Any, s3: Any, photos: str, web: Web
    ) -> None:
        url = presign(s3, "put_object", Bucket=photos, Key="new") + "&" + urlencode({"x-amz-tagging": "a=1"})
        assert web.request("PUT", url, body=b"").status == 200
        assert aws.object_tags(photos, "new") == {"a": "1"}

    def test_a_file_and_chunks(self, s3: Any, photos: str, web: Web, tmp_path: Any) -> None:
        path = tmp_path / "file"
        path.write_bytes(b"of a file")
        with path.open("rb") as file:
            web.request("PUT", presign(s3, "put_object", Bucket=photos, Key="file"), body=file)
        web.request(
            "PUT", presign(s3, "put_object", Bucket=photos, Key="chunks"), body=iter([b"of ", b"chunks"])
        )
        bodies = [s3.get_object(Bucket=photos, Key=key)["Body"].read() for key in ("file", "chunks")]
        assert bodies == [b"of a file", b"of chunks"]

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

    @pytest.mark.parametrize(
        ("given", "other"), [("X-Amz-Expires=3600", "X-Amz-Expires=soon"), ("X-Amz-Date=2", "X-Amz-Date=x")]
    )
    def test_times_that_are_none(self, aws: Any, photos: str, web: Web, given: str, other: str) -> None:
        from botocore.config import Config

        s3 = aws.client("s3", config=Config(signature_version="s3v4"))
        url = presign(s3, "get_object", Bucket=photos, Key="c.jpg").replace(given, other)
        assert web.error("GET", url)["Code"] == "AuthorizationQueryParametersError"


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


class TestForms:
    def post(self, s3: Any, web: Web, key: str = "new", body: bytes = b"hello", **more: Any) -> Any:
        fields = more.pop("fields", {})
        made = s3.generate_presigned_post("photos", key, Fields=dict(fields), **more)
        return web.request("POST", made["url"], fields={**made["fields"], "file": ("name.txt", body)})

    def test_storing_with_tags_and_metadata(self, aws: Any, s3: Any, photos: str, web: Web) -> None:
        tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>"
        fields = {"tagging": tagging, "Content-Type": "text/x", "x-amz-meta-who": "me"}
        conditions = [{"tagging": tagging}, {"Content-Type": "text/x"}, {"x-amz-meta-who": "me"}]
        reply = self.post(
            s3,
            web,
            "dir/${filename}",
            b"\r\nbinary\r\n\x00",
            fields=fields,
            Conditions=[*conditions, ["starts-with", "$key", "dir/"]],
        )
        assert (reply.status, reply.data) == (204, b"")
        answer = s3.get_object(Bucket=photos, Key="dir/name.txt")
        assert (answer["Body"].read(), answer["ContentType"], answer["Metadata"]) == (
            b"\r\nbinary\r\n\x00",
            "text/x",
            {"who": "me"},
        )
        assert aws.object_tags(photos, "dir/name.txt") == {"a": "1"}

    def test_a_document_with_another_root_is_no_tags(self, aws: Any, s3: Any, photos: str, web: Web) -> None:
        fields = {"tagging": "<InvalidXmlTagging></InvalidXmlTagging>"}
        assert self.post(s3, web, fields=fields, Conditions=[fields]).status == 204
        assert aws.object_tags(photos, "new") == {}

    @pytest.mark.parametrize(
        ("tagging", "code"),
        [
            ("not-xml", "MalformedXML"),
            ("<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>", "MalformedXML"),
            ("<Tagging><TagSet><Tag><Key>aws:a</Key><Value>1</Value></Tag></TagSet></Tagging>", "InvalidTag"),
        ],
    )
    def test_bad_tags_store_nothing(self, s3: Any, photos: str, web: Web, tagging: str, code: str) -> None:
        reply = self.post(s3, web, fields={"tagging": tagging}, Conditions=[{"tagging": tagging}])
        assert (reply.status, xmltodict.parse(reply.data)["Error"]["Code"]) == (400, code)
        assert s3.list_objects_v2(Bucket=photos)["KeyCount"] == 3

    def test_a_document_on_demand(self, s3: Any, photos: str, web: Web) -> None:
        reply = self.post(
            s3, web, fields={"success_action_status": "201"}, Conditions=[{"success_action_status": "201"}]
        )
        assert reply.status == 201
        assert xmltodict.parse(reply.data)["PostResponse"] == {
            "Location": "https://photos.s3.amazonaws.com/new",
            "Bucket": "photos",
            "Key": "new",
            "ETag": '"5d41402abc4b2a76b9719d911017c592"',
        }

    @pytest.mark.parametrize(
        "document",
        ["[]", "{}", '{"expiration": "soon", "conditions": []}']
        + [
            json.dumps({"expiration": "2099-01-01T00:00:00Z", "conditions": [one]})
            for one in (
                {},
                {"a": 1, "b": 2},
                [],
                ["eq"],
                ["like", "$a", "b"],
                ["content-length-range", "a", "b"],
                1,
            )
        ],
    )
    def test_policies_that_are_none(self, photos: str, web: Web, document: str) -> None:
        encoded = base64.b64encode(document.encode()).decode()
        fields: Any = {"key": "k", "policy": encoded, "AWSAccessKeyId": "testing", "file": ("f", b"")}
        assert (
            web.error("POST", "https://photos.s3.amazonaws.com/", fields=fields)["Code"]
            == "InvalidPolicyDocument"
        )

    @pytest.mark.parametrize(
        ("conditions", "error"),
        [
            (
                [["content-length-range", 10, 20]],
                {
                    "Code": "EntityTooSmall",
                    "Message": "Your proposed upload is smaller than the minimum allowed size",
                    "ProposedSize": "5",
                    "MinSizeAllowed": "10",
                },
            ),
            (
                [["content-length-range", 0, 4]],
                {
                    "Code": "EntityTooLarge",
                    "Message": "Your proposed upload exceeds the maximum allowed size",
                    "ProposedSize": "5",
                    "MaxSizeAllowed": "4",
                },
            ),
            (
                [["eq", "$success_action_redirect", "http://x"]],
                {
                    "Code": "AccessDenied",
                    "Message": 'Invalid according to Policy: Policy Condition failed: ["eq", "$success_action_redirect", "http://x"]',
                },
            ),
            (
                [["starts-with", "$key", "other/"]],
                {
                    "Code": "AccessDenied",
                    "Message": 'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "other/"]',
                },
            ),
        ],
    )
    def test_conditions(self, s3: Any, photos: str, web: Web, conditions: Any, error: Any) -> None:
        reply = self.post(s3, web, Conditions=conditions)
        found = xmltodict.parse(reply.data)["Error"]
        assert {name: found[name] for name in error} == error
        assert s3.list_objects_v2(Bucket=photos)["KeyCount"] == 3

    def test_going_on_elsewhere(self, s3: Any, photos: str, web: Web) -> None:
        fields = {"success_action_redirect": "http://localhost/done?a=1"}
        made = s3.generate_presigned_post(photos, "new", Fields=dict(fields), Conditions=[fields])
        whole = {**made["fields"], "file": ("name", b"hello")}
        reply = web.request("POST", made["url"], fields=whole, redirect=False)
        assert reply.status == 303
        assert (
            reply.headers["Location"]
            == "http://localhost/done?a=1&bucket=photos&key=new&etag=%225d41402abc4b2a76b9719d911017c592%22"
        )

    def test_a_field_that_isnt_served(self, s3: Any, photos: str, web: Web) -> None:
        fields = {"x-amz-object-lock-mode": "GOVERNANCE"}
        with pytest.raises(NotSupported, match="PostObject was called with x-amz-object-lock-mode"):
            self.post(s3, web, fields=fields, Conditions=[fields])

    def test_an_old_one(self, s3: Any, photos: str, web: Web) -> None:
        reply = self.post(s3, web, ExpiresIn=-1)
        assert b"Invalid according to Policy: Policy expired." in reply.data

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"key": "k"}, "InvalidArgument"),
            ({"file": ("f", b"")}, "InvalidArgument"),
            (
                {"key": "k", "policy": "e30=", "AWSAccessKeyId": "testing", "file": ("f", b"")},
                "InvalidPolicyDocument",
            ),
            ({"key": "k", "file": ("f", b"")}, "AccessDenied"),
        ],
    )
    def test_what_is_no_form(self, photos: str, web: Web, fields: Mapping[str, Any], code: str) -> None:
        assert web.error("POST", "https://photos.s3.amazonaws.com/", fields=fields)["Code"] == code


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
        config = Config(s3={"addressing_style": "virtual"}, signature_version="s3v4")
        client = boto3.client("s3", endpoint_url="http://storage.test:9000", config=config)
        client.list_buckets()  # since then the mock knows the endpoint
        url = presign(client, "get_object", Bucket=photos, Key="c.jpg")
        assert url.startswith("http://photos.storage.test:9000/c.jpg")
        assert web.request("GET", url).data == b"three"

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
        ],
    )
    @pytest.mark.parametrize("resolve", ["getaddrinfo", "gethostbyname", "gethostbyname_ex"])
    def test_names_that_are_not_looked_up(self, aws: Any, host: str, resolve: str) -> None:
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
