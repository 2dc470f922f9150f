"""Code of functions and templates in buckets here, for moto's Lambda and CloudFormation beside the mock."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any, ClassVar

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from conftest import needs_moto
from s3tag_mock import mock_tagging

REGION = "us-east-1"
TEMPLATE = {"Resources": {"Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "jobs"}}}}


@pytest.fixture
def both() -> Iterator[Any]:
    with mock_aws(), mock_tagging(allow="all") as aws:
        aws.create_bucket("code")
        yield aws


def client(service: str) -> Any:
    return boto3.client(service, region_name=REGION)


def zipped(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("main.py", text)
    return packed.getvalue()


class TestFunctions:
    FUNCTION: ClassVar = {"Runtime": "python3.12", "Handler": "main.handler"}

    @pytest.fixture
    def role(self, both: Any) -> str:
        return str(both.create_role("runner"))

    def sha(self, content: bytes) -> str:
        return base64.b64encode(hashlib.sha256(content).digest()).decode()

    def test_code_is_found(self, both: Any, role: str) -> None:
        first, second = zipped("one"), zipped("two")
        both.put_objects("code", {"first.zip": first, "second.zip": second})
        place = {"S3Bucket": "code", "S3Key": "first.zip"}
        functions = client("lambda")
        made = functions.create_function(FunctionName="tagger", Role=role, Code=place, **self.FUNCTION)
        assert (made["CodeSize"], made["CodeSha256"]) == (len(first), self.sha(first))
        place["S3Key"] = "second.zip"
        updated = functions.update_function_code(FunctionName="tagger", **place, Publish=True)
        assert updated["CodeSha256"] == self.sha(second)
        layer = functions.publish_layer_version(LayerName="shared", Content=place)
        assert layer["Content"]["CodeSize"] == len(second)

    def test_a_version_of_code(self, both: Any, role: str) -> None:
        both.create_bucket("versions", versioning=True)
        first = zipped("one")
        for body in (first, zipped("two")):
            both.put_objects("versions", {"a.zip": body})
        listed = client("s3").list_object_versions(Bucket="versions")["Versions"]
        version = next(one["VersionId"] for one in listed if not one["IsLatest"])
        code = {"S3Bucket": "versions", "S3Key": "a.zip", "S3ObjectVersion": version}
        functions = client("lambda")
        made = functions.create_function(FunctionName="old", Role=role, Code=code, **self.FUNCTION)
        assert made["CodeSha256"] == self.sha(first)
        layer = functions.publish_layer_version(LayerName="shared", Content=code)
        assert layer["Content"]["CodeSha256"] == self.sha(first)

    @pytest.mark.parametrize(
        ("place", "code"),
        [
            ({"S3Bucket": "elsewhere"}, "PermanentRedirect.* in this region: eu-west-1"),
            ({"S3Bucket": "nowhere"}, "NoSuchBucket"),
            ({"S3Bucket": "code"}, "NoSuchKey. S3 Error Message: The specified key does not exist"),
            (
                {"S3Bucket": "code", "S3ObjectVersion": "a"},
                "NoSuchVersion. S3 Error Message: The specified version does not exist",
            ),
        ],
    )
    def test_code_that_is_not_there_is_refused(
        self, both: Any, role: str, place: dict[str, str], code: str
    ) -> None:
        both.create_bucket("elsewhere", region="eu-west-1")
        both.put_objects("elsewhere", {"a.zip": zipped("")})
        told = f"InvalidParameterValueException.*Error occurred while GetObject. S3 Error Code: {code}"
        code = {"S3Key": "a.zip", **place}
        functions = client("lambda")
        with pytest.raises(ClientError, match=told):
            functions.create_function(FunctionName="none", Role=role, Code=code, **self.FUNCTION)
        with pytest.raises(ClientError, match=told):
            functions.publish_layer_version(LayerName="none", Content=code)

    def test_a_mock_that_lets_s3_through_has_none(self, both: Any, role: str) -> None:
        both.put_objects("code", {"a.zip": zipped("")})
        code = {"S3Bucket": "code", "S3Key": "a.zip"}
        with mock_tagging(passthrough=["s3"]), pytest.raises(ClientError, match="NoSuchBucket"):
            client("lambda").create_function(FunctionName="none", Role=role, Code=code, **self.FUNCTION)


@needs_moto("5.2", "stacks")
class TestTemplates:
    @pytest.mark.parametrize(
        "url",
        ["https://code.s3.amazonaws.com/a%20b.json", "https://s3.us-east-1.amazonaws.com/code/a%20b.json"],
    )
    def test_a_stack_of_a_template(self, both: Any, url: str) -> None:
        both.put_objects("code", {"a b.json": json.dumps(TEMPLATE).encode()})
        stacks = client("cloudformation")
        stacks.create_stack(StackName="web", TemplateURL=url)
        assert client("sqs").list_queues()["QueueUrls"]
        assert stacks.get_template(StackName="web")["TemplateBody"] == TEMPLATE

    def test_a_template_that_is_not_there(self, both: Any) -> None:
        with pytest.raises(ClientError, match="NoSuchKey"):
            client("cloudformation").create_stack(
                StackName="web", TemplateURL="https://code.s3.amazonaws.com/no.json"
            )

    def test_what_a_template_names(self, both: Any) -> None:
        content = zipped("one")
        both.put_objects("code", {"a.zip": content, "jobs.json": json.dumps(TEMPLATE).encode()})
        place = {"S3Bucket": "code", "S3Key": "a.zip"}
        function = {"Runtime": "python3.12", "Handler": "main.handler", "Role": both.create_role("runner")}
        layer = {"CompatibleRuntimes": ["python3.12"], "Content": place}
        resources = {
            "Nested": {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {"TemplateURL": "https://code.s3.amazonaws.com/jobs.json"},
            },
            "Shared": {"Type": "AWS::Lambda::LayerVersion", "Properties": {"LayerName": "shared", **layer}},
            "Tagger": {"Type": "AWS::Lambda::Function", "Properties": {"Code": place, **function}},
        }
        client("cloudformation").create_stack(
            StackName="web", TemplateBody=json.dumps({"Resources": resources})
        )
        assert client("sqs").list_queues()["QueueUrls"]
        (made,) = client("lambda").list_functions()["Functions"]
        assert made["CodeSize"] == len(content)
        (layers,) = client("lambda").list_layers()["Layers"]
        (version,) = client("lambda").list_layer_versions(LayerName=layers["LayerName"])["LayerVersions"]
        assert client("lambda").get_layer_version(
            LayerName=layers["LayerName"], VersionNumber=version["Version"]
        )["Content"]["CodeSize"] == len(content)
