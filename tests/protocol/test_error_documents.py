"""Error documents byte by byte: S3's flat one, S3 Control's and STS's envelopes, and those without any."""

from __future__ import annotations

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol import error_document

HEADERS = {
    "x-amz-bucket-region": "eu-west-1",
    "Content-Type": "application/xml",
    "Transfer-Encoding": "chunked",
}


def error(status: int = 400) -> AwsError:
    """An error with an element, a header and a hint."""
    return AwsError("Code", status, "a < b", {"Key": "c&d"}, {"x-amz-bucket-region": "eu-west-1"}, "a secret")


@pytest.mark.parametrize(
    ("service", "status", "document"),
    [
        (
            "s3",
            400,
            "<Error><Code>Code</Code><Message>a &lt; b</Message><Key>c&amp;d</Key>"
            "<RequestId>R</RequestId><HostId>H</HostId></Error>",
        ),
        (
            "s3control",
            400,
            "<ErrorResponse><Error><Code>Code</Code><Message>a &lt; b</Message><Key>c&amp;d</Key></Error>"
            "<RequestId>R</RequestId><HostId>H</HostId></ErrorResponse>",
        ),
        *(
            (
                "sts",
                status,
                f"<ErrorResponse><Error><Type>{fault}</Type><Code>Code</Code><Message>a &lt; b</Message>"
                "<Key>c&amp;d</Key></Error><RequestId>R</RequestId></ErrorResponse>",
            )
            for status, fault in ((400, "Sender"), (499, "Sender"), (500, "Receiver"), (503, "Receiver"))
        ),
    ],
)
def test_documents(service: str, status: int, document: str) -> None:
    answer = error_document.write(service, "GET", error(status), "R", "H")
    assert (answer.status, answer.headers) == (status, HEADERS)
    assert answer.body == f'<?xml version="1.0" encoding="UTF-8"?>\n{document}'.encode()


def test_what_is_no_character_of_xml() -> None:
    echoed = AwsError("Code", 400, "\0 and \ufffe", {})
    assert (
        b"<Message>\xef\xbf\xbd and \xef\xbf\xbd</Message>"
        in error_document.write("iam", "POST", echoed, "R", "H").body
    )


@pytest.mark.parametrize(("method", "status"), [("HEAD", 404), ("HEAD", 304), ("GET", 304)])
def test_answers_without_a_document(method: str, status: int) -> None:
    answer = error_document.write("s3", method, error(status), "R", "H")
    assert (answer.status, answer.headers, answer.body) == (status, HEADERS, b"")


@pytest.mark.parametrize("status", [301, 305])
def test_other_redirections_have_one(status: int) -> None:
    assert error_document.write("s3", "GET", error(status), "R", "H").body.endswith(b"</Error>")
