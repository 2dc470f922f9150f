"""Whose service and which bucket a request is for, by its host, its path and its signature."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import boto3
import pytest
import urllib3
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from conftest import ACCOUNT
from s3tag_mock.server.hosts import CONTROL_HOST
from tests.support import content_md5

JOBS = "/v20180820/jobs"


def signed(
    method: str,
    url: str,
    *,
    service: str = "s3",
    region: str = "us-east-1",
    body: bytes = b"",
    **headers: str,
) -> Any:
    """A request that is signed with the mock's own credentials."""
    request = AWSRequest(method, url, headers=headers, data=body)
    (S3SigV4Auth if service == "s3" else SigV4Auth)(
        Credentials("testing", "testing"), service, region
    ).add_auth(request)
    return request.prepare()


@pytest.fixture
def ask(aws: Any, connection: Any) -> Any:
    """Sends a signed request to the server, whatever host it is for; gives status and operation."""

    def send(method: str, url: str, **options: Any) -> tuple[int, str]:
        request = signed(method, url, **options)
        target = url if options.pop("by_proxy", False) else "/" + url.split("/", 3)[3]
        host = url.split("/")[2]
        connection.request(
            method, target, body=request.body or None, headers={"Host": host, **dict(request.headers)}
        )
        status = connection.getresponse()
        status.read()
        return status.status, f"{aws.calls[-1].service}.{aws.calls[-1].operation}"

    return send


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("127.0.0.1", "/photos/c.jpg"),
        ("[::1]:5055", "/photos/c.jpg"),
        ("localhost:5055", "/photos/c.jpg"),
        ("photos.localhost:5055", "/c.jpg"),
        ("photos.s3.localhost", "/c.jpg"),
        ("minio.example:9000", "/photos/c.jpg"),
        ("photos.s3.amazonaws.com", "/c.jpg"),
        ("photos.s3.us-east-1.amazonaws.com", "/c.jpg"),
        ("s3.us-east-1.amazonaws.com", "/photos/c.jpg"),
    ],
)
def test_an_object(ask: Any, photos: str, host: str, path: str) -> None:
    assert ask("GET", f"http://{host}{path}") == (200, "s3.GetObject")


@pytest.mark.parametrize("path", ["/photos/c.jpg?tagging", "/photos/c.jpg?tagging=&x-id=GetObjectTagging"])
def test_tags(ask: Any, photos: str, path: str) -> None:
    assert ask("GET", f"http://127.0.0.1{path}") == (200, "s3.GetObjectTagging")


@pytest.mark.parametrize("path", ["/photos?delete", "/photos/?delete="])
def test_a_slash_behind_the_bucket(ask: Any, photos: str, path: str) -> None:
    """As Node's SDK sends it."""
    body = b"<Delete><Object><Key>c.jpg</Key></Object></Delete>"
    asked = ask("POST", f"http://127.0.0.1{path}", body=body, **content_md5(body))
    assert asked == (200, "s3.DeleteObjects")


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        ("127.0.0.1", {"x-amz-account-id": ACCOUNT}),
        (f"{ACCOUNT}.{CONTROL_HOST}:5055", {}),
        (f"{ACCOUNT}.localhost:5055", {"x-amz-account-id": ACCOUNT}),
        (f"{ACCOUNT}.s3-control.us-east-1.amazonaws.com", {"x-amz-account-id": ACCOUNT}),
    ],
)
def test_s3_control(ask: Any, host: str, headers: dict[str, str]) -> None:
    assert ask("GET", f"http://{host}{JOBS}", **headers)[1] == "s3control.ListJobs"


def test_another_operation_of_s3_control(ask: Any, photos: str) -> None:
    arn = "arn%3Aaws%3As3%3A%3A%3Aphotos"
    assert ask("GET", f"http://127.0.0.1/v20180820/tags/{arn}", **{"x-amz-account-id": ACCOUNT}) == (
        200,
        "s3control.ListTagsForResource",
    )
    assert ask("POST", "http://127.0.0.1/v20180820/nothing")[0] == 405


def test_a_signed_request_to_s3_control_in_the_process() -> None:
    """urllib3 in this process and the server know a request by the same rules."""
    from s3tag_mock import mock_tagging

    with mock_tagging() as aws:
        url = f"https://{ACCOUNT}.s3-control.us-east-1.amazonaws.com{JOBS}"
        headers = dict(signed("GET", url, **{"x-amz-account-id": ACCOUNT}).headers)
        assert urllib3.request("GET", url, headers=headers).status == 200
        assert [call.operation for call in aws.calls] == ["ListJobs"]


def test_a_signed_arn_in_a_path_of_s3_control() -> None:
    """Its slashes are encoded, and signed as they are."""
    from s3tag_mock import mock_tagging

    with mock_tagging() as aws:
        aws.create_bucket("photos")
        arn = aws.client("s3control").create_access_point(AccountId=ACCOUNT, Name="ours", Bucket="photos")
        path = f"/v20180820/tags/{quote(arn['AccessPointArn'], safe='')}"
        url = f"https://{ACCOUNT}.s3-control.us-east-1.amazonaws.com{path}"
        headers = dict(signed("GET", url, **{"x-amz-account-id": ACCOUNT}).headers)
        assert urllib3.request("GET", url, headers=headers).status == 200


def test_sts(ask: Any) -> None:
    body = b"Action=GetCallerIdentity&Version=2011-06-15"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for host in ("127.0.0.1", "sts.us-east-1.amazonaws.com"):
        found = ask("POST", f"http://{host}/", service="sts", body=body, **form)
        assert found == (200, "sts.GetCallerIdentity")
    assert ask("POST", "http://127.0.0.1/", service="sts", body=b"Action=Nothing", **form) == (
        400,
        "sts.Nothing",
    )
    refused = ask("POST", "http://127.0.0.1/", service="sts", body=b"Action=GetSessionToken", **form)
    assert refused[1] == "sts.GetSessionToken"


def test_an_account_by_its_access_key(aws: Any, server: Any) -> None:
    """As in the process, a key of twelve digits is that account's."""
    request = signed("PUT", f"{server.url}/theirs")
    auth = S3SigV4Auth(Credentials("999999999999", "anything"), "s3", "us-east-1")
    del request.headers["Authorization"]
    again = AWSRequest("PUT", f"{server.url}/theirs")
    auth.add_auth(again)
    import requests

    assert requests.put(f"{server.url}/theirs", headers=dict(again.headers)).status_code == 200
    assert aws._entered().world.buckets_of("us-east-1")["theirs"].owner == "999999999999"


@pytest.mark.parametrize("region", ["US", "garage", "eu-west-1"])
def test_a_region(aws: Any, ask: Any, region: str) -> None:
    """Clients that need no region sign for one that AWS doesn't have: it is the mock's then."""
    assert ask("PUT", "http://127.0.0.1/there", region=region, **{"Content-Length": "0"})[0] in {200, 400}
    assert ("there" in aws._entered().world.buckets_of("us-east-1")) == (region != "eu-west-1")


def test_the_host_must_be_the_regions(ask: Any, photos: str) -> None:
    url = "http://s3.eu-west-1.amazonaws.com/photos/c.jpg"
    assert ask("GET", url)[0] == 400  # AuthorizationHeaderMalformed: signed for us-east-1
    assert ask("GET", url, region="eu-west-1")[0] == 301


def test_boto3_with_the_servers_endpoint(aws: Any, server: Any, photos: str) -> None:
    s3 = boto3.client("s3", endpoint_url=server.url)
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=photos)["Contents"]] == [
        "a.jpg",
        "b.jpg",
        "c.jpg",
    ]


def test_locations_lead_to_the_server(connection: Any) -> None:
    """Whoever follows one stays here; through the proxy, where AWS's hosts are, they are AWS's."""
    body = b"<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"
    found = []
    for host, name in (("127.0.0.1:5055", "here"), ("s3.eu-west-1.amazonaws.com", "there")):
        request = signed("PUT", f"http://{host}/{name}", region="eu-west-1", body=body)
        headers = {**dict(request.headers), "Host": host}
        connection.request("PUT", f"/{name}", body=body, headers=headers)
        answer = connection.getresponse()
        answer.read()
        found.append(answer.headers["Location"])
    assert found == ["http://127.0.0.1:5055/here/", "http://there.s3.amazonaws.com/"]
