"""Inventory, metrics, analytics and intelligent-tiering configurations: several a bucket, each with an id.

They are stored and listed; nothing is reported, measured or moved.
"""

from __future__ import annotations

from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params
from s3tag_mock.operations.s3 import configurations
from s3tag_mock.operations.s3.configurations import Document, Kind
from s3tag_mock.rules import arns, limits
from s3tag_mock.state.bucket import Bucket


def _inventory(call: CallContext, bucket: Bucket, document: Document, params: Params) -> Document:
    if document["Id"] != params["Id"]:
        raise errors.CONFIGURATION_ID_MISMATCH()
    target: str = document["Destination"]["S3BucketDestination"]["Bucket"]
    if arns.bucket_of(target) is None or not arns.is_of_partition(target, bucket.region):
        raise errors.INVALID_INVENTORY_BUCKET()
    return document


def _other(call: CallContext, bucket: Bucket, document: Document, params: Params) -> Document:
    """Ids that differ are MalformedXML (RECORDED for analytics and tiering, ASSUMED for metrics)."""
    if document["Id"] != params["Id"]:
        raise errors.MALFORMED_XML(hint="the id in the document is another than the request's")
    _check_filter(document.get("Filter", {}))
    for tiering in document.get("Tierings", ()):
        _check_tiering(tiering)
    return document


def _check_filter(condition: dict[str, Any]) -> None:
    """A filter is one condition; And joins at least two (ASSUMED, as lifecycle rules are recorded)."""
    joined = condition.get("And")
    if len(condition) > 1 or (joined is not None and _parts(joined) < 2):
        raise errors.MALFORMED_XML(hint=f"the filter is {condition!r}")


def _parts(joined: dict[str, Any]) -> int:
    return len(joined.keys() - {"Tags"}) + len(joined.get("Tags", ()))


def _check_tiering(tiering: dict[str, Any]) -> None:
    """How long each tier waits is DOCUMENTED; the answer to other numbers is ASSUMED."""
    least = limits.TIERING_DAYS[tiering["AccessTier"]]
    if not least <= tiering["Days"] <= limits.TIERING_DAYS_MOST:
        raise errors.INVALID_ARGUMENT(
            message=f"Days must be from {least} to {limits.TIERING_DAYS_MOST} for {tiering['AccessTier']}",
            ArgumentName="Days",
            ArgumentValue=str(tiering["Days"]),
        )


_INVENTORY: Final = Kind(
    title="inventory configurations",
    name="BucketInventoryConfiguration",
    parameter="InventoryConfiguration",
    put_action="PutInventoryConfiguration",
    get_action="GetInventoryConfiguration",
    source="PutBucketInventoryConfiguration; RECORDED, LS test_s3_inventory_report_crud, "
    "test_s3_put_inventory_report_exceptions, test_put_bucket_inventory_config_order.",
    check=_inventory,
)
put_bucket_inventory_configuration = configurations.put_one(_INVENTORY)
get_bucket_inventory_configuration = configurations.get_one(_INVENTORY)
delete_bucket_inventory_configuration = configurations.delete_one(_INVENTORY)
list_bucket_inventory_configurations = configurations.list_all(_INVENTORY)

_METRICS: Final = Kind(
    title="metrics configurations",
    name="BucketMetricsConfiguration",
    parameter="MetricsConfiguration",
    put_action="PutMetricsConfiguration",
    get_action="GetMetricsConfiguration",
    source="PutBucketMetricsConfiguration; RECORDED, LS test_put_bucket_metrics_configuration, "
    "test_delete_metrics_configuration_twice, test_list_bucket_metrics_configurations_paginated.",
    check=_other,
)
put_bucket_metrics_configuration = configurations.put_one(_METRICS)
get_bucket_metrics_configuration = configurations.get_one(_METRICS)
delete_bucket_metrics_configuration = configurations.delete_one(_METRICS)
list_bucket_metrics_configurations = configurations.list_all(_METRICS)

_ANALYTICS: Final = Kind(
    title="analytics configurations",
    name="BucketAnalyticsConfiguration",
    parameter="AnalyticsConfiguration",
    put_action="PutAnalyticsConfiguration",
    get_action="GetAnalyticsConfiguration",
    source="PutBucketAnalyticsConfiguration; RECORDED, LS test_s3_analytics_configurations.",
    check=_other,
)
put_bucket_analytics_configuration = configurations.put_one(_ANALYTICS)
get_bucket_analytics_configuration = configurations.get_one(_ANALYTICS)
delete_bucket_analytics_configuration = configurations.delete_one(_ANALYTICS)
list_bucket_analytics_configurations = configurations.list_all(_ANALYTICS)

_TIERING: Final = Kind(
    title="intelligent-tiering configurations",
    name="BucketIntelligentTieringConfiguration",
    parameter="IntelligentTieringConfiguration",
    put_action="PutIntelligentTieringConfiguration",
    get_action="GetIntelligentTieringConfiguration",
    source="PutBucketIntelligentTieringConfiguration; RECORDED, LS test_s3_intelligent_tier_config.",
    check=_other,
)
put_bucket_intelligent_tiering_configuration = configurations.put_one(_TIERING)
get_bucket_intelligent_tiering_configuration = configurations.get_one(_TIERING)
delete_bucket_intelligent_tiering_configuration = configurations.delete_one(_TIERING)
list_bucket_intelligent_tiering_configurations = configurations.list_all(_TIERING)
