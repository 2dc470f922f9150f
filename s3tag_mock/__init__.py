"""s3tag_mock: Amazon S3's tagging and S3 Batch Operations, in the process of your Python tests.

::

    from s3tag_mock import mock_tagging

    @mock_tagging
    def test_tags():
        ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from s3tag_mock.errors import AwsError
    from s3tag_mock.misuse import Misuse, NotServed, TaggingMockFailure, TaggingMockWarning
    from s3tag_mock.mock import TaggingMock, mock_tagging

__all__ = [
    "AwsError",
    "Misuse",
    "NotServed",
    "TaggingMock",
    "TaggingMockFailure",
    "TaggingMockWarning",
    "mock_tagging",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # On demand, so that the pytest plugin costs a test run without AWS nothing.
    if name in {"TaggingMock", "mock_tagging"}:
        from s3tag_mock import mock

        return getattr(mock, name)
    if name in {"Misuse", "NotServed", "TaggingMockFailure", "TaggingMockWarning"}:
        from s3tag_mock import misuse

        return getattr(misuse, name)
    if name == "AwsError":
        from s3tag_mock.errors import AwsError

        return AwsError
    raise AttributeError(f"module 's3tag_mock' has no attribute {name!r}")
