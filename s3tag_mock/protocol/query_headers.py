"""Headers that stand in the query of a URL, where a signer may put them.

Sources: RECORDED, LS test_presigned_url_v4_x_amz_in_qs (a checksum there doesn't count),
test_put_url_metadata_with_sig_s3, test_pre_signed_url_if_none_match, test_pre_signed_url_if_match.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.parse import Params, Parser

_CONDITIONS: Final = frozenset({"if-match", "if-none-match"})
_NO_HEADERS: Final = frozenset(
    {
        "x-amz-algorithm",
        "x-amz-credential",
        "x-amz-date",
        "x-amz-expires",
        "x-amz-sdk-checksum-algorithm",
        "x-amz-security-token",
        "x-amz-signature",
        "x-amz-signedheaders",
    }
)
_CHECKSUMS: Final = "x-amz-checksum-"


def reading(parser: Parser) -> Parser:
    """A parser that also reads headers which stand in the query."""

    def parse(request: Request, address: Address) -> Params:
        arguments = parse_qsl(address.query, keep_blank_values=True)
        in_query = {name.lower(): value for name, value in arguments if _is_header(name.lower())}
        return parser(replace(request, headers={**in_query, **request.headers}), address)

    return parse


def _is_header(name: str) -> bool:
    if name in _CONDITIONS:
        return True
    return name.startswith("x-amz-") and name not in _NO_HEADERS and not name.startswith(_CHECKSUMS)
