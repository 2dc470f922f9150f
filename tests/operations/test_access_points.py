"""Access points: another name for a bucket, by ARN and by alias."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from botocore.config import Config

from conftest import ACCOUNT, needs_botocore
from tests.support import OTHER, refusal, tag_set

ARN = f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/myap"


@pytest.fixture
def point(photos: str, s3control: Any) -> dict[str, str]:
    answer: dict[str, str] = s3control.create_access_point(AccountId=ACCOUNT, Name="myap", Bucket=photos)
    return answer


@pytest.fixture(params=["AccessPointArn", "Alias"])
def name(request: pytest.FixtureRequest, point: dict[str, str]) -> str:
    """What stands in place of the bucket's name."""
    return point[request.param]


class TestThroughS3Control:
    def test_its_life(self, photos: str, s3control: Any) -> None:
        missing = {
            "Status": 404,
            "Code": "NoSuchAccessPoint",
            "Message": "The specified accesspoint does not exist",
            "AccessPointName": "myap",
        }
        mine = {"AccountId": ACCOUNT, "Name": "myap"}
        assert s3control.list_access_points(AccountId=ACCOUNT)["AccessPointList"] == []
        assert refusal(lambda: s3control.get_access_point(**mine)) == missing
        created = s3control.create_access_point(**mine, Bucket=photos)
        assert created["AccessPointArn"] == ARN
        assert re.fullmatch("myap-[a-z0-9]{34}-s3alias", created["Alias"])
        found = s3control.get_access_point(**mine)
        assert (found["Name"], found["Bucket"], found["NetworkOrigin"], found["Alias"]) == (
            "myap",
            photos,
            "Internet",
            created["Alias"],
        )
        assert set(found["PublicAccessBlockConfiguration"].values()) == {True}
        assert found["Endpoints"] == {
            "ipv4": "s3-accesspoint.us-east-1.amazonaws.com",
            "dualstack": "s3-accesspoint.dualstack.us-east-1.amazonaws.com",
            "fips": "s3-accesspoint-fips.us-east-1.amazonaws.com",
            "fips_dualstack": "s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com",
        }
        assert (found["AccessPointArn"], found["CreationDate"].tzinfo is None) == (ARN, False)
        (listed,) = s3control.list_access_points(AccountId=ACCOUNT)["AccessPointList"]
        assert (listed["Name"], listed["AccessPointArn"], listed["BucketAccountId"]) == ("myap", ARN, ACCOUNT)
        deleted = s3control.delete_access_point(**mine)
        # LS test_access_point_lifecycle; the model says 200.
        assert deleted["ResponseMetadata"]["HTTPStatusCode"] == 204
        assert refusal(lambda: s3control.delete_access_point(**mine)) == missing

    @pytest.mark.parametrize(
        "name", ["sa", "xn-_test-alias", "Upper", "-dash", "dash-", "dot.ted", "x-s3alias", "x" * 51]
    )
    def test_names_that_are_none(self, aws: Any, photos: str, name: str) -> None:
        s3control = aws.client("s3control", config=Config(parameter_validation=False))
        assert refusal(
            lambda: s3control.create_access_point(AccountId=ACCOUNT, Name=name, Bucket=photos)
        ) == {
            "Status": 400,
            "Code": "InvalidURI",
            "Message": "Couldn't parse the specified URI.",
            "URI": f"accesspoint/{name}",
        }

    def test_a_bucket_that_isnt_there(self, s3control: Any) -> None:
        create = lambda: s3control.create_access_point(AccountId=ACCOUNT, Name="myap", Bucket="nothing")
        assert refusal(create) == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "Amazon S3 AccessPoint can only be created for existing bucket",
        }

    def test_a_bucket_of_another_account(self, theirs: Any, s3control: Any) -> None:
        theirs.create_bucket(Bucket="theirs")
        wanted = {"AccountId": ACCOUNT, "Name": "myap", "Bucket": "theirs"}
        assert refusal(lambda: s3control.create_access_point(**wanted))["Code"] == "InvalidRequest"
        s3control.create_access_point(**wanted, BucketAccountId=OTHER)
        found = s3control.get_access_point(AccountId=ACCOUNT, Name="myap")
        assert (found["Bucket"], found["BucketAccountId"]) == ("theirs", OTHER)

    def test_who_may_make_one_for_the_internet(self, aws: Any, photos: str) -> None:
        for name, origin, code in (("anna", "Internet", None), ("bob", "VPC", "AccessDenied")):
            condition = {"StringEquals": {"s3:AccessPointNetworkOrigin": origin}}
            allow = {"Effect": "Allow", "Action": "s3:CreateAccessPoint", "Resource": "*"}
            whole = {"Version": "2012-10-17", "Statement": {**allow, "Condition": condition}}
            control = aws.client("s3control", as_=aws.create_user(name, whole))
            create = lambda control=control: control.create_access_point(**MINE, Bucket=photos)
            if code is None:
                create()
            else:
                assert refusal(create)["Code"] == code

    def test_twice(self, photos: str, point: Any, s3control: Any) -> None:
        create = lambda: s3control.create_access_point(AccountId=ACCOUNT, Name="myap", Bucket=photos)
        assert refusal(create) == {
            "Status": 409,
            "Code": "AccessPointAlreadyOwnedByYou",
            "Message": "Your previous request to create the named accesspoint succeeded and you already own it.",
        }

    def test_a_refused_one_takes_no_alias(self, aws: Any, photos: str) -> None:
        control, other = aws.client("s3control"), aws.snapshot()
        made = lambda name: control.create_access_point(AccountId=ACCOUNT, Name=name, Bucket=photos)["Alias"]
        first, second = made("one"), made("two")
        aws.restore(other)
        assert made("one") == first
        refusal(lambda: made("one"))
        assert made("two") == second

    def test_pages(self, aws: Any, photos: str, s3control: Any) -> None:
        aws.create_bucket("other")
        for number in range(5):
            s3control.create_access_point(
                AccountId=ACCOUNT, Name=f"ap-{number}", Bucket=photos if number else "other"
            )
        pages, token = [], {}
        while True:
            answer = s3control.list_access_points(AccountId=ACCOUNT, MaxResults=2, **token)
            pages.append([one["Name"] for one in answer["AccessPointList"]])
            if "NextToken" not in answer:
                break
            token = {"NextToken": answer["NextToken"]}
        assert pages == [["ap-0", "ap-1"], ["ap-2", "ap-3"], ["ap-4"]]
        of_bucket = s3control.list_access_points(AccountId=ACCOUNT, Bucket="other")["AccessPointList"]
        assert [one["Name"] for one in of_bucket] == ["ap-0"]
        assert (
            refusal(lambda: s3control.list_access_points(AccountId=ACCOUNT, NextToken="!"))["Code"]
            == "InvalidRequest"
        )

    def test_the_bucket_stays_as_long_as_it_does(self, aws: Any, s3: Any, s3control: Any) -> None:
        aws.create_bucket("empty")
        s3control.create_access_point(AccountId=ACCOUNT, Name="myap", Bucket="empty")
        assert refusal(lambda: s3.delete_bucket(Bucket="empty"))["Code"] == "BucketHasAccessPointsAttached"
        s3control.delete_access_point(AccountId=ACCOUNT, Name="myap")
        s3.delete_bucket(Bucket="empty")

    @needs_botocore("1.40.0", "tags of access points")
    def test_tags(self, photos: str, s3control: Any) -> None:
        s3control.create_access_point(
            AccountId=ACCOUNT, Name="myap", Bucket=photos, Tags=[{"Key": "a", "Value": "1"}]
        )
        s3control.tag_resource(AccountId=ACCOUNT, ResourceArn=ARN, Tags=[{"Key": "b", "Value": "2"}])
        s3control.untag_resource(AccountId=ACCOUNT, ResourceArn=ARN, TagKeys=["a"])
        assert s3control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn=ARN)["Tags"] == [
            {"Key": "b", "Value": "2"}
        ]
        gone = refusal(lambda: s3control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn=f"{ARN}x"))
        assert gone["Code"] == "NoSuchResource"


class TestThroughS3:
    def test_tagging(self, aws: Any, s3: Any, name: str) -> None:
        s3.put_object_tagging(Bucket=name, Key="a.jpg", Tagging=tag_set(team="green"))
        assert aws.object_tags("photos", "a.jpg") == {"team": "green"}
        assert s3.get_object_tagging(Bucket=name, Key="a.jpg")["TagSet"] == tag_set(team="green")["TagSet"]
        s3.delete_object_tagging(Bucket=name, Key="a.jpg")
        assert aws.object_tags("photos", "a.jpg") == {}

    def test_objects(self, aws: Any, s3: Any, name: str) -> None:
        s3.put_object(Bucket=name, Key="new", Body=b"new", Tagging="a=1")
        assert aws.object_tags("photos", "new") == {"a": "1"}
        assert s3.get_object(Bucket=name, Key="new")["Body"].read() == b"new"
        assert [one["Key"] for one in s3.list_objects_v2(Bucket=name, Prefix="n")["Contents"]] == ["new"]
        s3.copy_object(Bucket=name, Key="copy", CopySource={"Bucket": name, "Key": "new"})
        assert aws.object_tags("photos", "copy") == {"a": "1"}
        s3.delete_object(Bucket=name, Key="new")
        head = s3.head_bucket(Bucket=name)
        assert head.get("AccessPointAlias", False) is name.endswith("-s3alias")

    def test_bucket_tagging_doesnt_go_through(self, s3: Any, name: str) -> None:
        assert refusal(lambda: s3.get_bucket_tagging(Bucket=name)) == {
            "Status": 405,
            "Code": "MethodNotAllowed",
            "Message": "The specified method is not allowed against this resource.",
            "Method": "GET",
            "ResourceType": "ACCESSPOINT",
        }

    def test_errors_name_what_was_asked_for(self, s3: Any, point: dict[str, str]) -> None:
        refused = refusal(lambda: s3.get_object_tagging(Bucket=point["Alias"], Key="nothing"))
        assert (refused["Code"], refused["Key"]) == ("NoSuchKey", f"{point['Alias']}/nothing")

    def test_what_isnt_there(self, s3: Any, point: Any) -> None:
        refused = refusal(lambda: s3.get_object_tagging(Bucket=f"{ARN}x", Key="a.jpg"))
        assert (refused["Status"], refused["Code"], refused["AccessPointName"]) == (
            404,
            "NoSuchAccessPoint",
            "myapx",
        )
        alias = "nothing-abcdefghijklmnopqrstuvwxyz12345678-s3alias"
        assert refusal(lambda: s3.get_object_tagging(Bucket=alias, Key="a.jpg"))["Code"] == "NoSuchBucket"

    def test_the_arn_names_the_region(self, aws: Any, photos: str, point: dict[str, str]) -> None:
        client = aws.client("s3", region_name="eu-west-1", config=Config(s3={"use_arn_region": True}))
        assert client.get_object_tagging(Bucket=point["AccessPointArn"], Key="c.jpg")["TagSet"] != []

    def test_another_accounts_calls_need_the_buckets_policy(self, aws: Any, s3: Any, name: str) -> None:
        theirs = aws.client("s3", account_id="999999999999")
        assert refusal(lambda: theirs.get_object_tagging(Bucket=name, Key="c.jpg"))["Code"] == "AccessDenied"


def policy_of(effect: str, action: Any, principal: Any = "*", resource: Any = f"{ARN}/object/*") -> str:
    statement = {"Effect": effect, "Principal": principal, "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


MINE: Any = {"AccountId": ACCOUNT, "Name": "myap"}


class TestPolicies:
    def test_its_life(self, point: Any, s3control: Any) -> None:
        missing = {
            "Status": 404,
            "Code": "NoSuchAccessPointPolicy",
            "Message": "The specified accesspoint policy does not exist",
            "AccessPointName": "myap",
        }
        assert refusal(lambda: s3control.get_access_point_policy(**MINE)) == missing
        assert refusal(lambda: s3control.get_access_point_policy_status(**MINE)) == missing
        s3control.put_access_point_policy(**MINE, Policy=policy_of("Deny", "s3:PutObjectTagging"))
        stored = json.loads(s3control.get_access_point_policy(**MINE)["Policy"])
        assert stored["Statement"][0]["Resource"] == f"{ARN}/object/*"
        status = s3control.get_access_point_policy_status(**MINE)["PolicyStatus"]
        assert status == {"IsPublic": False}
        for _ in range(2):
            deleted = s3control.delete_access_point_policy(**MINE)
            assert deleted["ResponseMetadata"]["HTTPStatusCode"] == 204
        assert refusal(lambda: s3control.get_access_point_policy(**MINE)) == missing

    def test_what_is_refused(self, point: Any, s3control: Any) -> None:
        def code(policy: str, **named: str) -> str:
            where = {**MINE, **named}
            found: str = refusal(lambda: s3control.put_access_point_policy(**where, Policy=policy))["Code"]
            return found

        assert code("[]") == "MalformedPolicy"
        for resource in ("arn:aws:s3:::photos/*", f"{ARN}/*"):
            assert code(policy_of("Allow", "s3:GetObject", ACCOUNT, resource)) == "MalformedPolicy"
        assert code(policy_of("Allow", "s3:GetObject")) == "AccessDenied"  # it is public
        assert code(policy_of("Deny", "s3:GetObject"), Name="other") == "NoSuchAccessPoint"

    def test_a_public_one_where_nothing_blocks_it(self, photos: str, s3control: Any) -> None:
        blocks: Any = {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True}}
        s3control.create_access_point(**MINE, Bucket=photos, **blocks)
        public = {**MINE, "Policy": policy_of("Allow", "s3:GetObject")}
        s3control.put_access_point_policy(**public)
        assert s3control.get_access_point_policy_status(**MINE)["PolicyStatus"] == {"IsPublic": True}
        of_account: Any = {"PublicAccessBlockConfiguration": {"BlockPublicPolicy": True}}
        s3control.put_public_access_block(AccountId=ACCOUNT, **of_account)
        assert refusal(lambda: s3control.put_access_point_policy(**public))["Code"] == "AccessDenied"

    def test_what_it_denies_nobody_may_do_through_it(self, name: str, s3: Any, s3control: Any) -> None:
        s3control.put_access_point_policy(**MINE, Policy=policy_of("Deny", "s3:PutObjectTagging"))
        tags = tag_set(team="red")
        told = refusal(lambda: s3.put_object_tagging(Bucket=name, Key="a.jpg", Tagging=tags))
        assert told["Code"] == "AccessDenied"
        s3.get_object_tagging(Bucket=name, Key="a.jpg")
        s3.put_object_tagging(Bucket="photos", Key="a.jpg", Tagging=tags)
        denied = policy_of(
            "Deny", ["s3:ListBucket", "s3:GetObjectTagging"], resource=[ARN, f"{ARN}/object/*"]
        )
        s3control.put_access_point_policy(**MINE, Policy=denied)
        assert refusal(lambda: s3.get_object(Bucket=name, Key="missing"))["Code"] == "AccessDenied"
        assert "TagCount" not in s3.get_object(Bucket=name, Key="a.jpg")

    def test_other_accounts_need_its_leave_and_the_bucket_s(
        self, aws: Any, name: str, s3: Any, s3control: Any, theirs: Any
    ) -> None:
        def read() -> Any:
            return theirs.get_object_tagging(Bucket=name, Key="c.jpg")

        everything = {"Resource": ["arn:aws:s3:::photos", "arn:aws:s3:::photos/*"]}
        delegation = {
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": "s3:*",
            **everything,
            "Condition": {"StringEquals": {"s3:DataAccessPointAccount": ACCOUNT}},
        }
        whole = json.dumps({"Version": "2012-10-17", "Statement": [delegation]})
        s3.put_bucket_policy(Bucket="photos", Policy=whole)
        refused = policy_of("Allow", "s3:GetObject", {"AWS": OTHER})
        s3control.put_access_point_policy(**MINE, Policy=refused)
        assert refusal(read)["Code"] == "AccessDenied"
        assert aws.calls[-1].hint.endswith("and no policy of the access point allows s3:GetObjectTagging")
        allowed = policy_of("Allow", "s3:GetObjectTagging", {"AWS": OTHER})
        s3control.put_access_point_policy(**MINE, Policy=allowed)
        assert read()["TagSet"]
        s3.delete_bucket_policy(Bucket="photos")
        assert refusal(read)["Code"] == "AccessDenied"
