"""Lifecycle rules that act as the clock is advanced (``lifecycle="act"``)."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from s3tag_mock import Misuse, mock_tagging
from tests.events.support import listen, told
from tests.support import refusal
from tools.fuzz.outcome import time_limit

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=timezone.utc)
pytestmark = pytest.mark.tagging_mock(clock=NOON, lifecycle="act")

ALL = ("s3:LifecycleExpiration:*", "s3:LifecycleTransition")


@pytest.fixture
def s3(aws: Any) -> Any:
    aws.create_bucket("photos")
    client = aws.client("s3")
    listen(client, *ALL)
    return client


def rules(s3: Any, *given: dict[str, Any], **more: Any) -> None:
    made = [{"Status": "Enabled", "Filter": {"Prefix": ""}, **rule} for rule in given]
    s3.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": made}, **more)


def versions(s3: Any) -> tuple[int, int]:
    """How many versions, and how many delete markers there are."""
    found = s3.list_object_versions(Bucket="photos")
    return len(found.get("Versions", ())), len(found.get("DeleteMarkers", ()))


def test_objects_with_a_tag_expire_at_their_midnight(aws: Any, s3: Any) -> None:
    rules(s3, {"Filter": {"Tag": {"Key": "state", "Value": "draft"}}, "Expiration": {"Days": 3}})
    aws.put_objects("photos", ["draft"], tags={"state": "draft"})
    aws.put_objects("photos", ["kept"])
    aws.clock.set(datetime(2026, 11, 28, 23, 59, tzinfo=timezone.utc))
    assert aws.keys("photos") == ["draft", "kept"]
    aws.clock.advance(minutes=1)
    assert aws.keys("photos") == ["kept"]
    assert told(aws)[0][0] == "LifecycleExpiration:Delete"
    (record,) = aws.events[0]["Records"]
    assert record["userIdentity"]["principalId"] == "s3.amazonaws.com"
    assert record["requestParameters"]["sourceIPAddress"] == "s3.amazonaws.com"
    assert record["eventTime"] == "2026-11-29T00:00:00.000Z"


def test_a_call_sees_what_is_due(aws: Any, s3: Any) -> None:
    rules(s3, {"Expiration": {"Days": 1}})
    s3.put_object(Bucket="photos", Key="k", Body=b"")
    aws.clock.advance(days=2)
    assert refusal(lambda: s3.get_object_tagging(Bucket="photos", Key="k"))["Code"] == "NoSuchKey"


def test_with_versioning_a_marker_covers_and_versions_go_later(aws: Any, s3: Any) -> None:
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    rules(
        s3,
        {"Expiration": {"Days": 1}, "NoncurrentVersionExpiration": {"NoncurrentDays": 2}},
        {"Expiration": {"ExpiredObjectDeleteMarker": True}},
    )
    s3.put_object(Bucket="photos", Key="k", Body=b"")
    aws.clock.advance(days=2)
    assert versions(s3) == (1, 1)
    aws.clock.advance(days=3)
    assert versions(s3) == (0, 0)
    assert [name.partition(":")[2] for name, _ in told(aws)] == ["DeleteMarkerCreated", "Delete", "Delete"]


def test_some_noncurrent_versions_are_kept(aws: Any, s3: Any) -> None:
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    rules(s3, {"NoncurrentVersionExpiration": {"NoncurrentDays": 1, "NewerNoncurrentVersions": 2}})
    for _ in range(5):
        s3.put_object(Bucket="photos", Key="k", Body=b"")
    aws.clock.advance(days=3)
    assert versions(s3) == (3, 0)


def test_what_is_locked_stays(aws: Any) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="photos", ObjectLockEnabledForBucket=True)
    rules(s3, {"NoncurrentVersionExpiration": {"NoncurrentDays": 1}})
    until = datetime(2026, 12, 1, tzinfo=timezone.utc)
    s3.put_object(
        Bucket="photos", Key="k", Body=b"", ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=until
    )
    s3.put_object(Bucket="photos", Key="k", Body=b"")
    aws.clock.advance(days=4)
    assert versions(s3) == (2, 0)
    aws.clock.advance(days=4)
    assert versions(s3) == (1, 0)


def test_large_objects_move_to_another_class(aws: Any, s3: Any) -> None:
    rules(
        s3,
        {
            "Transitions": [
                {"Days": 30, "StorageClass": "STANDARD_IA"},
                {"Days": 90, "StorageClass": "GLACIER"},
            ]
        },
    )
    aws.put_objects("photos", {"large": b"x" * 128 * 1024, "small": b"x"})
    seen = []
    for _ in range(2):
        aws.clock.advance(days=60)
        seen.append([aws.object("photos", key).storage_class for key in ("large", "small")])
    assert seen == [["STANDARD_IA", "STANDARD"], ["GLACIER", "STANDARD"]]
    (record,) = aws.events[0]["Records"]
    assert record["eventName"] == "LifecycleTransition"
    moved = record["lifecycleEventData"]["transitionEventData"]
    assert moved == {"destinationStorageClass": "STANDARD_IA"}


def after_a_year(aws: Any, s3: Any, *, days_at_once: int) -> Any:
    """What is there after a year in which rules of every kind acted, and what was told of it."""
    earlier = len(told(aws))
    with aws.isolated():
        s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
        rules(
            s3,
            {
                "ID": "all",
                "Expiration": {"Days": 200},
                "NoncurrentVersionExpiration": {"NoncurrentDays": 60, "NewerNoncurrentVersions": 1},
                "NoncurrentVersionTransitions": [{"NoncurrentDays": 40, "StorageClass": "GLACIER"}],
                "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 100},
            },
            {
                "ID": "large",
                "Filter": {"ObjectSizeGreaterThan": 1},
                "Transitions": [
                    {"Days": 5, "StorageClass": "GLACIER_IR"},
                    {"Days": 150, "StorageClass": "GLACIER"},
                ],
            },
        )
        for body in (b"", b"xx", b"xxx"):
            s3.put_object(Bucket="photos", Key="k", Body=body)
        s3.put_object(Bucket="photos", Key="other", Body=b"xx")
        s3.create_multipart_upload(Bucket="photos", Key="upload")
        for _ in range(0, 360, days_at_once):
            aws.clock.advance(days=days_at_once)
            s3.list_buckets()
        names = [(name, described["key"]) for name, described in told(aws)[earlier:]]
        found = s3.list_object_versions(Bucket="photos")
        shown = [(one["Key"], one["StorageClass"]) for one in found.get("Versions", ())]
        markers = [(one["Key"], one["LastModified"]) for one in found["DeleteMarkers"]]
        return shown, markers, "Uploads" in s3.list_multipart_uploads(Bucket="photos"), names


def test_a_year_at_once_is_as_a_year_of_days(aws: Any, s3: Any) -> None:
    assert after_a_year(aws, s3, days_at_once=360) == after_a_year(aws, s3, days_at_once=1)


def test_centuries_in_which_nothing_is_due_pass_at_once(aws: Any, s3: Any) -> None:
    rules(s3, {"Expiration": {"Days": 2**31 - 1}})
    aws.put_objects("photos", [f"{number}" for number in range(100)])
    with time_limit(5):
        aws.clock.set(datetime(9999, 1, 1, tzinfo=timezone.utc))
        assert len(aws.keys("photos")) == 100


def test_uploads_are_aborted(aws: Any, s3: Any) -> None:
    later, first = ({"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": days}} for days in (9, 7))
    rules(s3, {"ID": "a", **later}, {"ID": "b", **first})
    began = s3.create_multipart_upload(Bucket="photos", Key="big")
    listed = s3.list_parts(Bucket="photos", Key="big", UploadId=began["UploadId"])
    for answer in (began, listed):
        assert answer["AbortDate"] == datetime(2026, 12, 3, tzinfo=timezone.utc)
        assert answer["AbortRuleId"] == "b"
    aws.clock.advance(days=7)
    assert len(s3.list_multipart_uploads(Bucket="photos")["Uploads"]) == 1
    aws.clock.advance(days=1)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="photos")


def test_disabled_rules_do_nothing(aws: Any, s3: Any) -> None:
    rules(s3, {"Status": "Disabled", "Expiration": {"Days": 1}})
    aws.put_objects("photos", ["k"])
    aws.clock.advance(days=30)
    assert aws.keys("photos") == ["k"]


@pytest.mark.tagging_mock(lifecycle="still")
def test_rules_are_still_by_default(aws: Any, s3: Any) -> None:
    rules(s3, {"Expiration": {"Days": 1}})
    aws.put_objects("photos", ["k"])
    aws.clock.advance(days=30)
    assert aws.keys("photos") == ["k"]
    with pytest.raises(Misuse, match="There are: .act., .still."):
        mock_tagging(lifecycle="moving")  # type: ignore[call-overload]


def test_restores_are_told_when_they_are_ready_and_over(aws: Any) -> None:
    aws.create_bucket("photos")
    s3 = aws.client("s3")
    listen(s3, "s3:ObjectRestore:*")
    s3.put_object(Bucket="photos", Key="k", Body=b"sky", StorageClass="GLACIER")
    s3.restore_object(Bucket="photos", Key="k", RestoreRequest={"Days": 1})
    aws.clock.advance(hours=6)
    assert [name for name, _ in told(aws)] == ["ObjectRestore:Post", "ObjectRestore:Completed"]
    (record,) = aws.events[1]["Records"]
    assert record["glacierEventData"]["restoreEventData"] == {
        "lifecycleRestorationExpiryTime": "2026-11-27T00:00:00.000Z",
        "lifecycleRestoreStorageClass": "GLACIER",
    }
    assert record["userIdentity"]["principalId"].startswith("AmazonCustomer:")
    aws.clock.advance(days=2)
    assert told(aws)[-1][0] == "ObjectRestore:Delete"


def test_a_restore_that_takes_days_delays_no_rule(aws: Any, s3: Any) -> None:
    rules(s3, {"Filter": {"Prefix": "draft"}, "Expiration": {"Days": 1}})
    for key in ("draft", "kept"):
        s3.put_object(Bucket="photos", Key=key, StorageClass="DEEP_ARCHIVE")
    slowly = {"Days": 1, "GlacierJobParameters": {"Tier": "Bulk"}}
    s3.restore_object(Bucket="photos", Key="kept", RestoreRequest=slowly)
    aws.clock.advance(hours=47)
    assert aws.keys("photos") == ["kept"]


def test_a_restore_that_is_over_at_once_is_told_whole(aws: Any) -> None:
    aws.create_bucket("photos")
    s3 = aws.client("s3")
    listen(s3, "s3:ObjectRestore:*")
    s3.put_object(Bucket="photos", Key="k", Body=b"sky", StorageClass="GLACIER")
    s3.restore_object(Bucket="photos", Key="k", RestoreRequest={"Days": 1})
    aws.clock.advance(days=30)
    assert [name.partition(":")[2] for name, _ in told(aws)] == ["Post", "Completed", "Delete"]
