"""An answer as botocore gets it from its HTTP."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from botocore.awsrequest import AWSResponse

from s3tag_mock.protocol.http import Response


def to_botocore(request: Any, response: Response) -> AWSResponse:
    """An answer to a request, of which only the ``url`` is read."""
    headers: Any = response.headers
    return AWSResponse(request.url, response.status, headers, _Raw(response.body))


class _Raw(io.BytesIO):
    """A body with the methods of urllib3's response that botocore uses."""

    def stream(self, amt: int = 2**16, decode_content: bool | None = None) -> Iterator[bytes]:
        while chunk := self.read(amt):
            yield chunk
