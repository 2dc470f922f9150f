"""What tests of multipart uploads share."""

from __future__ import annotations

from typing import Any

from s3tag_mock.rules import limits

BIG = b"x" * limits.PART_BYTES


def put(s3: Any, upload: Any, number: int, body: bytes) -> dict[str, Any]:
    return {"PartNumber": number, "ETag": s3.upload_part(**upload, PartNumber=number, Body=body)["ETag"]}


def complete(s3: Any, upload: Any, *parts: Any, **more: Any) -> Any:
    return s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": list(parts)}, **more)
