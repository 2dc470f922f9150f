"""What a server doesn't do, it says: other services, unsupported operations, signatures that don't match."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import pytest
import requests
import time_machine
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from conftest import ACCOUNT
from s3tag_mock.findings.reporter import collect

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
IDENTITY = b"Action=GetCallerIdentity&Version=2011-06-15"


def post(
    url: str, body: bytes, *, service: str, secret: str = "testing", auth: Any = SigV4Auth, **headers: str
) -> requests.Response:
    request = AWSRequest("POST", url + "/", data=body, headers=headers)
    auth(Credentials("testing", secret), service, "us-east-1").add_auth(request)
    prepared = request.prepare()
    return requests.post(prepared.url, data=body, headers=dict(prepared.headers))


@pytest.mark.tagging_mock(allow=["not_served"])
def test_another_service_is_refused_in_its_own_protocol(aws: Any, server: Any) -> None:
    target = {"X-Amz-Target": "DynamoDB_20120810.ListTables", "Content-Type": "application/x-amz-json-1.0"}
    answer = post(server.url, b"{}", service="dynamodb", **target)
    assert (answer.status_code, answer.json()["__type"]) == (501, "NotImplemented")
    assert answer.headers["Content-Type"] == "application/x-amz-json-1.0"
    answer = post(server.url, b"Action=ListQueues", service="sqs", **FORM)
    assert (answer.status_code, "doesn't support sqs" in answer.text) == (501, True)
    assert "<ErrorResponse><Error><Type>Sender</Type><Code>NotImplemented</Code>" in answer.text
    assert requests.get(server.url, headers={"X-Amz-Target": "AWSEvents.PutEvents"}).status_code == 501
    refusals = [text for _, text in aws._entered().refusals]  # which the finding not_served reports
    assert [text.partition(";")[0] for text in refusals] == [
        f"s3tag_mock doesn't support {service}" for service in ("dynamodb", "sqs", "AWSEvents")
    ]


@pytest.mark.tagging_mock(allow=["not_served", "unused_fault"])
def test_what_the_mock_cant_do_is_answered_too(aws: Any, photos: str, connection: Any) -> None:
    def get(path: str) -> tuple[int, str]:
        request = AWSRequest("GET", f"http://127.0.0.1{path}", headers={"x-amz-account-id": ACCOUNT})
        S3SigV4Auth(Credentials("testing", "testing"), "s3", "us-east-1").add_auth(request)
        connection.request("GET", path, headers={**request.headers, "Host": "127.0.0.1"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    status, text = get("/v20180820/accessgrantsinstances")
    assert (status, "doesn't support s3control.ListAccessGrantsInstances" in text) == (501, True)
    aws.faults.add("GetObject", "SlowDown", when=lambda params: params["Nothing"])
    status, text = get("/photos/c.jpg")
    assert (status, "<Code>InvalidRequest</Code>" in text) == (400, True)
    assert "when= of the fault" in text


def test_the_right_signature_for_sts(server: Any) -> None:
    assert post(server.url, IDENTITY, service="sts", **FORM).status_code == 200
    sts = boto3.client("sts", endpoint_url=server.url)
    presigned = requests.get(sts.generate_presigned_url("get_caller_identity", HttpMethod="GET"))
    assert "<Account>123456789012</Account>" in presigned.text


def refused(answer: requests.Response) -> tuple[int, str, str]:
    text = answer.text
    return (
        answer.status_code,
        text.partition("<Code>")[2].partition("</Code>")[0],
        text.partition("<Message>")[2].partition("</Message>")[0],
    )


def test_a_signature_with_another_secret(server: Any) -> None:
    status, code, message = refused(post(server.url, IDENTITY, service="sts", secret="wrong", **FORM))
    assert (status, code) == (403, "SignatureDoesNotMatch")
    assert message.endswith("Consult the service documentation for details.")


def test_a_signature_that_is_old(server: Any) -> None:
    with time_machine.travel(datetime.now(timezone.utc) - timedelta(minutes=20)):
        request = AWSRequest("POST", server.url, data=IDENTITY, headers=FORM)
        SigV4Auth(Credentials("testing", "testing"), "sts", "us-east-1").add_auth(request)
    status, code, message = refused(requests.post(server.url, data=IDENTITY, headers=dict(request.headers)))
    assert (status, code) == (403, "SignatureDoesNotMatch")
    assert message.startswith("Signature expired: ")


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        ({}, (403, "MissingAuthenticationToken", "Request is missing Authentication Token")),
        (
            {"Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sts/aws4_request"},
            (
                400,
                "IncompleteSignature",
                "The request signature does not conform to AWS standards: Signature SignedHeaders is missing.",
            ),
        ),
    ],
)
def test_a_signature_that_isnt_there(server: Any, authorization: Any, expected: Any) -> None:
    headers = {**FORM, **authorization, "X-Amz-Date": "20260101T000000Z"}
    assert refused(requests.post(server.url, data=IDENTITY, headers=headers)) == expected


def test_a_signature_for_another_service(server: Any) -> None:
    request = AWSRequest("POST", server.url, data=IDENTITY, headers=FORM)
    SigV4Auth(Credentials("testing", "testing"), "iam", "us-east-1").add_auth(request)
    answer = requests.post(
        server.url, data=IDENTITY, headers={**dict(request.headers), "Host": "sts.amazonaws.com"}
    )
    assert refused(answer)[1:] == (
        "SignatureDoesNotMatch",
        "Credential should be scoped to correct service: 'sts'. ",
    )


def test_the_tagging_api_answers_in_json(server: Any, photos: str) -> None:
    target = {
        "X-Amz-Target": "ResourceGroupsTaggingAPI_20170126.GetResources",
        "Content-Type": "application/x-amz-json-1.1",
    }
    found = post(server.url, b"{}", service="tagging", **target)
    assert found.status_code == 200
    wrong = post(server.url, b"{}", service="tagging", secret="wrong", **target)
    assert (wrong.status_code, json.loads(wrong.content)["__type"]) == (400, "InvalidSignatureException")


def test_a_child_that_was_about_to_reach_aws(aws: Any, send: Any) -> None:
    send(b"CONNECT sqs.us-east-1.amazonaws.com:443 HTTP/1.1\r\nHost: sqs.us-east-1.amazonaws.com:443\r\n\r\n")
    found = collect(aws._entered(), test_failed=True)
    assert [finding.kind.name for finding in found] == ["went_out"]
    assert "about to connect to sqs.us-east-1.amazonaws.com:443" in found[0].text
