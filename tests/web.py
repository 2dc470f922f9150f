"""A browser, and URLs for it."""

from __future__ import annotations

from typing import Any

import urllib3
import xmltodict


class Web:
    """A browser."""

    def __init__(self) -> None:
        self.pool = urllib3.PoolManager(retries=False)

    def request(self, method: str, url: str, **options: Any) -> Any:
        return self.pool.request(method, url, **options)

    def error(self, method: str, url: str, **options: Any) -> dict[str, Any]:
        reply = self.request(method, url, **options)
        document = xmltodict.parse(reply.data)["Error"]
        shown = {name: value for name, value in document.items() if name not in {"RequestId", "HostId"}}
        return {"Status": reply.status, **shown}


def presign(s3: Any, operation: str, **params: Any) -> str:
    return str(s3.generate_presigned_url(operation, Params=params))
