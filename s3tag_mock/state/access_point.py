"""An access point: another name for a bucket, with an ARN and an alias."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from s3tag_mock.permissions.validation import BucketPolicy
from s3tag_mock.rules import arns
from s3tag_mock.rules.tags import Tags, no_tags
from s3tag_mock.state.bucket import Bucket


@dataclass(slots=True, eq=False)
class AccessPoint:
    """An access point.

    :param account: whose it is; the bucket may be another's.
    :param alias: what may stand in place of a bucket's name.
    :param policy: its policy, parsed.
    :param was_tagged: whether it had tags that were removed or replaced since.
    :param vpc: the id of the VPC that it is open to; None for the internet.
    """

    name: str
    account: str
    region: str
    bucket: Bucket
    alias: str
    created: datetime
    public_access_block: Mapping[str, bool]
    vpc: str | None = None
    policy: BucketPolicy | None = None
    tags: Tags = field(default_factory=no_tags)
    was_tagged: bool = False

    @property
    def arn(self) -> str:
        """The ARN, of the outpost's form for a bucket on an outpost."""
        return arns.access_point(self.region, self.account, self.name, self.bucket.outpost)
