"""moto active at the same time: each call is answered once, by the mock that should."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import boto3
import pytest
import requests
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.backends import get_backend
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.responses_custom_registry import CustomRegistry

from conftest import ACCOUNT, needs_moto
from s3tag_mock import AwsError, Misuse, TaggingMockWarning, mock_tagging
from tests.batch.support import deny
from tests.support import OTHER, refusal, run_job, tag_set

#: Before any mock, after moto was imported: moto's handler is in it.
KEYS = {"aws_access_key_id": "x", "aws_secret_access_key": "x", "region_name": "us-east-1"}
OLD: dict[str, Any] = {
    name: boto3.Session().client(name, **KEYS) for name in ("s3", "s3control", "sts", "iam", "sqs")
}


def motos_buckets() -> list[str]:
    # The key of S3's one backend has changed its name.
    return [name for backend in get_backend("s3")[ACCOUNT].values() for name in backend.buckets]


@pytest.fixture(params=["moto outside", "moto inside"])
def both(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Both mocks; gives the handle of ours."""
    ours = mock_tagging(allow="all")
    with ExitStack() as stack:
        for mock in (mock_aws(), ours) if request.param == "moto outside" else (ours, mock_aws()):
            stack.enter_context(mock)
        yield ours


@pytest.mark.parametrize(
    "client", [OLD.__getitem__, lambda name: boto3.client(name, region_name="us-east-1")]
)
def test_each_call_is_answered_once(both: Any, client: Any) -> None:
    client("s3").create_bucket(Bucket="photos")
    client("s3").put_object(Bucket="photos", Key="k", Body=b"x")
    client("s3").put_object_tagging(Bucket="photos", Key="k", Tagging=tag_set(team="blue"))
    assert client("s3control").list_jobs(AccountId=ACCOUNT)["Jobs"] == []
    assert client("sts").get_caller_identity()["Arn"].endswith("user/s3tag_mock")
    assert both.object_tags("photos", "k") == {"team": "blue"}
    names = ["CreateBucket", "PutObject", "PutObjectTagging", "ListJobs", "GetCallerIdentity"]
    assert [call.operation for call in both.calls] == names
    assert motos_buckets() == []

    queue = client("sqs").create_queue(QueueName="jobs")["QueueUrl"]
    assert client("sqs").list_queues()["QueueUrls"] == [queue]
    role = f"arn:aws:iam::{ACCOUNT}:role/batch"
    assert client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]["AccessKeyId"]
    assert len(both.calls) == len(names)


@needs_moto("5.2", "the partitions of backends")
def test_iam_is_motos(both: Any) -> None:
    """And ours again without moto, also for a client that knew both."""
    iam = OLD["iam"]
    trust = {"AssumeRolePolicyDocument": json.dumps({"Version": "2012-10-17", "Statement": []})}
    made = iam.create_role(RoleName="batch", **trust)["Role"]
    assert [role.name for role in get_backend("iam")[ACCOUNT]["aws"].roles.values()] == ["batch"]
    assert iam.get_role(RoleName="batch")["Role"]["RoleId"] == made["RoleId"]
    iam.create_account_alias(AccountAlias="photos")
    assert list(both.calls) == []


def test_iam_is_ours_before_and_after_moto() -> None:
    with mock_tagging() as ours:
        with mock_aws():
            assert OLD["iam"].list_roles()["Roles"] == []
        OLD["iam"].list_roles()
        assert [call.operation for call in ours.calls] == ["ListRoles"]


def test_errors_and_retries_are_answered_once(both: Any) -> None:
    both.faults.add("CreateBucket", "SlowDown", times=1)
    OLD["s3"].create_bucket(Bucket="photos")
    ireland = {"LocationConstraint": "eu-west-1"}
    client = boto3.client("s3", region_name="eu-west-1")
    refused = refusal(lambda: client.create_bucket(Bucket="photos", CreateBucketConfiguration=ireland))
    assert refused["Code"] == "BucketAlreadyOwnedByYou"
    assert [call.status for call in both.calls] == [503, 200, 409]
    assert motos_buckets() == []


def test_requests_reach_ours_with_presigned_urls_and_moto_with_others(both: Any) -> None:
    both.create_bucket("photos")
    both.put_objects("photos", {"k": b"ours"})
    url = boto3.client("s3").generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "k"})
    assert requests.get(url).content == b"ours"
    assert requests.get("https://sqs.us-east-1.amazonaws.com/?Action=ListQueues").status_code == 200
    assert len(both.calls) == 1


def test_services_that_are_let_pass_are_motos() -> None:
    with mock_aws(), mock_tagging(passthrough=["s3"]) as aws:
        OLD["s3"].create_bucket(Bucket="photos")
        assert motos_buckets() == ["photos"]
        assert len(aws.calls) == 0


@pytest.mark.parametrize("outer", ["moto", "ours"])
def test_the_outer_one_is_alone_again_when_the_inner_one_has_ended(outer: str) -> None:
    before = [vars(BotocoreStubber)["__call__"], vars(CustomRegistry)["find"]]
    ours, motos = mock_tagging(), mock_aws()
    inner, outside = (ours, motos) if outer == "moto" else (motos, ours)
    with outside:
        with inner:
            OLD["s3"].create_bucket(Bucket="inside")
        names = [bucket["Name"] for bucket in OLD["s3"].list_buckets()["Buckets"]]
        assert names == ([] if outer == "moto" else ["inside"])
        OLD["s3"].create_bucket(Bucket="outside")
        assert ("outside" in motos_buckets()) == (outer == "moto")
    assert [vars(BotocoreStubber)["__call__"], vars(CustomRegistry)["find"]] == before


IMPORTS = {
    "moto first": "from moto import mock_aws\nfrom s3tag_mock import mock_tagging\n",
    "moto last": "from s3tag_mock import mock_tagging\nfrom moto import mock_aws\n",
}
ENTER = {
    "moto outside": "with mock_aws(), mock_tagging() as aws:\n    use(aws)\n",
    "moto inside": "with mock_tagging() as aws, mock_aws():\n    use(aws)\n",
}
USE = """
import boto3

def use(aws):
    from moto.backends import get_backend

    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="photos")
    boto3.client("sqs", region_name="us-east-1").create_queue(QueueName="jobs")
    print(len(aws.calls), sum(len(one.buckets) for one in get_backend("s3")["123456789012"].values()))
"""


@pytest.mark.parametrize("entering", ENTER.values(), ids=ENTER)
@pytest.mark.parametrize("imports", IMPORTS.values(), ids=IMPORTS)
def test_both_orders_of_import_and_entry(imports: str, entering: str) -> None:
    assert _printed(imports + USE + entering) == "1 0\n"


def test_moto_imported_inside() -> None:
    entering = (
        "with mock_tagging() as aws:\n    boto3.client('s3')\n    from moto import mock_aws\n"
        "    with mock_aws():\n        use(aws)\n"
    )
    assert _printed("from s3tag_mock import mock_tagging\n" + USE + entering) == "1 0\n"


KEPT = "with mock_tagging():\n    boto3.client('s3').list_buckets()\n"


@pytest.mark.parametrize("entering", ENTER.values(), ids=ENTER)
def test_moto_imported_after_a_mock_has_ended(entering: str) -> None:
    """The default session that was kept from that mock has no handler of moto's."""
    imports = "import boto3\nfrom s3tag_mock import mock_tagging\n"
    assert _printed(imports + KEPT + "from moto import mock_aws\n" + USE + entering) == "1 0\n"


@pytest.mark.parametrize("entering", ENTER.values(), ids=ENTER)
def test_clients_of_the_handle_know_motos_handler_too(entering: str) -> None:
    made = "with mock_tagging() as aws:\n    aws.client('sts')\n"
    use = USE.replace('boto3.client("sqs"', 'aws.client("sqs"').replace(
        "    print(",
        '    aws.client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/batch", '
        'RoleSessionName="test")\n    print(',
    )
    imports = "import boto3\nfrom s3tag_mock import mock_tagging\n"
    assert _printed(imports + made + "from moto import mock_aws\n" + use + entering) == "1 0\n"


def _printed(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_tagged_resources_of_both(both: Any) -> None:
    """S3's are ours, the others moto's, in one answer; each is tagged by the one that has it."""
    both.create_bucket("photos", tags={"team": "blue"})
    queues, groups = (
        boto3.client(name, region_name="us-east-1") for name in ("sqs", "resourcegroupstaggingapi")
    )
    queues.create_queue(QueueName="jobs", tags={"team": "red"})
    bucket, queue = "arn:aws:s3:::photos", f"arn:aws:sqs:us-east-1:{ACCOUNT}:jobs"

    def shown(**filters: Any) -> list[str]:
        return [one["ResourceARN"] for one in groups.get_resources(**filters)["ResourceTagMappingList"]]

    assert shown() == [bucket, queue]
    assert shown(ResourceTypeFilters=["sqs"]) == [queue]
    assert shown(ResourceTypeFilters=["sns"]) == []
    assert shown(TagFilters=[{"Key": "team", "Values": ["blue"]}]) == [bucket]
    assert groups.get_tag_values(Key="team")["TagValues"] == ["blue", "red"]
    # This version of moto doesn't tag queues: what it answers stands in the one answer.
    failed = groups.tag_resources(ResourceARNList=[bucket, queue], Tags={"cost": "1"})["FailedResourcesMap"]
    assert failed.keys() <= {queue}
    assert both.bucket_tags("photos") == {"team": "blue", "cost": "1"}
    assert [call.service for call in both.calls] == ["resourcegroupstaggingapi"] * 6
    for number in range(50):  # more than are on a page of moto's
        queues.create_queue(QueueName=f"jobs-{number}", tags={"team": "red"})
    pages = groups.get_paginator("get_resources").paginate(ResourceTypeFilters=["sqs"])
    assert len({one["ResourceARN"] for page in pages for one in page["ResourceTagMappingList"]}) == 51


@needs_moto("5.2", "queues by their ARNs")
def test_tagged_resources_of_both_by_their_arns(both: Any) -> None:
    both.create_bucket("photos", tags={"team": "blue"})
    boto3.client("sqs", region_name="us-east-1").create_queue(QueueName="jobs", tags={"team": "red"})
    groups = boto3.client("resourcegroupstaggingapi", region_name="us-east-1")
    for arn in ("arn:aws:s3:::photos", f"arn:aws:sqs:us-east-1:{ACCOUNT}:jobs"):
        (found,) = groups.get_resources(ResourceARNList=[arn])["ResourceTagMappingList"]
        assert found["ResourceARN"] == arn


def test_services_that_may_go_out_are_not_asked_of_moto() -> None:
    with mock_aws(), mock_tagging(passthrough=("resourcegroupstaggingapi", "sqs")) as aws:
        aws.create_bucket("photos", tags={"team": "blue"})
        groups = boto3.client("resourcegroupstaggingapi", region_name="us-east-1")
        assert groups.get_resources()["ResourceTagMappingList"] == []
        assert len(aws.calls) == 0
        queues, arn = boto3.client("sqs"), f"arn:aws:sqs:us-east-1:{ACCOUNT}:all"
        url = queues.create_queue(QueueName="all")["QueueUrl"]
        settings: Any = {"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]}
        s3 = boto3.client("s3")
        s3.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=settings)
        s3.put_object(Bucket="photos", Key="k", Body=b"x")
        assert "Messages" not in queues.receive_message(QueueUrl=url)


@needs_moto("5.2", "the configuration")
@pytest.mark.parametrize(
    "config",
    [{"service_whitelist": ["sqs"]}, {"passthrough": {"services": ["resourcegroupstaggingapi"]}}],
)
def test_services_that_moto_leaves_out_are_ours_alone(config: Any) -> None:
    with mock_aws(config={"core": config}), mock_tagging() as aws:
        aws.create_bucket("photos", tags={"team": "blue"})
        groups = boto3.client("resourcegroupstaggingapi", region_name="us-east-1")
        assert len(groups.get_resources()["ResourceTagMappingList"]) == 1
        assert aws._entered().refusals == []


def test_events_arrive_at_queues_and_topics_of_moto(both: Any) -> None:
    both.create_bucket("photos")
    made = {name: boto3.client(name, region_name="us-east-1") for name in ("s3", "sqs", "sns")}
    s3, queues = made["s3"], made["sqs"]
    urls = {name: queues.create_queue(QueueName=name)["QueueUrl"] for name in ("tags", "puts")}
    arns = {name: f"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}" for name in urls}
    topic = made["sns"].create_topic(Name="puts")["TopicArn"]
    made["sns"].subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arns["puts"])
    settings: Any = {
        "QueueConfigurations": [{"QueueArn": arns["tags"], "Events": ["s3:ObjectTagging:*"]}],
        "TopicConfigurations": [{"TopicArn": topic, "Events": ["s3:ObjectCreated:*"]}],
    }
    s3.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=settings)
    s3.put_object(Bucket="photos", Key="k", Body=b"x")
    s3.put_object_tagging(Bucket="photos", Key="k", Tagging=tag_set(team="blue"))

    def received(name: str) -> list[Any]:
        messages = queues.receive_message(QueueUrl=urls[name], MaxNumberOfMessages=10)["Messages"]
        return [json.loads(message["Body"]) for message in messages]

    test, tagged = received("tags")
    assert (test["Event"], tagged["Records"][0]["eventName"]) == ("s3:TestEvent", "ObjectTagging:Put")
    published = received("puts")[-1]
    assert published["Subject"] == "Amazon S3 Notification"
    assert json.loads(published["Message"])["Records"][0]["eventName"] == "ObjectCreated:Put"
    assert {json.dumps(one) for one in (test, tagged)} <= {json.dumps(one) for one in both.events}


def test_events_arrive_at_buses_of_moto(both: Any) -> None:
    pytest.importorskip("jsonpath_ng", reason="moto's rules need it to send events on")
    both.create_bucket("photos")
    made = {name: boto3.client(name, region_name="us-east-1") for name in ("s3", "sqs", "events")}
    url = made["sqs"].create_queue(QueueName="bus")["QueueUrl"]
    pattern = json.dumps({"source": ["aws.s3"], "detail-type": ["Object Tags Added"]})
    made["events"].put_rule(Name="tags", EventPattern=pattern)
    targets = [{"Id": "1", "Arn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:bus"}]
    made["events"].put_targets(Rule="tags", Targets=targets)
    settings: Any = {"EventBridgeConfiguration": {}}
    made["s3"].put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=settings)
    made["s3"].put_object(Bucket="photos", Key="k", Body=b"x")
    made["s3"].put_object_tagging(Bucket="photos", Key="k", Tagging=tag_set(team="blue"))
    (message,) = made["sqs"].receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert json.loads(message["Body"])["detail"]["object"]["key"] == "k"


def test_destinations_that_moto_does_not_have_are_refused(both: Any) -> None:
    """LS test_multiple_invalid_sqs_arns, test_invalid_lambda_arn."""
    both.create_bucket("photos")
    s3 = boto3.client("s3", region_name="us-east-1")
    queues = [f"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}" for name in ("one", "two")]
    function = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:tagger"
    events = ["s3:ObjectTagging:*", "s3:ObjectCreated:*", "s3:ObjectRemoved:*"]
    settings: Any = {
        "QueueConfigurations": [
            {"QueueArn": arn, "Events": [event]} for arn, event in zip(queues, events, strict=False)
        ],
        "LambdaFunctionConfigurations": [{"LambdaFunctionArn": function, "Events": [events[2]]}],
    }

    def put(**more: Any) -> None:
        s3.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=settings, **more)

    told = refusal(put)
    assert told == {
        "Status": 400,
        "Code": "InvalidArgument",
        "Message": "Unable to validate the following destination configurations",
        "ArgumentName1": queues[0],
        "ArgumentValue1": "The destination queue does not exist",
        "ArgumentName2": queues[1],
        "ArgumentValue2": "The destination queue does not exist",
        "ArgumentName3": f"{function}, null",
        "ArgumentValue3": f"Not authorized to invoke function [{function}]",
    }
    put(SkipDestinationValidation=True)
    both.lambda_function("tagger")(lambda event: None)
    (served,) = settings["LambdaFunctionConfigurations"]
    settings = {"LambdaFunctionConfigurations": [served]}
    put()
    other = {"LambdaFunctionArn": function.replace("tagger", "other"), "Events": [events[0]]}
    settings = {"LambdaFunctionConfigurations": [served, other]}
    assert refusal(put)["ArgumentName1"] == f"{other['LambdaFunctionArn']}, null"


def stack_of(**properties: Any) -> str:
    bucket = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "stacked", **properties}}
    return json.dumps({"Resources": {"Store": bucket}})


needs_stacks = needs_moto("5.2", "stacks with buckets")


@needs_stacks
def test_buckets_of_stacks_are_here(both: Any) -> None:
    stacks, s3 = (boto3.client(name, region_name="us-east-1") for name in ("cloudformation", "s3"))
    tags = [{"Key": "team", "Value": "blue"}]
    encrypted = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": True}
    template = stack_of(
        Tags=tags,
        VersioningConfiguration={"Status": "Enabled"},
        PublicAccessBlockConfiguration={"BlockPublicAcls": "true"},
        OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]},
        BucketEncryption={"ServerSideEncryptionConfiguration": [encrypted]},
    )
    stack_id = stacks.create_stack(StackName="web", TemplateBody=template)["StackId"]
    assert both.bucket_tags("stacked") == {
        "aws:cloudformation:stack-name": "web",
        "aws:cloudformation:stack-id": stack_id,
        "aws:cloudformation:logical-id": "Store",
        "team": "blue",
    }
    assert s3.get_bucket_versioning(Bucket="stacked")["Status"] == "Enabled"
    block = s3.get_public_access_block(Bucket="stacked")["PublicAccessBlockConfiguration"]
    assert (block["BlockPublicAcls"], block["BlockPublicPolicy"]) == (True, False)
    assert s3.put_object(Bucket="stacked", Key="k", Body=b"x")["ServerSideEncryption"] == "aws:kms"
    # CloudFormation's own tags can't be removed: a known trap of put_bucket_tagging.
    told = refusal(lambda: s3.put_bucket_tagging(Bucket="stacked", Tagging=tag_set(team="red")))
    assert told["Message"] == "System Tags cannot be removed by requester"

    changed = stack_of(Tags=[{"Key": "team", "Value": "red"}])
    stacks.update_stack(StackName="web", TemplateBody=changed)
    assert both.bucket_tags("stacked")["team"] == "red"
    assert both.bucket_tags("stacked")["aws:cloudformation:stack-name"] == "web"

    boto3.resource("s3", region_name="us-east-1").Bucket("stacked").object_versions.delete()
    stacks.delete_stack(StackName="web")
    assert both.buckets == motos_buckets() == []


@needs_stacks
def test_a_new_name_makes_a_new_bucket(both: Any) -> None:
    stacks = boto3.client("cloudformation", region_name="us-east-1")
    stacks.create_stack(StackName="web", TemplateBody=stack_of())
    own = both.bucket_tags("stacked")
    tags = [{"Key": "team", "Value": "blue"}]
    stacks.update_stack(StackName="web", TemplateBody=stack_of(BucketName="renamed", Tags=tags))
    assert both.buckets == ["renamed"]
    assert both.bucket_tags("renamed") == {**own, "team": "blue"}


@needs_stacks
def test_buckets_of_stacks_in_another_region(both: Any) -> None:
    """One that was deleted by a call is gone, whatever its stack does."""
    stacks = boto3.client("cloudformation", region_name="eu-west-1")
    s3 = boto3.client("s3", region_name="eu-west-1")
    stacks.create_stack(StackName="web", TemplateBody=stack_of())
    assert s3.get_bucket_location(Bucket="stacked")["LocationConstraint"] == "eu-west-1"
    s3.delete_bucket(Bucket="stacked")
    stacks.update_stack(StackName="web", TemplateBody=stack_of(Tags=[{"Key": "team", "Value": "blue"}]))
    stacks.delete_stack(StackName="web")
    assert stacks.describe_stacks()["Stacks"] == []


@needs_stacks
def test_what_stacks_can_not_have_is_told(both: Any) -> None:
    stacks = boto3.client("cloudformation", region_name="us-east-1")
    rules = {"Rules": [{"Status": "Enabled", "ExpirationInDays": 1}]}
    with pytest.warns(TaggingMockWarning, match=r"'stacked'.*without LifecycleConfiguration"):
        stacks.create_stack(StackName="web", TemplateBody=stack_of(LifecycleConfiguration=rules))
    both.put_objects("stacked", ["k"])
    with pytest.raises(Misuse, match="BucketNotEmpty"):
        stacks.delete_stack(StackName="web")
    named = stack_of(BucketName="mine", BucketNamespace="account-regional")
    with pytest.raises(Misuse, match="InvalidNamespaceHeader"):
        stacks.create_stack(StackName="other", TemplateBody=named)
    assert both.buckets == ["stacked"]


@needs_moto("5.2", "tags of secrets")
def test_types_of_other_services_are_as_moto_knows_them(both: Any) -> None:
    """Their ARNs have other forms than S3's: ``secret:name``."""
    secrets, groups = (
        boto3.client(name, region_name="us-east-1") for name in ("secretsmanager", "resourcegroupstaggingapi")
    )
    arn = secrets.create_secret(Name="key", SecretString="x", Tags=[{"Key": "team", "Value": "red"}])["ARN"]
    found = groups.get_resources(ResourceTypeFilters=["secretsmanager:secret"])["ResourceTagMappingList"]
    assert [one["ResourceARN"] for one in found] == [arn]


def test_what_moto_answers_is_signed(both: Any) -> None:
    """It tells by the access key whose call it is."""
    iam = boto3.client("iam")
    iam.create_user(UserName="ann")
    made = iam.create_access_key(UserName="ann")["AccessKey"]
    keys = {"aws_access_key_id": made["AccessKeyId"], "aws_secret_access_key": made["SecretAccessKey"]}
    assert boto3.client("iam", **keys).get_user()["User"]["UserName"] == "ann"


def document(policy: str, condition: dict[str, Any]) -> str:
    """A policy's text, with a condition in its statement."""
    whole = json.loads(policy)
    return json.dumps({**whole, "Statement": {**whole["Statement"], "Condition": condition}})


class TestWhoCalls:
    """Users, roles, keys and sessions of moto's are known here, with their policies."""

    READS = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "s3:GetObjectTagging", "Resource": "*"},
        }
    )

    @pytest.fixture
    def ours(self) -> Iterator[Any]:
        with mock_aws(), mock_tagging(allow="all") as ours:
            ours.create_bucket("photos")
            ours.put_objects("photos", ["k"], tags={"team": "blue"})
            yield ours

    @staticmethod
    def keys(answer: Any) -> dict[str, str]:
        """The credentials of an answer of STS, as a client takes them."""
        made = answer["Credentials"]
        return {
            "aws_access_key_id": made["AccessKeyId"],
            "aws_secret_access_key": made["SecretAccessKey"],
            "aws_session_token": made["SessionToken"],
        }

    @staticmethod
    def check(s3: Any) -> str:
        """Reading is allowed, and removing isn't; gives the text."""
        s3.get_object_tagging(Bucket="photos", Key="k")
        return str(refusal(lambda: s3.delete_object_tagging(Bucket="photos", Key="k"))["Message"])

    def test_roles_by_arn_and_by_session(self, ours: Any) -> None:
        role = ours.create_role("tagger", self.READS)
        assert "assumed-role/tagger/s3tag_mock is not" in self.check(ours.client("s3", as_=role))
        assert not ours.explain("s3:GetObject", "arn:aws:s3:::photos/k", as_=role).allowed
        allowed = ours.explain("s3:GetObjectTagging", "arn:aws:s3:::photos/k", as_=role)
        assert str(allowed).endswith(" of role tagger")
        given = self.keys(boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="run1"))
        assert "assumed-role/tagger/run1 is not authorized" in self.check(boto3.client("s3", **given))

    def test_sessions_that_began_before(self) -> None:
        """Of a role of moto's, and of one that nobody made, which a bucket's policy denies something."""
        with mock_aws():
            iam, sts = boto3.client("iam"), boto3.client("sts")
            trust = {"RoleName": "tagger", "AssumeRolePolicyDocument": "{}"}
            arn = iam.create_role(**trust)["Role"]["Arn"]
            iam.put_role_policy(RoleName="tagger", PolicyName="reads", PolicyDocument=self.READS)
            known, unknown, theirs = (
                self.keys(sts.assume_role(RoleArn=role, RoleSessionName="run1"))
                for role in (arn, arn.replace("tagger", "nobody"), arn.replace(ACCOUNT, OTHER))
            )
            with mock_tagging(allow="all") as ours:
                ours.create_bucket("photos")
                ours.put_objects("photos", ["k"])
                assert "assumed-role/tagger/run1 is not" in self.check(boto3.client("s3", **known))
                deny(boto3.client("s3"), "photos", "s3:DeleteObjectTagging")
                assert "assumed-role/nobody/run1 is not" in self.check(boto3.client("s3", **unknown))
                boto3.client("s3", **theirs).create_bucket(Bucket="theirs")

    def test_condition_keys_of_sessions(self, ours: Any) -> None:
        condition = {
            "Bool": {"aws:MultiFactorAuthPresent": "true"},
            "StringEquals": {"aws:SourceIdentity": "me", "aws:PrincipalTag/team": "blue"},
            "StringLike": {"aws:userid": "AROA*:run1"},
        }
        trust = {"RoleName": "tagger", "Path": "/teams/", "AssumeRolePolicyDocument": "{}"}
        tags = [{"Key": "team", "Value": "blue"}]
        arn = boto3.client("iam").create_role(**trust, Tags=tags)["Role"]["Arn"]
        boto3.client("iam").put_role_policy(
            RoleName="tagger", PolicyName="own", PolicyDocument=document(self.READS, condition)
        )
        called = {"RoleArn": arn, "RoleSessionName": "run1", "DurationSeconds": 900}
        mfa = {"SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/me", "TokenCode": "123456"}
        for more, is_allowed in ((mfa, True), ({}, False)):
            given = boto3.client("sts").assume_role(**called, SourceIdentity="me", **more)
            read = lambda given=given: boto3.client("s3", **self.keys(given)).get_object_tagging(
                Bucket="photos", Key="k"
            )
            if is_allowed:
                assert read()["TagSet"]
            else:
                assert refusal(read)["Code"] == "AccessDenied"
        ours.clock.advance(seconds=900)
        assert refusal(read)["Code"] == "ExpiredToken"

    def test_policies_and_tags_of_sessions(self, ours: Any) -> None:
        """moto tells neither; what the calls of AssumeRole said is known."""
        condition = {"StringEquals": {"s3:ExistingObjectTag/team": "${aws:PrincipalTag/team}"}}
        own_team = {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": condition}
        role = ours.create_role("tagger", {"Version": "2012-10-17", "Statement": own_team})

        def session(sts: Any, arn: str = role, **params: Any) -> dict[str, str]:
            return self.keys(sts.assume_role(RoleArn=arn, RoleSessionName="run1", **params))

        def may(what: str, keys: dict[str, str]) -> bool:
            call = getattr(boto3.client("s3", **keys), f"{what}_object_tagging")
            try:
                return bool(call(Bucket="photos", Key="k"))
            except ClientError as error:
                assert error.response["Error"]["Code"] in {"AccessDenied", "ExpiredToken"}
                return False

        sts = boto3.client("sts")
        blue, red = ([{"Key": "team", "Value": value}] for value in ("blue", "red"))
        assert not may("get", session(sts))
        assert not may("get", session(sts, Tags=red))
        tagged = session(sts, Tags=blue, TransitiveTagKeys=["Team"])
        chained = session(boto3.client("sts", **tagged), Policy=self.READS)
        assert may("get", chained)
        assert not may("delete", chained)
        managed = [{"arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}]
        assert not may("delete", session(sts, Tags=blue, PolicyArns=managed))
        ours.clock.advance(seconds=3600)
        assert not may("get", tagged)

    def test_other_answers_of_sts(self, ours: Any) -> None:
        """They tell of no role's session."""
        sts = boto3.client("sts")
        assert sts.get_session_token()["Credentials"]["AccessKeyId"]
        ours.answers.add("sts.AssumeRole", AwsError("AccessDenied", 403, "not now"))
        role = f"arn:aws:iam::{ACCOUNT}:role/tagger"
        refused = refusal(lambda: sts.assume_role(RoleArn=role, RoleSessionName="run1"))
        assert refused["Code"] == "AccessDenied"

    def test_users_by_keys_that_moto_gave_out(self, ours: Any) -> None:
        iam = boto3.client("iam")
        iam.create_user(UserName="anna")
        managed = iam.create_policy(PolicyName="reads", PolicyDocument=self.READS.replace("Get", "Put"))[
            "Policy"
        ]["Arn"]
        as_anna = document(self.READS, {"StringEquals": {"aws:username": "anna"}})
        iam.create_policy_version(PolicyArn=managed, PolicyDocument=as_anna, SetAsDefault=True)
        iam.attach_user_policy(UserName="anna", PolicyArn=managed)
        key = iam.create_access_key(UserName="anna")["AccessKey"]
        keys = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
        assert "user/anna is not authorized" in self.check(boto3.client("s3", **keys))
        arn = f"arn:aws:iam::{ACCOUNT}:user/anna"
        allowed = ours.explain("s3:GetObjectTagging", "arn:aws:s3:::photos/k", as_=arn)
        assert str(allowed).endswith(f" of the policy {managed}")
        who = boto3.client("sts", **keys).get_caller_identity()
        assert who["Arn"] == arn

    def test_users_have_what_their_groups_have(self, ours: Any) -> None:
        iam = boto3.client("iam")
        arn = iam.create_user(UserName="anna")["User"]["Arn"]
        for group in ("readers", "others"):
            iam.create_group(GroupName=group)
            iam.add_user_to_group(GroupName=group, UserName="anna")
        for group, given in (("readers", self.READS), ("others", self.READS.replace("Get", "Put"))):
            iam.put_group_policy(GroupName=group, PolicyName="own", PolicyDocument=given)
        assert "user/anna is not authorized" in self.check(ours.client("s3", as_=arn))
        allowed = ours.explain("s3:GetObjectTagging", "arn:aws:s3:::photos/k", as_=arn)
        assert str(allowed).endswith("the policy own of group readers of user anna")

    def test_boundaries_limit(self, ours: Any) -> None:
        iam = boto3.client("iam")
        role = ours.create_role("tagger", self.READS.replace("s3:GetObjectTagging", "s3:*"))
        boundary = iam.create_policy(PolicyName="reads", PolicyDocument=self.READS)["Policy"]["Arn"]
        iam.put_role_permissions_boundary(RoleName="tagger", PermissionsBoundary=boundary)
        assert "no permissions boundary allows" in self.check(ours.client("s3", as_=role))

    def test_jobs_run_as_motos_roles(self, ours: Any) -> None:
        ours.create_role("batch", self.READS)
        job = run_job(ours, "photos,k")
        assert job["FailureReasons"][0]["FailureReason"] == "Reading the manifest is forbidden: AccessDenied"
        # One without policies is trusted.
        arn = boto3.client("iam").create_role(RoleName="plain", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        assert run_job(ours, "photos,k", RoleArn=arn, ClientRequestToken="two")["Status"] == "Complete"
