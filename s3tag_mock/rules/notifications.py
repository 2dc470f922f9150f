"""Notification configurations: what they may say, and how AWS writes them down.

Sources: S3 API reference, PutBucketNotificationConfiguration; user guide, "Configuring event notifications
using object key name filtering"; RECORDED, LS test_bucket_notification_with_invalid_filter_rules,
test_bucket_notification_with_missing_values_in_rule, test_filter_rules_case_insensitive,
test_invalid_sqs_arn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, Final, NamedTuple

from s3tag_mock import errors
from s3tag_mock.rules import arns, limits

#: Member of a NotificationConfiguration to the member of its entries that holds the target's ARN, and what
#: errors call that.
TARGETS: Final[Mapping[str, tuple[str, str]]] = {
    "TopicConfigurations": ("TopicArn", "Topic"),
    "QueueConfigurations": ("QueueArn", "Queue"),
    "LambdaFunctionConfigurations": ("LambdaFunctionArn", "CloudFunction"),
}
_ARN: Final = re.compile(r"arn:[^:]+:[^:]+:[^:]*:[^:]*:.+")
_FILTERS: Final = ("prefix", "suffix")
#: Kinds of events to their members; ``:*`` stands for several (user guide, "Event notification types").
_EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "s3:IntelligentTiering": (),
    "s3:LifecycleExpiration": ("Delete", "DeleteMarkerCreated"),
    "s3:LifecycleTransition": (),
    "s3:ObjectAcl": ("Put",),
    "s3:ObjectAnnotation": ("Put", "Delete"),
    "s3:ObjectCreated": ("Put", "Post", "Copy", "CompleteMultipartUpload"),
    "s3:ObjectRemoved": ("Delete", "DeleteMarkerCreated"),
    "s3:ObjectRestore": ("Post", "Completed", "Delete"),
    "s3:ObjectRetention": ("Put",),
    "s3:ObjectTagging": ("Put", "Delete"),
    "s3:ReducedRedundancyLostObject": (),
    "s3:Replication": (
        "OperationFailedReplication",
        "OperationMissedThreshold",
        "OperationNotTracked",
        "OperationReplicatedAfterThreshold",
    ),
}
#: Every event that a configuration may name.
EVENTS: Final = frozenset(
    name
    for kind, members in _EVENTS.items()
    for name in (
        *(f"{kind}:{member}" for member in members),
        *([f"{kind}:*"] if len(members) > 1 else []),
        *([] if members else [kind]),
    )
)

Document = dict[str, Any]


class _Entry(NamedTuple):
    events: frozenset[str]
    names: tuple[str, ...]
    prefix: str
    suffix: str


def checked(document: Mapping[str, Any], new_id: Callable[[], str]) -> Document:
    """A NotificationConfiguration as AWS stores it: with ids, and with ``Prefix`` and ``Suffix`` in capitals.

    :param new_id: gives the id of an entry that has none.
    :raises AwsError: MalformedXML, InvalidArgument.
    """
    entries = [(kind, entry) for kind in TARGETS for entry in document.get(kind, ())]
    for _, entry in entries:
        _check_filter(entry)
    for kind, entry in entries:
        member, argument = TARGETS[kind]
        if _ARN.fullmatch(entry[member]) is None:
            raise errors.UNPARSABLE_ARN(ArgumentName=argument, ArgumentValue=entry[member])
    for _, entry in entries:
        for event in entry["Events"]:
            if event not in EVENTS:
                raise errors.UNSUPPORTED_EVENT(ArgumentName="Event", ArgumentValue=event)
    ids = [entry["Id"] for _, entry in entries if "Id" in entry]
    if len(set(ids)) < len(ids):
        raise errors.NOTIFICATION_ID_TWICE()
    if len(entries) > limits.NOTIFICATION_CONFIGURATIONS:
        raise errors.TOO_MANY_NOTIFICATIONS()
    _check_overlap([_entry(entry) for _, entry in entries])
    return {
        kind: [_stored(entry, new_id) for entry in document[kind]] if kind in TARGETS else document[kind]
        for kind in document
        if document[kind] or kind not in TARGETS
    }


def check_region(document: Mapping[str, Any], region: str) -> None:
    """Refuse destinations in another region than the bucket's, or in another partition.

    That they are refused whether or not destinations are validated is ASSUMED.

    :raises AwsError: InvalidArgument (OBSERVED, cloud-custodian #1720).
    """
    for kind, (member, argument) in TARGETS.items():
        for entry in document.get(kind, ()):
            arn: str = entry[member]
            if arn.split(":")[3] != region or not arns.is_of_partition(arn, region):
                raise errors.NOTIFICATION_ELSEWHERE(
                    ArgumentName=argument, ArgumentValue=arn, hint=f"the bucket is in {region}"
                )


#: What AWS says of a destination that isn't there (RECORDED, LS test_multiple_invalid_sqs_arns,
#: test_invalid_lambda_arn; LIKELY for a topic).
_MISSING: Final[Mapping[str, tuple[str, str]]] = {
    "TopicConfigurations": ("{arn}", "The destination topic does not exist"),
    "QueueConfigurations": ("{arn}", "The destination queue does not exist"),
    "LambdaFunctionConfigurations": ("{arn}, null", "Not authorized to invoke function [{arn}]"),
}


def missing_destinations(missing: Iterable[tuple[str, str]]) -> errors.AwsError:
    """What AWS answers to destinations that aren't there: all of them, numbered.

    :param missing: kind of entry, and ARN.
    """
    refusal = errors.DESTINATIONS_INVALID()
    for number, (kind, arn) in enumerate(missing, 1):
        name, value = _MISSING[kind]
        refusal.elements[f"ArgumentName{number}"] = name.format(arn=arn)
        refusal.elements[f"ArgumentValue{number}"] = value.format(arn=arn)
    return refusal


def matching(document: Mapping[str, Any], event: str, key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The entries of a stored NotificationConfiguration that an event and its key fit, each with its kind.

    :param event: such as ``"s3:ObjectTagging:Put"``.
    :param key: as it is, not encoded (ASSUMED; RECORDED for keys without characters that would be encoded, LS
        test_notifications_with_filter).
    """
    for kind in TARGETS:
        for entry in document.get(kind, ()):
            found = _entry(entry)
            if event in found.events and key.startswith(found.prefix) and key.endswith(found.suffix):
                yield kind, entry


def _filter_rules(entry: Mapping[str, Any]) -> list[Mapping[str, str]]:
    rules: list[Mapping[str, str]] = entry.get("Filter", {}).get("Key", {}).get("FilterRules", [])
    return rules


def _check_filter(entry: Mapping[str, Any]) -> None:
    names = []
    for rule in _filter_rules(entry):
        if not {"Name", "Value"} <= rule.keys():
            raise errors.MALFORMED_XML(hint="a FilterRule needs Name and Value")
        name = rule["Name"].lower()
        if name not in _FILTERS:
            raise errors.UNKNOWN_FILTER_NAME(ArgumentName="FilterRule.Name", ArgumentValue=rule["Name"])
        if name in names:
            raise errors.SEVERAL_FILTER_RULES(name=name, ArgumentName="filtervalue", ArgumentValue=name)
        if len(rule["Value"].encode()) > limits.KEY_BYTES:
            raise errors.FILTER_VALUE_TOO_LONG(ArgumentName=f"filtervalue{name}", ArgumentValue=rule["Value"])
        names.append(name)


def _entry(entry: Mapping[str, Any]) -> _Entry:
    filters = {rule["Name"].lower(): rule["Value"] for rule in _filter_rules(entry)}
    events = frozenset(one for name in entry["Events"] for one in _expanded(name))
    return _Entry(events, tuple(entry["Events"]), filters.get("prefix", ""), filters.get("suffix", ""))


def _expanded(name: str) -> Iterator[str]:
    kind, _, member = name.rpartition(":")
    if member == "*":
        yield from (f"{kind}:{one}" for one in _EVENTS[kind])
    else:
        yield name


def _check_overlap(entries: list[_Entry]) -> None:
    """Refuse two entries with a common event which some key fits both of."""
    for first, second in combinations(entries, 2):
        if first.events.isdisjoint(second.events):
            continue
        if not (first.prefix or first.suffix or second.prefix or second.suffix):
            both = ", ".join((*first.names, *second.names))
            raise errors.NOTIFICATIONS_OVERLAP(ArgumentName="Event", ArgumentValue=both)
        prefixes = first.prefix.startswith(second.prefix) or second.prefix.startswith(first.prefix)
        suffixes = first.suffix.endswith(second.suffix) or second.suffix.endswith(first.suffix)
        if prefixes and suffixes:
            raise errors.NOTIFICATIONS_AMBIGUOUS()


def _stored(entry: Mapping[str, Any], new_id: Callable[[], str]) -> Document:
    stored = {**entry, "Id": entry.get("Id") or new_id()}
    if _filter_rules(entry):
        rules = [{**rule, "Name": rule["Name"].capitalize()} for rule in _filter_rules(entry)]
        stored["Filter"] = {"Key": {"FilterRules": rules}}
    return stored
