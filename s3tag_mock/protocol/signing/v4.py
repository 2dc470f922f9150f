"""Signature version 4: in the query (presigned URLs), in the Authorization header, of a form's policy.

Sources: S3 API reference, "Authenticating Requests (AWS Signature Version 4)", whose examples are tests of
this module; RECORDED, LS test_put_url_metadata_with_sig_s3v4, test_presigned_url_v4_signed_headers_in_qs,
test_s3_ignored_special_headers, test_pre_signed_url_forward_slash_bucket.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

from s3tag_mock import errors
from s3tag_mock.errors import AwsError
from s3tag_mock.protocol.signing.arrived import Arrived
from s3tag_mock.protocol.signing.signature import Signature
from s3tag_mock.rules.dates import iso8601_second
from s3tag_mock.rules.services import CONTROL_PATH

ALGORITHM: Final = "AWS4-HMAC-SHA256"
#: With a key pair for several regions (multi-region access points): not calculated here.
ASYMMETRIC: Final = "AWS4-ECDSA-P256-SHA256"
_UNSIGNED_PAYLOAD: Final = "UNSIGNED-PAYLOAD"
_PAYLOAD_HEADER: Final = "x-amz-content-sha256"
_SERVICES: Final = frozenset({"s3", "s3express", "s3-object-lambda", "s3-outposts"})
_TERMINAL: Final = "aws4_request"
#: In seconds.
A_WEEK: Final = 604_800
#: By how much a client's clock may be wrong.
TOLERANCE: Final = timedelta(minutes=15)
#: How X-Amz-Date is written.
DATE_FORM: Final = "%Y%m%dT%H%M%SZ"
_IN_QUERY: Final = (
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-Signature",
    "X-Amz-SignedHeaders",
)
_IN_HEADER: Final = ("Credential", "SignedHeaders", "Signature")
_MALFORMED: Final = (
    'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".'
)


@dataclass(frozen=True, slots=True)
class Credential:
    """Whose signature it is, and for what: ``<access key>/<date>/<region>/<service>/aws4_request``."""

    access_key: str
    date: str
    region: str
    service: str

    @classmethod
    def parse(cls, text: str) -> Credential:
        """Take a credential apart.

        :raises ValueError: for one that is malformed, or not for S3; it says in AWS's words what is wrong.
        """
        parts = text.split("/")
        if len(parts) != 5:
            raise ValueError(_MALFORMED)
        access_key, date, region, service, terminal = parts
        if re.fullmatch(r"\d{8}", date) is None:
            wanted = 'This date in the credential must be in the format "yyyyMMdd".'
            raise ValueError(f'incorrect date format "{date}". {wanted}')
        if service not in _SERVICES:
            raise ValueError(f'incorrect service "{service}". This endpoint belongs to "s3".')
        if terminal != _TERMINAL:
            raise ValueError(f'incorrect terminal "{terminal}". This endpoint uses "{_TERMINAL}".')
        return cls(access_key, date, region, service)

    @property
    def scope(self) -> str:
        """What of it is signed."""
        return f"{self.date}/{self.region}/{self.service}/{_TERMINAL}"

    def sign(self, secret: str, text: str) -> str:
        """The signature of a text, in hexadecimal digits."""
        key = _signing_key(secret, self.date, self.region, self.service)
        return hmac.digest(key, text.encode("utf-8", "surrogateescape"), "sha256").hex()


# A client signs with one key all day.
@lru_cache(maxsize=8)
def _signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (date, region, service, _TERMINAL):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def of_query(request: Arrived, now: datetime, region: str | None) -> Signature:
    """The signature of a presigned URL, once everything about it but the signature itself is right.

    :param now: the real time, by which botocore signs.
    :param region: for which it must be; None where any will do.
    :raises AwsError: AuthorizationQueryParametersError; AccessDenied for a time that is over or to come, and
        for headers that aren't signed. In this order.
    """
    arguments = request.arguments
    if any(not arguments.get(name) for name in _IN_QUERY):
        raise errors.QUERY_PARAMETERS_MISSING()
    if arguments["X-Amz-Algorithm"] != ALGORITHM:
        raise errors.INVALID_QUERY_ALGORITHM()
    try:
        credential = Credential.parse(arguments["X-Amz-Credential"])
    except ValueError as problem:
        raise errors.INVALID_QUERY_CREDENTIAL(problem=str(problem)) from None
    if region not in {None, credential.region}:
        raise errors.QUERY_OF_ANOTHER_REGION(signed=credential.region, region=str(region), Region=str(region))
    _check_time(arguments, credential, now)
    signed = _signed_headers(request, arguments["X-Amz-SignedHeaders"])
    payload = request.header_arguments.get(_PAYLOAD_HEADER, _UNSIGNED_PAYLOAD)
    if _PAYLOAD_HEADER in signed:
        payload = request.headers.get(_PAYLOAD_HEADER, payload)
    provided = arguments["X-Amz-Signature"]
    return signature(request, credential, arguments["X-Amz-Date"], signed, payload, provided)


def _check_time(arguments: Mapping[str, str], credential: Credential, now: datetime) -> None:
    begins = date(arguments["X-Amz-Date"])
    if begins is None:
        raise errors.INVALID_PRESIGNED_DATE()
    if not arguments["X-Amz-Date"].startswith(credential.date):
        raise errors.CREDENTIAL_OF_ANOTHER_DATE(date=credential.date, signed=arguments["X-Amz-Date"][:8])
    lasts = arguments["X-Amz-Expires"]
    if re.fullmatch(r"-?\d{1,18}", lasts) is None:
        raise errors.INVALID_PRESIGNED_EXPIRY()
    if int(lasts) < 0:
        raise errors.NEGATIVE_PRESIGNED_EXPIRY()
    if int(lasts) > A_WEEK:
        raise errors.PRESIGNED_FOR_TOO_LONG()
    if begins - now > TOLERANCE:
        raise errors.URL_NOT_YET_VALID()
    age = now - begins
    if age > timedelta(seconds=int(lasts)):
        ends = begins + timedelta(seconds=int(lasts))
        raise errors.URL_EXPIRED(
            Expires=iso8601_second(ends), ServerTime=iso8601_second(now), elements={"X-Amz-Expires": lasts}
        )


def date(text: str) -> datetime | None:
    """A moment as X-Amz-Date has it; None for a text that is none."""
    return _date(text, datetime)


# By its type, too: packages that replace the clock have datetimes of their own.
@lru_cache(maxsize=64)
def _date(text: str, kind: type[datetime]) -> datetime | None:
    try:
        return kind.strptime(text, DATE_FORM).replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def of_header(request: Arrived, now: datetime, region: str | None) -> Signature:
    """The signature in an Authorization header, once everything about it but the signature itself is right.

    :raises AwsError: AuthorizationHeaderMalformed, AccessDenied, RequestTimeTooSkewed, InvalidRequest.
    """
    parts = dict(re.findall(r"\b(\w+)=([^,\s]+)", request.headers["authorization"]))
    if any(name not in parts for name in _IN_HEADER):
        wanted = "three components: Credential, SignedHeaders, and Signature."
        raise errors.MALFORMED_AUTHORIZATION(problem=f"the authorization header requires {wanted}")
    try:
        credential = Credential.parse(parts["Credential"])
    except ValueError as problem:
        raise errors.MALFORMED_AUTHORIZATION(problem=str(problem)) from None
    if region not in {None, credential.region}:
        raise errors.SIGNED_FOR_ANOTHER_REGION(wrong=credential.region, right=str(region), Region=str(region))
    timestamp = request.headers.get("x-amz-date", "")
    signed_at = date(timestamp)
    if signed_at is None:
        raise errors.SIGNED_DATE_MISSING()
    check_skew(signed_at, timestamp, now)
    if _PAYLOAD_HEADER not in request.headers:
        raise errors.CONTENT_SHA256_MISSING()
    signed = _signed_headers(request, parts["SignedHeaders"])
    payload = request.headers[_PAYLOAD_HEADER]
    return signature(request, credential, timestamp, signed, payload, parts["Signature"])


def check_skew(signed_at: datetime, shown: str, now: datetime) -> None:
    """Refuse a request that was signed too long ago, or by a clock that is wrong.

    :raises AwsError: RequestTimeTooSkewed.
    """
    if abs(now - signed_at) > TOLERANCE:
        raise errors.REQUEST_TIME_TOO_SKEWED(
            RequestTime=shown, ServerTime=iso8601_second(now), MaxAllowedSkewMilliseconds="900000"
        )


def _signed_headers(request: Arrived, listed: str) -> list[str]:
    """The names of the headers that were signed.

    :raises AwsError: AccessDenied when the request has others of AWS's own; only the payload's hash may stay
        unsigned (RECORDED, LS test_s3_ignored_special_headers).
    """
    signed = sorted(listed.lower().split(";"))
    others = {name for name in request.headers if name.startswith("x-amz-")} - {*signed, _PAYLOAD_HEADER}
    if others:
        raise errors.HEADERS_NOT_SIGNED(HeadersNotSigned=", ".join(sorted(others)))
    return signed


def signature(
    request: Arrived, credential: Credential, timestamp: str, signed: list[str], payload: str, provided: str
) -> Signature:
    """A signature, and what it is compared with.

    :param signed: the names of the headers that were signed, sorted.
    :param payload: the body's SHA-256 in hexadecimal digits, or a word in its place.
    :param provided: the signature that came with the request.
    """
    values = request.all_headers
    canonical = canonical_request(request, {name: values.get(name, "") for name in signed}, payload)
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogateescape")).hexdigest()
    text = f"{ALGORITHM}\n{timestamp}\n{credential.scope}\n{digest}"
    return Signature(
        credential.access_key,
        provided,
        text,
        lambda secret: credential.sign(secret, text),
        canonical,
        is_incomplete=any(name not in values for name in signed),
    )


def canonical_request(request: Arrived, headers: Mapping[str, str], payload: str) -> str:
    """What is hashed, and then signed.

    :param headers: those that were signed, sorted by their names in lower case.
    :param payload: the body's SHA-256 in hexadecimal digits, or a word in its place.
    """
    signed = (pair for pair in request.pairs() if pair[0] != "X-Amz-Signature")
    query = sorted((_encoded(name), _encoded(value or "")) for name, value in signed)
    return "\n".join(
        (
            request.method,
            _path(request.path) or "/",
            "&".join(f"{name}={value}" for name, value in query),
            *(f"{name}:{' '.join(value.split())}" for name, value in headers.items()),
            "",
            ";".join(headers),
            payload,
        )
    )


def _path(path: str) -> str:
    """The path as it is signed: an encoded slash is one like any other, but in S3 Control's paths, where ARNs
    have them (what botocore signs).
    """
    if path.startswith(CONTROL_PATH):
        return "/".join(_encoded(unquote(one, errors="surrogateescape")) for one in path.split("/"))
    return quote(unquote(path, errors="surrogateescape"), safe="/~", errors="surrogateescape")


def _encoded(text: str) -> str:
    return quote(text, safe="~", errors="surrogateescape")


def of_policy(fields: Mapping[str, str], region: str | None) -> Signature:
    """The signature of a form's policy.

    :param fields: of the form, by their names in lower case.
    :raises AwsError: InvalidArgument for a credential that is malformed or for another region.
    """
    given = fields["x-amz-credential"]
    try:
        credential = Credential.parse(given)
    except ValueError as problem:
        raise _invalid_field(str(problem), given) from None
    if region not in {None, credential.region}:
        raise _invalid_field(f"the region '{credential.region}' is wrong; expecting '{region}'", given)
    policy, provided = fields["policy"], fields["x-amz-signature"]
    return Signature(credential.access_key, provided, policy, lambda secret: credential.sign(secret, policy))


def _invalid_field(problem: str, given: str) -> AwsError:
    # The text REPORTED by s3s; that it names the field ASSUMED.
    return errors.INVALID_ARGUMENT(message=problem, ArgumentName="X-Amz-Credential", ArgumentValue=given)
