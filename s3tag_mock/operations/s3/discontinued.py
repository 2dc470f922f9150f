"""What AWS refuses to accounts that didn't use it before: SelectObjectContent, GetObjectTorrent."""

from __future__ import annotations

from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import OBJECT, Params, Result, operation

_NO_SELECT: Final = "S3 Select is closed to accounts that are new since July 2024; use get_object"
_NO_TORRENT: Final = "S3 serves no torrents since 2022; use get_object"


@operation(
    "s3",
    "SelectObjectContent",
    "Bucket Key ExpectedBucketOwner",
    ignores="SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 Expression ExpressionType RequestProgress "
    "InputSerialization OutputSerialization ScanRange",
    action="GetObject",
)
def select_object_content(call: CallContext, params: Params) -> Result:
    """Refused: S3 Select is closed to new customers since July 2024.

    Source: DOCUMENTED; that the answer is 405 is ASSUMED.
    """
    require.bucket(call, params)
    raise errors.METHOD_NOT_ALLOWED(Method=call.method, ResourceType="OBJECT", hint=_NO_SELECT)


@operation("s3", "GetObjectTorrent", OBJECT)
def get_object_torrent(call: CallContext, params: Params) -> Result:
    """Refused: S3 serves no torrents any more.

    Source: ASSUMED, the service ended in 2022.
    """
    require.bucket(call, params)
    raise errors.METHOD_NOT_ALLOWED(Method=call.method, ResourceType="OBJECT", hint=_NO_TORRENT)
