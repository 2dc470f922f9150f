"""Signatures of requests to services beside S3."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol.signing import of_service
from s3tag_mock.protocol.signing.arrived import Arrived

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
BODY = b"Action=GetCallerIdentity"
STS = frozenset({"sts"})


def refused(text: str) -> AwsError:
    return AwsError("Refused", 403, text, {})


@pytest.fixture(params=["header", "query"])
def sent(request: pytest.FixtureRequest) -> tuple[Arrived, datetime]:
    """A request for STS, signed either way, and when it was."""
    made = AWSRequest("POST", "https://sts.amazonaws.com/", {"X-Other": "x"})
    credentials = Credentials(KEY, SECRET)
    if request.param == "header":
        made.data = BODY
        SigV4Auth(credentials, "sts", "us-east-1").add_auth(made)
    else:
        SigV4QueryAuth(credentials, "sts", "us-east-1", expires=60).add_auth(made)
    headers = {name.lower(): value for name, value in made.headers.items()} | {"host": "sts.amazonaws.com"}
    arrived = Arrived("POST", "/", "/", urlsplit(made.url).query, headers)
    text = headers.get("x-amz-date") or arrived.arguments["X-Amz-Date"]
    return arrived, datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)


def problem(arrived: Arrived, now: datetime, services: frozenset[str] = STS) -> str:
    """What a request is refused for."""
    with pytest.raises(AwsError) as caught:
        of_service.of_request(arrived, BODY, now, services, refused)
    return caught.value.message


def test_one_that_is_right(sent: Any) -> None:
    arrived, now = sent
    body = b"" if arrived.query else BODY
    signature = of_service.of_request(arrived, body, now, STS, refused)
    assert signature is not None
    assert signature.access_key == KEY
    assert signature.matches(SECRET)
    assert not signature.matches("other")


def test_nobodys() -> None:
    arrived = Arrived("POST", "/", "/", "", {"host": "sts.amazonaws.com"})
    now = datetime(2026, 11, 20, tzinfo=timezone.utc)
    assert of_service.of_request(arrived, BODY, now, STS, refused) is None


def test_its_time(sent: Any) -> None:
    arrived, signed_at = sent
    minutes = 1 if arrived.query else 15
    lasts, day = timedelta(minutes=minutes), f"{signed_at:%Y%m%dT%H%M%SZ}"
    of_service.of_request(arrived, BODY, signed_at + lasts, STS, refused)
    late = signed_at + lasts + timedelta(seconds=1)
    assert problem(arrived, late) == (
        f"Signature expired: {day} is now earlier than {late - lasts:%Y%m%dT%H%M%SZ} "
        f"({late:%Y%m%dT%H%M%SZ} - {minutes} min.)"
    )
    early = signed_at - timedelta(minutes=15)
    of_service.of_request(arrived, BODY, early, STS, refused)
    early -= timedelta(seconds=1)
    assert problem(arrived, early) == (
        f"Signature not yet current: {day} is still later than {early + timedelta(minutes=15):%Y%m%dT%H%M%SZ} "
        f"({early:%Y%m%dT%H%M%SZ} + 15 min.)"
    )


@pytest.mark.parametrize("lasts", ["604801", "9" * 12, "9" * 5000])
def test_it_lasts_a_week_at_most(lasts: str) -> None:
    query = (
        "X-Amz-Signature=x&X-Amz-Credential=a/20261120/us-east-1/sts/aws4_request&X-Amz-SignedHeaders=host"
    )
    query += f"&X-Amz-Date=20261120T000000Z&X-Amz-Expires={lasts}"
    arrived = Arrived("GET", "/", "/", query, {"host": "sts.amazonaws.com"})
    week = datetime(2026, 11, 27, tzinfo=timezone.utc)
    assert of_service.of_request(arrived, b"", week, STS, refused) is not None
    assert problem(arrived, week + timedelta(seconds=1)).startswith("Signature expired")


def test_its_service(sent: Any) -> None:
    told = problem(*sent, services=frozenset({"iam", "z"}))
    assert told == "Credential should be scoped to correct service: 'iam'. "


@pytest.mark.parametrize(
    ("authorization", "date", "told"),
    [
        (
            "Credential=a/b/c/sts, SignedHeaders=host, Signature=0",
            "20261120T000000Z",
            "Credential must have exactly 5",
        ),
        (
            "SignedHeaders=host",
            "20261120T000000Z",
            "standards: Credential Signature is missing.",
        ),
        (
            "Credential=a, SignedHeaders=host, Signature=0",
            "",
            "standards: X-Amz-Date is missing.",
        ),
    ],
)
def test_what_is_missing(authorization: str, date: str, told: str) -> None:
    headers = {"host": "sts.amazonaws.com", "authorization": f"AWS4-HMAC-SHA256 {authorization}"}
    arrived = Arrived("POST", "/", "/", "", {**headers, **({"x-amz-date": date} if date else {})})
    assert told in problem(arrived, datetime(2026, 11, 20, tzinfo=timezone.utc))
