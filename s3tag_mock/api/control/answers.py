"""What each request of the control API does."""

from __future__ import annotations

import base64
import binascii
import contextlib
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from s3tag_mock.api.control.guard import Refused
from s3tag_mock.api.control.route import Asked
from s3tag_mock.dispatch.call import Call, written
from s3tag_mock.exceptions import Misuse, UnknownName, read_hint
from s3tag_mock.state.fault import Fault
from s3tag_mock.state.job import Job

if TYPE_CHECKING:
    from s3tag_mock.api.handle import Handle
    from s3tag_mock.api.object_view import ObjectView

#: How many keys and calls are listed at once, unless another number is asked for.
_PAGE: Final = 100


def health(aws: Handle, asked: Asked) -> Any:
    """Where and whose the mock is, and how much there is in it."""
    scope = aws._entered()
    return {
        "status": "running",
        "region": scope.settings.region,
        "account_id": scope.settings.account_id,
        "job_progress": scope.settings.job_progress,
        "buckets": len(scope.world.all_buckets()),
        "jobs": len(scope.world.jobs),
        "calls": len(scope.calls),
    }


def reset(aws: Handle, asked: Asked) -> None:
    """As ``aws.reset()``."""
    aws.reset()


# Buckets and objects


def list_buckets(aws: Handle, asked: Asked) -> Any:
    """The buckets, with their tags."""
    world = aws._entered().world
    with world.lock:
        return {
            "buckets": [
                {
                    "name": bucket.name,
                    "region": bucket.region,
                    "account_id": bucket.owner,
                    "versioning": bucket.versioning,
                    "keys": len(bucket.keys),
                    "tags": dict(bucket.tags),
                }
                for bucket in sorted(world.all_buckets(), key=lambda bucket: bucket.name)
            ]
        }


def create_bucket(aws: Handle, asked: Asked) -> Any:
    """As ``aws.create_bucket()``."""
    body = asked.body
    name = aws.create_bucket(
        body["name"],
        region=body.get("region"),
        versioning=body.get("versioning", False),
        tags=body.get("tags"),
    )
    return {"name": name}


def list_objects(aws: Handle, asked: Asked) -> Any:
    """The objects of a bucket, in S3's order, as far as a page goes."""
    bucket, prefix, after = asked.path["bucket"], asked.query.get("prefix", ""), asked.query.get("after", "")
    limit = _number(asked, "limit", _PAGE)
    keys = (key for key in aws.keys(bucket) if key.startswith(prefix) and key > after)
    page = list(islice(keys, limit + 1))
    shown = [_object(aws.object(bucket, key)) for key in page[:limit]]
    return {"objects": shown, "after": page[limit - 1] if len(page) > limit else None}


def put_objects(aws: Handle, asked: Asked) -> Any:
    """As ``aws.put_objects()``; bodies are texts, or in base64."""
    given, tags = asked.body["objects"], asked.body.get("tags")
    bodies: Any = given
    if isinstance(given, dict):
        bodies = {key: bytes_of(key, body) for key, body in given.items()}
    return {"objects": aws.put_objects(asked.path["bucket"], bodies, tags=tags)}


def bytes_of(key: str, body: Any) -> bytes:
    """The bytes that JSON has as a text, or in base64."""
    if isinstance(body, str):
        return body.encode()
    with contextlib.suppress(KeyError, TypeError, binascii.Error):
        return base64.b64decode(body["base64"], validate=True)
    raise Misuse(f'The body of {key!r} must be a text, or {{"base64": "..."}}, got {body!r}.')


def show_object(aws: Handle, asked: Asked) -> Any:
    """An object, with its versions and tags."""
    found = aws.object(asked.path["bucket"], asked.path["key"], asked.query.get("version_id"))
    return {**_object(found), "versions": [_object(version) for version in found.versions]}


def tag_object(aws: Handle, asked: Asked) -> None:
    """As ``aws.tag_object()``."""
    aws.tag_object(asked.path["bucket"], asked.path["key"], asked.body["tags"])


def _object(found: ObjectView) -> dict[str, Any]:
    if found.is_delete_marker:
        return {"key": found.key, "version_id": found.version_id, "is_delete_marker": True}
    return {
        "key": found.key,
        "version_id": found.version_id,
        "is_delete_marker": False,
        "size": found.size,
        "etag": found.etag,
        "last_modified": found.last_modified.isoformat(),
        "storage_class": found.storage_class,
        "tags": found.tags,
        "metadata": found.metadata,
    }


# Calls


def list_calls(aws: Handle, asked: Asked) -> Any:
    """The calls after a number, the oldest first, as far as a page goes."""
    since, limit = _number(asked, "since", 0), _number(asked, "limit", _PAGE)
    operation = asked.query.get("operation")
    log = aws.calls if operation is None else aws.calls.of(operation)
    later = sorted((call for call in log if call.sequence >= since), key=lambda call: call.sequence)
    page = later[:limit]
    return {"calls": [_call(call) for call in page], "since": page[-1].sequence + 1 if page else since}


def _call(call: Call) -> dict[str, Any]:
    return {
        "sequence": call.sequence,
        "at": call.at.isoformat(),
        "service": call.service,
        "operation": call.operation,
        "params": written(call.params),
        "status": call.status,
        "error_code": call.error_code,
        "retries": call.retries,
        "injected": call.injected,
        "hint": read_hint(call.hint_source),
    }


def assert_called(aws: Handle, asked: Asked) -> None:
    """As ``aws.calls.assert_called()``; 409 with its text where that fails."""
    body = asked.body
    try:
        aws.calls.assert_called(
            body["operation"], times=body.get("times"), tags=body.get("tags"), **body.get("params", {})
        )
    except AssertionError as failure:
        raise Refused(409, str(failure)) from None


# Faults


def list_faults(aws: Handle, asked: Asked) -> Any:
    """The active faults."""
    faults = aws._entered().world.faults
    active = faults.active()
    return {"faults": [_fault(number, one) for number, one in enumerate(faults.all_added) if one in active]}


def add_fault(aws: Handle, asked: Asked) -> Any:
    """As ``aws.faults.add()``."""
    fault = aws.faults.add(**asked.body)
    return _fault(aws._entered().world.faults.all_added.index(fault), fault)


def remove_fault(aws: Handle, asked: Asked) -> None:
    """Remove a fault."""
    faults, number = aws._entered().world.faults.all_added, asked.path["id"]
    if not number.isdecimal() or int(number) >= len(faults):
        raise UnknownName(f"There is no fault {number}.")
    faults[int(number)].remove()


def clear_faults(aws: Handle, asked: Asked) -> None:
    """Remove all faults."""
    aws.faults.clear()


def _fault(number: int, fault: Fault) -> dict[str, Any]:
    return {"id": number, "text": fault.text, "hits": fault.hits, "seen": fault.seen}


# Time and jobs


def show_clock(aws: Handle, asked: Asked) -> Any:
    """The mock's time."""
    return {"now": aws.clock.now().isoformat(), "is_frozen": aws._world.clock.is_frozen}


def move_clock(aws: Handle, asked: Asked) -> Any:
    """Advance the time, or stop it at a moment."""
    body = asked.body
    if len(body) != 1:
        raise Misuse("Send either advance (in seconds) or set (a moment in ISO 8601).")
    if "set" in body:
        aws.clock.set(body["set"])
    else:
        aws.clock.advance(seconds=body["advance"])
    return show_clock(aws, asked)


def list_jobs(aws: Handle, asked: Asked) -> Any:
    """The jobs, the oldest first."""
    return {"jobs": [_job(aws.jobs[job_id]._job) for job_id in aws.jobs]}


def show_job(aws: Handle, asked: Asked) -> Any:
    """A job, with the tasks that failed and the report's key."""
    view = aws.jobs[asked.path["id"]]
    failed = [task for task in view.tasks if task.status == "failed"]
    return {**_job(view._job), "failed": [task._asdict() for task in failed[:_PAGE]]}


def run_jobs(aws: Handle, asked: Asked) -> Any:
    """As ``aws.run_jobs()``."""
    aws.run_jobs()
    return list_jobs(aws, asked)


def step_jobs(aws: Handle, asked: Asked) -> Any:
    """As ``aws.step_jobs()``."""
    aws.step_jobs(tasks=asked.body.get("tasks"))
    return list_jobs(aws, asked)


def _job(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "operation": job.operation,
        "status": job.status,
        "priority": job.priority,
        "total_tasks": len(job.rows),
        "succeeded_tasks": job.succeeded_tasks,
        "failed_tasks": job.failed_tasks,
        "tags": dict(job.tags),
        "failure": None if job.failure is None else job.failure.told,
        "report_key": job.report_key,
    }


def list_findings(aws: Handle, asked: Asked) -> Any:
    """What the mock noticed so far, notes too."""
    from s3tag_mock.findings import reporter  # the server starts sooner without

    found = reporter.collect(aws._entered(), test_failed=True)
    return {
        "findings": [{"kind": one.kind.name, "text": one.text, "is_note": one.kind.is_note} for one in found]
    }


def list_events(aws: Handle, asked: Asked) -> Any:
    """As ``aws.events``."""
    return {"events": list(aws.events)}


def _number(asked: Asked, name: str, default: int) -> int:
    given = asked.query.get(name)
    if given is None:
        return default
    if not given.isdecimal() or len(given) > 9 or (name == "limit" and not 1 <= int(given) <= 1000):
        raise Misuse(f"{name}={given} is no number that {name} takes.")
    return int(given)
