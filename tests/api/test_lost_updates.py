"""Tags that are lost between a read and a write, and in jobs."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from typing import Any

import boto3

from conftest import ACCOUNT
from s3tag_mock import mock_tagging
from tests.support import tag_set, tagging_job

SKY = {"Bucket": "photos", "Key": "sky.jpg"}


def findings(test: Callable[[Any], object]) -> list[str]:
    """What is found in a test."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with mock_tagging() as aws:
            aws.create_bucket("photos")
            aws.put_objects("photos", ["sky.jpg"], tags={"owner": "ann"})
            test(aws)
    return [str(one.message) for one in caught]


class Writer:
    """Adds a tag in two steps, with a client of its own."""

    def __init__(self) -> None:
        self.s3 = boto3.client("s3")
        self.tags: list[dict[str, str]] = []

    def read(self) -> Writer:
        self.tags = self.s3.get_object_tagging(**SKY)["TagSet"]
        return self

    def write(self, **added: str) -> Writer:
        tags = [*self.tags, *tag_set(**added)["TagSet"]]
        self.s3.put_object_tagging(**SKY, Tagging={"TagSet": tags})
        return self


class TestLostUpdates:
    def test_between_two_clients(self) -> None:
        def race(aws: Any) -> None:
            one, other = Writer().read(), Writer().read()
            other.write(legal="hold")
            one.write(year="2026")

        (found,) = findings(race)
        assert found.startswith(
            "lost_update: PutObjectTagging on Bucket='photos' Key='sky.jpg' erased the tags 'legal', which "
            "another client or thread had put after this one's GetObjectTagging."
        )

    def test_between_two_threads_with_one_client(self) -> None:
        def race(aws: Any) -> None:
            writer = Writer().read()
            other = threading.Thread(
                target=writer.s3.put_object_tagging,
                kwargs={**SKY, "Tagging": tag_set(owner="ann", legal="hold")},
            )
            other.start()
            other.join()
            writer.write(year="2026")

        assert [found.partition(":")[0] for found in findings(race)] == ["lost_update"]

    def test_a_reader_that_looked_again_knows(self) -> None:
        def test(aws: Any) -> None:
            one, other = Writer().read(), Writer().read()
            other.write(legal="hold").read()  # which says nothing of what the first one knows
            one.read().write(year="2026")

        assert findings(test) == []

    def test_a_tag_that_a_third_one_has_read_may_be_removed(self) -> None:
        def test(aws: Any) -> None:
            one, other = Writer().read(), Writer().read()
            other.write(legal="hold")
            Writer().read()
            one.write(year="2026")

        assert findings(test) == []

    def test_a_write_that_follows_a_write_replaces(self) -> None:
        def test(aws: Any) -> None:
            one = Writer().read().write(a="1")
            Writer().read().write(legal="hold")
            one.write(b="2")

        assert findings(test) == []

    def test_tags_that_are_kept_are_not_lost(self) -> None:
        def test(aws: Any) -> None:
            one = Writer().read()
            Writer().read().write(legal="hold")
            one.write(legal="no", year="2026")

        assert findings(test) == []


class TestJobs:
    def test_tags_that_nobody_had_read(self) -> None:
        def test(aws: Any) -> None:
            aws.put_objects("photos", ["sea.jpg"], tags={"owner": "bob", "album": "north"})
            params = tagging_job(aws, "photos,sky.jpg", "photos,sea.jpg", tags={"owner": "eve"})
            aws.client("s3control").create_job(**params)

        (found,) = findings(test)
        assert "(S3PutObjectTagging) erased tags that nobody had read: 'album' of photos/sea.jpg." in found
        assert found.endswith("If the test intends this, write mock_tagging(allow=['lost_tags']).")

    def test_tags_that_somebody_read_before_or_looked_at_after(self) -> None:
        def read(aws: Any) -> None:
            aws.client("s3").get_object_tagging(**SKY)
            aws.client("s3control").create_job(**tagging_job(aws, "photos,sky.jpg"))

        def looked_at(aws: Any) -> None:
            aws.client("s3control").create_job(**tagging_job(aws, "photos,sky.jpg"))
            assert aws.object_tags("photos", "sky.jpg") == {"team": "red"}

        def read_again(aws: Any) -> None:
            aws.client("s3control").create_job(**tagging_job(aws, "photos,sky.jpg"))
            aws.client("s3").get_object_tagging(**SKY)

        assert findings(read) == findings(looked_at) == findings(read_again) == []

    def test_a_job_that_removes_tags(self) -> None:
        def test(aws: Any) -> None:
            params = tagging_job(aws, "photos,sky.jpg", Operation={"S3DeleteObjectTagging": {}})
            job_id = aws.client("s3control").create_job(**params)["JobId"]
            aws.client("s3control").describe_job(AccountId=ACCOUNT, JobId=job_id)

        assert findings(test) == []

    def test_many_objects(self) -> None:
        def test(aws: Any) -> None:
            keys = [f"{number:03}.jpg" for number in range(120)]
            aws.put_objects("photos", keys, tags={"owner": "ann"})
            aws.client("s3control").create_job(**tagging_job(aws, *(f"photos,{key}" for key in keys)))

        (found,) = findings(test)
        assert (
            "'owner' of photos/000.jpg; 'owner' of photos/001.jpg; 'owner' of photos/002.jpg; and more"
            in found
        )
