"""A signature as it came with a request, and what it is compared with."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from s3tag_mock import errors
from s3tag_mock.errors import AwsError


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature.

    :param access_key: whose it is said to be.
    :param provided: the signature itself, in the encoding of its version.
    :param string_to_sign: what must have been signed, as calculated from the request that arrived.
    :param calculate: the right signature for a secret.
    :param canonical_request: where the version has one.
    :param is_incomplete: whether a header is missing that was signed: no secret can make it right.
    """

    access_key: str
    provided: str
    string_to_sign: str
    calculate: Callable[[str], str]
    canonical_request: str | None = None
    is_incomplete: bool = False

    def matches(self, secret: str) -> bool:
        """Whether it was made with this secret, for the request that arrived."""
        return hmac.compare_digest(self.calculate(secret).encode(), self.provided.encode())

    def mismatch(self) -> AwsError:
        """SignatureDoesNotMatch, with what AWS calculated."""
        described = {
            "AWSAccessKeyId": self.access_key,
            "StringToSign": self.string_to_sign,
            "SignatureProvided": self.provided,
            "StringToSignBytes": _hexadecimal(self.string_to_sign),
        }
        if self.canonical_request is None:
            return errors.SIGNATURE_DOES_NOT_MATCH_V2(elements=described)
        described["CanonicalRequest"] = self.canonical_request
        described["CanonicalRequestBytes"] = _hexadecimal(self.canonical_request)
        return errors.SIGNATURE_DOES_NOT_MATCH(elements=described)


def _hexadecimal(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").hex(" ")
