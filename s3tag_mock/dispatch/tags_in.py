"""The tags in a call's parameters or response, whichever of AWS's forms they have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl


def tags_in(shaped: Mapping[str, Any]) -> dict[str, str] | None:
    """The tags; None where there is no parameter for any.

    :param shaped: parameters or a response in boto3's shape: with a Tagging (a document, or a header as URL
        arguments), a TagSet, Tags, or a CreateBucketConfiguration with Tags.
    """
    tagging = shaped.get("Tagging")
    if isinstance(tagging, str):
        return dict(parse_qsl(tagging, keep_blank_values=True))
    lists = (
        None if tagging is None else tagging.get("TagSet", ()),
        shaped.get("TagSet"),
        shaped.get("Tags"),
        (shaped.get("CreateBucketConfiguration") or {}).get("Tags"),
    )
    given = [tags for tags in lists if tags is not None]
    return {tag["Key"]: tag["Value"] for tags in given for tag in tags} if given else None
