"""What a function says of the operation that it is."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.operations import iam
from s3tag_mock.operations.catalogue import Catalogue
from s3tag_mock.operations.record import Need, TagUse, no_call
from s3tag_mock.operations.registry import ON_THE_WIRE, modules_in, operation, operations_in, record_of


def run(call: Any, params: Any) -> dict[str, Any]:
    return {}


def test_a_catalogue_finds_what_is_said_of_its_services() -> None:
    names = [f"{iam.__name__.removesuffix('iam')}{name}" for name in ("sts.identity", "s3.preflight")]
    found = Catalogue({"sts": tuple(names), "s3": (), "sqs": ()})
    assert list(found) == [("sts", "GetAccessKeyInfo"), ("sts", "GetCallerIdentity")]
    assert len(found) == 2


def test_everything_that_is_said() -> None:
    also = {"PutObjectTagging": "Tagging A.B", "GetObject": ""}
    marked = operation(
        "s3", "PutObject", "Bucket Key", "Body", ignores="ACL", also=also, tags=("object", "replaces")
    )(run)
    assert marked is run
    record = record_of(run)
    assert (record.service, record.name, record.run) == ("s3", "PutObject", run)
    assert record.honours == ON_THE_WIRE | {"Bucket", "Key", "Body"}
    assert record.ignores == {"ACL"}
    assert record.also == (Need("s3:PutObjectTagging", ("Tagging", "A.B")), Need("s3:GetObject", ()))
    assert record.tags == TagUse("object", "replaces")
    assert record.refused({"Bucket": "b", "ACL": "private", "New": 1, "Newer": 2}) == ["New", "Newer"]
    assert record.actions_on({"A": {"C": 1}}) == ["s3:PutObject", "s3:GetObject"]
    assert record.actions_on({"A": {"B": 1}}) == ["s3:PutObject", "s3:PutObjectTagging", "s3:GetObject"]


@pytest.mark.parametrize(
    ("service", "given", "action"),
    [
        ("iam", "", "iam:It"),
        ("s3control", "", "s3:It"),
        ("resourcegroupstaggingapi", "Other", "tag:Other"),
        ("s3", "s3express:CreateSession", "s3express:CreateSession"),
    ],
)
def test_its_action(service: str, given: str, action: str) -> None:
    record = record_of(operation(service, "It", action=given)(run))
    assert (record.action, record.tags) == (action, None)
    assert record.actions_on({}) == [action]


def test_what_no_client_can_call() -> None:
    with pytest.raises(AssertionError, match="^no client can call this$"):
        no_call(None, {})


def test_what_a_folder_holds() -> None:
    modules = modules_in(iam.__name__)
    assert f"{iam.__name__}.roles" in modules
    assert {"CreateRole", "GetRole"} <= {one.name for one in operations_in(modules)}
