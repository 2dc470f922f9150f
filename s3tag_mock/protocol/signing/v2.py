"""Signature version 2: in the query (presigned URLs), in the Authorization header, of a form's policy.

Sources: S3 user guide, "Signing and authenticating REST requests (AWS signature version 2)", whose examples
are tests of this module; RECORDED, LS test_put_url_metadata_with_sig_s3,
test_s3_put_presigned_url_with_different_headers.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import unquote

from s3tag_mock import errors
from s3tag_mock.protocol.signing.arrived import Arrived
from s3tag_mock.protocol.signing.signature import Signature
from s3tag_mock.protocol.signing.v4 import check_skew
from s3tag_mock.rules.dates import iso8601_second, of_timestamp

_REGION_NAMES: Final = """
    ap-northeast-1 ap-southeast-1 ap-southeast-2 eu-west-1 sa-east-1 us-east-1 us-gov-west-1 us-west-1
    us-west-2
"""
#: Regions that are older than version 4 and take this one, too (S3 user guide, "Signing and authenticating
#: REST requests": none that began after January 30, 2014).
REGIONS: Final = frozenset(_REGION_NAMES.split())
_IN_QUERY: Final = ("AWSAccessKeyId", "Expires", "Signature")
_SUBRESOURCE_NAMES: Final = """
    accelerate acl analytics cors defaultObjectAcl delete inventory lifecycle location logging metrics
    notification object-lock partNumber policy replication requestPayment response-cache-control
    response-content-disposition response-content-encoding response-content-language
    response-content-type response-expires restore select select-type storageClass tagging torrent
    uploadId uploads versionId versioning versions website
"""
#: Arguments that name what a request is for, and are signed with its path: those that botocore signs.
_SUBRESOURCES: Final = frozenset(_SUBRESOURCE_NAMES.split())


def of_query(request: Arrived, now: datetime, region: str | None) -> Signature:
    """The signature of a presigned URL, once everything about it but the signature itself is right.

    :param now: the real time, by which botocore signs.
    :param region: of the bucket, as far as known.
    :raises AwsError: AccessDenied for a URL that is incomplete or whose time is over; InvalidRequest in a
        region that takes version 4 only.
    """
    arguments = request.arguments
    if any(not arguments.get(name) for name in _IN_QUERY):
        raise errors.QUERY_PARAMETERS_MISSING_V2()
    _check_region(region)
    expires = arguments["Expires"]
    # Eleven digits are seconds until the year 5138.
    if re.fullmatch(r"-?\d{1,11}", expires) is None:
        raise errors.INVALID_PRESIGNED_EXPIRY_V2(expires=expires)
    ends = of_timestamp(int(expires))
    if now > ends:
        raise errors.URL_EXPIRED_V2(Expires=iso8601_second(ends), ServerTime=iso8601_second(now))
    text = string_to_sign(request, request.all_headers, expires)
    return _signature(arguments["AWSAccessKeyId"], arguments["Signature"], text)


def of_header(request: Arrived, now: datetime, region: str | None) -> Signature:
    """The signature in an Authorization header, once everything about it but the signature itself is right.

    :raises AwsError: InvalidArgument, InvalidRequest, AccessDenied, RequestTimeTooSkewed.
    """
    authorization = request.headers["authorization"]
    access_key, colon, provided = authorization.partition(" ")[2].strip().partition(":")
    if not colon:
        raise errors.UNSUPPORTED_AUTHORIZATION(ArgumentName="Authorization", ArgumentValue=authorization)
    _check_region(region)
    shown = request.headers.get("x-amz-date", request.headers.get("date", ""))
    try:
        signed_at = parsedate_to_datetime(shown).astimezone(timezone.utc)
    except (ValueError, TypeError, OverflowError):
        raise errors.SIGNED_DATE_MISSING() from None
    check_skew(signed_at, shown, now)
    date = "" if "x-amz-date" in request.headers else shown
    return _signature(access_key, provided, string_to_sign(request, request.headers, date))


def of_policy(fields: Mapping[str, str], region: str | None) -> Signature:
    """The signature of a form's policy.

    :param fields: of the form, by their names in lower case.
    :raises AwsError: InvalidRequest in a region that takes version 4 only.
    """
    _check_region(region)
    return _signature(fields["awsaccesskeyid"], fields["signature"], fields["policy"])


def _check_region(region: str | None) -> None:
    if region is not None and region not in REGIONS:
        raise errors.SIGNATURE_V4_WANTED()


def string_to_sign(request: Arrived, headers: Mapping[str, str], date: str) -> str:
    """What is signed.

    Values in the query count as headers where their names begin with x-amz; Content-MD5 and Content-Type must
    be sent as headers, though botocore writes them into URLs, too (LIKELY, from the S3 user guide).

    :param headers: by their names in lower case.
    :param date: the Date header, or when a presigned URL ends.
    """
    amz = sorted((name, value.strip()) for name, value in headers.items() if name.startswith("x-amz-"))
    return "\n".join(
        (
            request.method,
            request.headers.get("content-md5", ""),
            request.headers.get("content-type", ""),
            date,
            *(f"{name}:{value}" for name, value in amz),
            _resource(request.resource) + _subresources(request),
        )
    )


def _resource(path: str) -> str:
    # A bucket's ends with a slash, also where botocore's URL doesn't, as GetBucketLocation's (ASSUMED).
    return f"{path}/" if path.count("/") == 1 and path != "/" else path


def _subresources(request: Arrived) -> str:
    named = sorted(pair for pair in _raw_pairs(request.query) if pair[0] in _SUBRESOURCES)
    return "?" + "&".join(f"{name}{equals}{unquote(value)}" for name, equals, value in named) if named else ""


def _raw_pairs(query: str) -> list[tuple[str, str, str]]:
    return [part.partition("=") for part in query.split("&")]


def _signature(access_key: str, provided: str, text: str) -> Signature:
    return Signature(access_key, provided, text, lambda secret: sign(secret, text))


def sign(secret: str, text: str) -> str:
    """The signature of a text, in base64."""
    digest = hmac.digest(secret.encode(), text.encode("utf-8", "surrogateescape"), "sha1")
    return base64.b64encode(digest).decode()
