"""If-Match and its kin, and Range, through a boto3 client."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from conftest import needs_botocore
from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.s3.ranges import byte_range
from tests.support import refusal

ETAG = '"5d41402abc4b2a76b9719d911017c592"'
NOW = datetime.now(timezone.utc)
#: Stands for the very second at which the object was stored.
STORED = "stored"
PAST, FUTURE = NOW - timedelta(days=1), NOW + timedelta(days=1)


@pytest.fixture
def hello(photos: str, s3: Any) -> dict[str, str]:
    s3.put_object(Bucket=photos, Key="hello", Body=b"hello", Tagging="a=1")
    return {"Bucket": photos, "Key": "hello"}


@pytest.mark.parametrize(
    ("conditions", "status", "condition"),
    [
        ({"IfMatch": ETAG}, 200, None),
        ({"IfMatch": ETAG.strip('"')}, 200, None),
        ({"IfMatch": "*"}, 200, None),
        ({"IfMatch": '"other"'}, 412, "If-Match"),
        ({"IfUnmodifiedSince": STORED}, 200, None),
        ({"IfUnmodifiedSince": FUTURE}, 200, None),
        ({"IfUnmodifiedSince": PAST}, 412, "If-Unmodified-Since"),
        ({"IfMatch": ETAG, "IfUnmodifiedSince": PAST}, 200, None),
        ({"IfNoneMatch": ETAG}, 304, None),
        ({"IfNoneMatch": '"other"'}, 200, None),
        ({"IfModifiedSince": STORED}, 304, None),
        ({"IfModifiedSince": PAST}, 200, None),
        # A date that is still to come is ignored (LS test_s3_get_object_preconditions).
        ({"IfModifiedSince": FUTURE}, 200, None),
        ({"IfNoneMatch": '"other"', "IfModifiedSince": STORED}, 200, None),
    ],
)
def test_conditions_of_reading(s3: Any, hello: Any, conditions: Any, status: int, condition: Any) -> None:
    stored = s3.head_object(**hello)["LastModified"]
    conditions = {name: stored if given is STORED else given for name, given in conditions.items()}
    for operation in (s3.get_object, s3.head_object):
        if status == 200:
            assert operation(**hello, **conditions)["ETag"] == ETAG
            continue
        refused = refusal(lambda: operation(**hello, **conditions))  # noqa: B023
        assert refused["Status"] == status
        if operation == s3.get_object and status == 412:
            assert (refused["Code"], refused["Condition"]) == ("PreconditionFailed", condition)
        else:
            assert refused["Message"] in {"Not Modified", "Precondition Failed"}


def test_what_was_not_modified_names_what_it_is(s3: Any, hello: Any) -> None:
    with pytest.raises(ClientError) as refused:
        s3.get_object(**hello, IfNoneMatch=ETAG)
    assert refused.value.response["ResponseMetadata"]["HTTPHeaders"]["etag"] == ETAG


@needs_botocore("1.36.0", "PutObject's conditions")
class TestStoring:
    def test_only_if_nothing_is_there(self, aws: Any, s3: Any, hello: Any) -> None:
        s3.put_object(Bucket="photos", Key="new", IfNoneMatch="*")
        refused = refusal(lambda: s3.put_object(**hello, IfNoneMatch="*", Body=b"changed"))
        assert (refused["Status"], refused["Condition"]) == (412, "If-None-Match")
        s3.delete_object(**hello)
        s3.put_object(**hello, IfNoneMatch="*")

    def test_only_if_it_is_what_was_read(self, s3: Any, hello: Any) -> None:
        s3.put_object(**hello, IfMatch=ETAG, Body=b"changed")
        refused = refusal(lambda: s3.put_object(**hello, IfMatch=ETAG, Body=b"again"))
        assert (refused["Status"], refused["Condition"]) == (412, "If-Match")
        assert refusal(lambda: s3.put_object(Bucket="photos", Key="new", IfMatch=ETAG))["Code"] == "NoSuchKey"
        assert s3.get_object(**hello)["Body"].read() == b"changed"

    @pytest.mark.parametrize(
        ("conditions", "header"),
        [
            ({"IfNoneMatch": ETAG}, "If-None-Match"),
            ({"IfMatch": "*"}, "If-Match"),
            ({"IfMatch": ETAG, "IfNoneMatch": "*"}, "If-Match,If-None-Match"),
        ],
    )
    def test_what_s3_does_not_take(self, aws: Any, hello: Any, conditions: Any, header: str) -> None:
        s3 = aws.client("s3", config=Config(retries={"total_max_attempts": 1}))
        refused = refusal(lambda: s3.put_object(**hello, **conditions))
        assert (refused["Status"], refused["Code"], refused["Header"]) == (501, "NotImplemented", header)
        several = "Multiple conditional request headers present in the request"
        one = f"We don't accept the provided value of {header} header for this API"
        assert refused["additionalMessage"] == (several if len(conditions) > 1 else one)


@pytest.mark.parametrize(
    ("header", "body", "shown"),
    [
        ("bytes=0-1", b"he", "bytes 0-1/5"),
        ("bytes=1-", b"ello", "bytes 1-4/5"),
        ("bytes=-2", b"lo", "bytes 3-4/5"),
        ("bytes=-1", b"o", "bytes 4-4/5"),
        ("bytes=-9", b"hello", "bytes 0-4/5"),
        ("bytes=3-99", b"lo", "bytes 3-4/5"),
        ("bytes=0-1,3-4", b"hello", None),
        ("bytes=3-1", b"hello", None),
        ("bytes=-", b"hello", None),
        ("words=0-1", b"hello", None),
        (f"bytes={'9' * 5000}-", b"hello", None),
    ],
)
def test_ranges(s3: Any, hello: Any, header: str, body: bytes, shown: str | None) -> None:
    answer = s3.get_object(**hello, Range=header)
    assert (answer["Body"].read(), answer.get("ContentRange"), answer["TagCount"]) == (body, shown, 1)
    assert answer["AcceptRanges"] == "bytes"
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == (206 if shown else 200)
    assert s3.head_object(**hello, Range=header)["ContentLength"] == len(body)


@pytest.mark.parametrize("header", ["bytes=5-", "bytes=100-200", "bytes=-0"])
def test_ranges_outside(s3: Any, hello: Any, header: str) -> None:
    assert refusal(lambda: s3.get_object(**hello, Range=header)) == {
        "Status": 416,
        "Code": "InvalidRange",
        "Message": "The requested range is not satisfiable",
        "ActualObjectSize": "5",
        "RangeRequested": header,
    }


@given(size=st.integers(0, 20), first=st.integers(0, 25), last=st.integers(0, 25))
def test_ranges_are_slices(size: int, first: int, last: int) -> None:
    body = bytes(range(size))
    try:
        found = byte_range(f"bytes={first}-{last}", size)
    except AwsError:
        assert first >= size
        return
    if found is None:
        assert last < first
    else:
        assert body[found[0] : found[1] + 1] == body[first : last + 1] != b""


def test_downloads_in_ranges(s3: Any, photos: str, tmp_path: Any) -> None:
    from boto3.s3.transfer import TransferConfig

    body = bytes(range(256)) * 100
    s3.put_object(Bucket=photos, Key="big", Body=body)
    target = tmp_path / "big"
    config = TransferConfig(multipart_threshold=5_000, multipart_chunksize=5_000, max_concurrency=4)
    s3.download_file(photos, "big", str(target), Config=config)
    assert target.read_bytes() == body
