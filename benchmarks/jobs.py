"""A job over many objects against the bare pass over its manifest: ``python -m benchmarks.jobs [objects]``.

The bare pass is what no implementation can do without: csv.reader, URL decoding, a look-up in a dict and
csv.writer, in one loop. Absolute times mean nothing; the ratios, taken in one run, do.
"""

from __future__ import annotations

import csv
import io
import sys
import tracemalloc
from functools import partial
from statistics import median
from typing import Any
from urllib.parse import unquote_plus

from benchmarks.timing import seconds
from s3tag_mock import mock_tagging

ROUNDS = 3


def bare_pass(manifest: str, index: dict[str, None]) -> None:
    """Read the manifest, look every key up, write the report."""
    writer = csv.writer(io.StringIO(), lineterminator="\n")
    for bucket, encoded in csv.reader(io.StringIO(manifest, newline="")):
        status = "succeeded" if unquote_plus(encoded) in index else "failed"
        writer.writerow((bucket, encoded, "", status, 200, "", "Successful"))


def ratios(count: int) -> tuple[float, float]:
    """A job / the bare pass, and seeding / the bare pass: medians of pairs, taken one after another."""
    keys = [f"dir/file-{number:09}.jpg" for number in range(count)]
    manifest = "".join(f"photos,{key}\n" for key in keys)
    index = dict.fromkeys(keys)

    def pair() -> tuple[float, float]:
        bare = seconds(partial(bare_pass, manifest, index))
        seeding, job = job_over(keys, manifest)
        return job / bare, seeding / bare

    job, seeding = map(median, zip(*(pair() for _ in range(ROUNDS)), strict=True))
    return job, seeding


def ratio(count: int) -> float:
    """A job / the bare pass."""
    return ratios(count)[0]


def main(objects: int) -> None:
    """Print the table."""
    print("| objects | job / bare pass | seeding / bare pass | bytes per object |\n|---|---|---|---|")
    for count in (objects // 10, objects):
        keys = [f"dir/file-{number:09}.jpg" for number in range(count)]
        job, seeding = ratios(count)
        print(f"| {count:,} | {job:.2f} | {seeding:.2f} | {bytes_per_object(keys):.0f} |")


def bytes_per_object(keys: list[str]) -> float:
    """What a seeded object with tags takes, beside its key."""
    with mock_tagging(allow=["unseen_job"]) as aws:
        aws.create_bucket("photos")
        tracemalloc.start()
        aws.put_objects("photos", keys, tags={"year": "2026"})
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return size / len(keys)


def job_over(keys: list[str], manifest: str) -> tuple[float, float]:
    """Seconds for seeding the objects, and for the whole of CreateJob, with a report of every task."""
    with mock_tagging(allow=["unseen_job"]) as aws:
        for name in ("photos", "manifests"):
            aws.create_bucket(name)
        seeding = seconds(lambda: aws.put_objects("photos", keys))
        etag = aws.client("s3").put_object(Bucket="manifests", Key="m.csv", Body=manifest)["ETag"]
        request = request_of("arn:aws:s3:::manifests/m.csv", etag)
        control: Any = aws.client("s3control")
        return seeding, seconds(lambda: control.create_job(**request))


def request_of(manifest: str, etag: str) -> dict[str, Any]:
    """CreateJob's parameters for a manifest, with a report of every task.

    :param manifest: the ARN of the object.
    """
    return {
        "AccountId": "123456789012",
        "Operation": {"S3PutObjectTagging": {"TagSet": [{"Key": "year", "Value": "2026"}]}},
        "Manifest": {
            "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
            "Location": {"ObjectArn": manifest, "ETag": etag},
        },
        "Report": {
            "Bucket": "arn:aws:s3:::manifests",
            "Format": "Report_CSV_20180820",
            "Enabled": True,
            "ReportScope": "AllTasks",
        },
        "Priority": 1,
        "RoleArn": "arn:aws:iam::123456789012:role/batch",
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
