"""A Storage Lens configuration, or a Storage Lens group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from s3tag_mock.rules.tags import Tags, no_tags


@dataclass(slots=True, eq=False)
class StorageLens:
    """A configuration or a group: a document with a name and tags.

    :param account: whose it is.
    :param region: its home region.
    :param document: as it was put.
    :param was_tagged: whether it had tags that were removed or replaced since.
    """

    name: str
    account: str
    region: str
    document: Mapping[str, Any]
    tags: Tags = field(default_factory=no_tags)
    was_tagged: bool = False
