"""PutBucketAccelerateConfiguration, GetBucketAccelerateConfiguration."""

from __future__ import annotations

from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params
from s3tag_mock.operations.s3 import configurations
from s3tag_mock.operations.s3.configurations import Document, Kind
from s3tag_mock.state.bucket import Bucket

_STATUSES: Final = frozenset({"Enabled", "Suspended"})


def _checked(call: CallContext, bucket: Bucket, document: Document, params: Params) -> Document:
    if "." in bucket.name:
        raise errors.ACCELERATE_WITH_PERIODS()
    if document.get("Status") not in _STATUSES:
        raise errors.MALFORMED_XML(hint=f"Status is {document.get('Status')!r}")
    return document


_ACCELERATE: Final = Kind(
    title="transfer acceleration settings",
    name="BucketAccelerateConfiguration",
    parameter="AccelerateConfiguration",
    put_action="PutAccelerateConfiguration",
    get_action="GetAccelerateConfiguration",
    source="PutBucketAccelerateConfiguration; RECORDED, LS test_bucket_acceleration_configuration_crud.",
    check=_checked,
)
put_bucket_accelerate_configuration = configurations.put(_ACCELERATE)
get_bucket_accelerate_configuration = configurations.get(_ACCELERATE)
