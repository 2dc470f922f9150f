"""Browsers' forms: PostObject, as generate_presigned_post makes them and plain HTTP sends them."""

from __future__ import annotations

import base64
import json
from typing import Any

import boto3
import pytest
import urllib3
import xmltodict
from botocore.config import Config

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import NotSupported
from s3tag_mock.protocol.signing import v2
from tests.web import Web

URL = "https://photos.s3.amazonaws.com/"


class TestForms:
    def post(self, s3: Any, web: Web, key: str = "new", body: bytes = b"hello", **more: Any) -> Any:
        fields, bucket = more.pop("fields", {}), more.pop("bucket", "photos")
        made = s3.generate_presigned_post(bucket, key, Fields=dict(fields), **more)
        return web.request("POST", made["url"], fields={**made["fields"], "file": ("name.txt", body)})

    def test_storing_with_tags_and_metadata(self, aws: Any, s3: Any, photos: str, web: Web) -> None:
        empty = "<Tag><Key>b</Key><Value/></Tag>"
        tagging = f"<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag>{empty}</TagSet></Tagging>"
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
        assert aws.object_tags(photos, "dir/name.txt") == {"a": "1", "b": ""}

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
    def test_bad_tags_store_nothing(
        self, aws: Any, s3: Any, photos: str, web: Web, tagging: str, code: str
    ) -> None:
        reply = self.post(s3, web, fields={"tagging": tagging}, Conditions=[{"tagging": tagging}])
        assert (reply.status, xmltodict.parse(reply.data)["Error"]["Code"]) == (400, code)
        if "<Key>a</Key>" in tagging:
            assert aws.calls[-1].hint == "a Tag without Key or Value"
        assert s3.list_objects_v2(Bucket=photos)["KeyCount"] == 3

    @pytest.mark.parametrize(("wanted", "status"), [("200", 200), ("204", 204), ("500", 204)])
    def test_a_status_on_demand(self, s3: Any, photos: str, web: Web, wanted: str, status: int) -> None:
        fields = {"success_action_status": wanted}
        assert self.post(s3, web, fields=fields, Conditions=[fields]).status == status

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

    @pytest.mark.parametrize(
        ("redirect", "joined"), [("http://localhost/done?a=1", "&"), ("http://localhost", "?")]
    )
    def test_going_on_elsewhere(self, s3: Any, photos: str, web: Web, redirect: str, joined: str) -> None:
        fields = {"success_action_redirect": redirect}
        made = s3.generate_presigned_post(photos, "new", Fields=dict(fields), Conditions=[fields])
        whole = {**made["fields"], "file": ("name", b"hello")}
        reply = web.request("POST", made["url"], fields=whole, redirect=False)
        assert reply.status == 303
        assert (
            reply.headers["Location"]
            == f"{redirect}{joined}bucket=photos&key=new&etag=%225d41402abc4b2a76b9719d911017c592%22"
        )

    def test_a_field_that_isnt_served(self, s3: Any, photos: str, web: Web) -> None:
        fields = {"x-amz-object-lock-mode": "GOVERNANCE"}
        with pytest.raises(NotSupported, match="PostObject was called with x-amz-object-lock-mode"):
            self.post(s3, web, fields=fields, Conditions=[fields])

    def test_an_old_one(self, s3: Any, photos: str, web: Web) -> None:
        reply = self.post(s3, web, ExpiresIn=-1)
        assert b"Invalid according to Policy: Policy expired." in reply.data

    def test_a_version(self, aws: Any, s3: Any, web: Web) -> None:
        aws.create_bucket("kept", versioning=True)
        reply = self.post(s3, web, bucket="kept")
        assert reply.status == 204
        assert reply.headers["x-amz-version-id"] == s3.head_object(Bucket="kept", Key="new")["VersionId"]

    def test_a_file_that_is_as_long_as_it_may(self, s3: Any, photos: str, web: Web) -> None:
        assert self.post(s3, web, Conditions=[["content-length-range", 5, 5]]).status == 204

    def test_through_an_access_points_alias(
        self, aws: Any, s3: Any, s3control: Any, photos: str, web: Web
    ) -> None:
        alias = s3control.create_access_point(AccountId=ACCOUNT, Name="point", Bucket=photos)["Alias"]
        tagging = "<Tagging><TagSet><Tag><Key>a b</Key><Value>1=2</Value></Tag></TagSet></Tagging>"
        reply = self.post(
            s3, web, bucket=alias, fields={"tagging": tagging}, Conditions=[{"tagging": tagging}]
        )
        assert (reply.status, reply.headers["Location"]) == (204, f"https://{alias}.s3.amazonaws.com/new")
        assert aws.object_tags(photos, "new") == {"a b": "1=2"}

    @needs_botocore("1.35.0", "ExpiresString")
    def test_expires_and_what_is_beyond_ascii(self, s3: Any, photos: str, web: Web) -> None:
        """RECORDED, LS test_post_object_with_metadata, test_post_object_with_unicode_metadata."""
        fields = {
            "Expires": "Wed, 21 Oct 2026 07:28:00 GMT",
            "Cache-Control": "non-ascii-%E2%80%94_—_é_",
            "x-amz-meta-mostly": "ÄMÄZÕÑ S3",
            "x-amz-meta-hardly": "\x00\x01\x02\x03\x04",
            "x-amz-meta-encoded": "=?UTF-8?Q?actually-ascii?=",
        }
        conditions = [{name: value} for name, value in fields.items()]
        assert self.post(s3, web, fields=fields, Conditions=conditions).status == 204
        head = s3.head_object(Bucket=photos, Key="new")
        assert (head["ExpiresString"], head["CacheControl"]) == (
            fields["Expires"],
            "non-ascii-%E2%80%94_ _é_",
        )
        assert head["Metadata"] == {
            "mostly": "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=",
            "hardly": "=?UTF-8?B?AAECAwQ=?=",
            "encoded": "=?UTF-8?Q?actually-ascii?=",
        }

    def test_an_expiry_that_is_no_time(self, s3: Any, photos: str, web: Web) -> None:
        reply = self.post(s3, web, fields={"Expires": "soon"}, Conditions=[{"Expires": "soon"}])
        assert (reply.status, b"Provided Expires not a timestamp" in reply.data) == (400, True)

    @pytest.mark.parametrize("redirect", ["/relative", "nothing", "http://[", "//host/path"])
    def test_a_redirect_that_leads_nowhere(self, s3: Any, photos: str, web: Web, redirect: str) -> None:
        """RECORDED, LS test_s3_presigned_post_success_action_redirect, for a relative one."""
        fields = {"success_action_redirect": redirect}
        assert self.post(s3, web, fields=fields, Conditions=[fields]).status == 204

    def test_a_file_without_a_name(self, s3: Any, photos: str, web: Web) -> None:
        """RECORDED, LS test_post_object_with_file_as_string: nothing takes the place of ``${filename}``."""
        made = s3.generate_presigned_post(photos, "of-${filename}")
        assert web.request("POST", made["url"], fields={**made["fields"], "file": "hello"}).status == 204
        assert s3.get_object(Bucket=photos, Key="of-${filename}")["Body"].read() == b"hello"

    def test_what_is_no_form_or_lacks_something(self, s3: Any, photos: str, web: Web) -> None:
        fields = s3.generate_presigned_post(photos, "new")["fields"]
        error = web.error("POST", URL, body=b"x", headers={"Content-Type": "text/plain"})
        assert (error["Status"], error["Code"]) == (412, "PreconditionFailed")
        assert error["Condition"] == "Bucket POST must be of the enclosure-type multipart/form-data"
        error = web.error("POST", URL, fields=fields)
        assert (error["ArgumentName"], error["ArgumentValue"]) == ("file", "0")
        without = {name: value for name, value in fields.items() if name != "key"}
        error = web.error("POST", URL, fields={**without, "file": ("f", b"")})
        assert (error["ArgumentName"], error["ArgumentValue"]) == ("key", None)
        assert "a field named 'key'." in error["Message"]

    @pytest.mark.parametrize(
        ("headers", "code"),
        [
            ({"x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}, "InvalidRequest"),
            ({"Content-Encoding": "aws-chunked", "x-amz-trailer": "x-amz-checksum-crc32"}, "IncompleteBody"),
        ],
    )
    @pytest.mark.parametrize("endpoint", [None, "http://localhost:9000"])
    def test_that_say_they_are_in_chunks(
        self, photos: str, web: Web, endpoint: str | None, headers: dict[str, str], code: str
    ) -> None:
        """ASSUMED: forms don't come so."""
        post = boto3.client("s3", endpoint_url=endpoint).generate_presigned_post(photos, "form.txt")
        content, kind = urllib3.encode_multipart_formdata({**post["fields"], "file": ("f", b"x")})
        error = web.error("POST", post["url"], body=content, headers={"Content-Type": kind, **headers})
        assert (error["Status"], error["Code"]) == (400, code)

    def test_parts_as_a_browser_would_not_write_them(self, aws: Any, s3: Any, web: Web) -> None:
        """Without a name, and with bytes that are no text."""
        aws.create_bucket("open")
        s3.delete_public_access_block(Bucket="open")
        statement = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::open/*",
        }
        s3.put_bucket_policy(
            Bucket="open", Policy=json.dumps({"Version": "2012-10-17", "Statement": statement})
        )
        parts = (b"\r\n\r\nno name", b'\r\nContent-Disposition: form-data; name="key"; a="\xff"\r\n\r\nk\xff')
        file = b'\r\nContent-Disposition: form-data; name="file"\r\n\r\nhello'
        body = b"".join(b"--x" + part + b"\r\n" for part in (*parts, file)) + b"--x--"
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        url = URL.replace("photos", "open")
        assert web.request("POST", url, body=body, headers=headers).status == 204
        assert s3.get_object(Bucket="open", Key="k\ufffd")["Body"].read() == b"hello"


class TestFieldsAndTheirConditions:
    """DOCUMENTED, POST Policy: every field has a condition, but for those that are about the policy."""

    @pytest.mark.parametrize("name", ["tagging", "acl", "Content-Type", "x-amz-meta-who"])
    def test_a_field_without_one(self, s3: Any, photos: str, web: Web, name: str) -> None:
        made = s3.generate_presigned_post(photos, "new")
        value = "<Tagging><TagSet/></Tagging>"
        error = web.error("POST", made["url"], fields={**made["fields"], name: value, "file": ("f", b"")})
        assert error == {
            "Status": 403,
            "Code": "AccessDenied",
            "Message": f"Invalid according to Policy: Extra input fields: {name.lower()}",
        }
        assert s3.list_objects_v2(Bucket=photos)["KeyCount"] == 3

    def test_fields_that_are_ignored(self, s3: Any, photos: str, web: Web) -> None:
        made = s3.generate_presigned_post(photos, "new")
        fields = {**made["fields"], "x-ignore-a": "b", "file": ("f", b"")}
        assert web.request("POST", made["url"], fields=fields).status == 204

    def test_the_bucket_needs_one_too(self, photos: str, web: Web) -> None:
        """OBSERVED, aws-sdk-php #3292."""
        fields = signed({"expiration": "2099-01-01T00:00:00Z", "conditions": [{"key": "k"}]})
        error = web.error("POST", URL, fields=fields)
        assert error["Message"] == "Invalid according to Policy: Extra input fields: bucket"

    @pytest.mark.parametrize(
        ("value", "status"), [("image/png", 204), ("image/png, image/gif", 204), ("image/png,text/html", 403)]
    )
    def test_content_types_may_be_a_list(
        self, s3: Any, photos: str, web: Web, value: str, status: int
    ) -> None:
        conditions = [["starts-with", "$Content-Type", "image/"]]
        made = s3.generate_presigned_post(photos, "new", Conditions=conditions)
        fields = {**made["fields"], "Content-Type": value, "file": ("f", b"")}
        assert web.request("POST", made["url"], fields=fields).status == status


def signed(policy: Any) -> dict[str, Any]:
    """The fields of a form with a policy, signed in version 2."""
    encoded = base64.b64encode(json.dumps(policy).encode()).decode()
    signature = {"AWSAccessKeyId": "testing", "signature": v2.sign("testing", encoded)}
    return {"key": "k", "policy": encoded, **signature, "file": ("f", b"")}


class TestPolicies:
    @pytest.mark.parametrize(
        "policy",
        [[], {}, {"expiration": "soon", "conditions": []}]
        + [
            {"expiration": "2099-01-01T00:00:00Z", "conditions": [one]}
            for one in (
                {},
                {"a": 1, "b": 2},
                [],
                ["eq"],
                ["like", "$a", "b"],
                ["content-length-range", -1, 0],
                1,
            )
        ],
    )
    def test_that_are_none(self, photos: str, web: Web, policy: Any) -> None:
        assert web.error("POST", URL, fields=signed(policy))["Code"] == "InvalidPolicyDocument"

    @pytest.mark.parametrize(
        "condition", [["content-length-range", "test", "10"], ["eq", "acl", "private"], ["eq", "$é", "ü"]]
    )
    def test_conditions_that_nothing_meets(self, photos: str, web: Web, condition: list[Any]) -> None:
        """RECORDED, LS test_post_object_policy_validation_size, ..._conditions_validation_eq."""
        policy = {"expiration": "2099-01-01T00:00:00Z", "conditions": [condition]}
        error = web.error("POST", URL, fields=signed(policy))
        shown = json.dumps(condition, ensure_ascii=False)
        assert (error["Status"], error["Message"]) == (
            403,
            f"Invalid according to Policy: Policy Condition failed: {shown}",
        )


class TestSignatures:
    def made(self, aws: Any, version: str) -> Any:
        s3 = aws.client("s3", config=Config(signature_version=version))
        return s3.generate_presigned_post("photos", "new")

    @pytest.mark.parametrize(
        ("version", "removed", "missing"),
        [
            ("s3", ["signature"], "Signature"),
            ("s3", ["AWSAccessKeyId"], "AWSAccessKeyId"),
            ("s3", ["policy"], "policy"),
            ("s3v4", ["x-amz-signature"], "X-Amz-Signature"),
            ("s3v4", ["x-amz-credential", "x-amz-algorithm"], "X-Amz-Algorithm"),
            ("s3v4", ["x-amz-credential"], "X-Amz-Credential"),
            ("s3v4", ["policy"], "policy"),
        ],
    )
    def test_a_field_that_is_missing(
        self, aws: Any, photos: str, web: Web, version: str, removed: list[str], missing: str
    ) -> None:
        """RECORDED, LS test_post_request_missing_signature, test_post_request_missing_fields."""
        made = self.made(aws, version)
        fields = {name: value for name, value in made["fields"].items() if name not in removed}
        error = web.error("POST", made["url"], fields={**fields, "file": ("f", b"")})
        assert error == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": f"Bucket POST must contain a field named '{missing}'.  If it is specified, please check "
            "the order of the fields.",
            "ArgumentName": missing,
            "ArgumentValue": None,
        }

    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    def test_a_policy_without_any(self, aws: Any, photos: str, web: Web, version: str) -> None:
        """RECORDED, LS test_post_request_missing_fields."""
        made = self.made(aws, version)
        fields = {"key": "new", "policy": made["fields"]["policy"], "file": ("f", b"")}
        error = web.error("POST", made["url"], fields=fields)
        assert (error["Status"], error["Code"], error["Message"]) == (403, "AccessDenied", "Access Denied")

    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    def test_another_policy(self, aws: Any, photos: str, web: Web, version: str) -> None:
        """RECORDED, LS test_post_request_malformed_policy."""
        made = self.made(aws, version)
        fields = {**made["fields"], "policy": made["fields"]["policy"][:-2]}
        error = web.error("POST", made["url"], fields={**fields, "file": ("f", b"")})
        signature = fields["signature" if version == "s3" else "x-amz-signature"]
        assert (error["Status"], error["Code"]) == (403, "SignatureDoesNotMatch")
        assert (error["StringToSign"], error["SignatureProvided"]) == (fields["policy"], signature)
        assert "CanonicalRequest" not in error

    @pytest.mark.parametrize(
        ("credential", "message"),
        [
            (
                "testing/20260101/us-east-1/s3/aws4_request",
                "the region 'us-east-1' is wrong; expecting 'eu-west-1'",
            ),
            (
                "testing",
                'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
            ),
        ],
    )
    def test_another_credential(self, aws: Any, web: Web, credential: str, message: str) -> None:
        aws.create_bucket("elsewhere", region="eu-west-1")
        given = {
            "x-amz-algorithm": "AWS4-HMAC-SHA256",
            "x-amz-date": "20260101T000000Z",
            "x-amz-signature": "0",
        }
        fields = {"key": "k", **given, "x-amz-credential": credential, "policy": "e30=", "file": ("f", b"")}
        error = web.error("POST", "https://elsewhere.s3.eu-west-1.amazonaws.com/", fields=fields)
        assert (error["Code"], error["Message"]) == ("InvalidArgument", message)

    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    def test_names_of_fields_in_any_case(self, aws: Any, photos: str, web: Web, version: str) -> None:
        """RECORDED, LS test_post_object_policy_casing."""
        made = self.made(aws, version)
        fields = {name.title(): value for name, value in made["fields"].items()}
        assert web.request("POST", made["url"], fields={**fields, "file": ("f", b"")}).status == 204


class TestWhatIsNoForm:
    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"key": "k"}, "InvalidArgument"),
            ({"file": ("f", b"")}, "InvalidArgument"),
            ({"key": "k", "file": ("f", b"")}, "AccessDenied"),
        ],
    )
    def test_half_of_one(self, photos: str, web: Web, fields: Any, code: str) -> None:
        assert web.error("POST", URL, fields=fields)["Code"] == code

    @pytest.mark.parametrize("headers", [{}, {"Content-Type": "text/html"}])
    def test_another_content_type(self, photos: str, web: Web, headers: dict[str, str]) -> None:
        """RECORDED, LS test_post_object_with_wrong_content_type."""
        assert web.error("POST", URL, body=b"", headers=headers) == {
            "Status": 412,
            "Code": "PreconditionFailed",
            "Message": "At least one of the pre-conditions you specified did not hold",
            "Condition": "Bucket POST must be of the enclosure-type multipart/form-data",
        }
