"""The ARNs of S3 and S3 Batch Operations, taken apart and put together."""

from __future__ import annotations

import re
from typing import Final

from s3tag_mock.rules.partitions import partition_of
from s3tag_mock.rules.regions import US_EAST_1

_BUCKET_ARN: Final = re.compile(r"arn:[^:]+:s3:[^:]*:[^:]*:(?P<bucket>[^/:]+)")
_OBJECT_ARN: Final = re.compile(r"arn:[^:]+:s3:[^:]*:[^:]*:(?P<bucket>[^/:]+)/(?P<key>.+)", re.DOTALL)
_OUTPOST_BUCKET_ARN: Final = re.compile(
    r"arn:[^:]+:s3-outposts:[^:]+:\d{12}:outpost/(?P<outpost>[^/]+)/bucket/(?P<bucket>[^/:]+)"
)
_DIRECTORY_BUCKET_ARN: Final = re.compile(r"arn:[^:]+:s3express:[^:]+:\d{12}:bucket/(?P<bucket>[^/]+)")
_OUTPOST_ID: Final = re.compile("op-[0-9a-f]{17}")
_FUNCTION: Final = re.compile(
    r"(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:[a-z]{2,4}(?:-[a-z]+){1,2}-\d:)?(?:\d{12}:)?(?:function:)?"
    r"(?P<name>[a-zA-Z0-9-_]+)(?::(?:\$LATEST|[a-zA-Z0-9-_]+))?"
)


def bucket_of(arn: str) -> str | None:
    """The bucket's name in ``arn:aws:s3:::bucket``; None for anything else."""
    match = _BUCKET_ARN.fullmatch(arn)
    return match["bucket"] if match else None


def bucket_and_key_of(arn: str) -> tuple[str, str] | None:
    """Bucket and key in ``arn:aws:s3:::bucket/key``; None for anything else."""
    match = _OBJECT_ARN.fullmatch(arn)
    return (match["bucket"], match["key"]) if match else None


def function_name(name_or_arn: str) -> str:
    """The name of a Lambda function, out of its ARN (or a part of it) and without its qualifier."""
    match = _FUNCTION.fullmatch(name_or_arn)
    return match["name"] if match else name_or_arn


def function(region: str, account: str, name: str) -> str:
    """The ARN of a Lambda function."""
    return f"arn:{partition_of(region).name}:lambda:{region}:{account}:function:{name}"


def directory_bucket_of(arn: str) -> str | None:
    """The name in ``arn:aws:s3express:region:account:bucket/name``; None for anything else."""
    match = _DIRECTORY_BUCKET_ARN.fullmatch(arn)
    return match["bucket"] if match else None


def is_outpost_bucket(arn: str) -> bool:
    """Whether this is the ARN of a bucket on an outpost."""
    return _OUTPOST_BUCKET_ARN.fullmatch(arn) is not None


def is_outpost_id(text: str) -> bool:
    """Whether this is an outpost's id: ``op-`` and 17 hex digits."""
    return _OUTPOST_ID.fullmatch(text) is not None


def access_point(region: str, account: str, name: str, outpost: str | None) -> str:
    """An access point's ARN.

    :param outpost: for one of a bucket on an outpost.
    """
    partition = partition_of(region).name
    if outpost is not None:
        return f"arn:{partition}:s3-outposts:{region}:{account}:outpost/{outpost}/accesspoint/{name}"
    return f"arn:{partition}:s3:{region}:{account}:accesspoint/{name}"


def outpost_bucket(region: str, account: str, outpost: str, name: str) -> str:
    """The ARN of a bucket on an outpost."""
    return f"arn:{partition_of(region).name}:s3-outposts:{region}:{account}:outpost/{outpost}/bucket/{name}"


def directory_bucket(region: str, account: str, name: str) -> str:
    """The ARN of a directory bucket."""
    return f"arn:{partition_of(region).name}:s3express:{region}:{account}:bucket/{name}"


def bucket(name: str, region: str = US_EAST_1) -> str:
    """``arn:aws:s3:::name``, in the partition of the bucket's region."""
    return f"arn:{partition_of(region).name}:s3:::{name}"


def is_of_partition(arn: str, region: str) -> bool:
    """Whether an ARN is of the partition that a region belongs to."""
    return arn.split(":", 2)[1] == partition_of(region).name


def in_partition(arn: str, region: str) -> str:
    """An ARN in the partition of a region, whatever partition it names; nobody's empty one stays empty."""
    if not arn:
        return arn
    return f"arn:{partition_of(region).name}:{arn.split(':', 2)[2]}"


def storage_lens(region: str, account: str, name: str) -> str:
    """The ARN of a Storage Lens configuration."""
    return f"arn:{partition_of(region).name}:s3:{region}:{account}:storage-lens/{name}"


def storage_lens_group(region: str, account: str, name: str) -> str:
    """The ARN of a Storage Lens group."""
    return f"arn:{partition_of(region).name}:s3:{region}:{account}:storage-lens-group/{name}"


def job(region: str, account: str, job_id: str) -> str:
    """The ARN that DescribeJob shows."""
    return f"arn:{partition_of(region).name}:s3:{region}:{account}:job/{job_id}"


def iam(region: str, account: str, kind: str, path: str, name: str) -> str:
    """The ARN of something of IAM's.

    :param kind: ``"role"``, ``"user"``, ``"group"``, ``"instance-profile"`` or ``"policy"``.
    :param path: begins and ends with ``/``.
    """
    return f"arn:{partition_of(region).name}:iam::{account}:{kind}{path}{name}"
