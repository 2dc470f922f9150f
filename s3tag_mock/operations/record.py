"""The record of an operation: all that is known of one beside its function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Params = Mapping[str, Any]
Result = dict[str, Any]
#: An operation: the call's context and its parameters in boto3's shape to a result in boto3's shape, or an
#: AwsError. The context holds the record, so the record can't name the context's type.
Run = Callable[[Any, Params], Result]


@dataclass(frozen=True, slots=True)
class TagUse:
    """What an operation is for, where it is about tags alone.

    :param of: the kind of resource that has the tags.
    :param does: with the set: read it, put another in its place, remove it, or change some of it.
    """

    of: Literal["bucket", "job", "object", "resource"]
    does: Literal["reads", "replaces", "removes", "changes"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation.

    :param service: botocore's name of the service.
    :param name: AWS's name of the operation.
    :param honours: parameters that it acts on; None for one that refuses every call anyway.
    :param ignores: parameters that it takes and that change nothing in its answers, because what
        they are about isn't modelled; listed in docs/coverage.md.
    :param action: the IAM action that it needs, such as ``"s3:GetObject"``, on the object or bucket (or,
        in S3 Control, the resource) that it names; None where AWS names none.
    :param access_points: whether it may be called with an access point in place of the bucket (S3 user
        guide, "Access point compatibility").
    :param directory_buckets: whether it works with directory buckets (S3 user guide, "Differences for
        directory buckets").
    :param tags: what it does with tags, where it is about nothing else.
    """

    service: str
    name: str
    run: Run
    honours: frozenset[str] | None
    ignores: frozenset[str] = frozenset()
    action: str | None = None
    access_points: bool = False
    directory_buckets: bool = False
    tags: TagUse | None = None

    @property
    def is_supported(self) -> bool:
        """Whether it does anything but refuse."""
        return self.honours is not None

    def refused(self, params: Params) -> list[str]:
        """The parameters in a call that are neither honoured nor ignored."""
        return [] if self.honours is None else sorted(params.keys() - self.honours - self.ignores)

    def action_on(self, params: Params) -> str | None:
        """The IAM action that a call needs: with a version's id another one, where there is one."""
        if params.get("VersionId") is None:
            return self.action
        return OF_VERSIONS.get(self.action or "", self.action)


#: Actions that have another name when a version is named (Service authorization reference, Amazon S3).
OF_VERSIONS: Final[Mapping[str, str]] = {
    "s3:DeleteObject": "s3:DeleteObjectVersion",
    "s3:DeleteObjectTagging": "s3:DeleteObjectVersionTagging",
    "s3:GetObject": "s3:GetObjectVersion",
    "s3:GetObjectAcl": "s3:GetObjectVersionAcl",
    "s3:GetObjectAttributes": "s3:GetObjectVersionAttributes",
    "s3:GetObjectTagging": "s3:GetObjectVersionTagging",
    "s3:PutObjectAcl": "s3:PutObjectVersionAcl",
    "s3:PutObjectTagging": "s3:PutObjectVersionTagging",
}
