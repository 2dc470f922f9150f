"""ListObjectsV2, ListObjects and ListObjectVersions against a second, naive description of them."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
import urllib3
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import mock_tagging
from tests.support import refusal

KEYS = st.sets(st.text("ab/", min_size=1, max_size=5), max_size=12)
PREFIXES = st.text("ab/", max_size=2)


def naive(keys: set[str], prefix: str, delimiter: str) -> tuple[list[str], list[str]]:
    """Contents and common prefixes of a whole listing."""
    fitting = sorted(key for key in keys if key.startswith(prefix))
    if not delimiter:
        return fitting, []
    common = {
        prefix + key[len(prefix) :].partition(delimiter)[0] + delimiter
        for key in fitting
        if delimiter in key[len(prefix) :]
    }
    return [key for key in fitting if delimiter not in key[len(prefix) :]], sorted(common)


@pytest.mark.parametrize("operation", ["list_objects_v2", "list_objects", "list_object_versions"])
@given(keys=KEYS, prefix=PREFIXES, delimiter=st.sampled_from(["", "/", "b"]), size=st.integers(1, 4))
def test_pages_add_up_to_the_whole(
    operation: str, keys: set[str], prefix: str, delimiter: str, size: int
) -> None:
    with mock_tagging() as aws:
        aws.create_bucket("bucket")
        aws.put_objects("bucket", keys)
        wanted = {"Prefix": prefix, **({"Delimiter": delimiter} if delimiter else {})}
        pages = list(
            aws.client("s3")
            .get_paginator(operation)
            .paginate(Bucket="bucket", **wanted, PaginationConfig={"PageSize": size})
        )
        member = "Versions" if operation == "list_object_versions" else "Contents"
        contents = [one["Key"] for page in pages for one in page.get(member, [])]
        common = [one["Prefix"] for page in pages for one in page.get("CommonPrefixes", [])]
        assert (contents, common) == naive(keys, prefix, delimiter)
        for page in pages[:-1]:
            assert len(page.get(member, [])) + len(page.get("CommonPrefixes", [])) == size


@given(keys=KEYS, start=st.text("ab/", max_size=4))
def test_start_after(keys: set[str], start: str) -> None:
    with mock_tagging() as aws:
        aws.create_bucket("bucket")
        aws.put_objects("bucket", keys)
        answer = aws.client("s3").list_objects_v2(Bucket="bucket", StartAfter=start)
        assert [one["Key"] for one in answer.get("Contents", [])] == sorted(
            key for key in keys if key > start
        )


TOKEN = "The continuation token provided is incorrect"
MAX_KEYS = "Argument maxKeys must be an integer between 0 and 2147483647"


def test_fields_of_a_page(photos: str, s3: Any) -> None:
    page = s3.list_objects_v2(Bucket=photos, MaxKeys=2, FetchOwner=True)
    assert {"Delimiter", "ContinuationToken"}.isdisjoint(page)
    assert (page["Name"], page["Prefix"], page["MaxKeys"], page["KeyCount"]) == (photos, "", 2, 2)
    assert page["IsTruncated"] is True
    first = page["Contents"][0]
    assert (first["Key"], first["Size"], first["StorageClass"]) == ("a.jpg", 0, "STANDARD")
    assert first["ETag"] == '"d41d8cd98f00b204e9800998ecf8427e"'
    assert len(first["Owner"]["ID"]) == 64
    token = page["NextContinuationToken"]
    last = s3.list_objects_v2(Bucket=photos, ContinuationToken=token, Delimiter="/")
    assert [one["Key"] for one in last["Contents"]] == ["c.jpg"]
    assert (last["ContinuationToken"], last["Delimiter"], "Owner" in last["Contents"][0]) == (
        token,
        "/",
        False,
    )
    assert "NextContinuationToken" not in last


def test_an_empty_bucket_has_no_contents(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    answer = s3.list_objects_v2(Bucket="photos")
    assert "Contents" not in answer
    assert answer["KeyCount"] == 0


def test_a_thousand_keys_are_a_page(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", (f"{number:05}" for number in range(2500)))
    pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket="photos"))
    assert [page["KeyCount"] for page in pages] == [1000, 1000, 500]
    assert s3.list_objects_v2(Bucket="photos", MaxKeys=5000)["MaxKeys"] == 1000
    assert s3.list_objects_v2(Bucket="photos", MaxKeys=0)["KeyCount"] == 0


def test_encoding_is_undone_by_botocore_and_seen_when_asked_for(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", ["ü +/x"])
    assert s3.list_objects_v2(Bucket="photos")["Contents"][0]["Key"] == "ü +/x"
    asked = s3.list_objects_v2(Bucket="photos", EncodingType="url", Delimiter="/")
    assert asked["CommonPrefixes"] == [{"Prefix": "%C3%BC+%2B/"}]


def test_versions_and_delete_markers(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos", versioning=True)
    first = s3.put_object(Bucket="photos", Key="k", Body=b"1")["VersionId"]
    second = s3.put_object(Bucket="photos", Key="k", Body=b"22")["VersionId"]
    marker = s3.delete_object(Bucket="photos", Key="k")["VersionId"]
    listed = s3.list_object_versions(Bucket="photos")
    assert [(one["VersionId"], one["IsLatest"], one["Size"]) for one in listed["Versions"]] == [
        (second, False, 2),
        (first, False, 1),
    ]
    assert [(one["VersionId"], one["IsLatest"]) for one in listed["DeleteMarkers"]] == [(marker, True)]
    owner = s3.list_buckets()["Owner"]
    for one in (*listed["Versions"], *listed["DeleteMarkers"]):
        assert one["Owner"] == owner
        assert one["LastModified"].tzinfo is not None
    assert (listed["KeyMarker"], listed["VersionIdMarker"]) == ("", "")
    assert "Contents" not in s3.list_objects_v2(Bucket="photos")
    page = s3.list_object_versions(Bucket="photos", KeyMarker="k", VersionIdMarker=second)
    assert [one["VersionId"] for one in page["Versions"]] == [first]
    assert (page["KeyMarker"], page["VersionIdMarker"]) == ("k", second)


@pytest.mark.parametrize(
    ("operation", "params", "argument", "message"),
    [
        ("list_objects_v2", {"ContinuationToken": "YQ==!"}, "continuation-token", TOKEN),
        # LS test_list_objects_v2_continuation_start_after.
        ("list_objects_v2", {"ContinuationToken": ""}, "continuation-token", TOKEN),
        (
            "list_objects_v2",
            {"EncodingType": "value"},
            "encoding-type",
            "Invalid Encoding Method specified in Request",
        ),
        ("list_objects", {"MaxKeys": -1}, "maxKeys", MAX_KEYS),
        ("list_objects_v2", {"MaxKeys": -1}, "maxKeys", MAX_KEYS),
        ("list_object_versions", {"MaxKeys": -1}, "maxKeys", MAX_KEYS),
        (
            "list_object_versions",
            {"VersionIdMarker": "x"},
            "version-id-marker",
            "A version-id marker cannot be specified without a key marker.",
        ),
    ],
)
def test_arguments_that_cannot_be(
    photos: str, s3: Any, operation: str, params: Any, argument: str, message: str
) -> None:
    refused = refusal(lambda: getattr(s3, operation)(Bucket=photos, **params))
    assert (refused["Status"], refused["Code"], refused["Message"]) == (400, "InvalidArgument", message)
    assert refused["ArgumentName"] == argument


def get(url: str) -> Any:
    """What a browser gets."""
    return urllib3.PoolManager(retries=False).request("GET", url)


class TestKeysAndPrefixes:
    def test_a_prefix_hides_even_the_last_character_there_is(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("odd")
        aws.put_objects("odd", ["a/1", "a/\U0010ffff/2", "b"])
        page = s3.list_objects_v2(Bucket="odd", Delimiter="/")
        assert page["CommonPrefixes"] == [{"Prefix": "a/"}]
        assert [one["Key"] for one in page["Contents"]] == ["b"]

    def test_what_is_deleted_makes_no_prefix(self, s3: Any, kept: str) -> None:
        for key in ("dir/gone", "top"):
            s3.put_object(Bucket=kept, Key=key, Body=b"")
        s3.delete_object(Bucket=kept, Key="dir/gone")
        page = s3.list_objects_v2(Bucket=kept, Delimiter="/")
        assert ([one["Key"] for one in page["Contents"]], "CommonPrefixes" in page) == (["top"], False)
        versions = s3.list_object_versions(Bucket=kept, Delimiter="/")
        assert versions["CommonPrefixes"] == [{"Prefix": "dir/"}]

    def test_without_an_encoding_keys_stand_as_they_are(self, aws: Any, s3: Any) -> None:
        """Every client of botocore asks for one."""
        aws.create_bucket("odd")
        aws.put_objects("odd", ["a b+c"])
        url = s3.generate_presigned_url("list_objects_v2", {"Bucket": "odd"})
        encoded, plain = (
            xmltodict.parse(get(one).data)["ListBucketResult"]
            for one in (url, url.replace("encoding-type=url", "x=y"))
        )
        assert (encoded["EncodingType"], encoded["Contents"]["Key"]) == ("url", "a+b%2Bc")
        assert ("EncodingType" in plain, plain["Contents"]["Key"]) == (False, "a b+c")

    def test_what_was_never_restored_has_no_restore_status(self, s3: Any, photos: str) -> None:
        page = s3.list_objects_v2(Bucket=photos, OptionalObjectAttributes=["RestoreStatus"])
        assert ["RestoreStatus" in one for one in page["Contents"]] == [False] * 3


class TestMarkers:
    def test_the_next_marker_comes_with_a_delimiter_alone(self, s3: Any, photos: str) -> None:
        """Source: ListObjects, "This element is returned only if you have the delimiter request parameter"."""
        assert "NextMarker" not in s3.list_objects(Bucket=photos, MaxKeys=1)
        page = s3.list_objects(Bucket=photos, MaxKeys=1, Delimiter="/")
        assert (page["IsTruncated"], page["NextMarker"]) == (True, "a.jpg")
        last = s3.list_objects(Bucket=photos, MaxKeys=3, Delimiter="/", Marker="a.jpg")
        assert ("NextMarker" in last, last["Marker"], "Owner" in last["Contents"][0]) == (
            False,
            "a.jpg",
            True,
        )

    def test_a_start_before_the_prefix(self, aws: Any, s3: Any) -> None:
        """It says nothing, also where a delimiter would make a prefix of it."""
        aws.create_bucket("odd")
        aws.put_objects("odd", ["a/x", "aa", "b"])
        page = s3.list_objects_v2(Bucket="odd", Prefix="b", StartAfter="a/x", Delimiter="/")
        assert ([one["Key"] for one in page["Contents"]], page["Prefix"]) == (["b"], "b")

    def test_a_token_outweighs_a_start(self, s3: Any, photos: str) -> None:
        """Source: LS test_list_objects_v2_continuation_token_safe_chars."""
        page = s3.list_objects_v2(Bucket=photos, MaxKeys=1, StartAfter="a.jpg")
        assert page["StartAfter"] == "a.jpg"
        token = page["NextContinuationToken"]
        rest = s3.list_objects_v2(Bucket=photos, StartAfter="a.jpg", ContinuationToken=token)
        assert ("StartAfter" in rest, [one["Key"] for one in rest["Contents"]]) == (False, ["c.jpg"])


class TestVersionsThatAreGone:
    """Source: LS test_list_objects_versions_with_prefix_only_and_pagination."""

    def test_page_by_page_they_can_all_be_deleted(self, s3: Any, kept: str) -> None:
        for number in range(3):
            for key in ("a", "b"):
                s3.put_object(Bucket=kept, Key=key, Body=b"" if number else b"1")
        s3.delete_object(Bucket=kept, Key="a")
        paginate = s3.get_paginator("list_object_versions").paginate
        for page in paginate(Bucket=kept, PaginationConfig={"PageSize": 2}):
            for one in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
                s3.delete_object(Bucket=kept, Key=one["Key"], VersionId=one["VersionId"])
        assert s3.list_object_versions(Bucket=kept).keys().isdisjoint({"Versions", "DeleteMarkers"})

    def test_a_bucket_is_emptied_by_its_resource(self, aws: Any, s3: Any, kept: str) -> None:
        for number in range(1200):
            s3.put_object(Bucket=kept, Key=f"{number % 3}", Body=b"")
        bucket = aws.resource("s3").Bucket(kept)
        bucket.object_versions.delete()
        bucket.delete()
        assert s3.list_buckets()["Buckets"] == []

    def test_a_page_goes_on_behind_the_marker(self, s3: Any, kept: str) -> None:
        ids = [s3.put_object(Bucket=kept, Key="k", Body=b"")["VersionId"] for _ in range(4)]
        for version_id in ids[2:]:
            s3.delete_object(Bucket=kept, Key="k", VersionId=version_id)
        page = s3.list_object_versions(Bucket=kept, KeyMarker="k", VersionIdMarker=ids[2])
        assert [one["VersionId"] for one in page["Versions"]] == [ids[1], ids[0]]
        newer = s3.put_object(Bucket=kept, Key="k", Body=b"")["VersionId"]
        again = s3.list_object_versions(Bucket=kept, KeyMarker="k", VersionIdMarker=ids[2])
        assert newer not in [one["VersionId"] for one in again["Versions"]]

    def test_a_marker_of_another_key_has_no_place(self, s3: Any, kept: str) -> None:
        other = s3.put_object(Bucket=kept, Key="a", Body=b"")["VersionId"]
        s3.put_object(Bucket=kept, Key="b", Body=b"")
        page = s3.list_object_versions(Bucket=kept, KeyMarker="b", VersionIdMarker=other)
        assert "Versions" not in page


class TestPagesOfZero:
    """They hold nothing and end there, so that no loop over pages goes on for ever (RECORDED for MaxKeys)."""

    @pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2", "list_object_versions"])
    def test_keys(self, s3: Any, photos: str, operation: str) -> None:
        page = getattr(s3, operation)(Bucket=photos, MaxKeys=0)
        assert page["IsTruncated"] is False
        assert {"Contents", "Versions", "NextContinuationToken", "NextMarker", "NextKeyMarker"}.isdisjoint(
            page
        )

    def test_uploads_and_their_parts(self, s3: Any, photos: str) -> None:
        upload = {"Bucket": photos, "Key": "big"}
        upload["UploadId"] = s3.create_multipart_upload(**upload, ChecksumAlgorithm="SHA1")["UploadId"]
        part = s3.upload_part(**upload, PartNumber=1, Body=b"", ChecksumAlgorithm="SHA1")
        assert s3.list_multipart_uploads(Bucket=photos, MaxUploads=0)["IsTruncated"] is False
        parts = s3.list_parts(**upload, MaxParts=0)
        assert (parts["IsTruncated"], "Parts" in parts) == (False, False)
        described = {"PartNumber": 1, "ETag": part["ETag"], "ChecksumSHA1": part["ChecksumSHA1"]}
        s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [described]})
        attributes = {"Bucket": photos, "Key": "big", "ObjectAttributes": ["ObjectParts"]}
        assert s3.get_object_attributes(**attributes, MaxParts=0)["ObjectParts"]["IsTruncated"] is False

    @needs_botocore("1.35.42", "parameters of ListBuckets")
    @pytest.mark.parametrize("number", ["0", "-1", "10001"])
    def test_buckets(self, s3: Any, photos: str, number: str) -> None:
        """ListBuckets takes 1 to 10,000 (the model, which botocore checks itself); code and text ASSUMED."""
        change = lambda params, **kwargs: params.update(url=params["url"].replace("=77", f"={number}"))
        s3.meta.events.register("before-call.s3.ListBuckets", change)
        refused = refusal(lambda: s3.list_buckets(MaxBuckets=77))
        assert (refused["Code"], refused["ArgumentName"]) == ("InvalidArgument", "max-buckets")

    @pytest.mark.usefixtures("photos")
    def test_directory_buckets_and_access_points(self, s3: Any, s3control: Any) -> None:
        configuration = {
            "Location": {"Type": "AvailabilityZone", "Name": "use1-az4"},
            "Bucket": {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"},
        }
        s3.create_bucket(Bucket="quick--use1-az4--x-s3", CreateBucketConfiguration=configuration)
        page = s3.list_directory_buckets(MaxDirectoryBuckets=0)
        assert (page["Buckets"], "ContinuationToken" in page) == ([], False)
        s3control.create_access_point(AccountId=ACCOUNT, Name="readers", Bucket="photos")
        points = s3control.list_access_points(AccountId=ACCOUNT, MaxResults=0)
        assert (points.get("AccessPointList"), "NextToken" in points) == ([], False)


@pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2"])
@pytest.mark.parametrize("region", ["us-east-1", "us-west-2"])
def test_the_buckets_region_is_a_header(aws: Any, region: str, operation: str) -> None:
    """RECORDED, LS test_region_header_exists_outside_us_east_1, for ListObjectsV2."""
    aws.create_bucket("somewhere", region=region)
    answer = getattr(aws.client("s3", region_name=region), operation)(Bucket="somewhere")
    assert answer["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"] == region


@mock_tagging(region="us-east-1")
class TestCopiesOfAWorld:
    """Each test has a copy of what the class made, whose keys are shared until they change."""

    @classmethod
    def setup_class(cls) -> None:
        cls.s3: Any = boto3.client("s3")
        cls.s3.create_bucket(Bucket="kept")
        cls.s3.put_bucket_versioning(Bucket="kept", VersioningConfiguration={"Status": "Enabled"})
        for key in ("a", "a", "b", "c"):
            cls.s3.put_object(Bucket="kept", Key=key)
        cls.s3.delete_object(Bucket="kept", Key="c")

    def test_objects(self) -> None:
        pages = [self.s3.list_objects_v2(Bucket="kept") for _ in range(2)]
        assert [[one["Key"] for one in page["Contents"]] for page in pages] == [["a", "b"], ["a", "b"]]

    def test_prefixes(self) -> None:
        page = self.s3.list_objects_v2(Bucket="kept", Delimiter="b")
        assert [one["Prefix"] for one in page["CommonPrefixes"]] == ["b"]

    def test_versions(self) -> None:
        page = self.s3.list_object_versions(Bucket="kept")
        assert [(one["Key"], one["IsLatest"]) for one in page["Versions"]] == [
            ("a", True),
            ("a", False),
            ("b", True),
            ("c", False),
        ]
        assert [(one["Key"], one["IsLatest"]) for one in page["DeleteMarkers"]] == [("c", True)]
