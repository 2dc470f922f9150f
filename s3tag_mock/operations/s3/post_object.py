"""PostObject: a browser's form, which no client of botocore sends (S3 API reference, "POST Object")."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Operation, Params, Result
from s3tag_mock.operations.s3.objects import put_object
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.rules import post_policy
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.partitions import partition_of

_OF_THE_FORM: Final = frozenset(
    {"Fields", "Policy", "SuccessActionRedirect", "SuccessActionStatus", "TagSet"}
)


def post_object(call: CallContext, params: Params) -> Result:
    """Store the file of a form, with the tags of its field ``tagging``.

    A form without a policy is anonymous, as its call is. Source: POST Object; RECORDED, LS
    test_post_object_with_tags.
    """
    body: bytes = params["Body"]
    if "Policy" in params:
        now = call.world.clock.real_now()
        post_policy.check(params["Policy"], params["Fields"], params["Bucket"], len(body), now)
    tags = tag_rules.OBJECT.check(pairs(params.get("TagSet", ())))
    stored = {name: value for name, value in params.items() if name not in _OF_THE_FORM}
    tagging = urlencode(tags, quote_via=quote)
    result = put_object(call.calling(put_object), {**stored, "Tagging": tagging})
    return {
        **result,
        "Bucket": params["Bucket"],
        "Key": params["Key"],
        **_success(call, params, result["ETag"]),
    }


def _success(call: CallContext, params: Params, etag: str) -> Result:
    """Where the browser goes next, or the status that it gets."""
    redirect, status = params.get("SuccessActionRedirect", ""), params.get("SuccessActionStatus")
    if _is_whole_url(redirect):
        query = urlencode({"bucket": params["Bucket"], "key": params["Key"], "etag": etag})
        separator = "&" if "?" in redirect else "?"
        return {"Location": f"{redirect}{separator}{query}", "SuccessActionStatus": 303}
    at_aws = f"https://{params['Bucket']}.s3.{partition_of(call.region).domains[0]}"
    location = call.url_of(params["Bucket"], quote(params["Key"], safe=""), at_aws)
    return {"Location": location, "SuccessActionStatus": int(status) if status in {"200", "201"} else 204}


def _is_whole_url(text: str) -> bool:
    """Whether AWS can send a browser there; any other redirect counts as absent (RECORDED, LS
    test_s3_presigned_post_success_action_redirect).
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc)


POST_OBJECT: Final = Operation(
    "s3",
    "PostObject",
    post_object,
    honours=_OF_THE_FORM | {"Body", "Bucket", "Metadata"} | frozenset(post_policy.FIELDS.values()),
)
