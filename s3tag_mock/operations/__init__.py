"""What AWS's operations mean: one plain function each, from parameters to result.

``SERVED`` is the whole of what is served, by service and name.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from s3tag_mock.operations.registry import Operation, operations_in
from s3tag_mock.operations.s3 import (
    abac,
    acls,
    attributes,
    bucket_encryption,
    bucket_policy,
    bucket_tagging,
    buckets,
    copies,
    deletes,
    directory_buckets,
    lifecycle,
    listings,
    multipart,
    object_encryption,
    object_lock,
    object_tagging,
    objects,
    parts,
    public_access,
    reading,
    replication,
    request_payment,
    restores,
    upload_listings,
    versioning,
)
from s3tag_mock.operations.s3control import (
    access_points,
    job_listing,
    job_tagging,
    job_updates,
    jobs,
    outposts_buckets,
    resource_tagging,
)
from s3tag_mock.operations.sts import identity

SERVED: Final[Mapping[tuple[str, str], Operation]] = MappingProxyType(
    operations_in(
        abac,
        access_points,
        acls,
        attributes,
        bucket_encryption,
        bucket_policy,
        bucket_tagging,
        buckets,
        copies,
        deletes,
        directory_buckets,
        identity,
        job_listing,
        job_tagging,
        job_updates,
        jobs,
        lifecycle,
        listings,
        multipart,
        object_encryption,
        object_lock,
        outposts_buckets,
        object_tagging,
        objects,
        parts,
        public_access,
        reading,
        replication,
        request_payment,
        restores,
        upload_listings,
        resource_tagging,
        versioning,
    )
)
