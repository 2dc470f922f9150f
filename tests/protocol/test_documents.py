"""Documents and paths that no client of botocore writes by itself: refused as AWS refuses them, or read all the same."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.config import Config

from conftest import ACCOUNT
from tests.support import MALFORMED, content_md5, refusal, send_raw, tag_set

ME: Any = {"AccountId": ACCOUNT}


@pytest.fixture
def unchecked(aws: Any) -> Any:
    """A client of S3 Control that sends what it is given."""
    return aws.client("s3control", config=Config(parameter_validation=False))


class TestDocuments:
    def put_tags(self, s3: Any, document: str) -> Any:
        body = f"<Tagging>{document}</Tagging>".encode()
        tagging: Any = {"Bucket": "photos", "Key": "a.jpg", "Tagging": tag_set()}
        return send_raw(s3, "put_object_tagging", body=body, **tagging)

    def test_text_beside_elements(self, aws: Any, s3: Any, photos: str) -> None:
        assert refusal(lambda: self.put_tags(s3, "text<TagSet/>")) == MALFORMED
        assert aws.calls[-1].hint == "text where elements should be"

    def test_attributes_of_a_text_say_nothing(self, aws: Any, s3: Any, photos: str) -> None:
        self.put_tags(
            s3, '<TagSet><Tag><Key a="b">k</Key><Value xml:space="preserve"> </Value></Tag></TagSet>'
        )
        assert aws.object_tags(photos, "a.jpg") == {"k": " "}

    @pytest.mark.parametrize("entry", ["<key>k</key>", "<value>v</value>", "<key>k</key><value/><x/>", ""])
    def test_entries_of_a_map_that_are_none(self, aws: Any, unchecked: Any, entry: str) -> None:
        arguments = f"<UserArguments><entry>{entry}</entry></UserArguments>"
        body = f"<CreateJobRequest><Operation><LambdaInvoke>{arguments}</LambdaInvoke></Operation></CreateJobRequest>"
        assert refusal(lambda: send_raw(unchecked, "create_job", body=body.encode(), **ME)) == MALFORMED
        assert aws.calls[-1].hint == "an entry of a map that has no key and value"

    @pytest.mark.parametrize(
        ("operation", "params", "document", "hint"),
        [
            (
                "delete_objects",
                {"Delete": {"Objects": []}},
                "<Delete><Quiet>perhaps</Quiet></Delete>",
                "'perhaps' is no boolean",
            ),
            (
                "put_object_retention",
                {"Key": "a.jpg"},
                "<Retention><RetainUntilDate>soon</RetainUntilDate></Retention>",
                "'soon' is no timestamp",
            ),
            (
                "complete_multipart_upload",
                {"Key": "a.jpg", "UploadId": "x"},
                "<CompleteMultipartUpload><Part><PartNumber>one</PartNumber></Part></CompleteMultipartUpload>",
                "'one' is no integer",
            ),
        ],
        ids=["boolean", "timestamp", "integer"],
    )
    def test_texts_of_another_type(
        self, aws: Any, s3: Any, photos: str, operation: str, params: Any, document: str, hint: str
    ) -> None:
        body = document.encode()
        call = lambda: send_raw(s3, operation, body=body, headers=content_md5(body), Bucket=photos, **params)
        assert refusal(call) == MALFORMED
        assert aws.calls[-1].hint == hint


class TestPlaces:
    def test_a_path_that_ends_too_early(self, unchecked: Any) -> None:
        assert refusal(lambda: unchecked.get_access_point(**ME, Name="")) == {
            "Status": 400,
            "Code": "InvalidURI",
            "Message": "Couldn't parse the specified URI.",
            "URI": "v20180820/accesspoint/",
        }

    def test_an_argument_that_is_missing(self, unchecked: Any) -> None:
        refused = refusal(lambda: unchecked.update_job_status(**ME, JobId="12345"))
        assert {name: refused[name] for name in ("Status", "Code", "ArgumentName")} == {
            "Status": 400,
            "Code": "InvalidArgument",
            "ArgumentName": "requestedJobStatus",
        }
