"""What events say, in the form of notifications and in EventBridge's (LS test_s3_notifications_sqs and _eventbridge)."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
import requests

from tests.events.support import details, listen, told
from tests.support import tag_set

ALL = (
    "s3:ObjectCreated:*",
    "s3:ObjectRemoved:*",
    "s3:ObjectTagging:*",
    "s3:ObjectAcl:Put",
    "s3:ObjectRestore:*",
)
SKY = {"Bucket": "photos", "Key": "sky.jpg"}
MD5_OF_SKY = "900bc885d7553375aec470198a9514f3"


@pytest.fixture
def s3(aws: Any) -> Any:
    aws.create_bucket("photos")
    client = aws.client("s3")
    listen(client, *ALL, eventbridge=True)
    return client


@pytest.mark.tagging_mock(clock=datetime(2026, 11, 25, 12, 0, 0, 123000, tzinfo=timezone.utc))
def test_a_whole_record(aws: Any, s3: Any) -> None:
    answer = s3.put_object(**SKY, Body=b"sky")["ResponseMetadata"]
    (record,) = aws.events[0]["Records"]
    sequencer = record["s3"]["object"].pop("sequencer")
    assert len(sequencer) == 16
    owner = record["s3"]["bucket"].pop("ownerIdentity")
    assert len(owner["principalId"]) == 14
    assert record == {
        "eventVersion": "2.6",
        "eventSource": "aws:s3",
        "awsRegion": "us-east-1",
        "eventTime": "2026-11-25T12:00:00.123Z",
        "eventName": "ObjectCreated:Put",
        "userIdentity": {"principalId": "AWS:AIDAS3TAGMOCKEXAMPLE1"},
        "requestParameters": {"sourceIPAddress": "127.0.0.1"},
        "responseElements": {"x-amz-request-id": answer["RequestId"], "x-amz-id-2": answer["HostId"]},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "mine",
            "bucket": {"name": "photos", "arn": "arn:aws:s3:::photos"},
            "object": {"key": "sky.jpg", "size": 3, "eTag": MD5_OF_SKY},
        },
    }


@pytest.mark.tagging_mock(clock=datetime(2026, 11, 25, 12, 0, 0, 123000, tzinfo=timezone.utc))
def test_a_whole_event_of_eventbridge(aws: Any, s3: Any) -> None:
    answer = s3.put_object(**SKY, Body=b"sky")["ResponseMetadata"]
    event = aws.events[1]
    assert event["detail"]["object"].pop("sequencer")
    assert len(event.pop("id")) == 36
    assert event == {
        "version": "0",
        "detail-type": "Object Created",
        "source": "aws.s3",
        "account": "123456789012",
        "time": "2026-11-25T12:00:00Z",
        "region": "us-east-1",
        "resources": ["arn:aws:s3:::photos"],
        "detail": {
            "version": "0",
            "event-version": "1.1",
            "bucket": {"name": "photos"},
            "object": {"key": "sky.jpg", "size": 3, "etag": MD5_OF_SKY},
            "request-id": answer["RequestId"],
            "requester": "123456789012",
            "source-ip-address": "127.0.0.1",
            "reason": "PutObject",
        },
    }


def test_how_objects_are_created(aws: Any, s3: Any) -> None:
    s3.put_object(**SKY, Body=b"sky", Tagging="a=1")
    s3.copy_object(Bucket="photos", Key="copy", CopySource=SKY)
    upload = s3.create_multipart_upload(Bucket="photos", Key="big")["UploadId"]
    part = s3.upload_part(Bucket="photos", Key="big", UploadId=upload, PartNumber=1, Body=b"x")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    s3.complete_multipart_upload(Bucket="photos", Key="big", UploadId=upload, MultipartUpload=parts)
    form = s3.generate_presigned_post("photos", "form")
    requests.post(form["url"], data=form["fields"], files={"file": b"x"}, timeout=5)
    names = [name for name, _ in told(aws)]
    assert names == [f"ObjectCreated:{how}" for how in ("Put", "Copy", "CompleteMultipartUpload", "Post")]
    reasons = [detail["reason"] for _, detail in details(aws)]
    assert reasons == ["PutObject", "CopyObject", "CompleteMultipartUpload", "POST Object"]
    sequencers = [described["sequencer"] for _, described in told(aws)]
    assert sequencers == sorted(set(sequencers))


def test_tags(aws: Any, s3: Any) -> None:
    """Neither size nor tags nor a sequencer, whatever the tags were."""
    s3.put_object(**SKY, Body=b"sky")
    s3.put_object_tagging(**SKY, Tagging=tag_set(team="blue"))
    s3.delete_object_tagging(**SKY)
    described = {"key": "sky.jpg", "eTag": MD5_OF_SKY}
    assert told(aws)[1:] == [("ObjectTagging:Put", described), ("ObjectTagging:Delete", described)]
    (_, added), (_, removed) = details(aws)[1:]
    assert [kind for kind, _ in details(aws)[1:]] == ["Object Tags Added", "Object Tags Deleted"]
    assert added["object"] == removed["object"] == {"key": "sky.jpg", "etag": MD5_OF_SKY}
    assert "reason" not in added


def test_deletions(aws: Any, s3: Any) -> None:
    s3.put_object(**SKY, Body=b"sky")
    s3.delete_object(**SKY)
    s3.delete_object(**SKY)  # there is nothing any more
    assert [name for name, _ in told(aws)] == ["ObjectCreated:Put", "ObjectRemoved:Delete"]
    assert told(aws)[1][1].keys() == {"key", "sequencer"}
    _, detail = details(aws)[1]
    assert (detail["reason"], detail["deletion-type"]) == ("DeleteObject", "Permanently Deleted")


def test_versions(aws: Any, s3: Any) -> None:
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    put = s3.put_object(**SKY, Body=b"sky")["VersionId"]
    s3.put_object_tagging(**SKY, VersionId=put, Tagging=tag_set(team="blue"))
    marker = s3.delete_object(**SKY)["VersionId"]
    objects = [{"Key": "sky.jpg", "VersionId": version} for version in (put, marker)]
    s3.delete_objects(Bucket="photos", Delete={"Objects": objects})
    names = [name.partition(":")[2] for name, _ in told(aws)]
    assert names == ["Put", "Put", "DeleteMarkerCreated", "Delete", "Delete"]
    assert [described["versionId"] for _, described in told(aws)] == [put, put, marker, put, marker]
    assert told(aws)[2][1]["eTag"] == "d41d8cd98f00b204e9800998ecf8427e"
    assert [one["object"]["version-id"] for _, one in details(aws)] == [put, put, marker, put, marker]


def test_null_versions_are_not_shown(aws: Any, s3: Any) -> None:
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Suspended"})
    s3.put_object(**SKY, Body=b"sky")
    assert "versionId" not in told(aws)[0][1]


def test_keys_are_encoded_but_in_eventbridge(aws: Any, s3: Any) -> None:
    s3.put_object(Bucket="photos", Key="in/a b@ü+.jpg", Body=b"")
    assert told(aws)[0][1]["key"] == "in/a+b%40%C3%BC%2B.jpg"
    assert details(aws)[0][1]["object"]["key"] == "in/a b@ü+.jpg"


def test_an_acl_that_stays_is_no_event(aws: Any, s3: Any) -> None:
    s3.put_bucket_ownership_controls(
        Bucket="photos", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    s3.delete_public_access_block(Bucket="photos")
    s3.put_object(**SKY, Body=b"sky")
    for acl in ("private", "public-read", "public-read", "private"):
        s3.put_object_acl(**SKY, ACL=acl)
    assert [name for name, _ in told(aws)[1:]] == ["ObjectAcl:Put"] * 2


def test_a_retention(aws: Any) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="kept", ObjectLockEnabledForBucket=True)
    listen(s3, "s3:ObjectRetention:Put", bucket="kept", eventbridge=True)
    s3.put_object(Bucket="kept", Key="k", Body=b"")
    until = datetime(2030, 1, 1, tzinfo=timezone.utc)
    s3.put_object_retention(
        Bucket="kept", Key="k", Retention={"Mode": "GOVERNANCE", "RetainUntilDate": until}
    )
    (record,) = aws.events[1]["Records"]
    assert record["objectRetentionEventData"] == {
        "mode": "GOVERNANCE",
        "retainUntilDate": "2030-01-01T00:00:00.000Z",
    }
    assert details(aws)[1][0] == "Object Retention Updated"


def test_a_restore_begins(aws: Any, s3: Any) -> None:
    s3.put_object(**SKY, Body=b"sky", StorageClass="GLACIER")
    s3.restore_object(**SKY, RestoreRequest={"Days": 1})
    assert told(aws)[1][0] == "ObjectRestore:Post"
    assert "sequencer" in told(aws)[1][1]
    assert details(aws)[1][1]["source-storage-class"] == "GLACIER"
    assert details(aws)[1][1]["object"] == {"key": "sky.jpg", "size": 3, "etag": MD5_OF_SKY}


def test_tags_of_aws_s_own_are_told(aws: Any) -> None:
    s3 = aws.client("s3")
    aws.create_bucket("photos", tags={"aws:cloudformation:stack-name": "web", "team": "blue"})
    listen(s3, "s3:ObjectCreated:*", eventbridge=True)
    s3.put_object(**SKY, Body=b"sky")
    own = {"aws:cloudformation:stack-name": "web"}
    assert aws.events[0]["Records"][0]["s3"]["bucket"]["awsGeneratedTags"] == own
    assert details(aws)[0][1]["bucket"]["aws-generated-tags"] == own


def test_what_fails_and_what_is_seeded_is_no_event(aws: Any, s3: Any) -> None:
    aws.put_objects("photos", ["seeded"])
    with pytest.raises(s3.exceptions.ClientError):
        s3.put_object_tagging(Bucket="photos", Key="seeded", Tagging=tag_set(**{"aws:a": ""}))
    assert aws.events == []
