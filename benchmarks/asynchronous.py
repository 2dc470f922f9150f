"""What one call of an asynchronous client costs, beside the same client's call with a canned answer.

Run where aiobotocore is installed: ``python -m benchmarks.asynchronous``.
"""

from __future__ import annotations

import asyncio
import gc
from importlib import import_module
from statistics import median
from time import thread_time
from typing import Any

from benchmarks.calls import SKY, TAGS
from s3tag_mock import mock_tagging

ROUNDS, CALLS = 15, 50
KEYS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing", "region_name": "us-east-1"}


class _Raw:
    """An empty body, and headers."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.raw_headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def read(self) -> bytes:
        return b""


async def _ratio() -> float:
    """Ours / the floor, the median of rounds, in the processor's time; the floor's requests are signed."""
    response: Any = import_module("aiobotocore.awsrequest").AioAWSResponse
    session: Any = import_module("aiobotocore.session").get_session()
    headers: dict[str, str] = {}

    def canned(request: Any, **kwargs: Any) -> Any:
        return response(request.url, 200, headers, _Raw(headers))

    async def time(s3: Any) -> float:
        await s3.put_object_tagging(**SKY, Tagging=TAGS)
        gc.collect()
        began = thread_time()
        for _ in range(CALLS):
            await s3.put_object_tagging(**SKY, Tagging=TAGS)
        return thread_time() - began

    ratios = []
    async with session.create_client("s3", **KEYS) as s3:
        for _ in range(ROUNDS):
            with mock_tagging(allow="all") as aws:
                aws.create_bucket("photos")
                aws.put_objects("photos", {"sky.jpg": b"x"})
                answered = await s3.put_object_tagging(**SKY, Tagging=TAGS)
                headers.update(answered["ResponseMetadata"]["HTTPHeaders"])
                ours = await time(s3)
            s3.meta.events.register("before-send", canned)
            floor = await time(s3)
            s3.meta.events.unregister("before-send", canned)
            ratios.append(ours / floor)
    return median(ratios)


def ratio() -> float:
    """Ours / the floor.

    :raises ImportError: where aiobotocore isn't installed.
    """
    return asyncio.run(_ratio())


if __name__ == "__main__":
    print(f"{ratio():.2f}")
