"""Which operation a request is that no client made, by the service model."""

from __future__ import annotations

import pytest

from s3tag_mock.protocol.operation_of import Operations, name_of
from s3tag_mock.protocol.route import Routes, find, is_of_bucket, routes_of
from s3tag_mock.protocol.service_model import read_model

TAGS = "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Aphotos"


@pytest.fixture(scope="module")
def routes() -> Routes:
    return routes_of(read_model("s3"))


@pytest.mark.parametrize(
    ("request_", "headers", "name"),
    [
        ("GET /", (), "ListBuckets"),
        ("GET /photos", (), "ListObjects"),
        ("GET /photos/", (), "ListObjects"),
        ("GET /photos?list-type=2&prefix=a", (), "ListObjectsV2"),
        ("GET /photos?list-type=1", (), "ListObjects"),
        ("GET /photos?tagging", (), "GetBucketTagging"),
        ("GET /photos?inventory", (), "ListBucketInventoryConfigurations"),
        ("GET /photos?inventory&id=x", (), "GetBucketInventoryConfiguration"),
        ("GET /photos?lifecycle", (), "GetBucketLifecycleConfiguration"),
        ("GET /photos/a/b", (), "GetObject"),
        ("GET /photos//", (), "GetObject"),
        ("GET /photos/k?tagging=", (), "GetObjectTagging"),
        ("GET /photos/k?attributes", ("x-amz-object-attributes",), "GetObjectAttributes"),
        ("PUT /photos/k", (), "PutObject"),
        ("PUT /photos/k", ("x-amz-copy-source", "other"), "CopyObject"),
        ("PUT /photos/k?partNumber=1&uploadId=u", (), "UploadPart"),
        ("PUT /photos/k?partNumber=1&uploadId=u", ("x-amz-copy-source",), "UploadPartCopy"),
        ("PUT /photos/k?partNumber=1", (), "PutObject"),
        ("POST /photos?delete", (), "DeleteObjects"),
        ("POST /photos/k?select&select-type=2", (), "SelectObjectContent"),
        ("POST /photos/k", (), None),
        ("PATCH /photos", (), None),
    ],
)
def test_operations_of_s3(routes: Routes, request_: str, headers: tuple[str, ...], name: str | None) -> None:
    method, _, target = request_.partition(" ")
    path, _, query = target.partition("?")
    found = find(routes, method, path, query, dict.fromkeys(headers, "x"))
    assert (None if found is None else found.name) == name


@pytest.mark.parametrize(
    ("path", "is_one"),
    [("/", False), ("/X", True), ("/photos", True), ("/photos/", True), ("/photos/k", False)],
)
def test_paths_of_buckets(path: str, is_one: bool) -> None:
    assert is_of_bucket(path) == is_one


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/v20180820/jobs", "ListJobs"),
        ("POST", "/v20180820/jobs", "CreateJob"),
        ("GET", "/v20180820/jobs/1/tagging", "GetJobTagging"),
        ("GET", "/v20180820/jobs/1", "DescribeJob"),
        ("GET", "/v20180820/storagelens/x", "GetStorageLensConfiguration"),
        ("POST", TAGS, "TagResource"),
        ("GET", "/v20180820/mrap/instances/x/policy", "GetMultiRegionAccessPointPolicy"),
        ("GET", "/v20180820/nothing", None),
        ("PATCH", "/v20180820/jobs", None),
    ],
)
def test_operations_by_their_paths(method: str, path: str, name: str | None) -> None:
    found = Operations.of(read_model("s3control")).by_path(method, path)
    assert (None if found is None else found.name) == name


def test_operations_by_their_names() -> None:
    operations = Operations.of(read_model("iam"))
    assert operations.by_path("POST", "/") is None
    found = operations.by_name("GetRole")
    assert found is not None
    assert found.name == "GetRole"
    assert operations.by_name("GetRoll") is None


@pytest.mark.parametrize(
    ("query", "headers", "body", "name"),
    [
        ("", {"x-amz-target": "ResourceGroupsTaggingAPI_20170126.GetResources"}, b"{}", "GetResources"),
        ("", {}, b"Action=GetRole&RoleName=x", "GetRole"),
        ("Action=GetRole", {}, b"", "GetRole"),
        ("Action=GetRole", {}, b"Action=GetUser", "GetUser"),
        ("Action=GetRole", {}, b"\xff", "GetRole"),
        ("", {}, b"", ""),
    ],
)
def test_names_that_requests_give(query: str, headers: dict[str, str], body: bytes, name: str) -> None:
    assert name_of(query, headers, body) == name
