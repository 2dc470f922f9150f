"""Tag sets between boto3's shape (a list of Key and Value) and the rules' (key to value)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from s3tag_mock.rules.tags import Tags


def pairs(tags: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    """Keys and values of ``[{"Key": ..., "Value": ...}, ...]``, in order."""
    return [(tag["Key"], tag["Value"]) for tag in tags]


def pairs_of(tagging: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Keys and values of ``{"TagSet": [...]}``; AWS takes a missing TagSet for an empty one."""
    return pairs(tagging.get("TagSet", ()))


def tag_set_of(tags: Tags) -> list[dict[str, str]]:
    """``[{"Key": ..., "Value": ...}, ...]``, in the order in which the tags were put."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]
