"""Documents that are answered: their root elements, and what stands in which order."""

from __future__ import annotations

from typing import Any

import pytest
import xmltodict
from botocore.model import StructureShape

from conftest import needs_botocore
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.protocol import model
from s3tag_mock.protocol.wire_format import compile_wire_format
from tests.web import Web, presign

SUPPORTED = [one for one in OPERATIONS.values() if one.is_supported and one.service in {"s3", "s3control"}]


def root_of(service: str, name: str) -> str | None:
    """The root element of an operation's answer; None for one that has no document."""
    operation = service_model(service).operation_model(name)
    shape = operation.output_shape
    if not isinstance(shape, StructureShape) or operation.has_event_stream_output:
        return None
    payload = shape.serialization.get("payload")
    if payload is not None and shape.members[payload].type_name in {"blob", "string"}:
        return None
    body = compile_wire_format(operation).serializer({}, "REQUESTID").body
    return next(iter(xmltodict.parse(body))) if body else None


@pytest.mark.parametrize("operation", SUPPORTED, ids=lambda one: f"{one.service}.{one.name}")
@needs_botocore("1.41.1", "all operations that are served")
def test_every_root_was_looked_up(operation: Any) -> None:
    """In a table of those that the model names otherwise, or in the one of those that it names rightly."""
    key = (operation.service, operation.name)
    tables = {**model.ROOT_AS_MODELLED, **model.RESPONSE_ROOT, **model.ROOT_IS_MEMBER}
    root = root_of(*key)
    assert root is None or tables.get(key) == root
    assert sum(key in table for table in (model.ROOT_AS_MODELLED, model.RESPONSE_ROOT)) <= 1


@pytest.mark.parametrize(
    ("operation", "root"),
    [
        ("GetBucketLifecycleConfiguration", "LifecycleConfiguration"),
        ("ListDirectoryBuckets", "ListAllMyDirectoryBucketsResult"),
        ("CreateSession", "CreateSessionResult"),
    ],
)
def test_roots_that_the_model_names_otherwise(operation: str, root: str) -> None:
    """DOCUMENTED, S3 API reference; CreateSession's LIKELY."""
    assert root_of("s3", operation) == root


class TestOrder:
    """RECORDED, LS test_response_structure, test_response_structure_get_obj_attrs."""

    def elements(self, s3: Any, operation: str, **params: Any) -> list[str]:
        body = Web().request("GET", presign(s3, operation, **params)).data
        (document,) = xmltodict.parse(body).values()
        return [name for name in document if not name.startswith("@")]

    def test_buckets(self, s3: Any, photos: str) -> None:
        assert self.elements(s3, "list_buckets")[:2] == ["Owner", "Buckets"]

    @pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2"])
    def test_objects(self, s3: Any, photos: str, operation: str) -> None:
        elements = self.elements(s3, operation, Bucket=photos)
        assert (elements[-1], "Name" in elements) == ("Contents", True)

    def test_versions(self, s3: Any, photos: str) -> None:
        elements = self.elements(s3, "list_object_versions", Bucket=photos)
        assert (elements[-1], "Name" in elements) == ("Version", True)

    def test_attributes(self, s3: Any, photos: str) -> None:
        s3.put_object(Bucket=photos, Key="new", Body=b"test", ChecksumAlgorithm="CRC32")
        wanted = ["StorageClass", "ObjectSize", "Checksum", "ETag"]
        url = presign(s3, "get_object_attributes", Bucket=photos, Key="new", ObjectAttributes=wanted)
        body = Web().request("GET", url, headers={"x-amz-object-attributes": ",".join(wanted)}).data
        elements = list(xmltodict.parse(body)["GetObjectAttributesResponse"])
        assert [name for name in elements if name[0] != "@"] == [
            "ETag",
            "Checksum",
            "StorageClass",
            "ObjectSize",
        ]


@pytest.mark.parametrize(
    ("region", "document"),
    [
        ("us-east-1", '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>'),
        (
            "eu-central-1",
            '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-central-1</LocationConstraint>',
        ),
    ],
)
def test_location(aws: Any, region: str, document: str) -> None:
    """An empty element stands for us-east-1. RECORDED, LS test_response_structure_get_bucket_location."""
    aws.create_bucket("somewhere", region=region)
    s3 = aws.client("s3", region_name=region)
    reply = Web().request("GET", presign(s3, "get_bucket_location", Bucket="somewhere"))
    assert reply.data.decode() == f'<?xml version="1.0" encoding="UTF-8"?>\n{document}'
