"""Copies of a world: they share what never changes, and nothing else."""

from __future__ import annotations

from typing import Any

from tests.support import tag_set


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


def configure(s3: Any, bucket: str, word: str) -> None:
    """Change all that a bucket holds by words."""
    me = {"Bucket": bucket}
    rule = {"ID": word, "Status": "Enabled", "Filter": {"Prefix": word}, "Expiration": {"Days": 1}}
    s3.put_bucket_tagging(**me, Tagging=tag_set(word=word))
    s3.put_bucket_lifecycle_configuration(**me, LifecycleConfiguration={"Rules": [rule]})
    cors = {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": [f"https://{word}"]}]}
    s3.put_bucket_cors(**me, CORSConfiguration=cors)
    for name in ("same", word):
        metrics = {"Id": name, "Filter": {"Prefix": word}}
        s3.put_bucket_metrics_configuration(**me, Id=name, MetricsConfiguration=metrics)
    s3.put_bucket_versioning(**me, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(**me, Key="a.jpg", Body=word.encode())
    for one in s3.list_multipart_uploads(**me).get("Uploads", []):
        s3.upload_part(**me, Key=one["Key"], UploadId=one["UploadId"], PartNumber=len(word), Body=b"x")
    s3.create_multipart_upload(**me, Key=word)


def shown(s3: Any, bucket: str) -> list[Any]:
    """What a bucket shows of all that."""
    me = {"Bucket": bucket}
    uploads = s3.list_multipart_uploads(**me)["Uploads"]
    return [
        s3.get_bucket_tagging(**me)["TagSet"],
        s3.get_bucket_lifecycle_configuration(**me)["Rules"],
        s3.get_bucket_cors(**me)["CORSRules"],
        s3.list_bucket_metrics_configurations(**me)["MetricsConfigurationList"],
        s3.list_object_versions(**me)["Versions"],
        uploads,
        [s3.list_parts(**me, Key=one["Key"], UploadId=one["UploadId"]).get("Parts") for one in uploads],
    ]


def test_what_happens_to_a_bucket_does_not_happen_to_its_copy(aws: Any, photos: str, s3: Any) -> None:
    configure(s3, photos, "first")
    configure(s3, photos, "then")
    before = shown(s3, photos)
    with aws.isolated():
        configure(s3, photos, "inside")
        assert all(one != other for one, other in zip(shown(s3, photos), before, strict=True))
    assert shown(s3, photos) == before


def test_sessions_are_not_copied(aws: Any) -> None:
    """A suite that assumes a role in each test has very many of them."""
    role = "arn:aws:iam::123456789012:role/reader"
    aws.client("sts").assume_role(RoleArn=role, RoleSessionName="reading")
    world = aws._entered().world
    sessions = [one.identities.sessions for one in (world, world.copy())]
    ((first, copied),) = zip(*(one.values() for one in sessions), strict=True)
    assert first is copied
    assert sessions[0] is not sessions[1]
