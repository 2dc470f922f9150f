"""OPTIONS requests, which browsers send before requests to another site: no client of botocore does."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request, Response
from s3tag_mock.protocol.parse import Params
from s3tag_mock.protocol.serialize import Result
from s3tag_mock.protocol.wire_format import WireFormat

_OF_CORS: Final = ("access-control-", "origin")


def _parse(request: Request, address: Address) -> Params:
    bucket, _, key = address.path.lstrip("/").partition("/")
    asked = {name: value for name, value in request.headers.items() if name.startswith(_OF_CORS)}
    return {"Bucket": unquote(bucket), "Key": unquote(key), "Headers": asked}


def _write(result: Result, request_id: str) -> Response:
    return Response(200, {**result["Headers"], "Content-Length": "0"})


#: How OPTIONS is read and written.
OPTIONS_OBJECT: Final = WireFormat(
    service="s3",
    name="OptionsObject",
    method="OPTIONS",
    names_bucket=True,
    streams=False,
    parser=_parse,
    serializer=_write,
)
