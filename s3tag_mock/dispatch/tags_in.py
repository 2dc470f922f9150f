"""The tags in a call's parameters or response, whichever of AWS's forms they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl


def tags_in(shaped: Mapping[str, Any]) -> dict[str, str] | None:
    """The tags; None where there is no parameter for any.

    :param shaped: parameters or a response in boto3's shape: with a Tagging (a document, or a header as URL
        arguments), a TagSet, Tags (a list or, as the tagging API has them, a map), or a
        CreateBucketConfiguration with Tags. What isn't of these shapes, as a client without validation may
        send it, holds none.
    """
    tagging = shaped.get("Tagging")
    if isinstance(tagging, str):
        return dict(parse_qsl(tagging, keep_blank_values=True))
    configuration = shaped.get("CreateBucketConfiguration")
    lists = (
        _member(tagging, "TagSet", ()),
        shaped.get("TagSet"),
        shaped.get("Tags"),
        _member(configuration, "Tags"),
    )
    given = [tags for tags in lists if tags is not None]
    return {key: value for tags in given for key, value in _pairs(tags)} if given else None


def _member(structure: Any, name: str, default: Any = None) -> Any:
    return structure.get(name, default) if isinstance(structure, Mapping) else None


def _pairs(tags: Any) -> Iterator[tuple[str, str]]:
    if isinstance(tags, Mapping):
        yield from ((str(key), str(value)) for key, value in tags.items())
    for tag in tags if isinstance(tags, (list, tuple)) else ():
        if isinstance(tag, Mapping) and tag.keys() >= {"Key", "Value"}:
            yield str(tag["Key"]), str(tag["Value"])
