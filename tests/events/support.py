"""What tests of events need: settings of a bucket, and what an event says in short."""

from __future__ import annotations

from typing import Any

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:tagger"


def listen(s3: Any, *events: str, bucket: str = "photos", eventbridge: bool = False, **filters: str) -> None:
    """Have a bucket call the function ``tagger`` for events, or tell EventBridge of all."""
    rules = [{"Name": name, "Value": value} for name, value in filters.items()]
    entry: dict[str, Any] = {"Id": "mine", "LambdaFunctionArn": FUNCTION, "Events": list(events)}
    entry |= {"Filter": {"Key": {"FilterRules": rules}}} if rules else {}
    settings: dict[str, Any] = {"LambdaFunctionConfigurations": [entry]} if events else {}
    settings |= {"EventBridgeConfiguration": {}} if eventbridge else {}
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=settings)


def told(aws: Any) -> list[tuple[str, dict[str, Any]]]:
    """Name and object of each notification."""
    records = [event["Records"][0] for event in aws.events if "Records" in event]
    return [(record["eventName"], record["s3"]["object"]) for record in records]


def details(aws: Any) -> list[tuple[str, dict[str, Any]]]:
    """Type and detail of each of S3's events in EventBridge."""
    return [(event["detail-type"], event["detail"]) for event in aws.events if "detail-type" in event]
