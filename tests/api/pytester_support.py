"""Tests that pytest runs inside pytest: code under test that loses tags, and a test of it that fails."""

from __future__ import annotations

import pytest

ADD_TAG = """
    import boto3
    import pytest
    from botocore.exceptions import ClientError
    from s3tag_mock import mock_tagging

    def add_tag():
        s3, sky = boto3.client("s3"), {"Bucket": "photos", "Key": "sky.jpg"}
        try:
            tags = s3.get_object_tagging(**sky)["TagSet"]
        except ClientError:
            tags = []
        s3.put_object_tagging(**sky, Tagging={"TagSet": [*tags, {"Key": "new", "Value": "1"}]})

    def seed(aws):
        aws.create_bucket("photos")
        aws.put_objects("photos", ["sky.jpg"], tags={"owner": "ann"})
        aws.faults.add("GetObjectTagging", "AccessDenied")
"""
FIXTURE = """
    def test_it(tagging_mock):
        seed(tagging_mock)
        add_tag()
        assert tagging_mock.object_tags("photos", "sky.jpg") == {"owner": "ann", "new": "1"}
"""
WIDE = """
    @pytest.fixture(scope="module")
    def wide():
        with mock_tagging() as aws:
            yield aws
"""


def run(pytester: pytest.Pytester, body: str, *options: str) -> pytest.RunResult:
    pytester.makepyfile(ADD_TAG + body)
    return pytester.runpytest_inprocess("-p", "no:randomly", "-W", "default", *options)
