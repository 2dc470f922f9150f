"""China, GovCloud and the other partitions: what is made there has their ARNs and is seen there alone."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import mock_tagging
from tests.support import refusal, tag_set, tagging_job
from tests.web import Web, presign

ELSEWHERE = [
    ("aws-cn", "cn-north-1"),
    ("aws-us-gov", "us-gov-west-1"),
    ("aws-iso", "us-iso-east-1"),
    ("aws-iso-b", "us-isob-east-1"),
    ("aws-eusc", "eusc-de-east-1"),
]
pytestmark = needs_botocore("1.42", "all partitions")


@pytest.mark.parametrize(("partition", "region"), ELSEWHERE)
class TestElsewhere:
    @pytest.fixture
    def s3(self, aws: Any, region: str) -> Any:
        s3 = aws.client("s3", region_name=region)
        s3.create_bucket(Bucket="photos", CreateBucketConfiguration={"LocationConstraint": region})
        s3.put_object(Bucket="photos", Key="a.jpg", Body=b"", Tagging="team=blue")
        return s3

    def test_buckets(self, s3: Any, partition: str, region: str) -> None:
        arn = f"arn:{partition}:s3:::photos"
        assert s3.head_bucket(Bucket="photos")["BucketArn"] == arn
        assert [one["BucketArn"] for one in s3.list_buckets()["Buckets"]] == [arn]
        assert s3.get_bucket_location(Bucket="photos")["LocationConstraint"] == region
        assert s3.list_buckets(BucketRegion=region)["Buckets"][0]["BucketRegion"] == region

    def test_access_points(self, aws: Any, s3: Any, partition: str, region: str) -> None:
        control = aws.client("s3control", region_name=region)
        point = control.create_access_point(AccountId=ACCOUNT, Name="readers", Bucket="photos")
        assert point["AccessPointArn"] == f"arn:{partition}:s3:{region}:{ACCOUNT}:accesspoint/readers"
        tags = s3.get_object_tagging(Bucket=point["AccessPointArn"], Key="a.jpg")["TagSet"]
        assert tags == tag_set(team="blue")["TagSet"]

    def test_tags_by_arn(self, aws: Any, s3: Any, partition: str, region: str) -> None:
        control = aws.client("s3control", region_name=region)
        photos = {"AccountId": ACCOUNT, "ResourceArn": f"arn:{partition}:s3:::photos"}
        control.tag_resource(**photos, Tags=[{"Key": "a", "Value": "1"}])
        assert control.list_tags_for_resource(**photos)["Tags"] == [{"Key": "a", "Value": "1"}]
        elsewhere = {**photos, "ResourceArn": "arn:aws:s3:::photos"}
        refused = refusal(lambda: control.list_tags_for_resource(**elsewhere))
        assert "Region, account or partition" in refused["Message"]

    def test_the_caller_and_the_keys_of_kms(self, aws: Any, s3: Any, partition: str, region: str) -> None:
        identity = aws.client("sts", region_name=region).get_caller_identity()
        assert identity["Arn"].startswith(f"arn:{partition}:iam::{ACCOUNT}:")
        stored = s3.put_object(Bucket="photos", Key="k", Body=b"", ServerSideEncryption="aws:kms")
        assert stored["SSEKMSKeyId"].startswith(f"arn:{partition}:kms:{region}:")

    def test_policies(self, aws: Any, s3: Any, partition: str, region: str) -> None:
        theirs = aws.client("s3", region_name=region, account_id="999999999999")
        get = lambda: theirs.get_object_tagging(Bucket="photos", Key="a.jpg")
        assert refusal(get)["Code"] == "AccessDenied"
        allow = {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:{partition}:iam::999999999999:root"},
            "Action": "s3:GetObjectTagging",
            "Resource": f"arn:{partition}:s3:::photos/*",
        }
        policy = {"Version": "2012-10-17", "Statement": [allow]}
        s3.put_bucket_policy(Bucket="photos", Policy=json.dumps(policy))
        assert get()["TagSet"] == tag_set(team="blue")["TagSet"]

    def test_another_partitions_bucket_is_not_there(
        self, aws: Any, s3: Any, partition: str, region: str
    ) -> None:
        at_home = aws.client("s3", region_name="eu-west-1")
        assert refusal(lambda: at_home.get_bucket_tagging(Bucket="photos"))["Code"] == "NoSuchBucket"
        assert "another partition" in aws.calls[-1].hint
        assert at_home.list_buckets()["Buckets"] == []


@pytest.mark.parametrize(("partition", "region"), ELSEWHERE)
def test_jobs(partition: str, region: str) -> None:
    with mock_tagging(region=region) as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["a.jpg"])
        request = tagging_job(aws, "photos,a.jpg")
        request["RoleArn"] = f"arn:{partition}:iam::{ACCOUNT}:role/batch"
        request["Report"]["Bucket"] = f"arn:{partition}:s3:::reports"
        location = request["Manifest"]["Location"]
        location["ObjectArn"] = f"arn:{partition}:s3:::manifests/manifest.csv"
        control = aws.client("s3control")
        job_id = control.create_job(**request)["JobId"]
        job = control.describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]
        assert job["Status"] == "Complete"
        assert job["JobArn"] == f"arn:{partition}:s3:{region}:{ACCOUNT}:job/{job_id}"
        assert aws.object_tags("photos", "a.jpg") == {"team": "red"}


class TestArnsOfAnotherPartition:
    """What names AWS's first partition in a region of China, as a constant in code does."""

    @pytest.fixture
    def s3(self, aws: Any) -> Any:
        for name in ("photos", "copies"):
            aws.create_bucket(name, region="cn-north-1", versioning=True)
        return aws.client("s3", region_name="cn-north-1")

    @pytest.mark.parametrize("member", ["RoleArn", "report", "manifest"])
    def test_jobs(self, member: str) -> None:
        """LIKELY, motofork."""
        with mock_tagging(region="cn-north-1") as aws:
            aws.create_bucket("photos")
            request = in_china(tagging_job(aws, "photos,a.jpg"))
            wrong = {
                "RoleArn": request,
                "report": request["Report"],
                "manifest": request["Manifest"]["Location"],
            }
            name = {"RoleArn": "RoleArn", "report": "Bucket", "manifest": "ObjectArn"}[member]
            wrong[member][name] = wrong[member][name].replace("aws-cn", "aws")
            refused = refusal(lambda: aws.client("s3control").create_job(**request))
            assert refused["Code"] == "AccessDenied"
            assert "another partition" in aws.calls[-1].hint

    def test_replication(self, s3: Any) -> None:
        rule = {"Status": "Enabled", "Prefix": "", "Destination": {"Bucket": "arn:aws:s3:::copies"}}
        wanted = {"Role": f"arn:aws-cn:iam::{ACCOUNT}:role/replicator", "Rules": [rule]}
        put = lambda: s3.put_bucket_replication(Bucket="photos", ReplicationConfiguration=wanted)
        assert refusal(put)["Message"] == "Invalid bucket ARN."
        rule["Destination"] = {"Bucket": "arn:aws-cn:s3:::copies"}
        put()

    def test_inventories(self, s3: Any) -> None:
        place = {"Bucket": "arn:aws:s3:::copies", "Format": "CSV"}
        document = {
            "Id": "daily",
            "IsEnabled": True,
            "IncludedObjectVersions": "Current",
            "Schedule": {"Frequency": "Daily"},
            "Destination": {"S3BucketDestination": place},
        }
        put = lambda: s3.put_bucket_inventory_configuration(
            Bucket="photos", Id="daily", InventoryConfiguration=document
        )
        assert refusal(put)["Code"] == "InvalidS3DestinationBucket"
        place["Bucket"] = "arn:aws-cn:s3:::copies"
        put()

    @pytest.mark.parametrize("wrong", ["arn:aws:sqs:cn-north-1", "arn:aws-cn:sqs:cn-northwest-1"])
    def test_notifications(self, s3: Any, wrong: str) -> None:
        """The same for another region. OBSERVED, cloud-custodian #1720."""
        put = lambda place: s3.put_bucket_notification_configuration(
            Bucket="photos",
            NotificationConfiguration={
                "QueueConfigurations": [
                    {"QueueArn": f"{place}:{ACCOUNT}:q", "Events": ["s3:ObjectCreated:*"]}
                ]
            },
        )
        assert refusal(lambda: put(wrong)) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "The notification destination service region is not valid for the bucket location "
            "constraint",
            "ArgumentName": "Queue",
            "ArgumentValue": f"{wrong}:{ACCOUNT}:q",
        }
        put("arn:aws-cn:sqs:cn-north-1")


def in_china(request: Any) -> Any:
    return json.loads(json.dumps(request).replace("arn:aws:", "arn:aws-cn:"))


def test_locations_of_another_partition_are_none(s3: Any) -> None:
    """ASSUMED: us-east-1's endpoint makes buckets in the regions of its own partition."""
    for region in ("cn-north-1", "eusc-de-east-1"):
        create = lambda region=region: s3.create_bucket(
            Bucket="photos", CreateBucketConfiguration={"LocationConstraint": region}
        )
        assert refusal(create)["Code"] == "InvalidLocationConstraint"


class TestOneNameInTwoPartitions:
    """A name is taken in its own partition alone (S3 user guide, "Bucket naming rules")."""

    @pytest.fixture
    def at_home(self, aws: Any) -> Any:
        return aws.client("s3", region_name="us-east-1")

    @pytest.fixture
    def in_china(self, aws: Any) -> Any:
        return aws.client("s3", region_name="cn-north-1")

    @pytest.fixture(autouse=True)
    def _buckets(self, aws: Any, at_home: Any, in_china: Any) -> None:
        aws.client("s3", account_id="999999999999").create_bucket(Bucket="theirs")
        for s3, place, team in (
            (at_home, {}, "blue"),
            (in_china, {"LocationConstraint": "cn-north-1"}, "red"),
        ):
            configured = {"CreateBucketConfiguration": place} if place else {}
            s3.create_bucket(Bucket="photos", **configured)
            s3.put_object(Bucket="photos", Key="a.jpg", Body=b"", Tagging=f"team={team}")
        in_china.create_bucket(
            Bucket="theirs", CreateBucketConfiguration={"LocationConstraint": "cn-north-1"}
        )

    def test_each_bucket_has_its_own_objects(self, at_home: Any, in_china: Any) -> None:
        for s3, team in ((at_home, "blue"), (in_china, "red")):
            tags = s3.get_object_tagging(Bucket="photos", Key="a.jpg")["TagSet"]
            assert tags == tag_set(team=team)["TagSet"]
        assert [one["Name"] for one in at_home.list_buckets()["Buckets"]] == ["photos"]
        assert [one["Name"] for one in in_china.list_buckets()["Buckets"]] == ["photos", "theirs"]

    def test_one_is_deleted_and_the_other_stays(self, at_home: Any, in_china: Any) -> None:
        in_china.delete_object(Bucket="photos", Key="a.jpg")
        in_china.delete_bucket(Bucket="photos")
        at_home.head_object(Bucket="photos", Key="a.jpg")

    def test_presigned_urls_lead_to_their_own(self, in_china: Any) -> None:
        assert b"red" in Web().request("GET", presign(in_china, "get_object_tagging", **PHOTO)).data

    def test_over_http(self, aws: Any) -> None:
        with aws.serve() as server:
            for region, team in (("us-east-1", "blue"), ("cn-north-1", "red")):
                s3 = boto3.client("s3", region_name=region, endpoint_url=server.url)
                assert s3.get_object_tagging(**PHOTO)["TagSet"] == tag_set(team=team)["TagSet"]

    def test_the_handle_means_the_one_in_the_partition_of_the_mocks_region(self, aws: Any) -> None:
        assert aws.object_tags("photos", "a.jpg") == {"team": "blue"}
        with mock_tagging(region="cn-north-1") as inner:
            assert inner.object_tags("photos", "a.jpg") == {"team": "red"}
        assert aws.buckets == ["photos", "theirs"]

    def test_a_restore_is_told_of_where_it_happened(self, aws: Any, in_china: Any) -> None:
        in_china.put_object(Bucket="photos", Key="cold", Body=b"", StorageClass="GLACIER")
        in_china.put_bucket_notification_configuration(
            Bucket="photos", NotificationConfiguration={"EventBridgeConfiguration": {}}
        )
        in_china.restore_object(Bucket="photos", Key="cold", RestoreRequest={"Days": 1})
        aws.clock.advance(hours=12)
        assert "Object Restore Completed" in [event["detail-type"] for event in aws.events]


PHOTO = {"Bucket": "photos", "Key": "a.jpg"}
