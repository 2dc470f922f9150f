"""Which signature a browser's form has, if any, and whose it is.

Fields are given by their names in lower case. Sources: S3 API reference, "Browser-Based Uploads Using POST";
RECORDED, LS test_post_request_missing_fields, test_post_request_missing_signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from s3tag_mock import errors
from s3tag_mock.protocol.signing import v2, v4
from s3tag_mock.protocol.signing.requests import SCOPE
from s3tag_mock.protocol.signing.signature import Signature

#: Fields of a signature, named as AWS names them when they are missing, in the order in which it looks.
_V4: Final = ("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Signature")
_V2: Final = ("AWSAccessKeyId", "Signature")


def of_form(fields: Mapping[str, str], region: str | None) -> Signature | None:
    """The signature of a form, once all fields that it needs are there.

    :param region: for which it must be signed; None where any will do.
    :return: None for a form that nobody signed.
    :raises AwsError: InvalidArgument, naming the field that is missing; AccessDenied for a policy without
        any signature.
    """
    for names, of_policy in ((_V4, v4.of_policy), (_V2, v2.of_policy)):
        if any(name.lower() in fields for name in names):
            _check_fields(fields, (*names, "policy"))
            return of_policy(fields, region)
    if "policy" in fields:
        raise errors.ACCESS_DENIED(hint="the form has a policy and no signature")
    return None


def _check_fields(fields: Mapping[str, str], names: tuple[str, ...]) -> None:
    for name in names:
        if name.lower() not in fields:
            raise errors.FORM_FIELD_MISSING(field=name, ArgumentName=name, ArgumentValue="")


def credentials_of(fields: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The access key and the session token that a form was signed with; None for what it doesn't have."""
    credential = fields.get("x-amz-credential", "").partition("/")[0]
    return credential or fields.get("awsaccesskeyid"), fields.get("x-amz-security-token")


def is_form_for_s3(fields: Mapping[str, str]) -> bool:
    """Whether a form was signed for S3, whatever host it goes to."""
    is_v2 = {"awsaccesskeyid", "policy", "signature"} <= set(fields)
    return is_v2 or fields.get("x-amz-credential", "").endswith(SCOPE)
