"""AWS's partitions, compared with botocore's own data: ARNs, hosts, regions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3
import botocore.config
import botocore.exceptions
import pytest

from conftest import ACCOUNT, needs_botocore
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.protocol.address import is_near_s3, is_s3, locate
from s3tag_mock.rules import arns
from s3tag_mock.rules.partitions import PARTITIONS, partition_of
from s3tag_mock.rules.regions import LOCATION_CONSTRAINTS

DATA = Path(botocore.__file__).parent / "data"
pytestmark = needs_botocore("1.42", "all partitions")


def data(name: str) -> list[dict[str, Any]]:
    partitions: list[dict[str, Any]] = json.loads((DATA / name).read_text("utf-8"))["partitions"]
    return partitions


REGIONS = [(region, one["partition"]) for one in data("endpoints.json") for region in sorted(one["regions"])]
#: A region of each partition.
EXAMPLES = {partition: region for region, partition in REGIONS}


def test_they_are_botocores() -> None:
    ours = {one.name: (f"^{one.region.pattern}$".replace("-", r"\-"), *one.domains) for one in PARTITIONS}
    theirs = {
        one["id"]: (one["regionRegex"], one["outputs"]["dnsSuffix"], one["outputs"]["dualStackDnsSuffix"])
        for one in data("partitions.json")
    }
    assert ours == theirs


@pytest.mark.parametrize(("region", "partition"), REGIONS)
def test_every_region_has_its_partition_and_is_a_location(region: str, partition: str) -> None:
    assert partition_of(region).name == partition
    assert region in {"us-east-1", *LOCATION_CONSTRAINTS.values()}


def test_every_location_of_the_model_is_one() -> None:
    model = service_model("s3")
    assert set(model.shape_for("BucketLocationConstraint").enum) <= LOCATION_CONSTRAINTS.keys()


def test_what_is_no_region_is_of_the_first_partition() -> None:
    for name in ("", "nowhere", "us-east-1 ", "cn", "local"):
        assert partition_of(name).name == "aws"


@pytest.mark.parametrize("region", sorted(EXAMPLES.values()))
@pytest.mark.parametrize("options", [{}, {"use_dualstack_endpoint": True}, {"use_fips_endpoint": True}])
def test_hosts_that_botocore_makes_are_s3s(region: str, options: dict[str, bool]) -> None:
    """Where a partition has such hosts at all."""
    try:
        s3, control = (
            boto3.client(
                name,
                region_name=region,
                aws_access_key_id="x",
                aws_secret_access_key="x",
                config=botocore.config.Config(s3={"addressing_style": "virtual"}, **options),
            )
            for name in ("s3", "s3control")
        )
        url = s3.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "sky.jpg"})
    except (botocore.exceptions.EndpointVariantError, botocore.exceptions.EndpointProviderError):
        pytest.skip("the partition has no such hosts")
    where = locate(url, names_bucket=True)
    assert (where.path, where.region) == ("/photos/sky.jpg", region)
    host = url.split("/")[2]
    assert is_s3(host)
    for client in (s3, control):
        assert is_near_s3(client.meta.endpoint_url.split("/")[2])


def test_hosts_that_are_nearly_s3s() -> None:
    for host in (
        "s3.us-east-1.amazonaws.de",
        "photos.s3.example.com",
        "s3.amazonaws.com.example",
        "s3xc2s.ic.gov",
    ):
        assert not is_s3(host)


@pytest.mark.parametrize(("partition", "region"), sorted(EXAMPLES.items()))
def test_arns_are_of_the_regions_partition(partition: str, region: str) -> None:
    made = [
        arns.bucket("photos", region),
        arns.access_point(region, ACCOUNT, "readers", None),
        arns.access_point(region, ACCOUNT, "readers", "op-01234567890123456"),
        arns.outpost_bucket(region, ACCOUNT, "op-01234567890123456", "photos"),
        arns.directory_bucket(region, ACCOUNT, "quick--use1-az4--x-s3"),
        arns.job(region, ACCOUNT, "job"),
        arns.in_partition(f"arn:aws:iam::{ACCOUNT}:user/me", region),
    ]
    assert {arn.split(":")[1] for arn in made} == {partition}
    assert arns.bucket_of(made[0]) == "photos"
    assert arns.bucket_and_key_of(f"{made[0]}/sky.jpg") == ("photos", "sky.jpg")
    assert arns.is_outpost_bucket(made[3])
    assert arns.directory_bucket_of(made[4]) == "quick--use1-az4--x-s3"
    function = f"arn:{partition}:lambda:{region}:{ACCOUNT}:function:tag"
    assert arns.function_name(function) == "tag"
