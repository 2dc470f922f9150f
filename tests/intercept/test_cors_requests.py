"""CORS: a browser's question, and what it reads in the answers to requests from another site."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock import mock_tagging
from tests.web import Web, presign

URL = "https://photos.s3.amazonaws.com/c.jpg"
ORIGIN = "https://localhost:4200"
ALLOWED = {
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Allow-Methods": "GET, PUT",
    "Access-Control-Allow-Origin": ORIGIN,
    "Access-Control-Max-Age": "3000",
    "Vary": "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
}


def put_rule(s3: Any, **changed: Any) -> None:
    rule = {"AllowedOrigins": [ORIGIN], "AllowedMethods": ["GET", "PUT"], "MaxAgeSeconds": 3000}
    rules: Any = [{**rule, "AllowedHeaders": ["*"], **changed}]
    s3.put_bucket_cors(Bucket="photos", CORSConfiguration={"CORSRules": rules})


def asking(**headers: str) -> dict[str, str]:
    """The headers of a browser's question: ``Method`` and ``Headers`` are what it asks for."""
    given = {f"Access-Control-Request-{name}": value for name, value in headers.items() if name != "Origin"}
    return {"Origin": headers.get("Origin", ORIGIN), **given}


def cors_headers(reply: Any) -> dict[str, str]:
    return {
        name: value for name, value in reply.headers.items() if name.startswith("Access") or name == "Vary"
    }


def test_a_custom_endpoint_in_another_partition(web: Web) -> None:
    with mock_tagging(region="cn-north-1") as aws:
        aws.create_bucket("photos")
        s3 = aws.client("s3", endpoint_url="http://localhost:9000")
        put_rule(s3)
        url = presign(s3, "get_object", Bucket="photos", Key="c.jpg")
        assert "Access-Control-Allow-Origin" in cors_headers(web.request("GET", url, headers=asking()))


class TestWithoutRules:
    """RECORDED, LS test_cors_http_options_no_config, test_cors_http_options_non_existent_bucket."""

    def test_without_an_origin(self, photos: str, web: Web) -> None:
        assert web.error("OPTIONS", URL) == {
            "Status": 400,
            "Code": "BadRequest",
            "Message": "Insufficient information. Origin request header needed.",
        }

    @pytest.mark.parametrize(("headers", "method"), [({}, "OPTIONS"), ({"Method": "PUT"}, "PUT")])
    def test_with_one(self, photos: str, web: Web, headers: dict[str, str], method: str) -> None:
        assert web.error("OPTIONS", URL, headers=asking(**headers)) == {
            "Status": 403,
            "Code": "AccessForbidden",
            "Message": "CORSResponse: CORS is not enabled for this bucket.",
            "Method": method,
            "ResourceType": "BUCKET",
        }

    def test_a_bucket_that_is_not_there(self, aws: Any, web: Web) -> None:
        error = web.error("OPTIONS", URL, headers=asking())
        assert (error["Message"], error["Method"]) == ("CORSResponse: Bucket not found", "OPTIONS")
        assert error["ResourceType"] == "BUCKET"

    def test_answers_say_nothing(self, s3: Any, photos: str, web: Web) -> None:
        url = presign(s3, "get_object", Bucket=photos, Key="c.jpg")
        assert cors_headers(web.request("GET", url, headers={"Origin": ORIGIN})) == {}


class TestQuestions:
    def test_what_is_allowed(self, s3: Any, photos: str, web: Web) -> None:
        """RECORDED, LS test_cors_match_origins."""
        put_rule(s3)
        reply = web.request("OPTIONS", URL, headers=asking(Method="PUT"))
        assert (reply.status, reply.data, cors_headers(reply)) == (200, b"", ALLOWED)

    @pytest.mark.parametrize(
        "asked", [{"Origin": "http://localhost:4200", "Method": "PUT"}, {"Method": "DELETE"}, {}]
    )
    @pytest.mark.parametrize(
        ("url", "kind"), [(URL, "OBJECT"), ("https://photos.s3.amazonaws.com/", "BUCKET")]
    )
    def test_what_is_not(
        self, s3: Any, photos: str, web: Web, asked: dict[str, str], url: str, kind: str
    ) -> None:
        """RECORDED, LS test_cors_match_methods, test_cors_options_fails_partial_origin."""
        put_rule(s3)
        error = web.error("OPTIONS", url, headers=asking(**asked))
        assert error["Message"].startswith("CORSResponse: This CORS request is not allowed.")
        assert (error["Method"], error["ResourceType"]) == (asked.get("Method", "OPTIONS"), kind)

    @pytest.mark.parametrize(
        ("allowed", "origin", "answered"),
        [
            (["*"], "http://random:1234", ("*", None)),
            (["http://*.origin.com"], "http://test.origin.com", ("http://test.origin.com", "true")),
            (["http://*.origin.com"], "http://test.origin.com/", None),
            (["http://a*a.com"], "http://a.com", None),
        ],
    )
    def test_wildcards(
        self, s3: Any, photos: str, web: Web, allowed: list[str], origin: str, answered: Any
    ) -> None:
        """RECORDED, LS test_cors_match_origins, test_cors_options_match_partial_origin."""
        put_rule(s3, AllowedOrigins=allowed)
        reply = web.request("OPTIONS", URL, headers=asking(Origin=origin, Method="GET"))
        names = ("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials")
        assert reply.status == (403 if answered is None else 200)
        assert answered is None or tuple(map(reply.headers.get, names)) == answered

    @pytest.mark.parametrize(
        ("allowed", "asked", "answered"),
        [
            (["*"], "x-amz-request-payer, X-Amz-Date", "x-amz-request-payer, x-amz-date"),
            (["x-AMZ-tagging"], "X-amz-TAGGING", "x-amz-tagging"),
            (["x-amz-tagging", "x-amz-date"], "x-amz-date,x-amz-tagging", "x-amz-date, x-amz-tagging"),
            (["x-amz-tagging"], "x-amz-date", None),
            ([], "x-amz-date", None),
        ],
    )
    def test_headers(
        self, s3: Any, photos: str, web: Web, allowed: list[str], asked: str, answered: str | None
    ) -> None:
        """RECORDED, LS test_cors_match_headers: the header of tags is one that a rule must allow."""
        put_rule(s3, AllowedHeaders=allowed)
        reply = web.request("OPTIONS", URL, headers=asking(Method="GET", Headers=asked))
        assert reply.status == (403 if answered is None else 200)
        assert reply.headers.get("Access-Control-Allow-Headers") == answered

    def test_headers_that_are_exposed(self, s3: Any, photos: str, web: Web) -> None:
        """RECORDED, LS test_cors_expose_headers."""
        put_rule(s3, ExposeHeaders=["x-amz-id-2", "x-amz-request-id"])
        reply = web.request("OPTIONS", URL, headers=asking(Method="GET"))
        assert reply.headers["Access-Control-Expose-Headers"] == "x-amz-id-2, x-amz-request-id"


class TestAnswers:
    """RECORDED, LS test_cors_match_origins, test_cors_match_methods."""

    def test_to_an_origin_that_is_allowed(self, s3: Any, photos: str, web: Web) -> None:
        put_rule(s3)
        url = presign(s3, "get_object", Bucket=photos, Key="c.jpg")
        reply = web.request("GET", url, headers={"Origin": ORIGIN})
        assert (reply.data, cors_headers(reply)) == (b"three", ALLOWED)

    @pytest.mark.parametrize(
        "headers", [{}, {"Origin": "http://localhost:4200"}, asking(Method="DELETE"), asking(Headers="x")]
    )
    def test_to_others(self, s3: Any, photos: str, web: Web, headers: dict[str, str]) -> None:
        put_rule(s3, AllowedHeaders=[])
        url = presign(s3, "get_object", Bucket=photos, Key="c.jpg")
        reply = web.request("GET", url, headers=headers)
        assert (reply.data, cors_headers(reply)) == (b"three", {})
