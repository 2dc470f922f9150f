"""Replication configurations: which AWS takes, and which rule an object falls under.

What S3ReplicateObject jobs do with them is in tests/batch/test_operations.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ACCOUNT
from s3tag_mock.rules.replication import rule_for
from tests.support import MALFORMED, refusal

OLD: dict[str, Any] = {
    "Status": "Enabled",
    "Prefix": "",
    "Destination": {"Bucket": "arn:aws:s3:::target"},
}
RULE: dict[str, Any] = {
    "ID": "a",
    "Priority": 1,
    "Status": "Enabled",
    "Filter": {},
    "DeleteMarkerReplication": {"Status": "Disabled"},
    "Destination": {"Bucket": "arn:aws:s3:::target"},
}
TAG = {"Key": "a", "Value": "1"}
OTHER = {**RULE, "ID": "b", "Priority": 2}


def without(rule: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in rule.items() if name not in names}


def to(**destination: Any) -> dict[str, Any]:
    return {**RULE, "Destination": {"Bucket": "arn:aws:s3:::target", **destination}}


@pytest.fixture(autouse=True)
def _buckets(aws: Any) -> None:
    for name in ("photos", "target"):
        aws.create_bucket(name, versioning=True)


def put(s3: Any, *rules: Any, bucket: str = "photos") -> Any:
    configuration = {"Role": f"arn:aws:iam::{ACCOUNT}:role/replication", "Rules": list(rules)}
    return s3.put_bucket_replication(Bucket=bucket, ReplicationConfiguration=configuration)


def stored(s3: Any) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = s3.get_bucket_replication(Bucket="photos")["ReplicationConfiguration"][
        "Rules"
    ]
    return rules


@pytest.mark.parametrize("rules", [[RULE], [RULE, OTHER], [{**OLD, "ID": "a"}, {**OLD, "ID": "b"}]])
def test_rules_come_back(s3: Any, rules: Any) -> None:
    put(s3, *rules)
    assert stored(s3) == rules


def test_a_rule_without_an_id_gets_one(s3: Any) -> None:
    """Source: LS test_replication_config."""
    put(s3, without(RULE, "ID"), {**OTHER, "ID": ""})
    first, second = (one["ID"] for one in stored(s3))
    assert first != second
    assert (len(first), len(second)) == (48, 48)


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [{**RULE, "ID": f"{number}", "Priority": number} for number in range(1001)],
        [{**RULE, "Status": "On"}],
        [{**RULE, "DeleteMarkerReplication": {"Status": "enabled"}}],
        [{**RULE, "Prefix": ""}],
        [{**RULE, "Filter": {"Prefix": "", "Tag": TAG}}],
        [{**RULE, "Filter": {"And": {"Tags": [TAG]}}}],
        [to(StorageClass="COLD")],
        [to(AccessControlTranslation={"Owner": "me"}, Account=ACCOUNT)],
    ],
    ids=range(9),
)
def test_what_does_not_fit_the_schema(s3: Any, rules: Any) -> None:
    put(s3, RULE)
    assert refusal(lambda: put(s3, *rules)) == MALFORMED
    assert stored(s3) == [RULE]


NEEDED = (
    "{} must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 "
    "Developer Guide for more information."
)
UNKNOWN = NEEDED.replace("must be specified", "cannot be used")


@pytest.mark.parametrize(
    ("rules", "code", "message"),
    [
        ([without(RULE, "Priority")], "InvalidRequest", NEEDED.format("Priority")),
        (
            [without(RULE, "DeleteMarkerReplication")],
            "InvalidRequest",
            NEEDED.format("DeleteMarkerReplication"),
        ),
        ([{**OLD, "Priority": 1}], "InvalidRequest", UNKNOWN.format("Priority")),
        ([RULE, OLD], "InvalidRequest", UNKNOWN.format("Priority")),
        (
            [{**OLD, "DeleteMarkerReplication": {"Status": "Enabled"}}],
            "InvalidRequest",
            UNKNOWN.format("DeleteMarkerReplication"),
        ),
        ([RULE, {**OTHER, "Priority": 1}], "InvalidRequest", "Found duplicate priority 1."),
        ([{**RULE, "Priority": -1}], "InvalidRequest", "Priority must be between 0 and 2147483647."),
        ([RULE, {**OTHER, "ID": "a"}], "InvalidArgument", "Rule Id must be unique"),
        ([{**RULE, "ID": "i" * 256}], "InvalidArgument", "Rule Id cannot be greater than 255"),
        (
            [{**RULE, "Filter": {"And": {"Tags": [TAG, TAG]}}}],
            "InvalidRequest",
            "Duplicate Tag Keys are not allowed.",
        ),
        (
            [{**RULE, "Filter": {"Tag": {"Key": "a,b", "Value": ""}}}],
            "InvalidTag",
            "The TagKey you have provided is invalid",
        ),
        (
            [{**RULE, "Filter": {"Tag": TAG}, "DeleteMarkerReplication": {"Status": "Enabled"}}],
            "InvalidRequest",
            "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 "
            "Developer Guide for more information.",
        ),
        (
            [to(Bucket="arn:aws:s3:::photos")],
            "InvalidRequest",
            "Destination bucket cannot be the same as the source bucket.",
        ),
        ([to(Bucket="target")], "InvalidArgument", "Invalid bucket ARN."),
        (
            [to(AccessControlTranslation={"Owner": "Destination"})],
            "InvalidRequest",
            "Account must be specified if the Owner in AccessControlTranslation has a value",
        ),
        (
            [{**RULE, "SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}}}],
            "InvalidRequest",
            "ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.",
        ),
        (
            [to(ReplicationTime={"Status": "Enabled", "Time": {"Minutes": 15}})],
            "InvalidRequest",
            "Replication destination must contain both ReplicationTime and Metrics or neither.",
        ),
        (
            [
                to(
                    ReplicationTime={"Status": "Enabled", "Time": {"Minutes": 14}},
                    Metrics={"Status": "Enabled", "EventThreshold": {"Minutes": 15}},
                )
            ],
            "InvalidArgument",
            "Invalid time minute value",
        ),
        (
            [
                to(
                    ReplicationTime={"Status": "Enabled", "Time": {"Minutes": 15}},
                    Metrics={"Status": "Enabled"},
                )
            ],
            "InvalidArgument",
            "Invalid event threshold minute value",
        ),
    ],
)
def test_what_is_refused(s3: Any, rules: Any, code: str, message: str) -> None:
    put(s3, RULE)
    error = refusal(lambda: put(s3, *rules))
    assert (error["Status"], error["Code"], error["Message"]) == (400, code, message)
    assert stored(s3) == [RULE]


def test_time_control_with_metrics(s3: Any) -> None:
    """Source: LS test_replication_config_without_filter."""
    timed = to(
        StorageClass="STANDARD",
        ReplicationTime={"Status": "Enabled", "Time": {"Minutes": 15}},
        Metrics={"Status": "Enabled", "EventThreshold": {"Minutes": 15}},
    )
    put(s3, timed)
    assert stored(s3) == [timed]


def test_the_highest_priority_counts() -> None:
    low, high = RULE, {**OTHER, "Filter": {"Tag": TAG}}
    for rules in ([low, high], [high, low]):
        assert rule_for({"Rules": rules}, "k", {"a": "1"}) == high
        assert rule_for({"Rules": rules}, "k", {}) == low
    assert rule_for({"Rules": [{**high, "Status": "Disabled"}]}, "k", {"a": "1"}) is None
    both = {"And": {"Prefix": "x/", "Tags": [TAG]}}
    assert rule_for({"Rules": [{**RULE, "Filter": both}]}, "k", {"a": "1"}) is None
    assert rule_for({"Rules": [{**RULE, "Filter": both}]}, "x/k", {"a": "1"}) is not None
