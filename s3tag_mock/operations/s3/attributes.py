"""GetObjectAttributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.operations import kms_permission, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import VERSION, Params, Result, operation
from s3tag_mock.operations.s3.paging import page_of_parts
from s3tag_mock.operations.s3.storing import checksum_fields
from s3tag_mock.rules.encryption import CUSTOMER_KEY, check_readable
from s3tag_mock.state.bucket import ObjectVersion

Describe = Callable[[ObjectVersion, Params], dict[str, Any]]


@operation(
    "s3",
    "GetObjectAttributes",
    VERSION,
    "ObjectAttributes MaxParts PartNumberMarker",
    *CUSTOMER_KEY,
    also={"GetObject": ""},
    access_points=True,
    directory_buckets=True,
)
def get_object_attributes(call: CallContext, params: Params) -> Result:
    """Those attributes of an object that the call asks for.

    Source: GetObjectAttributes; RECORDED, LS test_get_object_attributes_versioned.
    """
    bucket = require.bucket(call, params)
    version = require.readable_version(call, params, bucket)
    check_readable(version.properties.encryption, params)
    kms_permission.check(call, params, version.properties.encryption, "kms:Decrypt")
    wanted = params["ObjectAttributes"]
    unknown = [name for name in wanted if name not in _ATTRIBUTES]
    if unknown or not wanted:
        raise errors.INVALID_ARGUMENT(
            message="Invalid attribute name specified.",
            ArgumentName="x-amz-object-attributes",
            ArgumentValue=",".join(unknown),
        )
    result: Result = {"LastModified": version.last_modified}
    if bucket.versioning is not None:
        result["VersionId"] = version.version_id
    for name in wanted:
        result.update(_ATTRIBUTES[name](version, params))
    return result


def _etag(version: ObjectVersion, params: Params) -> dict[str, Any]:
    return {"ETag": version.etag}


def _checksum(version: ObjectVersion, params: Params) -> dict[str, Any]:
    """Without the number of parts that other answers show after a composite checksum (RECORDED, LS
    test_complete_multipart_parts_checksum_composite).
    """
    fields = {name: value.partition("-")[0] for name, value in checksum_fields(version).items()}
    return {"Checksum": fields} if fields else {}


def _storage_class(version: ObjectVersion, params: Params) -> dict[str, Any]:
    return {"StorageClass": version.properties.storage_class}


def _size(version: ObjectVersion, params: Params) -> dict[str, Any]:
    return {"ObjectSize": len(version.body)}


def _parts(version: ObjectVersion, params: Params) -> dict[str, Any]:
    """Only of multipart objects; without a composite checksum no more than the number of parts.

    RECORDED, LS test_complete_multipart_parts_checksum_full_object, test_get_object_attributes.
    """
    if not version.parts:
        return {}
    fields: dict[str, Any] = {"TotalPartsCount": len(version.parts)}
    if version.checksum_type == "COMPOSITE":
        page, described = page_of_parts(version.parts, params)
        parts = [{"PartNumber": part.number, "Size": part.size, **part.checksum_fields()} for part in page]
        fields.update(described, Parts=parts)
    return {"ObjectParts": fields}


_ATTRIBUTES: Final[dict[str, Describe]] = {
    "Checksum": _checksum,
    "ETag": _etag,
    "ObjectParts": _parts,
    "ObjectSize": _size,
    "StorageClass": _storage_class,
}
