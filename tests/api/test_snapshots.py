"""What a mock remembers, kept and restored; tests that share a mock and don't disturb each other."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing
from s3tag_mock import mock_tagging
from tests.api.pytester_support import run
from tests.batch.support import deny
from tests.support import run_job, tag_set


def test_everything_comes_back_but_calls_and_faults(aws: Any, photos: str, s3: Any) -> None:
    aws.clock.set("2026-01-01")
    deny(s3, photos, "s3:PutObjectAcl")
    policy = s3.get_bucket_policy(Bucket=photos)["Policy"]
    before = aws.snapshot()
    assert repr(before) == "<snapshot: 1 buckets, 0 jobs>"
    for _ in range(2):
        s3.put_object_tagging(Bucket=photos, Key="c.jpg", Tagging=tag_set(team="red"))
        s3.put_object(Bucket=photos, Key="new.jpg")
        s3.delete_object(Bucket=photos, Key="a.jpg")
        s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(a="1"))
        s3.delete_bucket_policy(Bucket=photos)
        aws.create_bucket("more")
        run_job(aws, f"{photos},b.jpg")
        aws.clock.advance(days=1)
        fault = aws.faults.add("ListBuckets", "SlowDown", optional=True)
        number = len(aws.calls)
        aws.restore(before)
        assert (aws.buckets, aws.keys(photos)) == ([photos], ["a.jpg", "b.jpg", "c.jpg"])
        assert (aws.object_tags(photos, "c.jpg"), aws.bucket_tags(photos)) == ({"team": "blue"}, {})
        assert len(aws.jobs) == 0
        assert aws.clock.now() == datetime(2026, 1, 1, tzinfo=timezone.utc)
        assert (len(aws.calls), list(aws.faults)) == (number, [fault])
        assert s3.get_bucket_policy(Bucket=photos)["Policy"] == policy
        fault.remove()


def test_ids_are_the_same_again(aws: Any, photos: str) -> None:
    def job_id() -> str:
        with aws.isolated():
            return str(run_job(aws, f"{photos},b.jpg")["JobId"])

    assert job_id() == job_id()


def test_what_is_isolated_is_undone_after_an_error_too(aws: Any, photos: str) -> None:
    with pytest.raises(ZeroDivisionError), aws.isolated():
        aws.tag_object(photos, "a.jpg", {"a": "1"})
        assert 1 / 0
    assert aws.object_tags(photos, "a.jpg") == {}


CHANGES = st.lists(
    st.tuples(st.sampled_from(["put", "tag", "delete"]), st.sampled_from(["a", "b", "c"])), max_size=8
)


@given(CHANGES, CHANGES)
@fuzzing(20)
def test_any_changes_are_undone(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    def change(aws: Any, changes: list[tuple[str, str]]) -> None:
        for what, key in changes:
            if what == "put":
                aws.put_objects("photos", [key], tags={"n": str(len(aws.keys("photos")))})
            elif key in aws.keys("photos"):
                if what == "tag":
                    aws.tag_object("photos", key, {"tagged": "1"})
                else:
                    aws.client("s3").delete_object(Bucket="photos", Key=key)

    def seen(aws: Any) -> dict[str, Any]:
        return {key: aws.object_tags("photos", key) for key in aws.keys("photos")}

    with mock_tagging() as aws:
        aws.create_bucket("photos")
        change(aws, before)
        expected, kept = seen(aws), aws.snapshot()
        for _ in range(2):
            change(aws, after)
            aws.restore(kept)
            assert seen(aws) == expected


def test_the_fixture_starts_as_a_copy_of_a_wider_mock(pytester: pytest.Pytester) -> None:
    body = """
    @pytest.fixture(scope="module", autouse=True)
    def wide():
        with mock_tagging() as aws:
            aws.create_bucket("photos")
            yield aws
            assert aws.buckets == ["photos"]

    @pytest.mark.parametrize("number", range(2))
    def test_it(tagging_mock, wide, number):
        assert tagging_mock.buckets == ["photos"]
        boto3.client("s3").create_bucket(Bucket="more")
        assert wide.buckets == tagging_mock.buckets == ["more", "photos"]
        assert len(tagging_mock.calls) == 1

    @pytest.mark.tagging_mock(clock="2026-01-31T12:00:00Z", seed=3)
    def test_clock(tagging_mock):
        assert tagging_mock.clock.now().isoformat() == "2026-01-31T12:00:00+00:00"
    """
    assert run(pytester, body).parseoutcomes() == {"passed": 3}


class TestMoments:
    @pytest.mark.parametrize(
        "moment",
        [
            "2026-01-31",
            "2026-01-31T00:00:00Z",
            "2026-01-31T01:00:00+01:00",
            datetime(2026, 1, 31),
            datetime(2026, 1, 31).date(),
        ],
        ids=str,
    )
    def test_what_a_clock_takes(self, moment: Any) -> None:
        expected = datetime(2026, 1, 31, tzinfo=timezone.utc)
        with mock_tagging(clock=moment) as aws:
            assert aws.clock.now() == expected
            assert aws.clock.advance(timedelta(minutes=1), seconds=2) == expected + timedelta(seconds=62)
            assert aws.clock.advance(30) == expected + timedelta(seconds=92)
            assert aws.clock.set(moment) == expected

    @pytest.mark.parametrize("moment", ["soon", 5, "2026-13-01"])
    def test_what_it_refuses(self, moment: Any) -> None:
        with pytest.raises(Exception, match="is not a moment. Write a datetime, a date, or a str"):
            mock_tagging(clock=moment)


def test_regions_are_named_alike_everywhere(aws: Any) -> None:
    assert aws.client("s3", region="eu-west-1").meta.region_name == "eu-west-1"
    with pytest.raises(Exception, match="region='europe' is not a region"):
        mock_tagging(region="europe")
