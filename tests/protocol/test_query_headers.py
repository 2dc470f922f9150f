"""Headers that stand in the query, where botocore puts those of presigned URLs."""

from __future__ import annotations

from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.query_headers import reading


def test_which_are_read() -> None:
    query = "x-amz-acl=&If-Match=e&X-Amz-Date=d&x-amz-checksum-crc32=c&prefix=p&x-amz-tagging=query"
    read = reading(lambda request, address: dict(request.headers))
    request = Request("GET", "", {"x-amz-tagging": "sent", "host": "h"}, b"")
    headers = {"x-amz-acl": "", "if-match": "e", "x-amz-tagging": "sent", "host": "h"}
    assert read(request, Address("/b/k", query, None)) == headers
