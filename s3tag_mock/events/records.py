"""Events as AWS writes them: records of S3's notifications, EventBridge's form, jobs' changes of status.

Sources: see :mod:`s3tag_mock.rules.events`; jobs: user guide, "Tracking an S3 Batch Operations job in Amazon
EventBridge through AWS CloudTrail".
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from s3tag_mock.operations.context import CallContext
from s3tag_mock.rules import arns, events
from s3tag_mock.rules.dates import iso8601, iso8601_second
from s3tag_mock.state.bucket import NULL_VERSION, Bucket
from s3tag_mock.state.happening import Happening
from s3tag_mock.state.job import Job

Event = dict[str, Any]


def notification(call: CallContext, happened: Happening, configuration_id: str) -> Event:
    """What a queue, a topic or a function gets: always one record.

    :param call: that it came of.
    :param configuration_id: of the entry that names the destination.
    """
    bucket = happened.bucket
    record = {
        "eventVersion": events.RECORD_VERSION,
        "eventSource": "aws:s3",
        "awsRegion": bucket.region,
        "eventTime": iso8601(call.now),
        "eventName": happened.event,
        "userIdentity": {"principalId": _principal(happened)},
        "requestParameters": {"sourceIPAddress": events.S3 if happened.by_s3 else call.sent.source_ip},
        "responseElements": {"x-amz-request-id": call.notes.request_id, "x-amz-id-2": call.notes.host_id},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": configuration_id,
            "bucket": {
                "name": bucket.name,
                "ownerIdentity": {"principalId": _owner(bucket.owner)},
                "arn": bucket.arn,
                **_system_tags(bucket, "awsGeneratedTags"),
            },
            "object": {"key": events.encoded_key(happened.key), **_described(happened)},
        },
        **happened.details.get("record", {}),
    }
    return {"Records": [record]}


def test_message(call: CallContext, bucket: Bucket) -> Event:
    """What queues and topics get when they are first named (user guide, "Event notifications")."""
    return {
        "Service": "Amazon S3",
        "Event": "s3:TestEvent",
        "Time": iso8601(call.now),
        "Bucket": bucket.name,
        "RequestId": call.notes.request_id,
        "HostId": call.notes.host_id,
    }


def eventbridge(call: CallContext, happened: Happening) -> Event:
    """What EventBridge gets."""
    bucket, form = happened.bucket, events.FORMS[happened.event]
    described = {"key": happened.key, **events.in_eventbridge(happened.event, _described(happened))}
    who = {"requester": events.S3} if happened.by_s3 else {"requester": happened.account}
    detail = {
        "version": "0",
        "event-version": events.DETAIL_VERSION,
        "bucket": {"name": bucket.name, **_system_tags(bucket, "aws-generated-tags")},
        "object": described,
        "request-id": call.notes.request_id,
        **who,
        **({} if happened.by_s3 else {"source-ip-address": call.sent.source_ip}),
        **form.detail,
        **happened.details.get("detail", {}),
    }
    return _envelope(call, form.detail_type, bucket.owner, bucket.region, [bucket.arn], detail, call.now)


def job_status(call: CallContext, job: Job, status: str, entered: datetime) -> Event:
    """What EventBridge gets of a job, through CloudTrail: one event for each of its statuses."""
    failure = [] if job.failure is None or status not in {"Failing", "Failed"} else [job.failure]
    event_id = call.world.ids.event_id()
    detail = {
        "eventVersion": "1.05",
        "userIdentity": {"accountId": job.account, "invokedBy": events.S3},
        "eventTime": iso8601_second(entered),
        "eventSource": events.S3,
        "eventName": "JobCreated" if status == "New" else "JobStatusChanged",
        "awsRegion": job.region,
        "sourceIPAddress": events.S3,
        "userAgent": events.S3,
        "requestParameters": None,
        "responseElements": None,
        "eventID": event_id,
        "readOnly": False,
        "eventType": "AwsServiceEvent",
        "recipientAccountId": job.account,
        "serviceEventDetails": {
            "jobId": job.id,
            "jobArn": arns.job(job.region, job.account, job.id),
            "status": status,
            "jobEventId": event_id.replace("-", ""),
            "failureCodes": [one.code for one in failure],
            "statusChangeReason": [one.reason for one in failure],
        },
    }
    kind = "AWS Service Event via CloudTrail"
    return _envelope(call, kind, job.account, job.region, [], detail, entered)


def _envelope(
    call: CallContext,
    detail_type: str,
    account: str,
    region: str,
    resources: list[str],
    detail: Mapping[str, Any],
    moment: datetime,
) -> Event:
    return {
        "version": "0",
        "id": call.world.ids.event_id(),
        "detail-type": detail_type,
        "source": "aws.s3",
        "account": account,
        "time": iso8601_second(moment),
        "region": region,
        "resources": resources,
        "detail": detail,
    }


def _described(happened: Happening) -> dict[str, Any]:
    version = happened.version
    assert version is not None  # only what tests a destination has none
    return events.described_object(
        happened.event,
        size=len(version.body),
        etag=version.etag,
        version_id=None if version.version_id == NULL_VERSION else version.version_id,
        sequence=happened.sequence,
    )


def _principal(happened: Happening) -> str:
    if happened.event == "ObjectRestore:Completed":
        return f"AmazonCustomer:{_owner(happened.bucket.owner)}"
    if happened.by_s3:
        return events.S3
    return f"AWS:{happened.principal_id}"


def _owner(account: str) -> str:
    """The principal id of an account, which isn't its canonical user id: ``A`` and 13 more."""
    return "A" + base64.b32encode(hashlib.sha256(account.encode()).digest())[:13].decode()


def _system_tags(bucket: Bucket, member: str) -> dict[str, Any]:
    """AWS's own tags of a bucket; its user's aren't told (OBSERVED, a published experiment)."""
    own = {key: value for key, value in bucket.tags.items() if key.startswith("aws:")}
    return {member: own} if own else {}
