"""Inventory, metrics, analytics and intelligent-tiering configurations (LS test_s3_inventory_report_crud,
test_put_bucket_metrics_configuration and its neighbours, test_s3_analytics_configurations,
test_s3_intelligent_tier_config).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from tests.support import refusal

DESTINATION: Final = {"S3BucketDestination": {"Bucket": "arn:aws:s3:::reports", "Format": "CSV"}}
#: Kind to the smallest document of it.
DOCUMENTS: Final[dict[str, dict[str, Any]]] = {
    "inventory": {
        "Destination": DESTINATION,
        "IsEnabled": True,
        "IncludedObjectVersions": "All",
        "Schedule": {"Frequency": "Daily"},
    },
    "metrics": {"Filter": {"Prefix": "logs/"}},
    "analytics": {"StorageClassAnalysis": {}},
    "intelligent_tiering": {"Status": "Enabled", "Tierings": [{"AccessTier": "ARCHIVE_ACCESS", "Days": 90}]},
}


class Calls:
    """The four calls of a kind of configuration."""

    def __init__(self, s3: Any, kind: str) -> None:
        self.s3 = s3
        self.kind = kind
        self.member = f"{kind.title().replace('_', '')}Configuration"

    def _call(self, verb: str, **params: Any) -> Any:
        call: Callable[..., Any] = getattr(self.s3, f"{verb}_bucket_{self.kind}_configuration")
        return call(Bucket="photos", **params)

    def put(self, name: str, **changes: Any) -> Any:
        document = {"Id": name, **DOCUMENTS[self.kind], **changes}
        return self._call("put", Id=name, **{self.member: document})

    def get(self, name: str) -> Any:
        return self._call("get", Id=name)[self.member]

    def delete(self, name: str) -> Any:
        return self._call("delete", Id=name)

    def list(self, **params: Any) -> Any:
        listing: Callable[..., Any] = getattr(self.s3, f"list_bucket_{self.kind}_configurations")
        return listing(Bucket="photos", **params)


@pytest.fixture(params=DOCUMENTS)
def calls(request: pytest.FixtureRequest, photos: str, s3: Any) -> Calls:
    return Calls(s3, request.param)


def test_they_are_put_got_replaced_and_deleted(calls: Calls) -> None:
    assert calls.put("one")["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert calls.get("one") == {"Id": "one", **DOCUMENTS[calls.kind]}
    calls.put("one")
    assert calls.delete("one")["ResponseMetadata"]["HTTPStatusCode"] == 204
    absent = {
        "Status": 404,
        "Code": "NoSuchConfiguration",
        "Message": "The specified configuration does not exist.",
    }
    assert refusal(lambda: calls.get("one")) == absent
    assert refusal(lambda: calls.delete("one")) == absent


def test_they_are_listed_by_id(calls: Calls) -> None:
    empty = calls.list()
    assert empty["IsTruncated"] is False
    assert f"{calls.member}List" not in empty
    for name in ("test-1", "z-test", "a-test"):
        calls.put(name)
    assert [one["Id"] for one in calls.list()[f"{calls.member}List"]] == ["a-test", "test-1", "z-test"]


def test_a_page_has_a_hundred(calls: Calls) -> None:
    names = [f"id-{number:03}" for number in range(102)]
    for name in names:
        calls.put(name)
    first = calls.list()
    token = first["NextContinuationToken"]
    second = calls.list(ContinuationToken=token)
    assert (first["IsTruncated"], second["IsTruncated"]) == (True, False)
    assert second["ContinuationToken"] == token
    listed = [one["Id"] for page in (first, second) for one in page[f"{calls.member}List"]]
    assert listed == names
    assert len(second[f"{calls.member}List"]) == 2


def test_a_token_that_no_page_ended_with_is_refused(calls: Calls) -> None:
    error = refusal(lambda: calls.list(ContinuationToken="nothing"))
    assert (error["Code"], error["ArgumentName"]) == ("InvalidArgument", "continuation-token")


def test_the_id_must_be_the_same_twice(calls: Calls) -> None:
    wanted = "IdMismatch" if calls.kind == "inventory" else "MalformedXML"
    assert refusal(lambda: calls.put("one", Id="two"))["Code"] == wanted


def test_a_bucket_that_is_not_there_comes_first(calls: Calls) -> None:
    calls.s3.delete_objects(
        Bucket="photos", Delete={"Objects": [{"Key": key} for key in ("a.jpg", "b.jpg", "c.jpg")]}
    )
    calls.s3.delete_bucket(Bucket="photos")
    assert refusal(lambda: calls.get("one"))["Code"] == "NoSuchBucket"
    assert refusal(lambda: calls.delete("one"))["Code"] == "NoSuchBucket"


@pytest.mark.parametrize(
    "changes",
    [
        {"Schedule": {"Frequency": "Hourly"}},
        {"IncludedObjectVersions": "Some"},
        {"OptionalFields": ["Size", "Tags"]},
        {"Destination": {"S3BucketDestination": {"Bucket": "arn:aws:s3:::reports", "Format": "XML"}}},
    ],
)
def test_an_inventory_with_an_unknown_word(photos: str, s3: Any, changes: dict[str, Any]) -> None:
    assert refusal(lambda: Calls(s3, "inventory").put("one", **changes))["Code"] == "MalformedXML"


def test_an_inventory_whose_destination_is_no_arn(photos: str, s3: Any) -> None:
    destination = {"S3BucketDestination": {"Bucket": "reports", "Format": "CSV"}}
    assert refusal(lambda: Calls(s3, "inventory").put("one", Destination=destination)) == {
        "Status": 400,
        "Code": "InvalidS3DestinationBucket",
        "Message": "Invalid bucket ARN.",
    }


@pytest.mark.parametrize(("tier", "days"), [("ARCHIVE_ACCESS", 89), ("DEEP_ARCHIVE_ACCESS", 179)])
def test_tiers_have_a_least_number_of_days(photos: str, s3: Any, tier: str, days: int) -> None:
    calls = Calls(s3, "intelligent_tiering")
    refused = refusal(lambda: calls.put("one", Tierings=[{"AccessTier": tier, "Days": days}]))
    named = {name: refused[name] for name in ("Code", "ArgumentName", "ArgumentValue")}
    assert named == {"Code": "InvalidArgument", "ArgumentName": "Days", "ArgumentValue": f"{days}"}
    calls.put("one", Tierings=[{"AccessTier": tier, "Days": days + 1}])


def test_a_filter_of_one_condition_joined(photos: str, s3: Any) -> None:
    calls = Calls(s3, "metrics")
    tag = {"Key": "k", "Value": "v"}
    for wrong in ({"Prefix": "a", "Tag": tag}, {"And": {"Prefix": "a"}}, {"And": {"Tags": [tag]}}):
        assert refusal(lambda wrong=wrong: calls.put("one", Filter=wrong))["Code"] == "MalformedXML"
    calls.put("one", Filter={"And": {"Prefix": "a", "Tags": [tag]}})


@pytest.mark.parametrize("operation", ["select_object_content", "get_object_torrent"])
def test_what_aws_has_discontinued(aws: Any, photos: str, s3: Any, operation: str) -> None:
    params: dict[str, Any] = {"Bucket": photos, "Key": "a.jpg"}
    if operation == "select_object_content":
        params.update(
            Expression="select * from s3object",
            ExpressionType="SQL",
            InputSerialization={"CSV": {}},
            OutputSerialization={"CSV": {}},
        )
    refused = refusal(lambda: getattr(s3, operation)(**params))
    assert (refused["Code"], refused["ResourceType"]) == ("MethodNotAllowed", "OBJECT")
    assert "use get_object" in aws.calls[-1].hint
