"""Whose call it is, and which region it came to."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.config import Config

from s3tag_mock import Misuse
from tests.support import DENIED, OTHER, refusal


class TestAccounts:
    def test_another_accounts_bucket_is_denied_and_not_listed(self, aws: Any, photos: str) -> None:
        theirs = aws.client("s3", account_id=OTHER)
        assert (
            refusal(lambda: theirs.put_object_tagging(Bucket=photos, Key="a.jpg", Tagging={"TagSet": []}))
            == DENIED
        )
        assert refusal(lambda: theirs.get_bucket_tagging(Bucket=photos)) == DENIED
        assert theirs.list_buckets()["Buckets"] == []

    def test_bucket_names_are_one_namespace(self, aws: Any, photos: str) -> None:
        theirs = aws.client("s3", account_id=OTHER)
        assert refusal(lambda: theirs.create_bucket(Bucket=photos))["Code"] == "BucketAlreadyExists"
        theirs.create_bucket(Bucket="theirs")
        assert refusal(lambda: aws.client("s3").head_bucket(Bucket="theirs"))["Code"] == "403"

    def test_the_access_key_decides(self, aws: Any) -> None:
        def account(**keys: str) -> str:
            client = aws.client("sts", **keys)
            return str(client.get_caller_identity()["Account"])

        assert account() == "123456789012"
        assert account(account_id=OTHER) == OTHER
        assert account(aws_access_key_id=OTHER, aws_secret_access_key="x") == OTHER
        # Example keys of AWS's documents name an account too, but mean nobody's.
        assert account(aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="x") == "123456789012"

    def test_a_session_of_ones_own(self, aws: Any) -> None:
        key = aws.client("s3", account_id=OTHER)._request_signer._credentials.access_key
        session = boto3.Session(aws_access_key_id=key, aws_secret_access_key="x", region_name="us-east-1")
        assert session.client("sts").get_caller_identity()["Account"] == OTHER

    def test_lent_clients_are_kept_apart(self, aws: Any) -> None:
        assert aws.client("s3", account_id=OTHER) is aws.client("s3", account_id=OTHER)
        assert aws.client("s3", account_id=OTHER) is not aws.client("s3")

    def test_an_account_that_is_none(self, aws: Any) -> None:
        with pytest.raises(Misuse, match="[Tt]welve digits"):
            aws.client("s3", account_id="me")

    def test_credentials_are_never_fetched_to_know_whose_call_it_is(self, aws: Any, photos: str) -> None:
        from botocore.credentials import DeferredRefreshableCredentials

        def fetch() -> Any:
            raise AssertionError("credentials were fetched")

        client = aws.client("s3", region_name="us-east-1")  # one of its own, since it is spoilt
        client._request_signer._credentials = DeferredRefreshableCredentials(fetch, "test")
        assert client.get_object_tagging(Bucket=photos, Key="c.jpg")["TagSet"] != []

    def test_jobs_of_another_account(self, aws: Any) -> None:
        control = aws.client("s3control")
        assert refusal(lambda: control.get_job_tagging(AccountId=OTHER, JobId="x" * 36)) == DENIED


class TestRegions:
    @pytest.fixture
    def milan(self, aws: Any) -> str:
        aws.create_bucket("milan", region="eu-south-1", tags={"city": "milan"})
        return "milan"

    def test_the_redirector_finds_the_bucket(self, aws: Any, milan: str) -> None:
        client = aws.client("s3", region_name="eu-west-1")
        assert client.get_bucket_tagging(Bucket=milan)["TagSet"] == [{"Key": "city", "Value": "milan"}]
        assert [(call.status, call.error_code) for call in aws.calls.of("GetBucketTagging")] == [
            (301, "PermanentRedirect"),
            (200, None),
        ]

    def test_from_a_regions_own_endpoint(self, aws: Any, milan: str) -> None:
        aws.client("s3", region_name="eu-west-1").get_bucket_tagging(Bucket=milan)
        first = aws.calls.of("GetBucketTagging")[0]
        assert first.response["Error"] == {
            "Code": "PermanentRedirect",
            "Message": "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
            "Bucket": "milan",
            "Endpoint": "milan.s3.eu-south-1.amazonaws.com",
        }

    def test_from_the_global_endpoint(self, aws: Any, milan: str) -> None:
        assert aws.client("s3").get_bucket_tagging(Bucket=milan)["TagSet"]
        first = aws.calls.of("GetBucketTagging")[0]
        assert (first.status, first.response["Error"]) == (
            400,
            {
                "Code": "AuthorizationHeaderMalformed",
                "Message": "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-south-1'",
                "Region": "eu-south-1",
            },
        )

    @pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
    @pytest.mark.parametrize("style", ["path", "virtual"])
    def test_head_bucket(self, aws: Any, milan: str, region: str, style: str) -> None:
        client = aws.client("s3", region_name=region, config=Config(s3={"addressing_style": style}))
        assert client.head_bucket(Bucket=milan)["BucketRegion"] == "eu-south-1"

    def test_a_custom_endpoint_serves_every_region(self, aws: Any, milan: str) -> None:
        client = aws.client("s3", region_name="eu-west-1", endpoint_url="http://localhost:9000")
        client.get_bucket_tagging(Bucket=milan)
        assert [call.status for call in aws.calls] == [200]

    def test_location_is_told_everywhere(self, aws: Any, milan: str) -> None:
        location = aws.client("s3", region_name="eu-west-1").get_bucket_location(Bucket=milan)
        assert location["LocationConstraint"] == "eu-south-1"
        assert [call.status for call in aws.calls] == [200]
