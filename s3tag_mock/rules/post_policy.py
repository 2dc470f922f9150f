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

Condition = tuple[str, str, str]
_ONE_PROPERTY: Final = "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."


def check(encoded: str, fields: Mapping[str, str], bucket: str, size: int, now: datetime) -> None:
    """Hold a form against its policy.

    :param encoded: the policy in base64, as the field ``policy`` has it.
    :param fields: by their names in lower case.
    :param size: of the file, in bytes.
    :param now: the real time, by which botocore signs.
    :raises AwsError: AccessDenied, InvalidPolicyDocument, EntityTooLarge, EntityTooSmall.
    """
    ends, conditions = _parse(encoded)
    if now > ends:
        raise errors.POST_POLICY_EXPIRED()
    for condition in conditions:
        _hold(condition, {**fields, "bucket": bucket}, size)


def _parse(encoded: str) -> tuple[datetime, list[Condition]]:
    try:
        policy = json_documents.read(base64.b64decode(encoded))
        ends = datetime.strptime(policy["expiration"].partition(".")[0].rstrip("Z"), "%Y-%m-%dT%H:%M:%S")
        conditions = list(policy["conditions"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise errors.INVALID_POST_POLICY(problem="Invalid JSON.") from None
    return ends.replace(tzinfo=timezone.utc), [_condition(one) for one in conditions]


def _condition(condition: Any) -> Condition:
    if isinstance(condition, Mapping):
        if len(condition) != 1:
            raise errors.INVALID_POST_POLICY(problem=_ONE_PROPERTY)
        ((name, value),) = condition.items()
        return "eq", f"${name}", str(value)
    known = isinstance(condition, list) and len(condition) == 3
    if not known or condition[0] not in {"eq", "starts-with", "content-length-range"}:
        raise errors.INVALID_POST_POLICY(problem="Invalid Condition.", hint=f"{condition!r}")
    kind, first, second = condition
    if kind == "content-length-range" and not (_is_number(first) and _is_number(second)):
        raise errors.INVALID_POST_POLICY(problem="Invalid content-length-range.")
    return kind, str(first), str(second)


def _is_number(value: Any) -> bool:
    return re.fullmatch(r"\d{1,20}", str(value)) is not None


def _hold(condition: Condition, fields: Mapping[str, str], size: int) -> None:
    kind, first, second = condition
    if kind == "content-length-range":
        if size > int(second):
            raise errors.FILE_TOO_LARGE(ProposedSize=str(size), MaxSizeAllowed=second)
        if size < int(first):
            raise errors.FILE_TOO_SMALL(ProposedSize=str(size), MinSizeAllowed=first)
        return
    value = fields.get(first.removeprefix("$").lower(), "") if first.startswith("$") else None
    holds = value is not None and (value == second if kind == "eq" else value.startswith(second))
    if not holds:
        raise errors.POST_CONDITION_FAILED(condition=json.dumps(list(condition)))
