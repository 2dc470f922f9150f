"""ListParts and ListMultipartUploads, through a boto3 client."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from botocore.config import Config

from conftest import ACCOUNT
from tests.operations.multipart_support import put
from tests.support import refusal


def test_listing_parts(s3: Any, upload: Any) -> None:
    for number in (3, 1, 2):
        put(s3, upload, number, b"x" * number)
    page = s3.list_parts(**upload, MaxParts=2)
    assert [(part["PartNumber"], part["Size"]) for part in page["Parts"]] == [(1, 1), (2, 2)]
    assert (page["IsTruncated"], page["NextPartNumberMarker"], page["StorageClass"]) == (True, 2, "STANDARD")
    assert page["Parts"][0]["ETag"] == f'"{hashlib.md5(b"x").hexdigest()}"'
    assert page["Parts"][0]["LastModified"].tzinfo is not None
    pages = s3.get_paginator("list_parts").paginate(**upload, PaginationConfig={"PageSize": 2})
    assert [part["PartNumber"] for page in pages for part in page["Parts"]] == [1, 2, 3]


def test_empty_numbers_count_as_absent(aws: Any, s3: Any, upload: Any) -> None:
    """LS test_list_parts_empty_part_number_marker."""
    put(s3, upload, 1, b"x")
    raw = aws.client("s3", config=Config(parameter_validation=False))
    for name in ("PartNumberMarker", "MaxParts"):
        page = raw.list_parts(**upload, **{name: ""})
        assert (page["PartNumberMarker"], page["MaxParts"], len(page["Parts"])) == (0, 1000, 1)


@pytest.mark.parametrize("marker", ["x", "-1", "\u00b2", "99999999999"])
def test_markers_that_are_no_numbers(photos: str, s3: Any, upload: Any, marker: str) -> None:
    attributes = {"Bucket": photos, "Key": "made", "ObjectAttributes": ["ObjectParts"]}
    made = {"Bucket": photos, "Key": "made"}
    made["UploadId"] = s3.create_multipart_upload(**made, ChecksumAlgorithm="SHA1")["UploadId"]
    part = s3.upload_part(**made, PartNumber=1, Body=b"x", ChecksumAlgorithm="SHA1")
    described = {"PartNumber": 1, "ETag": part["ETag"], "ChecksumSHA1": part["ChecksumSHA1"]}
    s3.complete_multipart_upload(**made, MultipartUpload={"Parts": [described]})

    def raw(params: Any, **kwargs: Any) -> None:
        params["headers"]["x-amz-part-number-marker"] = marker

    s3.meta.events.register("before-call.s3.GetObjectAttributes", raw)
    if marker.isascii():
        refused = refusal(lambda: s3.get_object_attributes(**attributes))
        assert refused["Code"] == "InvalidArgument"
        assert refused["ArgumentName"] in {"part-number-marker", "x-amz-part-number-marker"}
        marker = "2147483647"
        assert s3.get_object_attributes(**attributes)["ObjectParts"]["PartNumberMarker"] == int(marker)
    number = 2147483648 if marker.isdigit() else -1
    assert refusal(lambda: s3.list_parts(**upload, MaxParts=number))["ArgumentName"] == "max-parts"
    assert (
        refusal(lambda: s3.list_multipart_uploads(Bucket=photos, MaxUploads=number))["ArgumentName"]
        == "max-uploads"
    )


class TestListingUploads:
    @pytest.fixture
    def keys(self, s3: Any, photos: str) -> list[str]:
        keys = ["a/1", "a/2", "b", "b", "c"]
        for key in keys:
            s3.create_multipart_upload(Bucket=photos, Key=key)
        return keys

    def test_all(self, s3: Any, photos: str, keys: list[str]) -> None:
        listed = s3.list_multipart_uploads(Bucket=photos)
        assert [upload["Key"] for upload in listed["Uploads"]] == keys
        assert (listed["IsTruncated"], listed["MaxUploads"], listed["Bucket"]) == (False, 1000, photos)
        for upload in listed["Uploads"]:
            assert (upload["StorageClass"], upload["Initiated"].tzinfo is None) == ("STANDARD", False)
        ids = [upload["UploadId"] for upload in listed["Uploads"]]
        for markers, left, id_marker in (
            ({"KeyMarker": "b"}, keys[4:], ""),
            ({"KeyMarker": "b", "UploadIdMarker": ids[2]}, keys[3:], ids[2]),
            ({"UploadIdMarker": ids[2]}, keys, ""),
        ):
            page = s3.list_multipart_uploads(Bucket=photos, **markers)
            assert [upload["Key"] for upload in page["Uploads"]] == left
            assert page["UploadIdMarker"] == id_marker

    @pytest.mark.parametrize("most", [1, 2, 3, 5])
    def test_page_by_page(self, s3: Any, photos: str, keys: list[str], most: int) -> None:
        pages = list(
            s3.get_paginator("list_multipart_uploads").paginate(
                Bucket=photos, PaginationConfig={"PageSize": most}
            )
        )
        assert [upload["Key"] for page in pages for upload in page["Uploads"]] == keys
        ids = [upload["UploadId"] for page in pages for upload in page["Uploads"]]
        assert len(set(ids)) == len(keys)
        assert all(len(page["Uploads"]) <= most for page in pages)

    @pytest.mark.parametrize("most", [2, 3, 10])
    def test_common_prefixes(self, s3: Any, photos: str, keys: list[str], most: int) -> None:
        paginate = s3.get_paginator("list_multipart_uploads").paginate
        pages = list(paginate(Bucket=photos, Delimiter="/", PaginationConfig={"PageSize": most}))
        assert [one["Prefix"] for page in pages for one in page.get("CommonPrefixes", [])] == ["a/"]
        assert [one["Key"] for page in pages for one in page.get("Uploads", [])] == ["b", "b", "c"]
        inside = s3.list_multipart_uploads(Bucket=photos, Prefix="a/", Delimiter="/", EncodingType="url")
        assert (inside["Uploads"][0]["Key"], inside["Delimiter"], inside["EncodingType"]) == (
            "a/1",
            "/",
            "url",
        )

    def test_a_page_of_common_prefixes_alone_has_no_markers(
        self, s3: Any, photos: str, keys: list[str]
    ) -> None:
        """LS test_list_multipart_uploads_marker_common_prefixes."""
        page = s3.list_multipart_uploads(Bucket=photos, Delimiter="/", MaxUploads=1)
        assert page["CommonPrefixes"] == [{"Prefix": "a/"}]
        assert (page["IsTruncated"], page["NextKeyMarker"], page["NextUploadIdMarker"]) == (True, "", "")
        for inside in ("a/", "a/1"):
            page = s3.list_multipart_uploads(Bucket=photos, Delimiter="/", MaxUploads=1, KeyMarker=inside)
            assert [one["Key"] for one in page["Uploads"]] == ["b"]
            assert "CommonPrefixes" not in page

    def test_what_an_empty_listing_shows(self, s3: Any, photos: str) -> None:
        """LS test_list_multiparts_next_marker: empty markers, and no prefix that wasn't asked for."""
        page = s3.list_multipart_uploads(Bucket=photos)
        del page["ResponseMetadata"]
        assert page == {
            "Bucket": photos,
            "KeyMarker": "",
            "UploadIdMarker": "",
            "NextKeyMarker": "",
            "NextUploadIdMarker": "",
            "MaxUploads": 1000,
            "IsTruncated": False,
        }
        assert s3.list_multipart_uploads(Bucket=photos, Prefix="a/")["Prefix"] == "a/"

    @pytest.mark.parametrize("most", [1, 2, 4])
    def test_aborting_each_upload_of_a_page_before_the_next(
        self, s3: Any, photos: str, keys: list[str], most: int
    ) -> None:
        """The marker of the next page is an upload that isn't there any more."""
        paginate = s3.get_paginator("list_multipart_uploads").paginate
        for page in paginate(Bucket=photos, PaginationConfig={"PageSize": most}):
            for one in page["Uploads"]:
                s3.abort_multipart_upload(Bucket=photos, Key=one["Key"], UploadId=one["UploadId"])
        assert "Uploads" not in s3.list_multipart_uploads(Bucket=photos)

    def test_whoever_began_an_upload_is_shown(self, s3: Any, photos: str, upload: Any) -> None:
        """LS test_multipart_and_list_parts: an Initiator has a DisplayName, an Owner has none."""
        (listed,) = s3.list_multipart_uploads(Bucket=photos)["Uploads"]
        for one in (listed, s3.list_parts(**upload)):
            assert one["Initiator"] == {
                "ID": f"arn:aws:iam::{ACCOUNT}:user/s3tag_mock",
                "DisplayName": "s3tag_mock",
            }
            assert one["Owner"] == s3.list_buckets()["Owner"]
            assert list(one["Owner"]) == ["ID"]

    def test_a_marker_of_another_key(self, s3: Any, photos: str, keys: list[str]) -> None:
        upload = s3.list_multipart_uploads(Bucket=photos)["Uploads"][0]
        markers = {"KeyMarker": "b", "UploadIdMarker": upload["UploadId"]}
        assert refusal(lambda: s3.list_multipart_uploads(Bucket=photos, **markers)) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "Invalid uploadId marker",
            "ArgumentName": "upload-id-marker",
            "ArgumentValue": upload["UploadId"],
        }
