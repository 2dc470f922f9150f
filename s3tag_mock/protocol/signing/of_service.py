"""Signature version 4 as services beside S3 check it: those of the Query protocol and of the JSON protocol.

Their requests go to the path ``/``, so that paths, which S3 signs otherwise, make no difference. Source: IAM
user guide, "AWS Signature Version 4 for API requests", "Troubleshoot Signature Version 4 signing".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol.signing import v4
from s3tag_mock.protocol.signing.arrived import Arrived
from s3tag_mock.protocol.signing.signature import Signature
from s3tag_mock.protocol.signing.v4 import A_WEEK, DATE_FORM, TOLERANCE

#: The text for a signature that isn't the right one.
MISMATCH: Final = errors.WRONG_SECRET_OF_QUERY.message
_PARAMETERS: Final = ("Credential", "Signature", "SignedHeaders")


def of_request(
    request: Arrived, body: bytes, now: datetime, services: frozenset[str], refused: Callable[[str], AwsError]
) -> Signature | None:
    """The signature of a request, once everything about it but the signature itself is right.

    :param body: all of it.
    :param now: the real time, by which clients sign.
    :param services: what the credential's scope may name.
    :param refused: makes the error of a text that says what is wrong.
    :return: None for a request that nobody signed.
    :raises AwsError: IncompleteSignature, or what ``refused`` makes.
    """
    in_query = "X-Amz-Signature" in request.arguments
    authorization = request.headers.get("authorization", "")
    if not in_query and not authorization:
        return None
    given = _of_query(request) if in_query else dict(re.findall(r"\b(\w+)=([^,\s]+)", authorization))
    missing = [name for name in _PARAMETERS if not given.get(name)]
    timestamp = request.arguments.get("X-Amz-Date") if in_query else request.headers.get("x-amz-date")
    signed_at = v4.date(timestamp or "")
    if missing or signed_at is None:
        raise errors.INCOMPLETE_SIGNATURE(missing=" ".join(missing) or "X-Amz-Date")
    credential = _credential(given["Credential"], services, refused)
    lasts = request.arguments.get("X-Amz-Expires", "") if in_query else ""
    _check_time(signed_at, _period(lasts), now, refused)
    signed = sorted(given["SignedHeaders"].lower().split(";"))
    return v4.signature(
        request, credential, str(timestamp), signed, hashlib.sha256(body).hexdigest(), given["Signature"]
    )


def _of_query(request: Arrived) -> dict[str, str]:
    return {name: request.arguments.get(f"X-Amz-{name}", "") for name in _PARAMETERS}


def _credential(text: str, services: frozenset[str], refused: Callable[[str], AwsError]) -> v4.Credential:
    parts = text.split("/")
    if len(parts) != 5:
        raise refused("Credential must have exactly 5 slash-delimited elements.")
    credential = v4.Credential(*parts[:4])
    if credential.service not in services:
        raise refused(f"Credential should be scoped to correct service: '{min(services)}'. ")
    return credential


def _period(lasts: str) -> timedelta:
    """How long a signature lasts: what X-Amz-Expires says, a week at most (ASSUMED, as for S3)."""
    if re.fullmatch("[0-9]+", lasts) is None:
        return TOLERANCE
    return timedelta(seconds=min(int(lasts[:9]), A_WEEK))


def _check_time(
    signed_at: datetime, lasts: timedelta, now: datetime, refused: Callable[[str], AwsError]
) -> None:
    if now - signed_at > lasts:
        minutes = int(lasts.total_seconds() // 60)
        early = f"{now - lasts:{DATE_FORM}} ({now:{DATE_FORM}} - {minutes} min.)"
        raise refused(f"Signature expired: {signed_at:{DATE_FORM}} is now earlier than {early}")
    if signed_at - now > TOLERANCE:
        late = f"{now + TOLERANCE:{DATE_FORM}} ({now:{DATE_FORM}} + 15 min.)"
        raise refused(f"Signature not yet current: {signed_at:{DATE_FORM}} is still later than {late}")
