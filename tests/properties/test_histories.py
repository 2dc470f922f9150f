"""Tags, versions and listings of random histories, compared with a model that is a dict of lists.

The model is written after the S3 user guide ("Using versioning in S3 buckets", "Categorizing your storage using
tags") and knows nothing of the mock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from botocore.exceptions import ClientError
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from conftest import ACCOUNT, fuzzing
from s3tag_mock import mock_tagging
from tests.support import tag_set, tagging_job

BUCKET = "photos"
ARN = f"arn:aws:s3:::{BUCKET}"
KEYS = st.sampled_from(["a", "a/b", "b"])
TAGS = st.dictionaries(st.sampled_from(["x", "y", "z"]), st.sampled_from(["", "1", "2"]), max_size=2)
#: Which version of a key, counted from the newest; None for the current one.
WHICH = st.none() | st.integers(0, 3)


@dataclass
class Version:
    """A version as the model knows it; a delete marker has no body."""

    id: str
    body: bytes | None = None
    tags: dict[str, str] = field(default_factory=dict)


class Model:
    """A bucket: keys to their versions, the oldest first."""

    def __init__(self) -> None:
        self.versioning: str | None = None
        self.keys: dict[str, list[Version]] = {}
        self.tags: dict[str, str] = {}

    def add(self, key: str, version: Version) -> None:
        """A new current version; one called null takes the place of the one that was called so."""
        versions = self.keys.setdefault(key, [])
        versions[:] = [one for one in versions if one.id != version.id]
        versions.append(version)

    def current(self, key: str) -> Version | None:
        """What a call without a version's id is about: nothing where a delete marker is on top."""
        versions = self.keys.get(key)
        return versions[-1] if versions and versions[-1].body is not None else None

    def remove(self, key: str, version_id: str) -> None:
        """Remove a version permanently."""
        self.keys[key] = [one for one in self.keys.get(key, []) if one.id != version_id]
        if not self.keys[key]:
            del self.keys[key]

    def delete(self, key: str, marker: str | None) -> None:
        """Delete without a version's id: a delete marker, once versioning was ever turned on."""
        if self.versioning is None:
            self.keys.pop(key, None)
        else:
            self.add(key, Version(marker or "null"))


class Histories(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.aws = mock_tagging(allow="all")
        self.aws.start()
        self.aws.create_bucket(BUCKET)
        self.s3, self.control = self.aws.client("s3"), self.aws.client("s3control")
        self.model = Model()

    def teardown(self) -> None:
        if hasattr(self, "aws"):
            self.aws.stop()

    # Objects and versions

    @rule(key=KEYS, body=st.binary(max_size=3), tags=TAGS)
    def put(self, key: str, body: bytes, tags: dict[str, str]) -> None:
        answer = self.s3.put_object(Bucket=BUCKET, Key=key, Body=body, Tagging=urlencode(tags))
        self.model.add(key, Version(self.id_of(answer), body, tags))

    @rule(source=KEYS, key=KEYS, which=WHICH, tags=st.none() | TAGS)
    def copy(self, source: str, key: str, which: int | None, tags: dict[str, str] | None) -> None:
        version = self.chosen(source, which)
        if source == key and which is None and tags is None:
            return  # AWS refuses a copy onto itself that changes nothing
        place = {"Bucket": BUCKET, "Key": source}
        if version is not None and which is not None:
            place["VersionId"] = version.id
        tagging: dict[str, str] = {}
        if tags is not None:
            tagging = {"TaggingDirective": "REPLACE", "Tagging": urlencode(tags)}
        if source == key:
            tagging["MetadataDirective"] = "REPLACE"
        call = lambda: self.s3.copy_object(Bucket=BUCKET, Key=key, CopySource=place, **tagging)
        if version is None or version.body is None:
            self.refused(call)
            return
        self.model.add(key, Version(self.id_of(call()), version.body, version.tags if tags is None else tags))

    @rule(key=KEYS, tags=TAGS)
    def upload_in_parts(self, key: str, tags: dict[str, str]) -> None:
        upload = self.s3.create_multipart_upload(Bucket=BUCKET, Key=key, Tagging=urlencode(tags))["UploadId"]
        where = {"Bucket": BUCKET, "Key": key, "UploadId": upload}
        etag = self.s3.upload_part(**where, PartNumber=1, Body=b"part")["ETag"]
        parts = {"Parts": [{"PartNumber": 1, "ETag": etag}]}
        answer = self.s3.complete_multipart_upload(**where, MultipartUpload=parts)
        self.model.add(key, Version(self.id_of(answer), b"part", tags))

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        answer = self.s3.delete_object(Bucket=BUCKET, Key=key)
        assert answer.get("DeleteMarker", False) is (self.model.versioning is not None)
        self.model.delete(key, answer.get("VersionId"))

    @rule(key=KEYS, which=st.integers(0, 3))
    def delete_version(self, key: str, which: int) -> None:
        version = self.chosen(key, which)
        if version is not None:
            self.s3.delete_object(Bucket=BUCKET, Key=key, VersionId=version.id)
            self.model.remove(key, version.id)

    @rule(status=st.sampled_from(["Enabled", "Suspended"]))
    def set_versioning(self, status: str) -> None:
        self.s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": status})
        self.model.versioning = status

    # Tags

    @rule(key=KEYS, which=WHICH, tags=TAGS)
    def put_tags(self, key: str, which: int | None, tags: dict[str, str]) -> None:
        self.tag(key, which, tags, lambda where: self.s3.put_object_tagging(**where, Tagging=tag_set(**tags)))

    @rule(key=KEYS, which=WHICH)
    def delete_tags(self, key: str, which: int | None) -> None:
        self.tag(key, which, {}, lambda where: self.s3.delete_object_tagging(**where))

    def tag(
        self, key: str, which: int | None, tags: dict[str, str], call: Callable[[dict[str, str]], Any]
    ) -> None:
        version = self.chosen(key, which)
        where = {"Bucket": BUCKET, "Key": key}
        if version is not None and which is not None:
            where["VersionId"] = version.id
        if version is None or version.body is None:
            self.refused(lambda: call(where))
        else:
            call(where)
            version.tags = tags

    @rule(tags=TAGS)
    def put_bucket_tags(self, tags: dict[str, str]) -> None:
        self.s3.put_bucket_tagging(Bucket=BUCKET, Tagging=tag_set(**tags))
        self.model.tags = tags

    @rule()
    def delete_bucket_tags(self) -> None:
        self.s3.delete_bucket_tagging(Bucket=BUCKET)
        self.model.tags = {}

    @rule(tags=st.dictionaries(st.sampled_from(["x", "y", "z"]), st.just("3"), min_size=1, max_size=2))
    def tag_resource(self, tags: dict[str, str]) -> None:
        pairs = tag_set(**tags)["TagSet"]
        self.control.tag_resource(AccountId=ACCOUNT, ResourceArn=ARN, Tags=pairs)
        self.model.tags = {**self.model.tags, **tags}

    @rule(names=st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, max_size=2, unique=True))
    def untag_resource(self, names: list[str]) -> None:
        self.control.untag_resource(AccountId=ACCOUNT, ResourceArn=ARN, TagKeys=names)
        self.model.tags = {name: value for name, value in self.model.tags.items() if name not in names}

    @rule(keys=st.lists(KEYS, min_size=1, max_size=3, unique=True), tags=TAGS)
    def job_puts_tags(self, keys: list[str], tags: dict[str, str]) -> None:
        self.run_job(keys, tags, {"S3PutObjectTagging": tag_set(**tags)})

    @rule(keys=st.lists(KEYS, min_size=1, max_size=3, unique=True))
    def job_deletes_tags(self, keys: list[str]) -> None:
        self.run_job(keys, {}, {"S3DeleteObjectTagging": {}})

    def run_job(self, keys: list[str], tags: dict[str, str], operation: dict[str, Any]) -> None:
        rows = [f"{BUCKET},{key}" for key in keys]
        token = f"token {len(self.aws.jobs)}"
        wanted = tagging_job(self.aws, *rows, Operation=operation, ClientRequestToken=token)
        job = self.control.create_job(**wanted)["JobId"]
        summary = self.control.describe_job(AccountId=ACCOUNT, JobId=job)["Job"]["ProgressSummary"]
        found = [version for version in map(self.model.current, keys) if version is not None]
        assert summary["NumberOfTasksSucceeded"] == len(found)
        assert summary["NumberOfTasksFailed"] == len(keys) - len(found)
        for version in found:
            version.tags = tags

    # What must be the same

    @invariant()
    def versions_and_their_tags_are_the_same(self) -> None:
        if not hasattr(self, "model"):
            return
        listed = self.s3.list_object_versions(Bucket=BUCKET)
        found = [(one["Key"], one["VersionId"], one["IsLatest"]) for one in listed.get("Versions", [])]
        markers = [(one["Key"], one["VersionId"], one["IsLatest"]) for one in listed.get("DeleteMarkers", [])]
        assert found == self.expected(lambda version: version.body is not None)
        assert markers == self.expected(lambda version: version.body is None)
        for key, versions in self.model.keys.items():
            for version in versions:
                if version.body is not None:
                    self.check_version(key, version)

    def expected(self, wanted: Callable[[Version], bool]) -> list[tuple[str, str, bool]]:
        return [
            (key, version.id, version is versions[-1])
            for key, versions in sorted(self.model.keys.items())
            for version in reversed(versions)
            if wanted(version)
        ]

    def check_version(self, key: str, version: Version) -> None:
        where = {"Bucket": BUCKET, "Key": key, "VersionId": version.id}
        tags = self.s3.get_object_tagging(**where)["TagSet"]
        assert {tag["Key"]: tag["Value"] for tag in tags} == version.tags
        answer = self.s3.get_object(**where)
        assert answer["Body"].read() == version.body
        assert answer.get("TagCount", 0) == len(version.tags)

    @invariant()
    def the_listing_is_the_same_in_pages_too(self) -> None:
        if not hasattr(self, "model"):
            return
        wanted = [key for key in sorted(self.model.keys) if self.model.current(key) is not None]
        pages = self.s3.get_paginator("list_objects_v2").paginate(
            Bucket=BUCKET, PaginationConfig={"PageSize": 1}
        )
        assert [one["Key"] for page in pages for one in page.get("Contents", [])] == wanted
        folded = self.s3.list_objects_v2(Bucket=BUCKET, Delimiter="/")
        assert [one["Key"] for one in folded.get("Contents", [])] == [key for key in wanted if "/" not in key]
        prefixes = [one["Prefix"] for one in folded.get("CommonPrefixes", [])]
        assert prefixes == (["a/"] if "a/b" in wanted else [])

    @invariant()
    def the_buckets_tags_are_the_same(self) -> None:
        if not hasattr(self, "model"):
            return
        try:
            tags = self.s3.get_bucket_tagging(Bucket=BUCKET)["TagSet"]
        except ClientError as error:
            assert error.response["Error"]["Code"] == "NoSuchTagSet"
            tags = []
        assert {tag["Key"]: tag["Value"] for tag in tags} == self.model.tags
        listed = self.control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn=ARN)["Tags"]
        assert {tag["Key"]: tag["Value"] for tag in listed} == self.model.tags

    # Helpers

    def id_of(self, answer: Any) -> str:
        """The id of a version that was just made: null unless versioning is on."""
        assert ("VersionId" in answer) is (self.model.versioning == "Enabled")
        return str(answer.get("VersionId", "null"))

    def chosen(self, key: str, which: int | None) -> Version | None:
        versions = self.model.keys.get(key, [])
        if which is None:
            return self.model.current(key)
        return versions[-1 - which % len(versions)] if versions else None

    def refused(self, call: Callable[[], Any]) -> None:
        try:
            call()
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] in {400, 404, 405}
        else:
            raise AssertionError("there was nothing to do that to")


Histories.TestCase.settings = fuzzing(15, steps=20)
TestHistories = Histories.TestCase
