"""The completion report: manifest.json, its MD5, and a CSV file for each outcome.

Sources: user guide, "Examples: S3 Batch Operations completion reports"; key layout, column order,
quoting and line ends OBSERVED in published reports (HTTPStatusCode stands before ErrorCode,
whatever ReportSchema says).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain, islice
from types import SimpleNamespace
from typing import Any, Final

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.s3.objects import put_object
from s3tag_mock.rules import arns, checksums, job_failures
from s3tag_mock.rules.job_bounds import REPORT_FORMAT
from s3tag_mock.state.job import Job, Outcome

_SCHEMA: Final = "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage"
#: How many tasks' lines are written together, so that few of a million are in memory twice.
_AT_ONCE: Final = 1000
#: What csv.writer doesn't write as it is.
_MAY_BE_QUOTED: Final = re.compile(r'[,"\r\n]')


def write(call: CallContext, job: Job) -> str | None:
    """Write a job's report to its report bucket.

    :return: the key of manifest.json, or None when the job wants no report or no task was run.
    :raises AwsError: when the report bucket can't be written to.
    :raises JobFailure: when it is of a kind that takes no reports.
    """
    wanted = job.request["Report"]
    if not wanted["Enabled"] or not job.outcomes:
        return None
    place = _place(call, wanted)
    folder = "/".join([*([wanted["Prefix"]] if wanted.get("Prefix") else []), f"job-{job.id}"])
    statuses = ["succeeded", "failed"] if wanted["ReportScope"] == "AllTasks" else ["failed"]
    results = []
    for status in statuses:
        body = _csv(job, status)
        if body:
            key = f"{folder}/results/{call.world.ids.result_file_id()}.csv"
            _put(call, place, key, body)
            results.append(_described(status, place["Bucket"], key, body))
    return _write_manifest(call, place, folder, results)


def _place(call: CallContext, wanted: Mapping[str, Any]) -> dict[str, str]:
    """Bucket and expected owner of what is written. A bucket with a default retention takes no reports."""
    name = arns.bucket_of(wanted["Bucket"]) or ""
    bucket = call.world.bucket_behind(name, call.region)
    if bucket is not None and "Rule" in (bucket.object_lock or {}):
        raise job_failures.report_not_written(f"{name} has a default retention")
    owner = wanted.get("ExpectedBucketOwner")
    return {"Bucket": name} if owner is None else {"Bucket": name, "ExpectedBucketOwner": owner}


def _write_manifest(
    call: CallContext, place: Mapping[str, str], folder: str, results: list[dict[str, str]]
) -> str:
    manifest = {
        "Format": REPORT_FORMAT,
        "ReportCreationDate": f"{call.now:%Y-%m-%dT%H:%M:%S}.{call.now.microsecond:06d}000Z",
        "Results": results,
        "ReportSchema": _SCHEMA,
    }
    body = json.dumps(manifest).encode()
    key = f"{folder}/manifest.json"
    _put(call, place, key, body)
    _put(call, place, f"{key}.md5", hashlib.md5(body).hexdigest().encode())
    return key


def _described(status: str, bucket: str, key: str, body: bytes) -> dict[str, str]:
    digest = hashlib.md5(body).hexdigest()
    return {"TaskExecutionStatus": status, "Bucket": bucket, "MD5Checksum": digest, "Key": key}


def _put(call: CallContext, place: Mapping[str, str], key: str, body: bytes) -> None:
    # With a checksum, as SDKs send it (ASSUMED), and not CRC64NVME, which takes long for a large report.
    checksum = checksums.calculate("CRC32", body).fields()
    report = {"Key": key, "Body": body, "ServerSideEncryption": "AES256", **checksum}
    put_object(call.calling(put_object), {**place, **report})


def _csv(job: Job, status: str) -> bytes:
    """The rows of the tasks that ended so; empty when there are none."""
    if not (job.failed_tasks if status == "failed" else job.succeeded_tasks):
        return b""
    text = io.StringIO()
    tasks = (task for task in zip(job.rows, job.outcomes, strict=False) if task[1].status == status)
    while some := list(islice(tasks, _AT_ONCE)):
        begun = _lines([(bucket, key, version_id or "") for (bucket, _, key, version_id), _ in some])
        text.write("".join([line + _end(one) for line, (_, one) in zip(begun, some, strict=True)]))
    return text.getvalue().encode()


@lru_cache(maxsize=16)
def _end(outcome: Outcome) -> str:
    """The end of a line, which is the same for most tasks."""
    cells = (outcome.status, str(outcome.http_status), outcome.error_code, outcome.message)
    return f",{_lines([cells])[0]}\n"


def _lines(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows as lines of CSV, without the ends of lines."""
    if _MAY_BE_QUOTED.search("".join(chain.from_iterable(rows))) is None:
        # csv looks at each character several times, which would be a third of the time of most jobs.
        return [",".join(row) for row in rows]
    lines: list[str] = []
    # With both characters in its line ends it quotes them both in cells, also before Python 3.13.
    writer: Any = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n")
    writer.writerows(rows)
    return [line[:-2] for line in lines]
