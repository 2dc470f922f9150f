"""Signatures of plain HTTP: checked with the secrets that are known inside the mock.

Known are the secrets of keys that the mock gave out, and those with which this process's own clients signed
while it was active. A signature of any other key is taken on trust, but for what needs no secret: that the
request is complete, in time, and has the headers that were signed and no others.
"""

from __future__ import annotations

from collections.abc import Callable

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.intercept.ours import PlainRequest
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations.credentials import secrets_of
from s3tag_mock.protocol import body
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.signing import forms, of_service, requests
from s3tag_mock.protocol.signing.signature import Signature
from s3tag_mock.rules.access_keys import secret_of
from s3tag_mock.rules.services import SERVICES


def checker(scope: Scope, request: PlainRequest, address: Address, service: str) -> Callable[[], None]:
    """What raises the AwsError that a request with a bad signature gets.

    :param service: botocore's name of the one that it is for.
    """

    def check() -> None:
        form = SERVICES[service].errors
        if form in {"json", "query"}:
            _check_of_service(scope, request, address, service)
            return
        if request.method in {"POST", "PUT"} and not request.lower.keys() & {
            "content-length",
            "transfer-encoding",
        }:
            raise errors.CONTENT_LENGTH_MISSING()
        region = region_of(scope, address)
        if request.is_form():
            signature = forms.of_form(request.fields, region)
        else:
            now = scope.world.clock.real_now()
            signature = requests.of_request(request.arrived(address), now, region)
        if signature is not None:
            _compare(scope, signature, None)

    return check


def _check_of_service(scope: Scope, request: PlainRequest, address: Address, service: str) -> None:
    """Check the signature of a request to a service beside S3."""
    row = errors.JSON_SIGNATURE_REFUSED if SERVICES[service].errors == "json" else errors.SIGNATURE_REFUSED
    signature = of_service.of_request(
        request.arrived(address),
        body.whole(request.body),
        scope.world.clock.real_now(),
        frozenset(SERVICES[service].hosts),
        lambda problem: row(problem=problem),
    )
    if signature is not None:
        _compare(scope, signature, row(problem=of_service.MISMATCH))


def region_of(scope: Scope, address: Address) -> str | None:
    """The region that a request must be signed for, its endpoint's or bucket's; None where any will do."""
    if address.endpoint == "custom":
        return None
    if address.endpoint == "regional":
        return address.region
    bucket = scope.world.bucket_behind(address.bucket, address.region or scope.settings.region)
    return None if bucket is None else bucket.region


def _compare(scope: Scope, signature: Signature, refusal: AwsError | None) -> None:
    """Compare a signature with that of each secret that is known for its key.

    :param refusal: of one that doesn't match, where it isn't S3's.
    """
    known = secrets_of(scope.world.identities, signature.access_key)
    if not known:
        given_out = secret_of(signature.access_key)
        known = scope.secrets.get(signature.access_key, set()) | ({given_out} if given_out else set())
    if signature.is_incomplete or (known and not any(map(signature.matches, known))):
        raise refusal or signature.mismatch()
