"""A job over very many objects, with a bar that shows how far it is.

Run it with ``python examples/a_million_objects.py [objects]``.
"""

from __future__ import annotations

import sys
from typing import Any

from s3tag_mock import mock_tagging

WIDTH = 40


def main(objects: int) -> None:
    """Seed the objects, create a job that tags them all, and run it."""
    with mock_tagging(job_progress="manual") as aws:
        aws.create_bucket("photos")
        print(f"Seeding {objects:,} objects")
        aws.put_objects("photos", (f"{number:09}.jpg" for number in range(objects)))
        job_id = aws.client("s3control").create_job(
            AccountId="123456789012",
            Operation={"S3PutObjectTagging": {"TagSet": [{"Key": "year", "Value": "2026"}]}},
            ManifestGenerator={
                "S3JobManifestGenerator": {
                    "SourceBucket": "arn:aws:s3:::photos",
                    "EnableManifestOutput": False,
                }
            },
            Report={"Enabled": False},
            Priority=1,
            ClientRequestToken="one",
            RoleArn="arn:aws:iam::123456789012:role/batch",
        )["JobId"]
        aws.run_jobs(progress=lambda job: draw(job, objects))
        print(f"\n{aws.jobs[job_id]!r}")


def draw(job: Any, objects: int) -> None:
    """Draw the bar anew."""
    done = job.done / objects
    bar = "#" * round(done * WIDTH)
    print(f"\r{job.status:<10} [{bar:<{WIDTH}}] {done:4.0%}", end="", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
