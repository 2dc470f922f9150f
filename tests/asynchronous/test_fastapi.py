"""A web application of FastAPI with a client of aioboto3 for each request; it runs in a thread of its own."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import pytest

from tests.support import tag_set

aioboto3 = pytest.importorskip("aioboto3", reason="aioboto3 isn't installed")
fastapi = pytest.importorskip("fastapi", reason="fastapi isn't installed")
testclient = pytest.importorskip("fastapi.testclient")

app = fastapi.FastAPI()


async def s3_client() -> AsyncIterator[Any]:
    async with aioboto3.Session().client("s3") as s3:
        yield s3


@app.put("/photos/{key}/tags")
async def tag(
    key: str, tags: dict[str, str], s3: Annotated[Any, fastapi.Depends(s3_client)]
) -> dict[str, str]:
    try:
        await s3.put_object_tagging(Bucket="photos", Key=key, Tagging=tag_set(**tags))
    except s3.exceptions.NoSuchKey:
        raise fastapi.HTTPException(404, key) from None
    answer = await s3.get_object_tagging(Bucket="photos", Key=key)
    return {one["Key"]: one["Value"] for one in answer["TagSet"]}


def test_requests_to_it(aws: Any, photos: str) -> None:
    with testclient.TestClient(app) as http:
        assert http.put("/photos/a.jpg/tags", json={"team": "blue"}).json() == {"team": "blue"}
        assert http.put("/photos/none.jpg/tags", json={}).status_code == 404
    assert aws.object_tags(photos, "a.jpg") == {"team": "blue"}
