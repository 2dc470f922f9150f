"""Every client is caught, whenever and however it was made; nothing else goes out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import boto3
import botocore.session
import pytest
from boto3.s3.transfer import TransferConfig
from botocore import UNSIGNED
from botocore.compat import HAS_CRT
from botocore.config import Config
from botocore.credentials import Credentials, RefreshableCredentials
from botocore.exceptions import HTTPClientError
from botocore.handlers import disable_signing
from botocore.stub import Stubber
from botocore.utils import ContainerMetadataFetcher

from conftest import ACCOUNT, CHECKSUMS_BY_DEFAULT
from s3tag_mock import NotSupported, mock_tagging
from tests.support import refusal, tag_set

KEYS = {"aws_access_key_id": "AKIAREALLOOKING00000", "aws_secret_access_key": "secret"}
OLD_CLIENT = boto3.client("s3", region_name="us-east-1")  # made before any mock, without credentials


def put_and_read(client: Any, bucket: str = "photos") -> None:
    client.put_object(Bucket=bucket, Key="a b/ü+.txt", Body=b"hello", Tagging="a=1")
    client.put_object_tagging(Bucket=bucket, Key="a b/ü+.txt", Tagging=tag_set(k="v"))
    assert client.get_object(Bucket=bucket, Key="a b/ü+.txt")["Body"].read() == b"hello"
    assert client.get_object_tagging(Bucket=bucket, Key="a b/ü+.txt")["TagSet"] == [
        {"Key": "k", "Value": "v"}
    ]


KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "endpoint": {"endpoint_url": "http://localhost:9000"},
    "endpoint with a path": {"endpoint_url": "https://s3.example.com/gateway"},
    "endpoint, virtual hosts": {
        "endpoint_url": "http://localhost:9000",
        "config": Config(s3={"addressing_style": "virtual"}),
    },
    "path style": {"config": Config(s3={"addressing_style": "path"})},
    "accelerate": {"config": Config(s3={"use_accelerate_endpoint": True})},
    "dual-stack": {"config": Config(s3={"use_dualstack_endpoint": True})},
    "adaptive retries": {"config": Config(retries={"mode": "adaptive"})},
    "real-looking credentials": {**KEYS},
}
if CHECKSUMS_BY_DEFAULT:
    KINDS["checksums when required"] = {"config": Config(request_checksum_calculation="when_required")}


@pytest.mark.parametrize("options", KINDS.values(), ids=KINDS)
def test_clients_of_every_kind(aws: Any, options: dict[str, Any]) -> None:
    aws.create_bucket("photos")
    put_and_read(boto3.client("s3", **options))


def test_the_region_at_an_endpoint_of_ones_own(aws: Any) -> None:
    """The one that the request is signed for; the client's, where it is signed for none or for all of them."""

    def client(region: str, **options: Any) -> Any:
        return boto3.client("s3", region_name=region, endpoint_url="http://storage.test", **options)

    aws.create_bucket("photos", region="eu-west-1")
    control = aws.client("s3control", region_name="eu-west-1")
    point = control.create_access_point(AccountId=ACCOUNT, Name="ours", Bucket="photos")["AccessPointArn"]
    assert client("us-east-1").list_objects_v2(Bucket=point)["KeyCount"] == 0

    aws.create_bucket("china", region="cn-north-1")
    unsigned = client("cn-north-1", config=Config(signature_version=UNSIGNED))
    assert refusal(lambda: unsigned.list_objects_v2(Bucket="china"))["Code"] == "AccessDenied"
    everywhere = client("cn-north-1")  # as with awscrt, for Outposts
    everywhere.meta.events.register(
        "before-call.s3", lambda context, **kwargs: context["signing"].update(region="*")
    )
    assert everywhere.list_objects_v2(Bucket="china")["KeyCount"] == 0


def test_an_unsigned_client_is_nobody(aws: Any) -> None:
    """It may do what a bucket's policy lets everybody do."""
    aws.create_bucket("photos")
    client = boto3.client("s3", config=Config(signature_version=UNSIGNED))
    assert refusal(lambda: put_and_read(client))["Code"] == "AccessDenied"
    for setting in ("BlockPublicPolicy", "RestrictPublicBuckets"):
        aws.client("s3").put_public_access_block(
            Bucket="photos", PublicAccessBlockConfiguration={setting: False}
        )
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::photos", "arn:aws:s3:::photos/*"],
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    aws.client("s3").put_bucket_policy(Bucket="photos", Policy=policy)
    put_and_read(client)


@pytest.mark.parametrize(
    "event", ["choose-signer.s3.*", "choose-signer.s3.ListObjectsV2", "choose-signer.s3"]
)
def test_a_handler_that_disables_signing_makes_its_client_nobody(aws: Any, event: str) -> None:
    aws.create_bucket("photos")
    client = boto3.client("s3")
    client.list_objects_v2(Bucket="photos")
    client.meta.events.register(event, disable_signing)
    assert refusal(lambda: client.list_objects_v2(Bucket="photos"))["Code"] == "AccessDenied"
    client.meta.events.unregister(event, disable_signing)
    client.list_objects_v2(Bucket="photos")


def test_a_handler_that_disables_signing_from_the_second_try_on(aws: Any) -> None:
    tries = count()
    client = boto3.client("s3")
    client.meta.events.register("choose-signer.s3", lambda **kwargs: UNSIGNED if next(tries) else None)
    aws.faults.add("ListBuckets", "InternalError", times=1)
    assert refusal(client.list_buckets)["Code"] == "AccessDenied"


def test_a_client_made_before_the_mock_and_without_credentials(aws: Any) -> None:
    aws.create_bucket("photos")
    put_and_read(OLD_CLIENT)


def test_a_client_made_before_s3tag_mock_was_imported() -> None:
    code = (
        "import os\n"
        "[os.environ.pop(n, None) for n in list(os.environ) if n.startswith('AWS_')]\n"
        "os.environ['AWS_EC2_METADATA_DISABLED'] = 'true'\n"
        "import boto3\n"
        "client = boto3.client('s3', region_name='us-east-1')\n"
        "from s3tag_mock import mock_tagging\n"
        "with mock_tagging() as aws:\n"
        "    aws.create_bucket('photos')\n"
        "    print(client.list_buckets()['Buckets'][0]['Name'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("photos\n", 0), done.stderr


def test_a_client_of_plain_botocore(aws: Any) -> None:
    aws.create_bucket("photos")
    put_and_read(botocore.session.get_session().create_client("s3"))


def test_resources(aws: Any) -> None:
    bucket = boto3.resource("s3").create_bucket(Bucket="photos")
    bucket.put_object(Key="a.txt", Body=b"a")
    bucket.Object("b.txt").put(Body=b"b")
    assert [summary.key for summary in bucket.objects.all()] == ["a.txt", "b.txt"]
    bucket.Tagging().put(Tagging=tag_set(team="blue"))
    assert boto3.resource("s3").BucketTagging("photos").tag_set == [{"Key": "team", "Value": "blue"}]


def test_transfers_in_threads(aws: Any, tmp_path: Path) -> None:
    aws.create_bucket("photos")
    client = boto3.client("s3")
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"x" * 100_000)
    client.upload_file(str(source), "photos", "file", ExtraArgs={"Tagging": "a=1"})
    client.upload_fileobj(io.BytesIO(b"obj"), "photos", "fileobj", Config=TransferConfig(max_concurrency=4))
    client.download_file("photos", "file", str(target))
    assert target.read_bytes() == source.read_bytes()
    assert aws.object_tags("photos", "file") == {"a": "1"}


@pytest.mark.skipif(not HAS_CRT, reason="awscrt is not installed")
def test_transfers_never_go_through_awscrt(aws: Any) -> None:
    """It would open connections of its own."""
    aws.create_bucket("photos")
    config = TransferConfig(preferred_transfer_client="crt")
    boto3.client("s3").upload_fileobj(io.BytesIO(b"x"), "photos", "k", Config=config)
    target = io.BytesIO()
    boto3.client("s3").download_fileobj("photos", "k", target, Config=config)
    assert target.getvalue() == b"x"
    assert [call.operation for call in aws.calls] == ["PutObject", "HeadObject", "GetObject"]


def test_threads_share_the_mock(aws: Any) -> None:
    aws.create_bucket("photos")
    client = boto3.client("s3")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: client.put_object(Bucket="photos", Key=f"{n:03}"), range(64)))
    assert client.list_objects_v2(Bucket="photos")["KeyCount"] == 64


def test_users_own_handlers_run(aws: Any) -> None:
    seen: list[str] = []
    client = boto3.client("s3")
    client.meta.events.register("before-send.s3.ListBuckets", lambda request, **kw: seen.append(request.url))
    client.meta.events.register(
        "after-call.s3.ListBuckets", lambda parsed, **kw: seen.append(parsed["Owner"]["ID"])
    )
    client.list_buckets()
    assert seen == ["https://s3.amazonaws.com/", client.list_buckets()["Owner"]["ID"], *seen[2:]]


def test_users_own_handlers_may_call_others(aws: Any) -> None:
    """Each call is that of the line that made it."""
    aws.create_bucket("photos")
    client, other = boto3.client("s3"), boto3.client("s3")
    client.meta.events.register("before-parameter-build.s3.HeadBucket", lambda **kwargs: other.list_buckets())
    client.head_bucket(Bucket="photos")
    made = [(call.operation, call.place[0], call.place[1] - aws.calls[0].place[1]) for call in aws.calls]
    assert made == [("ListBuckets", __file__, 0), ("HeadBucket", __file__, 1)]


def test_a_stubber_on_the_client_answers_first(aws: Any) -> None:
    client = boto3.client("s3")
    with Stubber(client) as stub:
        stub.add_response("list_buckets", {"Buckets": [{"Name": "stubbed"}]})
        assert client.list_buckets()["Buckets"] == [{"Name": "stubbed"}]


def test_handlers_are_gone_afterwards() -> None:
    def handlers(event: str) -> list[Any]:
        emitter: Any = OLD_CLIENT.meta.events
        return list(emitter._emitter._handlers.prefix_search(event))

    events = ("before-send.s3.ListBuckets", "choose-signer.s3.ListBuckets")
    before = [handlers(event) for event in events]
    with mock_tagging():
        OLD_CLIENT.list_buckets()
        assert [handlers(event) for event in events] != before
    assert [handlers(event) for event in events] == before


def test_handlers_that_were_added_inside_stay() -> None:
    """Also of events that the client had looked up before."""
    heard: list[str] = []
    client = boto3.client("s3", region_name="us-east-1", **KEYS)
    with pytest.raises(Exception, match="reached for the network"):
        client.list_buckets()
    with mock_tagging():
        client.list_buckets()
        client.meta.events.register("before-call.s3", lambda **kwargs: heard.append("call"))
    with pytest.raises(Exception, match="reached for the network"):
        client.list_buckets()
    assert heard == ["call"]


def test_presigned_urls_are_signed_as_ever(aws: Any) -> None:
    client = boto3.client("s3", config=Config(signature_version="s3v4"))
    client.list_buckets()
    url = client.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "a"})
    assert "X-Amz-Signature" in url


def refreshable(key: str, secret: str, token: str) -> Any:
    return RefreshableCredentials(key, secret, token, datetime(2090, 1, 1, tzinfo=timezone.utc), dict, "test")


@pytest.mark.parametrize("kind", [Credentials, refreshable])
@pytest.mark.parametrize(
    ("wrong", "code"),
    [(None, None), ("SecretAccessKey", "SignatureDoesNotMatch"), ("SessionToken", "InvalidToken")],
)
def test_credentials_of_a_role(aws: Any, kind: Any, wrong: str | None, code: str | None) -> None:
    role = "arn:aws:iam::123456789012:role/deploy"
    given = aws.client("sts").assume_role(RoleArn=role, RoleSessionName="ci")["Credentials"]
    if wrong is not None:
        given[wrong] = "wrong"
    client: Any = boto3.client("s3")
    client._request_signer._credentials = kind(*list(given.values())[:3])
    if code is None:
        assert client.list_buckets()["Owner"]
    else:
        assert refusal(client.list_buckets)["Code"] == code


def test_nothing_is_fetched_to_sign_a_request(aws: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Any:
        raise AssertionError("fetched")

    monkeypatch.setenv("S3TAG_MOCK_WAY", "wire")
    client: Any = boto3.client("s3")
    past = datetime(2020, 1, 1, tzinfo=timezone.utc)
    client._request_signer._credentials = RefreshableCredentials("a", "b", "c", past, refuse, "test")
    assert client.list_buckets()["Owner"]


def test_lent_clients_come_back_as_new() -> None:
    with mock_tagging() as aws:
        client = aws.client("s3")
        client.meta.events.register("before-send.s3", lambda **kw: 1 / 0)
        client.list_buckets = lambda: "patched"
    with mock_tagging() as aws:
        assert aws.client("s3") is client
        assert aws.client("s3").list_buckets()["Buckets"] == []
        assert aws.client("s3", region_name="eu-west-1") is not client


def test_a_lent_client_follows_the_environment(aws: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = aws.client("s3")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://localhost:9000")
    assert aws.client("s3").meta.endpoint_url == "http://localhost:9000"
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3")
    assert aws.client("s3") is plain


def test_an_unsupported_operation_says_so(aws: Any, s3: Any, s3control: Any) -> None:
    """They name operations that are no part of tagging or jobs, and won't be supported."""
    calls = {
        "s3.WriteGetObjectResponse": lambda: s3.write_get_object_response(RequestRoute="r", RequestToken="t"),
        "s3control.ListAccessGrantsInstances": lambda: s3control.list_access_grants_instances(
            AccountId="123456789012"
        ),
    }
    for name, call in calls.items():
        refused = refusal(call)
        assert (refused["Status"], refused["Code"]) == (501, "NotImplemented")
        assert f"doesn't support {name};" in refused["Message"]
    assert "Did you mean '" in aws.calls[0].hint


def test_an_unsupported_parameter_says_so_and_does_nothing(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    with pytest.raises(NotSupported, match="s3.PutBucketVersioning was called with MFA"):
        s3.put_bucket_versioning(
            Bucket="photos", MFA="arn 123456", VersioningConfiguration={"Status": "Enabled"}
        )
    assert "Status" not in s3.get_bucket_versioning(Bucket="photos")


def test_an_unsupported_service_says_so(aws: Any) -> None:
    with pytest.raises(
        NotSupported, match=r"dynamodb.ListTables was called(.|\n)*aws.answers.add\('dynamodb.ListTables'"
    ):
        boto3.client("dynamodb").list_tables()
    with pytest.raises(NotSupported, match="sts.DecodeAuthorizationMessage"):
        boto3.client("sts").decode_authorization_message(EncodedMessage="x")


def test_an_empty_environment_leads_to_fakes(aws: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine whose role AWS gives credentials to; where they are off, there are none."""
    aws.create_bucket("photos")
    with patch.dict(os.environ, clear=True):
        assert boto3.Session().get_credentials().access_key == "testing"
        put_and_read(boto3.client("s3", region_name="us-east-1"))
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    assert boto3.Session().get_credentials() is None
    put_and_read(boto3.client("s3"))


def test_credentials_that_a_test_provides_count(
    aws: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    config.write_text("[profile mine]\naws_access_key_id = AKIAMINE\naws_secret_access_key = mine\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    assert boto3.Session(profile_name="mine").get_credentials().access_key == "AKIAMINE"


def test_what_asks_the_machine_for_credentials_reaches_nothing(aws: Any) -> None:
    with pytest.raises(NotSupported, match="looks for credentials"):
        ContainerMetadataFetcher().retrieve_full_uri("http://169.254.170.2/v1/credentials")


def test_passthrough_reaches_the_network() -> None:
    with mock_tagging(passthrough=["dynamodb"]):
        client = boto3.client("dynamodb", config=Config(retries={"total_max_attempts": 1}))
        with pytest.raises(HTTPClientError, match="reached for the network"):
            client.list_tables()


def test_real_credentials_are_never_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shared = tmp_path / "credentials"
    shared.write_text("[default]\naws_access_key_id = AKIAREAL\naws_secret_access_key = real\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(shared))
    monkeypatch.setenv("AWS_PROFILE", "prod")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAREAL")
    with mock_tagging():
        credentials = boto3.Session().get_credentials()
        assert credentials.access_key == "testing"
    assert os.environ["AWS_ACCESS_KEY_ID"] == "AKIAREAL"
