"""s3tag_mock: Amazon S3's tagging and S3 Batch Operations, in the process of your Python tests.

from s3tag_mock import mock_tagging

@mock_tagging
def test_tags():
    ...
"""

from __future__ import annotations

from s3tag_mock.api.mock import TaggingMock, mock_tagging
from s3tag_mock.exceptions import AwsError, Misuse, NotSupported, TaggingMockFailure, TaggingMockWarning

#: The old name of :class:`NotSupported`.
NotServed = NotSupported

__all__ = [
    "AwsError",
    "Misuse",
    "NotServed",
    "NotSupported",
    "TaggingMock",
    "TaggingMockFailure",
    "TaggingMockWarning",
    "mock_tagging",
]
__version__ = "0.1.0"
