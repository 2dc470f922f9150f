"""Seeding and looking through the handle."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock import Misuse, mock_tagging
from s3tag_mock.exceptions import UnknownName
from tests.support import run_job, tag_set


def test_seeding(aws: Any, s3: Any) -> None:
    assert aws.create_bucket("photos", region="eu-west-1", versioning=True, tags={"team": "blue"}) == "photos"
    assert aws.put_objects("photos", {"a": b"1", "b": b"22"}, tags={"n": "1"}) == 2
    assert aws.put_objects("photos", (f"{n}" for n in range(3)), body=b"x") == 3
    assert s3.get_bucket_versioning(Bucket="photos")["Status"] == "Enabled"
    assert s3.get_object(Bucket="photos", Key="b")["Body"].read() == b"22"
    assert s3.head_object(Bucket="photos", Key="2")["ETag"] == '"9dd4e461268c8034f5c8564e155c67a6"'
    assert aws.bucket_tags("photos") == {"team": "blue"}
    assert aws.object_tags("photos", "a") == {"n": "1"}
    version = s3.head_object(Bucket="photos", Key="a")["VersionId"]
    assert aws.object_tags("photos", "a", version) == {"n": "1"}


@pytest.mark.parametrize(
    "tags",
    [{"1.jpg": {"n": "1"}, "2.jpg": {"n": "2"}}, lambda key: {} if key == "0.jpg" else {"n": key[0]}],
    ids=["mapping", "function"],
)
def test_seeds_with_tags_for_each_key(aws: Any, tags: Any) -> None:
    aws.create_bucket("photos")
    assert aws.put_objects("photos", (f"{n}.jpg" for n in range(3)), tags=tags) == 3
    assert [aws.object_tags("photos", key) for key in aws.keys("photos")] == [{}, {"n": "1"}, {"n": "2"}]


def test_tags_of_what_is_there(aws: Any, photos: str) -> None:
    aws.tag_object(photos, "c.jpg", {"team": "red"})
    assert aws.object_tags(photos, "c.jpg") == {"team": "red"}
    assert len(aws.calls) == 0


def test_buckets_and_keys(aws: Any, photos: str, s3: Any) -> None:
    aws.create_bucket("a-versioned-one", versioning=True)
    aws.put_objects("a-versioned-one", ["kept", "deleted"])
    s3.delete_object(Bucket="a-versioned-one", Key="deleted")
    assert aws.buckets == ["a-versioned-one", "photos"]
    assert aws.keys("a-versioned-one") == ["kept"]


def test_an_object(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos", versioning=True)
    aws.put_objects("photos", {"a.jpg": b"one"})
    answer = s3.put_object(
        Bucket="photos",
        Key="a.jpg",
        Body=b"three",
        Metadata={"who": "ann"},
        ContentType="image/jpeg",
        StorageClass="GLACIER",
        Tagging="n=2",
    )
    seen = aws.object("photos", "a.jpg")
    assert (seen.bucket, seen.key, seen.body, seen.size) == ("photos", "a.jpg", b"three", 5)
    assert (seen.tags, seen.metadata, seen.storage_class) == ({"n": "2"}, {"who": "ann"}, "GLACIER")
    assert (seen.etag, seen.version_id) == (answer["ETag"], answer["VersionId"])
    assert seen.headers["ContentType"] == "image/jpeg"
    s3.delete_object(Bucket="photos", Key="a.jpg")
    first = aws.object("photos", "a.jpg", seen.version_id).versions[-1]
    assert (first.body, first.tags) == (b"one", {})
    marker, second, _ = first.versions
    assert (marker.is_delete_marker, second.last_modified) == (True, seen.last_modified)
    assert repr(second) == f"<Object photos/a.jpg ({seen.version_id}): 5 bytes, {{'n': '2'}}>"


def test_nothing_internal_is_shown(aws: Any) -> None:
    """What an editor offers behind a dot is what there is to write."""

    def names(shown: object) -> set[str]:
        return {name for name in dir(shown) if not name.startswith("_")}

    assertions = {"assert_called", "assert_not_called"}
    assert names(aws.calls) - names(()) == {*assertions, "failed", "last", "nth", "of", "retried"}
    assert names(aws.clock) == {"advance", "now", "set"}
    assert names(aws.snapshot()) == set()
    assert names(aws) >= {"buckets", "calls", "keys", "object", "tag_object"}
    assert not names(aws) & {"check", "is_on", "record", "report", "silence"}


def test_what_is_looked_at_is_the_tests_own(aws: Any, photos: str) -> None:
    aws.object_tags(photos, "c.jpg")["team"] = "green"
    assert aws.object_tags(photos, "c.jpg") == {"team": "blue"}


def test_seeds_share_a_tag_set_but_not_its_changes(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", ["a", "b"], tags={"n": "1"})
    s3.put_object_tagging(Bucket="photos", Key="a", Tagging=tag_set(n="2"))
    assert aws.object_tags("photos", "b") == {"n": "1"}


def test_legacy_bucket_names_can_be_seeded(aws: Any, s3: Any) -> None:
    aws.create_bucket("Legacy_Bucket")
    s3.put_object(Bucket="Legacy_Bucket", Key="k")
    assert s3.list_objects_v2(Bucket="Legacy_Bucket")["KeyCount"] == 1


def test_reset(aws: Any, photos: str, s3: Any) -> None:
    s3.list_buckets()
    aws.reset()
    assert len(aws.calls) == 0
    assert s3.list_buckets()["Buckets"] == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda aws: aws.create_bucket("ab"), "3 to 63 of a-z"),
        (lambda aws: aws.create_bucket("photos"), "The bucket 'photos' exists already"),
        (
            lambda aws: aws.create_bucket("new", tags=[{"Key": "a", "Value": "1"}]),
            r"Write tags=\{'team': 'blue'\}",
        ),
        (lambda aws: aws.create_bucket("new", tags={"AWS:x": "1"}), "Tags cannot start with"),
        (lambda aws: aws.put_objects("photos", ["k"], tags={"aws:x": "1"}), "cannot be prefixed with aws:"),
        (lambda aws: aws.put_objects("photos", "key"), r"Write put_objects\('photos', \['key'\]\)"),
        (lambda aws: aws.put_objects("photos", {"key": "text"}), "bodies as bytes, got 'key': str"),
        (lambda aws: aws.put_objects("photos", [1]), "keys as str"),
        (lambda aws: aws.put_objects("photos", [""]), "No object has the key ''"),
        (lambda aws: aws.put_objects("photos", ["\ud800"]), "keys have 1 to 1024 bytes in UTF-8"),
        (lambda aws: aws.put_objects("photos", ["\u00e9" * 513]), "keys have 1 to 1024 bytes in UTF-8"),
        (
            lambda aws: aws.put_objects("photos", ["a.jpg"], tags={"a.jpeg": {"a": "1"}}),
            "names the key 'a.jpeg', which isn't put. Did you mean 'a.jpg'",
        ),
        (lambda aws: aws.put_objects("photos", ["a"], tags=lambda key: key), "tags='a' is not a mapping"),
        (lambda aws: aws.tag_object("photos", "a.jpg", {"aws:x": "1"}), "cannot be prefixed with aws:"),
        (
            lambda aws: aws.tag_object("photos", "a.jpg", {"\ud800": ""}),
            "The TagKey you have provided is invalid",
        ),
        (
            lambda aws: aws.put_objects("photos", ["a"], tags={"a": ","}),
            "The TagValue you have provided is invalid",
        ),
        (lambda aws: aws.calls.of(print), "There is no operation <built-in function print>"),
        (lambda aws: aws.restore({}), r"\{\} is no snapshot. Write aws.restore"),
    ],
)
def test_wrong_seeds_say_what_to_write(aws: Any, photos: str, wrong: Any, says: str) -> None:
    with pytest.raises(Misuse, match=says):
        wrong(aws)


@pytest.mark.parametrize(
    ("look", "says"),
    [
        (lambda aws: aws.bucket_tags("photo"), "There is no bucket 'photo'. Did you mean 'photos'?"),
        (lambda aws: aws.put_objects("photo", ["a"]), "Did you mean 'photos'?"),
        (
            lambda aws: aws.object_tags("photos", "a.jpeg"),
            "There is no object 'a.jpeg' in 'photos'. Did you mean 'a.jpg'",
        ),
        (lambda aws: aws.object_tags("photos", "zzz"), "There are: 'a.jpg', 'b.jpg', 'c.jpg'."),
        (lambda aws: aws.object_tags("photos", "a.jpg", "v1"), "with the version 'v1'"),
        (lambda aws: aws.job_tags("nothing"), "There is no job 'nothing'. No job was created."),
        (lambda aws: aws.jobs["nothing"], "There is no job 'nothing'."),
        (lambda aws: aws.jobs[-1], "There is no job at position -1. No job was created."),
        (lambda aws: aws.jobs.last, "No job was created."),
        (lambda aws: aws.keys("photo"), "There is no bucket 'photo'. Did you mean 'photos'?"),
        (lambda aws: aws.object_tags(7, "k"), "There is no bucket 7. There are: 'photos'."),
        (lambda aws: aws.object("photos", "a.jpeg"), "Did you mean 'a.jpg'"),
        (lambda aws: aws.tag_object("photos", "a.jpeg", {}), "Did you mean 'a.jpg'"),
        (lambda aws: aws.calls.last, "There is no call number 1. <no calls>"),
        (lambda aws: aws.calls.nth(0), "There is no call number 0."),
    ],
)
def test_look_ups_that_find_nothing_say_what_there_is(aws: Any, photos: str, look: Any, says: str) -> None:
    with pytest.raises(UnknownName) as caught:
        look(aws)
    assert says in str(caught.value)


def test_look_ups_among_very_many_names(aws: Any, photos: str) -> None:
    """Those that stand next to it are looked at, and all are counted."""
    aws.put_objects(photos, [f"{number:05}.jpg" for number in range(3000)])
    with pytest.raises(UnknownName, match=r"Did you mean '02999\.jpg'"):
        aws.object_tags(photos, "02999.jpeg")
    with pytest.raises(UnknownName, match="There are: .* and 2998 more"):
        aws.object_tags(photos, "nothing of that kind")


def test_jobs(aws: Any, photos: str) -> None:
    assert repr(aws.jobs) == "<no jobs>"
    assert "nothing" not in aws.jobs
    job_id = run_job(aws, "photos,a.jpg", "photos,missing")["JobId"]
    (found,) = aws.jobs
    assert found == job_id
    view = aws.jobs[job_id]
    assert repr(view) == f"<Job {job_id} Complete: 1 succeeded, 1 failed of 2>"
    assert (view.id, view.tags, view.failure, view.request["Priority"]) == (job_id, {}, None, 10)
    assert repr(view) in repr(aws.jobs)


def test_jobs_by_position(aws: Any, photos: str) -> None:
    first, second = (
        run_job(aws, f"photos,{key}", ClientRequestToken=key)["JobId"] for key in ("a.jpg", "b.jpg")
    )
    assert (aws.jobs[0].id, aws.jobs[-1].id, aws.jobs.last.id) == (first, second, second)
    with pytest.raises(UnknownName, match="no job at position 2. 2 jobs were created"):
        aws.jobs[2]


def test_a_deleted_report_is_missed(aws: Any, photos: str, s3: Any) -> None:
    view = aws.jobs[run_job(aws, "photos,a.jpg")["JobId"]]
    s3.delete_object(Bucket="reports", Key=view.report().key)
    with pytest.raises(Misuse, match="was deleted from reports"):
        view.report()


def test_reprs(aws: Any, photos: str) -> None:
    assert repr(aws) == "<s3tag_mock: 1 bucket, 0 jobs, 0 calls>"
    assert repr(mock_tagging()) == "<s3tag_mock, not active>"
    assert repr(aws._world.buckets_of("us-east-1")[photos]) == "<Bucket 'photos' in us-east-1, 3 keys>"


class TestCalls:
    @pytest.fixture(autouse=True)
    def some_calls(self, photos: str, s3: Any) -> None:
        s3.put_object_tagging(Bucket=photos, Key="a.jpg", Tagging=tag_set(a="1"))
        with pytest.raises(s3.exceptions.NoSuchKey):
            s3.get_object_tagging(Bucket=photos, Key="nothing")

    def test_what_is_recorded(self, aws: Any) -> None:
        put, get = aws.calls
        assert (put.service, put.operation, put.status, put.error_code) == (
            "s3",
            "PutObjectTagging",
            200,
            None,
        )
        assert put.params["Tagging"] == tag_set(a="1")
        assert (get.status, get.error_code, get.response["Error"]["Key"]) == (
            404,
            "NoSuchKey",
            "photos/nothing",
        )
        assert str(get) == "s3.GetObjectTagging(Bucket='photos', Key='nothing') -> 404 NoSuchKey"
        assert list(aws.calls.of("GetObjectTagging")) == [get] == list(aws.calls[1:])
        assert str(put) in repr(aws.calls)

    def test_assertions_that_hold(self, aws: Any) -> None:
        aws.calls.assert_called("PutObjectTagging")
        aws.calls.assert_called("PutObjectTagging", Bucket="photos", Key="a.jpg", times=1)
        aws.calls.assert_called("DeleteObject", times=0)

    def test_assertions_that_do_not(self, aws: Any) -> None:
        with pytest.raises(AssertionError) as caught:
            aws.calls.assert_called("PutObjectTagging", Key="b.jpg", VersionId="v", times=1)
        assert str(caught.value).split("\n")[0] == (
            "PutObjectTagging(Key='b.jpg', VersionId='v') was expected once, and was called never."
        )
        assert str(caught.value).split("\n")[1:-1] == [
            f"The nearest call is {aws.calls[0]}",
            "It differs (- expected, + called):",
            "    Key=",
            "  - 'b.jpg'",
            "  ?  ^",
            "  + 'a.jpg'",
            "  ?  ^",
            "  - VersionId='v'",
            "  + VersionId is absent",
            "Calls of PutObjectTagging:",
        ]
        with pytest.raises(AssertionError, match="Did you mean 'PutObjectTagging'"):
            aws.calls.assert_called("PutBucketTagging")
        with pytest.raises(Misuse, match="There is no operation 'PutObjectTaging'. Did you mean 'PutObj"):
            aws.calls.assert_called("PutObjectTaging")


def test_no_calls(aws: Any) -> None:
    assert repr(aws.calls) == "<no calls>"
    with pytest.raises(AssertionError, match="Nothing was called"):
        aws.calls.assert_called("PutObject")
