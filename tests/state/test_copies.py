"""Copies of a world: what is over is shared, and each has its own list of it."""

from __future__ import annotations

from typing import Any


def test_what_is_over_is_not_copied(aws: Any, photos: str, s3: Any) -> None:
    s3.put_bucket_notification_configuration(
        Bucket=photos, NotificationConfiguration={"EventBridgeConfiguration": {}}
    )
    s3.put_object(Bucket=photos, Key="a.jpg", Body=b"new")
    upload = s3.create_multipart_upload(Bucket=photos, Key="b.jpg")["UploadId"]
    s3.abort_multipart_upload(Bucket=photos, Key="b.jpg", UploadId=upload)
    world = aws._entered().world
    other = world.copy()
    bucket, copied = (one.buckets_of("us-east-1")[photos] for one in (world, other))
    assert copied is not bucket
    assert copied.ended_uploads[upload] is bucket.ended_uploads[upload]
    assert [*map(id, other.events)] == [*map(id, world.events)] != []
    other.events.clear()
    copied.ended_uploads.clear()
    assert world.events
    assert bucket.ended_uploads
