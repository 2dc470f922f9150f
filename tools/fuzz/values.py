"""Values for parameters: names that exist and names that don't, numbers and dates at every border."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Final

ACCOUNT: Final = "123456789012"
OTHER_ACCOUNT: Final = "111122223333"
#: The mock's time when a sequence begins.
START: Final = datetime(2026, 5, 1, 12, 30, 15, tzinfo=timezone.utc)
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/batch"
#: The Lambda function that jobs of a sequence may call.
FUNCTION: Final = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:odd"


@dataclass(frozen=True)
class Ref:
    """Something that the world holds when the call is made: sequences stay valid when steps are left out.

    :param kind: ``bucket``, ``key``, ``version``, ... as :mod:`tools.fuzz.references` knows them.
    :param index: which one, counted round.
    """

    kind: str
    index: int = 0


@dataclass(frozen=True)
class JsonText:
    """A document that is sent as JSON in a string: a policy."""

    document: Any


#: Numbers: small ones, those around AWS's limits, and those around what machines can hold.
NUMBERS: Final = (
    *(0, 1, 2, 3, 5, 7, 10, 30, 31, 90, 100, 180, 365, 366, 999, 1000, 1001, 3650, 10_000, 10_001),
    *(36_500, 36_501, 604_800, 3_650_000, 2**31 - 1, 2**31, 2**32, 2**53, 2**63 - 1, 2**63, 10**30),
    *(-1, -30, -(2**31), -(2**63)),
)
_EAST: Final = timezone(timedelta(hours=14))
MOMENTS: Final = (
    *(datetime(year, 1, 1, tzinfo=timezone.utc) for year in (1, 2, 1000, 1601, 1900, 1970, 2001, 2025, 2038)),
    *(datetime(year, 1, 1, tzinfo=timezone.utc) for year in (2090, 2100, 2126, 9998, 9999)),
    datetime(1969, 12, 31, 23, 59, 59, tzinfo=timezone.utc),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone.utc),
    datetime(2030, 6, 1, 14, tzinfo=_EAST),
    *(START + timedelta(days=days) for days in (-400, -1, 0, 1, 2, 31, 400, 40_000)),
    START.replace(hour=0, minute=0, second=0) + timedelta(days=10),
)
WORDS: Final = (
    "Enabled", "Disabled", "Suspended", "GOVERNANCE", "COMPLIANCE", "ON", "OFF", "AES256", "aws:kms",
    "private", "public-read", "GLACIER", "DEEP_ARCHIVE", "STANDARD", "STANDARD_IA", "READ", "WRITE",
    "CanonicalUser", "COPY", "REPLACE", "Requester", "BucketOwner", "BucketOwnerPreferred", "ObjectWriter",
    "url", "Bucket", "Key", "Cancelled", "Ready", "Directory", "us-east-1", "eu-west-1", "EU",
    "S3BatchOperations_CSV_20180820", "CRC32", "SHA256", "CRC64NVME", "COMPOSITE", "FULL_OBJECT", "2.0",
    "2001-01-01", "true", "id", "x", "a", "b", "0", "-1", "*", "/", "%", "{}", "[]", "null", "1", "photos",
    "k", "a/k", "aws:x", "arn:aws:s3:::photos", "arn:aws:s3:::photos/*", "arn:aws:s3:::photos/manifest",
    "arn:aws:iam::*:role/x", "bytes=0-2", "bytes=-1", "bytes=9-", "bytes=x", "team=red", "a=1&a=2", "a=%zz",
    "=", "aws:x=1", "abc", "AAAA", "AAAAAA==", "DQ==", "1B2M2Y8AsgTpgAmY7PhCfg==", "<a>&amp;",
    "é\U0001f600", "", " ", "a" * 129, "v" * 257, "x" * 1025, "9" * 20, "1" * 64, "0" * 32, "\u2028",
    "a\tb", "a\nb", '"x"', '{"Statement": {}}', '"d41d8cd98f00b204e9800998ecf8427e"', ROLE, ACCOUNT,
    OTHER_ACCOUNT, "&".join(f"k{n}=v" for n in range(12)),
)  # fmt: skip
KEYS: Final = (
    "k",
    "a/k",
    "a/b/c",
    "é k+%",
    "\U0001f600",
    "..",
    "/",
    " ",
    "x" * 1024,
    "x" * 1025,
    "new",
    "manifest",
)
BUCKETS: Final = (
    *(
        "nothing",
        "fresh",
        "fresh-2",
        "UPPER",
        "ab",
        "",
        "a..b",
        "192.168.0.1",
        "x" * 64,
        "photos--use1-az1--x-s3",
    ),
    f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/myap",
    f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/none",
)
#: What stands where a document should have another type of thing.
MISPLACED: Final[tuple[Any, ...]] = (
    *(None, "", "x", 0, 1, -1, 2**40, 1.5, True),
    *([], {}, [[]], [{}], {"a": 1}, ["x"], [None]),
)
TAG_SETS: Final[tuple[Any, ...]] = (
    [],
    [{"Key": "a", "Value": "1"}],
    [{"Key": "team", "Value": "red"}, {"Key": "é\U0001f600", "Value": " + "}],
    [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}],
    [{"Key": f"k{n}", "Value": "v"} for n in range(10)],
    [{"Key": f"k{n}", "Value": "v"} for n in range(11)],
    [{"Key": f"k{n}", "Value": "v"} for n in range(51)],
    [{"Key": "aws:x", "Value": "1"}],
    [{"Key": "k" * 129, "Value": "v" * 257}],
    [{"Key": "", "Value": ""}],
    [{"Key": "a"}],
    [{"Value": "a"}],
    [{}],
)
#: What members are that say what a call is about, in the order of how often: existing things first.
NAMED: Final[dict[str, tuple[Any, ...]]] = {
    "AccountId": (*[ACCOUNT] * 18, OTHER_ACCOUNT, "abc"),
    "Bucket": (
        *(Ref("bucket", index % 3) for index in range(14)),
        *(Ref("bucket", index) for index in range(3, 8)),
        *(Ref("alias"), Ref("any bucket", 0), Ref("any bucket", 7), Ref("any bucket", 10)),
    ),
    "CopySource": (
        *(Ref("source", index) for index in range(8)),
        Ref("dated source"),
        "photos/nothing",
        "x",
        "",
    ),
    "Key": (
        *(Ref("key", index % 6) for index in range(12)),
        "k",
        "k",
        *(Ref("any key", index) for index in (3, 5, 9, 10)),
    ),
    "VersionId": (*(Ref("version", index) for index in range(8)), "null", "nothing", ""),
    "UploadId": (*(Ref("upload", index) for index in range(8)), "nothing"),
    "JobId": (*(Ref("job", index) for index in range(8)), "nothing", "00000000-0000-0000-0000-000000000000"),
    "ResourceArn": (*(Ref("arn", index) for index in range(8)), "x", "arn:aws:s3:::nothing"),
    "resourceArn": (*(Ref("arn", index) for index in range(8)), "x", "arn:aws:s3:::nothing"),
    "Name": ("myap", "myap", "other", "no", "-"),
    "ContinuationToken": (Ref("token"), "x", ""),
    "NextToken": (Ref("token"), "x", ""),
    "KeyMarker": (Ref("key", 0), "", "x"),
    "VersionIdMarker": (Ref("version", 0), "null", "x", ""),
    "UploadIdMarker": (Ref("upload", 0), "x", ""),
    "StartAfter": (Ref("key", 0), "", "x"),
    "Marker": (Ref("key", 0), "", "x"),
    "PartNumber": (1, 1, 1, 2, 2, 2, 3, 3, 10_000, 10_001, 0, -1, 2**31),
    "IfMatch": (Ref("etag"), '"x"', "*"),
    "IfNoneMatch": (Ref("etag"), '"x"', "*"),
    "Role": (ROLE, "x"),
    "RoleArn": (ROLE, ROLE, "x", "arn:aws:iam::*:role/x"),
    "TagSet": TAG_SETS,
    "ExpectedBucketOwner": (*[ACCOUNT] * 6, OTHER_ACCOUNT, "abc"),
    "ExpectedSourceBucketOwner": (ACCOUNT, OTHER_ACCOUNT),
    "Tagging": (
        "team=red",
        "a=1&b=2",
        "a=1&a=2",
        "a=%zz",
        "aws:x=1",
        "&".join(f"k{n}=v" for n in range(11)),
        "",
    ),
    "Prefix": ("", "a", "a/", "k", "x"),
    "Delimiter": ("/", "", "b", "xx"),
    "EncodingType": ("url", "url", "x"),
    "Metadata": ({}, {"a": "1"}, {"a": "é"}, {"a b": "1"}, {"a": "v" * 2100}),
    "Body": (b"", b"12345", b"photos,k\n", b"x" * 100),
}
