"""The state keeps its promises: keys stay in order, and a call that fails changes nothing."""

from __future__ import annotations

import copy
from functools import partial
from typing import Any

import boto3
import pytest
from botocore.config import Config
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from conftest import ACCOUNT, fuzzing
from s3tag_mock import mock_tagging
from s3tag_mock.state import sorted_keys
from s3tag_mock.state.keys import KeyIndex
from tests.support import send_raw, tag_set
from tools.fuzz.outcome import answered

KEYS = st.text("ab\U0001f600\uffff", max_size=3)


class KeyIndexMachine(RuleBasedStateMachine):
    """A KeyIndex against a plain dict."""

    def __init__(self) -> None:
        super().__init__()
        self.index: KeyIndex[list[int]] = KeyIndex(list.copy)
        self.forks: list[tuple[KeyIndex[list[int]], dict[str, list[int]]]] = []
        self.model: dict[str, list[int]] = {}

    @rule(key=KEYS, value=st.integers())
    def put(self, key: str, value: int) -> None:
        self.index.put(key, [value])
        self.model[key] = [value]

    @rule(key=KEYS, value=st.integers())
    def change(self, key: str, value: int) -> None:
        """What a look-up gives may be changed in place."""
        item = self.index.get(key)
        if item is not None:
            item.append(value)
            self.model[key].append(value)

    @rule(key=KEYS)
    def remove(self, key: str) -> None:
        if key in self.model:
            self.index.remove(key)
            del self.model[key]

    @rule(key=KEYS, inclusive=st.booleans())
    def walk(self, key: str, inclusive: bool) -> None:
        wanted = sorted(one for one in self.model if one > key or (inclusive and one == key))
        assert list(self.index.after(key, inclusive=inclusive)) == [(one, self.model[one]) for one in wanted]

    @rule(follow=st.booleans())
    def fork(self, follow: bool) -> None:
        """Both go their own way; this goes on with one of them, and the other must stay as it is."""
        twin, same = self.index.fork(), copy.deepcopy(self.model)
        self.forks.append((self.index if follow else twin, same))
        if follow:
            self.index = twin

    @invariant()
    def same(self) -> None:
        for index, model in [(self.index, self.model), *self.forks]:
            assert list(index.after("", inclusive=True)) == sorted(model.items())
            assert list(index) == sorted(model, key=lambda key: key.encode())
            assert len(index) == len(model)
            assert all(key in index for key in model)
            assert "zzzz" not in index
            assert index.get("zzzz") is None

    def teardown(self) -> None:
        for index, model in [(self.index, self.model), *self.forks]:
            assert {key: index.get(key) for key in model} == model


class SmallBlocks(KeyIndexMachine):
    """The same with blocks that are split and emptied all the time."""

    def __init__(self) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(sorted_keys, "_BLOCK", 2)
        super().__init__()

    def teardown(self) -> None:
        super().teardown()
        self.patch.undo()


TestKeyIndex = KeyIndexMachine.TestCase
TestKeyIndex.settings = fuzzing(40, steps=20)
TestSmallBlocks = SmallBlocks.TestCase
TestSmallBlocks.settings = TestKeyIndex.settings

#: What nobody would write, and some call might meet all the same.
ODD = st.none() | st.text(max_size=5) | st.integers(-1, 2000) | st.lists(st.none(), max_size=2) | st.just({})
ODD_TAGGING = (
    ODD
    | st.fixed_dictionaries({"TagSet": ODD})
    | st.fixed_dictionaries(
        {"TagSet": st.lists(st.fixed_dictionaries({"Key": ODD, "Value": ODD}), max_size=12)}
    )
)


@fuzzing(150)
@given(tagging=ODD_TAGGING, version=ODD, owner=ODD, operation=st.sampled_from(["object", "bucket", "job"]))
def test_odd_values(tagging: Any, version: Any, owner: Any, operation: str) -> None:
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos", tags={"a": "1"})
        aws.put_objects("photos", ["k"], tags={"a": "1"})
        config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
        s3, control = boto3.client("s3", config=config), boto3.client("s3control", config=config)
        optional = {"ExpectedBucketOwner": owner} if owner is not None else {}
        calls = {
            "object": lambda: s3.put_object_tagging(
                Bucket="photos", Key="k", Tagging=tagging, VersionId=version, **optional
            ),
            "bucket": lambda: s3.put_bucket_tagging(Bucket="photos", Tagging=tagging, **optional),
            "job": lambda: control.create_job(
                AccountId=ACCOUNT,
                Operation={"S3PutObjectTagging": tagging},
                Manifest=version,
                Report=owner,
                Priority=version,
                RoleArn=owner,
            ),
        }
        answered(aws, calls[operation], may_be_unsendable=True)


@fuzzing(150)
@given(
    body=st.binary(max_size=40)
    | st.text("<>/&;TagingSeKyVlu x#0", max_size=60).map(str.encode)
    | st.recursive(
        st.sampled_from(["", "x", " "]),
        lambda inner: st.tuples(st.sampled_from(["Tagging", "TagSet", "Tag", "Key", "Value"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
    ).map(str.encode),
    operation=st.sampled_from(["put_object_tagging", "put_bucket_tagging", "put_bucket_versioning"]),
    md5=st.booleans(),
)
def test_arbitrary_bodies(body: bytes, operation: str, md5: bool) -> None:
    from tests.support import content_md5

    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos", tags={"a": "1"})
        aws.put_objects("photos", ["k"], tags={"a": "1"})
        params: dict[str, Any] = {"Bucket": "photos"}
        if operation == "put_bucket_versioning":
            params["VersioningConfiguration"] = {"Status": "Enabled"}
        else:
            params["Tagging"] = tag_set()
        if operation == "put_object_tagging":
            params["Key"] = "k"
        headers = content_md5(body) if md5 else {}
        call = partial(send_raw, aws.client("s3"), operation, body=body, headers=headers, **params)
        answered(aws, call, may_be_unsendable=True)


@fuzzing(100)
@given(
    manifest=st.binary(max_size=40) | st.text('photos,k"\n\r% +', max_size=60).map(str.encode),
    fields=st.integers(2, 3),
)
def test_arbitrary_manifests(manifest: bytes, fields: int) -> None:
    """Whatever the manifest holds, the job comes to an end, and counts what it did."""
    from tests.support import run_job

    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["k"])
        described = run_job(aws, manifest=manifest, fields=("Bucket", "Key", "VersionId")[:fields])
        assert described["Status"] in {"Complete", "Failed"}
        progress = described["ProgressSummary"]
        done = progress["NumberOfTasksSucceeded"] + progress["NumberOfTasksFailed"]
        assert done == progress["TotalNumberOfTasks"]
        assert bool(described["FailureReasons"]) == (described["Status"] == "Failed")


@pytest.mark.parametrize("depth", [10_000])
def test_deep_nesting_is_answered(aws: Any, photos: str, s3: Any, depth: int) -> None:
    body = b"<Tagging>" * depth + b"</Tagging>" * depth
    answered(
        aws,
        lambda: send_raw(s3, "put_object_tagging", body=body, Bucket=photos, Key="a.jpg", Tagging=tag_set()),
    )
