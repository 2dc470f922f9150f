"""Which service a request is for that no client made."""

from __future__ import annotations

import pytest

from s3tag_mock.protocol.destination import service_of

LOCAL = "http://localhost:5000"
FORM = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}


def signed(service: str) -> dict[str, str]:
    scope = f"AKIAEXAMPLE/20261120/us-east-1/{service}/aws4_request"
    return {"authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"}


@pytest.mark.parametrize(
    ("method", "url", "headers", "service"),
    [
        # By the host.
        ("GET", "https://photos.S3.eu-west-1.amazonaws.com/v20180820/k", {}, "s3"),
        ("GET", "https://123456789012.s3-control.us-east-1.amazonaws.com/v20180820/jobs", {}, "s3control"),
        ("POST", "https://iam.amazonaws.com/", {}, "iam"),
        ("POST", "https://ec2.us-east-1.amazonaws.com/", FORM, "ec2"),
        # Of Outposts there are both at one host.
        ("GET", "https://s3-outposts.us-east-1.amazonaws.com/k", signed("s3-outposts"), "s3"),
        (
            "GET",
            "https://s3-outposts.us-east-1.amazonaws.com/v20180820/x",
            signed("s3-outposts"),
            "s3control",
        ),
        ("GET", "https://ap-123456789012.op-01.s3-outposts.us-east-1.amazonaws.com/k", {}, "s3"),
        ("GET", "https://s3-outposts.us-east-1.amazonaws.com/k", signed("ec2"), "s3"),
        # By the signature.
        ("GET", f"{LOCAL}/photos", signed("s3"), "s3"),
        ("GET", f"{LOCAL}/v20180820/jobs", signed("s3"), "s3control"),
        ("POST", f"{LOCAL}/", signed("iam"), "iam"),
        ("GET", f"{LOCAL}/v20180820/jobs", signed("sqs"), "sqs"),
        # By what else there is, where nobody signed.
        ("GET", f"{LOCAL}/photos", {}, "s3"),
        ("GET", f"{LOCAL}/v20180820/jobs", {}, "s3control"),
        ("POST", LOCAL, FORM, "sts"),
        ("POST", f"{LOCAL}/", FORM, "sts"),
        ("GET", f"{LOCAL}/?Action=AssumeRoleWithWebIdentity", {}, "sts"),
        ("PUT", f"{LOCAL}/", FORM, "s3"),
        ("POST", f"{LOCAL}/", {}, "s3"),
        ("POST", f"{LOCAL}/photos", FORM, "s3"),
        ("GET", f"{LOCAL}/photos?Action=x", {}, "s3"),
        ("POST", f"{LOCAL}/", {"x-amz-target": "DynamoDB_20120810.GetItem"}, "DynamoDB"),
        ("POST", f"{LOCAL}/", {"x-amz-target": "AmazonSSM.GetParameter"}, "AmazonSSM"),
        ("GET", "/photos", {}, "s3"),
    ],
)
def test_service(method: str, url: str, headers: dict[str, str], service: str) -> None:
    assert service_of(method, url, headers) == service
