"""What a presigned URL says beside its operation: when it ends, whose it is, headers in the query.

Signatures themselves are not checked. Sources: S3 API reference, "Authenticating Requests: Using Query
Parameters"; RECORDED, LS test_presigned_url_signature_authentication_expired.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Final
from urllib.parse import parse_qsl

from s3tag_mock import errors
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.parse import Params, Parser

_AUTHENTICATION: Final = frozenset(
    {
        "x-amz-algorithm",
        "x-amz-credential",
        "x-amz-date",
        "x-amz-expires",
        "x-amz-security-token",
        "x-amz-signature",
        "x-amz-signedheaders",
    }
)
#: How the scope of S3's credentials ends.
_SCOPE: Final = "/s3/aws4_request"


def access_key(query: str, headers: Mapping[str, str]) -> str | None:
    """The access key that a request was signed with; None for one that wasn't signed."""
    arguments = dict(parse_qsl(query, keep_blank_values=True))
    if "X-Amz-Credential" in arguments:
        return arguments["X-Amz-Credential"].partition("/")[0]
    if "AWSAccessKeyId" in arguments:
        return arguments["AWSAccessKeyId"]
    _, _, credential = headers.get("authorization", "").partition("Credential=")
    return credential.partition("/")[0] or None


def is_for_s3(query: str, headers: Mapping[str, str]) -> bool:
    """Whether a request was signed for S3, whatever host it goes to."""
    arguments = dict(parse_qsl(query, keep_blank_values=True))
    if {"AWSAccessKeyId", "Expires", "Signature"} <= set(arguments):
        return True
    if {"X-Amz-Algorithm", "X-Amz-Signature"} <= set(arguments):
        return arguments.get("X-Amz-Credential", "").endswith(_SCOPE)
    signature = headers.get("authorization", "")
    return signature.startswith("AWS4-") and _SCOPE in signature


def access_key_of_form(fields: Mapping[str, str]) -> str | None:
    """The access key that a browser's form was signed with; None for one that wasn't signed.

    :param fields: by their names in lower case.
    """
    credential = fields.get("x-amz-credential", "").partition("/")[0]
    return credential or fields.get("awsaccesskeyid")


def is_form_for_s3(fields: Mapping[str, str]) -> bool:
    """Whether a browser's form was signed for S3, whatever host it goes to.

    :param fields: by their names in lower case.
    """
    is_v2 = {"awsaccesskeyid", "policy", "signature"} <= set(fields)
    return is_v2 or fields.get("x-amz-credential", "").endswith(_SCOPE)


def check_time(query: str, now: datetime) -> None:
    """Refuse a URL whose time is over.

    :param now: the real time, by which botocore signs.
    :raises AwsError: 403 AccessDenied, 400 AuthorizationQueryParametersError.
    """
    arguments = dict(parse_qsl(query, keep_blank_values=True))
    if "X-Amz-Expires" in arguments and "X-Amz-Date" in arguments:
        lasts = arguments["X-Amz-Expires"]
        try:
            ends = _date(arguments["X-Amz-Date"]) + timedelta(seconds=_number(lasts))
        except OverflowError:
            raise errors.INVALID_PRESIGNED_EXPIRY() from None
        if now > ends:
            raise errors.URL_EXPIRED(
                Expires=_iso(ends), ServerTime=_iso(now), elements={"X-Amz-Expires": lasts}
            )
    elif "Expires" in arguments and "Signature" in arguments:
        ends = datetime.fromtimestamp(_number(arguments["Expires"]), timezone.utc)
        if now > ends:
            raise errors.URL_EXPIRED_V2(Expires=_iso(ends), ServerTime=_iso(now))


def _date(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    except ValueError:
        raise errors.INVALID_PRESIGNED_DATE() from None


def _number(text: str) -> int:
    # Ten digits are seconds until the year 2286.
    if re.fullmatch(r"-?\d{1,10}", text) is None:
        raise errors.INVALID_PRESIGNED_EXPIRY()
    return int(text)


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def reading(parser: Parser, now: datetime) -> Parser:
    """A parser that also reads headers which stand in the query, after it has looked at the time."""

    def parse(request: Request, address: Address) -> Params:
        check_time(address.query, now)
        arguments = parse_qsl(address.query, keep_blank_values=True)
        in_query = {
            name.lower(): value
            for name, value in arguments
            if name.lower().startswith("x-amz-") and name.lower() not in _AUTHENTICATION
        }
        return parser(replace(request, headers={**in_query, **request.headers}), address)

    return parse
