"""The policy of a browser's form: until when it may be posted, and with which fields.

Sources: S3 API reference, "POST Policy"; RECORDED, LS test_post_object_policy_conditions_validation_eq,
..._starts_with, test_post_object_policy_validation_size, test_post_request_expires.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.rules import json_documents

Condition = tuple[str, Any, Any]
_ONE_PROPERTY: Final = "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."
#: Form field to the parameter that PutObject has for it.
FIELDS: Final[dict[str, str]] = {
    "acl": "ACL",
    "cache-control": "CacheControl",
    "content-disposition": "ContentDisposition",
    "content-encoding": "ContentEncoding",
    "content-type": "ContentType",
    "expires": "Expires",
    "key": "Key",
    "policy": "Policy",
    "success_action_redirect": "SuccessActionRedirect",
    "success_action_status": "SuccessActionStatus",
    "x-amz-server-side-encryption": "ServerSideEncryption",
    "x-amz-storage-class": "StorageClass",
    "x-amz-website-redirect-location": "WebsiteRedirectLocation",
}
#: Fields that need no condition; nor does any whose name begins like this.
_WITHOUT_CONDITION: Final = frozenset({"awsaccesskeyid", "policy", "signature", "x-amz-signature"})
_IGNORED: Final = "x-ignore-"


def check(encoded: str, fields: Mapping[str, str], bucket: str, size: int, now: datetime) -> None:
    """Check a form against its policy: every condition must hold, and every field have one.

    :param encoded: the policy in base64, as the field ``policy`` has it.
    :param fields: by their names in lower case.
    :param size: of the file, in bytes.
    :param now: the real time, by which botocore signs.
    :raises AwsError: AccessDenied, InvalidPolicyDocument, EntityTooLarge, EntityTooSmall.
    """
    ends, conditions = _parse(encoded)
    if now > ends:
        raise errors.POST_POLICY_EXPIRED()
    given = {**fields, "bucket": bucket}
    for condition in conditions:
        _check_condition(condition, given, size)
    covered = {_field(condition) for condition in conditions} | _WITHOUT_CONDITION
    extra = [name for name in given if name not in covered and not name.startswith(_IGNORED)]
    if extra:
        raise errors.EXTRA_FORM_FIELDS(fields=", ".join(sorted(extra)))


def _parse(encoded: str) -> tuple[datetime, list[Condition]]:
    try:
        policy = json_documents.read(base64.b64decode(encoded))
        second = policy["expiration"].partition(".")[0].removesuffix("Z")
        ends = datetime.strptime(second, "%Y-%m-%dT%H:%M:%S")
        conditions = list(policy["conditions"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise errors.INVALID_POST_POLICY(problem="Invalid JSON.") from None
    return ends.replace(tzinfo=timezone.utc), [_condition(one) for one in conditions]


def _condition(condition: Any) -> Condition:
    if isinstance(condition, Mapping):
        if len(condition) != 1:
            raise errors.INVALID_POST_POLICY(problem=_ONE_PROPERTY)
        ((name, value),) = condition.items()
        return "eq", f"${name}", value
    known = isinstance(condition, list) and len(condition) == 3
    if not known or condition[0] not in ("eq", "starts-with", "content-length-range"):
        raise errors.INVALID_POST_POLICY(problem="Invalid Condition.", hint=f"{condition!r}")
    kind, first, second = condition
    if kind == "content-length-range" and any(str(bound).startswith("-") for bound in (first, second)):
        raise errors.INVALID_POST_POLICY(problem="Invalid content-length-range.")
    return kind, first, second


def _field(condition: Condition) -> str:
    """The field that a condition is about, in lower case; nothing for one that names none."""
    kind, first, _ = condition
    return str(first)[1:].lower() if kind != "content-length-range" and str(first).startswith("$") else ""


def _check_condition(condition: Condition, fields: Mapping[str, str], size: int) -> None:
    kind, first, second = condition
    if kind == "content-length-range" and _is_number(first) and _is_number(second):
        if size > int(second):
            raise errors.FILE_TOO_LARGE(ProposedSize=str(size), MaxSizeAllowed=str(second))
        if size < int(first):
            raise errors.FILE_TOO_SMALL(ProposedSize=str(size), MinSizeAllowed=str(first))
        return
    field = _field(condition)
    if not field or not _holds(kind, field, fields.get(field, ""), str(second)):
        raise errors.POST_CONDITION_FAILED(condition=json.dumps(condition, ensure_ascii=False))


def _is_number(value: Any) -> bool:
    return re.fullmatch(r"\d{1,20}", str(value)) is not None


def _holds(kind: str, field: str, value: str, wanted: str) -> bool:
    if kind == "eq":
        return value == wanted
    # Commas make a list of a Content-Type (DOCUMENTED, POST Policy).
    values = [one.strip() for one in value.split(",")] if field == "content-type" else [value]
    return all(one.startswith(wanted) for one in values)
