"""PutBucketNotificationConfiguration, GetBucketNotificationConfiguration, and their old forms.

Whether a destination exists is checked where moto is active, which has queues, topics and functions; without
it, any is accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations import happenings, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation
from s3tag_mock.operations.s3 import configurations
from s3tag_mock.operations.s3.configurations import Document, Kind
from s3tag_mock.rules import arns, notifications
from s3tag_mock.state.bucket import Bucket
from s3tag_mock.state.happening import TEST, Happening

#: Kind of entry to what tells whether its destination is there: service, operation, and its parameters.
_LOOK_UPS: Final[Mapping[str, tuple[str, str, Callable[[str], Params]]]] = {
    "TopicConfigurations": ("sns", "GetTopicAttributes", lambda arn: {"TopicArn": arn}),
    "QueueConfigurations": ("sqs", "GetQueueUrl", lambda arn: {"QueueName": arn.rpartition(":")[2]}),
    "LambdaFunctionConfigurations": ("lambda", "GetFunction", lambda arn: {"FunctionName": arn}),
}


def _checked(call: CallContext, bucket: Bucket, document: Document, params: Params) -> Document:
    """The settings as they are stored. Their queues and topics get a test message (user guide, "Event
    notifications"), unless they aren't validated (LIKELY).
    """
    stored = notifications.checked(document, call.world.ids.rule_id)
    notifications.check_region(stored, bucket.region)
    if params.get("SkipDestinationValidation"):
        return stored
    missing = list(_missing(call, stored))
    if missing:
        raise notifications.missing_destinations(missing)
    if stored.keys() & {"QueueConfigurations", "TopicConfigurations"}:
        sequence = call.world.next_sequence()
        call.notes.happened.append(Happening(TEST, bucket, "", None, stored, sequence))
    return stored


def _missing(call: CallContext, document: Document) -> Iterator[tuple[str, str]]:
    """The kinds and ARNs of destinations that moto, where it is active, doesn't have."""
    for kind, (service, look_up, params) in _LOOK_UPS.items():
        for entry in document.get(kind, ()):
            arn: str = entry[notifications.TARGETS[kind][0]]
            if service == "lambda" and arns.function_name(arn) in call.world.functions:
                continue
            try:
                call.world.ask_beside(service, arn.split(":")[3], look_up, params(arn))
            except AwsError:
                yield kind, arn


_NOTIFICATIONS: Final = Kind(
    title="notification settings",
    name=happenings.NOTIFICATIONS,
    parameter="NotificationConfiguration",
    put_action="PutBucketNotification",
    get_action="GetBucketNotification",
    source="PutBucketNotificationConfiguration; RECORDED, LS test_filter_rules_case_insensitive.",
    check=_checked,
    options="SkipDestinationValidation",
)
put_bucket_notification_configuration = configurations.put(_NOTIFICATIONS)
get_bucket_notification_configuration = configurations.get(_NOTIFICATIONS)

#: Member of the old form to the new form's, with the names of the target in both.
_OLD_FORM: Final[dict[str, tuple[str, str, str]]] = {
    f"{target}Configuration": (new, target, arn) for new, (arn, target) in notifications.TARGETS.items()
}


@operation("s3", "PutBucketNotification", BUCKET, "NotificationConfiguration", action="PutBucketNotification")
def put_bucket_notification(call: CallContext, params: Params) -> Result:
    """Replace a bucket's notification settings, in the old form: one topic, one queue, one function.

    Source: PutBucketNotification, which AWS can't tell from the new form.
    """
    old = params.get("NotificationConfiguration", {})
    document = {
        new: [_new_entry(old[member], target, arn)]
        for member, (new, target, arn) in _OLD_FORM.items()
        if member in old
    }
    return put_bucket_notification_configuration(call, {**params, "NotificationConfiguration": document})


def _new_entry(entry: dict[str, Any], target: str, arn: str) -> dict[str, Any]:
    events = entry.get("Events") or ([entry["Event"]] if "Event" in entry else [])
    identified = {"Id": entry["Id"]} if "Id" in entry else {}
    return {**identified, arn: entry.get(target, ""), "Events": events}


@operation("s3", "GetBucketNotification", BUCKET, action="GetBucketNotification")
def get_bucket_notification(call: CallContext, params: Params) -> Result:
    """A bucket's notification settings in the old form: the first topic, queue and function.

    Source: GetBucketNotification, which AWS can't tell from the new form.
    """
    stored = require.bucket(call, params).configurations.get(_NOTIFICATIONS.name, {})
    return {
        member: _old_entry(stored[new][0], target, arn)
        for member, (new, target, arn) in _OLD_FORM.items()
        if stored.get(new)
    }


def _old_entry(entry: dict[str, Any], target: str, arn: str) -> dict[str, Any]:
    return {"Id": entry["Id"], target: entry[arn], "Events": entry["Events"]}
