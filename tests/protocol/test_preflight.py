"""OPTIONS requests, read and answered."""

from __future__ import annotations

from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.preflight import OPTIONS_OBJECT


def test_what_is_asked() -> None:
    headers = {"origin": "http://a", "access-control-request-method": "PUT", "host": "x"}
    params = OPTIONS_OBJECT.parser(Request("OPTIONS", "", headers, b""), Address("/Xb/a%20b/c", "", None))
    asked = {"origin": "http://a", "access-control-request-method": "PUT"}
    assert params == {"Bucket": "Xb", "Key": "a b/c", "Headers": asked}


def test_what_is_answered() -> None:
    answer = OPTIONS_OBJECT.serializer({"Headers": {"Vary": "Origin"}}, "ID")
    assert (answer.status, answer.headers, answer.body) == (
        200,
        {"Vary": "Origin", "Content-Length": "0"},
        b"",
    )
