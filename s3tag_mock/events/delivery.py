"""Delivering what a call brought about, once it was answered: to functions of the test author, and to moto.

Every event stands in the world's list, whoever gets it. A function that fails is called twice more, as Lambda
does with what is invoked asynchronously; its exception reaches nobody but the findings. What comes of a
function's own calls waits until the function has returned.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from s3tag_mock.events import records
from s3tag_mock.events.records import Event
from s3tag_mock.exceptions import AwsError, Misuse
from s3tag_mock.operations import functions
from s3tag_mock.operations.context import CallContext
from s3tag_mock.rules import arns, limits, notifications
from s3tag_mock.state.happening import Happening
from s3tag_mock.state.job import Job

#: Sends an event to where it goes; gets how many events led to it.
Send = Callable[[int], None]
#: The member of a NotificationConfiguration that turns EventBridge on.
_EVENTBRIDGE: Final = "EventBridgeConfiguration"


def deliver(call: CallContext) -> None:
    """Deliver what a call brought about.

    :param call: that was answered. The world's lock is not held.
    :raises Misuse: for functions that call each other by events without an end.
    """
    happened = call.notes.happened
    if not happened:
        return
    call.notes.happened = []
    with call.world.lock:
        call.notes.request_id = call.notes.request_id or call.world.ids.request_id()
        call.notes.host_id = call.notes.host_id or call.world.ids.host_id()
        sending = [send for one in happened for send in _sending(call, one)]
    _send_all(call, sending)


def tell_of_jobs(call: CallContext, only: Job | None = None) -> None:
    """Deliver the changes of jobs' statuses that weren't told yet: every account's EventBridge gets them.

    :param only: the job that this is about; else all are.
    """
    with call.world.lock:
        sending = []
        for job in call.world.jobs.current() if only is None else [only]:
            for status, moment in job.untold:
                sending.append(_to_eventbridge(call, records.job_status(call, job, status, moment)))
            job.untold.clear()
    if sending:
        _send_all(call, sending)


def _send_all(call: CallContext, sending: list[Send]) -> None:
    outbox = call.world.outbox
    waiting = [(outbox.depth + 1, send) for send in sending]
    if outbox.waiting is not None:
        outbox.waiting.extend(waiting)
        return
    outbox.waiting = deque(waiting)
    try:
        while outbox.waiting:
            outbox.depth, send = outbox.waiting.popleft()
            send(outbox.depth)
    finally:
        outbox.waiting, outbox.depth = None, 0


def _sending(call: CallContext, happened: Happening) -> Iterator[Send]:
    """What sends an event to each of its destinations. The events are noted at once."""
    if happened.version is None:
        yield from _tests(call, happened)
        return
    for kind, entry in notifications.matching(happened.settings, f"s3:{happened.event}", happened.key):
        event = records.notification(call, happened, entry["Id"])
        yield _to(call, kind, entry[notifications.TARGETS[kind][0]], event)
    if _EVENTBRIDGE in happened.settings:
        yield _to_eventbridge(call, records.eventbridge(call, happened))


def _tests(call: CallContext, happened: Happening) -> Iterator[Send]:
    for kind in ("TopicConfigurations", "QueueConfigurations"):
        for entry in happened.settings.get(kind, ()):
            event = records.test_message(call, happened.bucket)
            yield _to(call, kind, entry[notifications.TARGETS[kind][0]], event)


def _to(call: CallContext, kind: str, arn: str, event: Event) -> Send:
    call.world.events.append(event)
    send = {
        "LambdaFunctionConfigurations": _invoke,
        "QueueConfigurations": _to_queue,
        "TopicConfigurations": _to_topic,
    }[kind]
    return lambda depth: send(call, arn, event, depth)


def _invoke(call: CallContext, arn: str, event: Event, depth: int) -> None:
    name = arns.function_name(arn)
    function = call.world.functions.get(name)
    if function is None:
        return
    if depth > limits.EVENT_CHAIN:
        raise Misuse(
            f"The Lambda function {name!r} was called for an event that {limits.EVENT_CHAIN} others had led "
            "to: does it write, or tag, what it is called for? On AWS this goes on, and costs, until it is "
            "stopped. Give the notification configuration a filter, or write to another bucket."
        )
    with call.world.lock:
        request_id = call.world.ids.job_id()
    context = functions.LambdaContext(name, arn, request_id)
    for _ in range(limits.ASYNCHRONOUS_ATTEMPTS):
        try:
            answer = functions.call(function, json.loads(json.dumps(event)), context)
            json.dumps(answer)  # nobody reads it, and yet the function fails if it isn't JSON
            return
        except Misuse:
            raise
        except (Exception, SystemExit) as error:
            failure = f"{type(error).__name__}: {functions.text_of(error)}"
    call.world.function_failures.append((name, event["Records"][0]["eventName"], failure))


def _to_queue(call: CallContext, arn: str, event: Event, depth: int) -> None:
    region, name = arn.split(":")[3], arn.rpartition(":")[2]
    queue = _ask(call, "sqs", region, "GetQueueUrl", {"QueueName": name})
    if queue is not None:
        message = {"QueueUrl": queue["QueueUrl"], "MessageBody": json.dumps(event)}
        _ask(call, "sqs", region, "SendMessage", message)


def _to_topic(call: CallContext, arn: str, event: Event, depth: int) -> None:
    message = {"TopicArn": arn, "Subject": "Amazon S3 Notification", "Message": json.dumps(event)}
    _ask(call, "sns", arn.split(":")[3], "Publish", message)


def _to_eventbridge(call: CallContext, event: Event) -> Send:
    call.world.events.append(event)
    entry = {
        "Source": event["source"],
        "DetailType": event["detail-type"],
        "Detail": json.dumps(event["detail"]),
        "Resources": event["resources"],
        "Time": datetime.fromisoformat(event["time"].replace("Z", "+00:00")),
    }
    return lambda depth: _put(call, event["region"], entry)


def _put(call: CallContext, region: str, entry: Mapping[str, Any]) -> None:
    _ask(call, "events", region, "PutEvents", {"Entries": [entry]})


def _ask(
    call: CallContext, service: str, region: str, operation: str, params: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """moto's answer; None without moto, or where it refuses: a message that can't be delivered is lost."""
    try:
        return call.world.ask_beside(service, region, operation, params)
    except AwsError:
        return None
