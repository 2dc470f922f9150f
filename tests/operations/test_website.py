"""Website configurations (LS test_crud_website_configuration, test_validate_website_configuration)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import refusal

INDEX = {"IndexDocument": {"Suffix": "index.html"}}
PROTOCOL = "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically."


def put(s3: Any, **document: Any) -> Any:
    return s3.put_bucket_website(Bucket="photos", WebsiteConfiguration=document)


def test_it_is_put_got_and_deleted(photos: str, s3: Any) -> None:
    absent = {
        "Status": 404,
        "Code": "NoSuchWebsiteConfiguration",
        "Message": "The specified bucket does not have a website configuration",
        "BucketName": "photos",
    }
    assert refusal(lambda: s3.get_bucket_website(Bucket=photos)) == absent
    here = {"HostName": "example.com", "Protocol": "https"}
    condition = {"HttpErrorCodeReturnedEquals": "503"}
    for document in (
        {"RedirectAllRequestsTo": here},
        routed(Redirect={**here, "ReplaceKeyWith": "a", "HttpRedirectCode": "307"}, Condition=condition),
        routed(Redirect={"ReplaceKeyPrefixWith": "a/"}),
        INDEX,
    ):
        assert put(s3, **document)["ResponseMetadata"]["HTTPStatusCode"] == 200
        found = s3.get_bucket_website(Bucket=photos)
        assert {name: found[name] for name in found if name != "ResponseMetadata"} == document
    assert s3.delete_bucket_website(Bucket=photos)["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert refusal(lambda: s3.get_bucket_website(Bucket=photos)) == absent


def routed(**rule: Any) -> dict[str, Any]:
    return {**INDEX, "RoutingRules": [rule]}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"IndexDocument": {"Suffix": "/index.html"}}, "The IndexDocument Suffix is not well formed"),
        ({"IndexDocument": {"Suffix": ""}}, "The IndexDocument Suffix is not well formed"),
        (
            {"RedirectAllRequestsTo": {"HostName": "example.com"}, **INDEX},
            "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
        ),
        ({"RedirectAllRequestsTo": {"HostName": "example.com", "Protocol": "ftp"}}, PROTOCOL),
        (
            {"ErrorDocument": {"Key": "error.html"}},
            "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
        ),
        (routed(Redirect={"Protocol": "ftp"}), PROTOCOL),
        (
            routed(Redirect={"ReplaceKeyPrefixWith": "a/", "ReplaceKeyWith": "b"}),
            "You can only define ReplaceKeyPrefix or ReplaceKey but not both.",
        ),
        (
            routed(Redirect={"HostName": "example.com"}, Condition={}),
            "Condition cannot be empty. To redirect all requests without a condition, the condition element "
            "shouldn't be present.",
        ),
        (
            routed(Redirect={"HostName": "example.com", "HttpRedirectCode": "300"}),
            "The provided HTTP redirect code (300) is not valid. Valid codes are 3XX except 300.",
        ),
        (
            routed(Redirect={"HostName": "example.com"}, Condition={"HttpErrorCodeReturnedEquals": "302"}),
            "The provided HTTP error code (302) is not valid. Valid codes are 4XX or 5XX.",
        ),
        (
            {**INDEX, "RoutingRules": []},
            "The XML you provided was not well-formed or did not validate against our published schema",
        ),
    ],
)
def test_a_document_that_aws_refuses(photos: str, s3: Any, document: dict[str, Any], message: str) -> None:
    refused = refusal(lambda: put(s3, **document))
    assert (refused["Status"], refused["Message"]) == (400, message)
    assert refusal(lambda: s3.get_bucket_website(Bucket=photos))["Code"] == "NoSuchWebsiteConfiguration"


def test_what_an_argument_was(photos: str, s3: Any) -> None:
    refused = refusal(lambda: put(s3, ErrorDocument={"Key": "error.html"}))
    assert (refused["ArgumentName"], refused["ArgumentValue"]) == ("IndexDocument", "null")
    refused = refusal(lambda: put(s3, IndexDocument={"Suffix": "/index.html"}))
    assert (refused["ArgumentName"], refused["ArgumentValue"]) == ("IndexDocument", "/index.html")
    refused = refusal(lambda: put(s3, RedirectAllRequestsTo={"HostName": "example.com"}, **INDEX))
    assert (refused["ArgumentName"], refused["ArgumentValue"]) == ("RedirectAllRequestsTo", "not null")
