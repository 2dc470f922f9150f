"""Replication rules: what is just taken, and which argument a refusal names."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import limits, replication

TARGET = "arn:aws:s3:::target"
QUARTER = {"Minutes": 15}
TIME = {"Status": "Enabled", "Time": QUARTER}


def rule(number: int = 0, *, destination: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "Priority": number,
        "Status": "Enabled",
        "Filter": {},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": TARGET, **(destination or {})},
        **changes,
    }


def check(*rules: dict[str, Any]) -> None:
    replication.check({"Rules": list(rules)}, "photos", "us-east-1")


@pytest.mark.parametrize(
    "rules",
    [
        [rule(number) for number in range(limits.REPLICATION_RULES)],
        [rule(ID="a" * 255)],
        [rule(destination={"AccessControlTranslation": {"Owner": "Destination"}, "Account": "1"})],
        [
            rule(
                destination={"EncryptionConfiguration": {"ReplicaKmsKeyID": "k"}},
                SourceSelectionCriteria={"SseKmsEncryptedObjects": {"Status": "Enabled"}},
            )
        ],
        [rule(destination={"ReplicationTime": TIME, "Metrics": {"EventThreshold": QUARTER}})],
    ],
)
def test_what_is_taken(rules: list[dict[str, Any]]) -> None:
    check(*rules)


@pytest.mark.parametrize(
    ("rules", "argument"),
    [
        ([rule(ID="a" * 256)], "ID"),
        ([rule(ID="a"), rule(1, ID="a")], "ID"),
        ([rule(destination={"Bucket": "arn:aws-cn:s3:::target"})], "Bucket"),
        ([rule(destination={"ReplicationTime": {"Status": "Enabled"}, "Metrics": {}})], "ReplicationTime"),
        ([rule(destination={"ReplicationTime": TIME, "Metrics": {}})], "ReplicationMetrics"),
    ],
)
def test_refusals_name_the_argument(rules: list[dict[str, Any]], argument: str) -> None:
    with pytest.raises(AwsError) as caught:
        check(*rules)
    assert caught.value.elements["ArgumentName"] == argument
