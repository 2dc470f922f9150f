"""``job_progress="timed"``: jobs move on by the mock's clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from conftest import ACCOUNT
from s3tag_mock import Misuse, mock_tagging
from tests.support import tagging_job

START = datetime(2026, 11, 25, tzinfo=timezone.utc)


@pytest.fixture
def timed() -> Any:
    with mock_tagging(job_progress="timed", clock=START) as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", [str(number) for number in range(250)])
        yield aws


def create(aws: Any, **changes: Any) -> str:
    rows = [f"photos,{number}" for number in range(250)]
    return str(aws.client("s3control").create_job(**tagging_job(aws, *rows, **changes))["JobId"])


def described(aws: Any, job_id: str) -> tuple[str, int]:
    job = aws.client("s3control").describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]
    return job["Status"], job["ProgressSummary"]["NumberOfTasksSucceeded"]


def test_each_status_takes_its_time(timed: Any) -> None:
    job_id = create(timed)
    seen = []
    for _ in range(10):
        seen.append(described(timed, job_id))
        timed.clock.advance(seconds=1)
    assert seen == [
        ("New", 0),
        ("Preparing", 0),
        ("Preparing", 0),
        ("Ready", 0),
        ("Active", 0),
        ("Active", 100),
        ("Active", 200),
        ("Completing", 250),
        ("Complete", 250),
        ("Complete", 250),
    ]


def test_what_happened_unseen_happened_in_its_time(timed: Any) -> None:
    """Also to the tags, which are looked at without a call of S3 Control."""
    job_id = create(timed)
    timed.clock.advance(days=1)
    assert timed.client("s3").get_object_tagging(Bucket="photos", Key="249")["TagSet"]
    assert timed.jobs[job_id].status == "Complete"
    job = timed.client("s3control").describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]
    assert job["TerminationDate"] - job["CreationTime"] == timedelta(seconds=7.5)
    assert timed.jobs[job_id].report().rows


def test_a_job_of_higher_priority_goes_first(timed: Any) -> None:
    low = create(timed, manifest=b"photos,1\n" * 1000)
    timed.clock.advance(seconds=4)
    high = create(timed, Priority=20, ClientRequestToken="two")
    timed.clock.advance(seconds=4)
    assert [described(timed, one) for one in (high, low)] == [("Active", 0), ("Pausing", 300)]
    timed.clock.advance(seconds=20)
    assert [described(timed, one) for one in (low, high)] == [("Complete", 1000), ("Complete", 250)]
    times = timed.client("s3control").describe_job(AccountId=ACCOUNT, JobId=low)["Job"]
    assert times["TerminationDate"] - times["CreationTime"] == timedelta(seconds=19.5)


def test_a_job_that_was_held_back_begins_when_the_other_ends(timed: Any) -> None:
    high = create(timed, Priority=20)
    low = create(timed, ClientRequestToken="two")
    timed.clock.advance(seconds=5)
    assert [described(timed, one) for one in (high, low)] == [("Active", 100), ("Ready", 0)]
    timed.client("s3control").update_job_status(AccountId=ACCOUNT, JobId=high, RequestedJobStatus="Cancelled")
    timed.clock.advance(seconds=0.1)
    assert described(timed, low) == ("Active", 10)


def test_a_job_that_is_cancelled_keeps_what_it_did(timed: Any) -> None:
    job_id = create(timed)
    timed.clock.advance(seconds=4.29)
    control = timed.client("s3control")
    control.update_job_status(AccountId=ACCOUNT, JobId=job_id, RequestedJobStatus="Cancelled")
    timed.clock.advance(seconds=5)
    assert described(timed, job_id) == ("Cancelled", 29)


def test_a_mistake_of_the_test_is_raised_once(timed: Any) -> None:
    when = lambda params: params["Nothing"] == 1
    timed.faults.add("PutObjectTagging", "SlowDown", when=when, optional=True)
    job_id = create(timed)
    timed.clock.advance(seconds=10)
    with pytest.raises(Misuse, match="KeyError"):
        described(timed, job_id)
    assert described(timed, job_id) == ("Failed", 0)


def test_a_job_that_waits_for_confirmation_waits(timed: Any) -> None:
    job_id = create(timed, ConfirmationRequired=True)
    timed.clock.advance(minutes=5)
    assert described(timed, job_id)[0] == "Suspended"


def test_polling_in_real_time_is_no_misuse() -> None:
    """Who polls where time stands still is told after a thousand calls that it does."""
    with mock_tagging(job_progress="timed") as aws:
        aws.create_bucket("photos")
        job_id = create(aws)
        for _ in range(3):
            described(aws, job_id)
        assert aws._entered().world.jobs[job_id].polls == 1
