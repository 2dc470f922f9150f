"""Which signature a request has, if any, and whose it is.

Source: S3 API reference, "Authenticating Requests".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl

from s3tag_mock import errors
from s3tag_mock.protocol.signing import v2, v4
from s3tag_mock.protocol.signing.arrived import Arrived
from s3tag_mock.protocol.signing.signature import Signature

#: How the scope of S3's credentials ends.
SCOPE: Final = "/s3/aws4_request"
_V4: Final = frozenset({"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature"})
_V2: Final = frozenset({"AWSAccessKeyId", "Signature"})
_TOKEN: Final = "x-amz-security-token"


def of_request(request: Arrived, now: datetime, region: str | None) -> Signature | None:
    """The signature of a request, once everything about it but the signature itself is right.

    :param now: the real time, by which botocore signs.
    :param region: for which it must be signed; None where any will do.
    :return: None for a request that nobody signed, or in a way that isn't calculated here.
    :raises AwsError: what AWS answers to one that is incomplete, malformed, too old, for another region, or
        that has headers which aren't signed.
    """
    names, authorization = request.arguments.keys(), request.headers.get("authorization", "")
    if authorization and names & {"X-Amz-Algorithm", "Signature"}:
        raise errors.SEVERAL_AUTHENTICATIONS(ArgumentName="Authorization", ArgumentValue=authorization)
    if v4.ASYMMETRIC in {request.arguments.get("X-Amz-Algorithm"), authorization.partition(" ")[0]}:
        return None
    if names & _V4:
        return v4.of_query(request, now, region)
    if names & _V2:
        return v2.of_query(request, now, region)
    if authorization.startswith(v4.ALGORITHM):
        return v4.of_header(request, now, region)
    return v2.of_header(request, now, region) if authorization else None


def credentials_of(query: str, headers: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The access key and the session token that a request was signed with; None for what it doesn't have."""
    arguments = dict(parse_qsl(query, keep_blank_values=True))
    tokens = (value for name, value in arguments.items() if name.lower() == _TOKEN)
    return _access_key(arguments, headers), next(tokens, headers.get(_TOKEN))


def _access_key(arguments: Mapping[str, str], headers: Mapping[str, str]) -> str | None:
    if "X-Amz-Credential" in arguments:
        return arguments["X-Amz-Credential"].partition("/")[0]
    if "AWSAccessKeyId" in arguments:
        return arguments["AWSAccessKeyId"]
    kind, _, rest = headers.get("authorization", "").partition(" ")
    if kind == "AWS":
        return rest.partition(":")[0]
    return rest.partition("Credential=")[2].partition("/")[0] or None


def scope_of(query: str, headers: Mapping[str, str]) -> tuple[str, str] | None:
    """The region and the service that a request was signed for; None without a signature of version 4."""
    arguments = dict(parse_qsl(query, keep_blank_values=True))
    credential = arguments.get("X-Amz-Credential") or _credential(headers.get("authorization", ""))
    parts = credential.split("/")
    return (parts[-3], parts[-2]) if len(parts) >= 5 else None


def _credential(authorization: str) -> str:
    return authorization.partition("Credential=")[2].partition(",")[0].strip()


def is_for_s3(query: str, headers: Mapping[str, str]) -> bool:
    """Whether a request was signed for S3, whatever host it goes to."""
    arguments = dict(parse_qsl(query, keep_blank_values=True))
    if {"AWSAccessKeyId", "Expires", "Signature"} <= set(arguments):
        return True
    if {"X-Amz-Algorithm", "X-Amz-Signature"} <= set(arguments):
        return arguments.get("X-Amz-Credential", "").endswith(SCOPE)
    signature = headers.get("authorization", "")
    return signature.startswith("AWS4-") and SCOPE in signature
