"""What AWS refuses to accounts that didn't use it before: SelectObjectContent, GetObjectTorrent."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import OBJECT, Params, Result, operation


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
    raise errors.METHOD_NOT_ALLOWED(Method=call.method, ResourceType="OBJECT")


@operation("s3", "GetObjectTorrent", OBJECT)
def get_object_torrent(call: CallContext, params: Params) -> Result:
    """Refused: S3 serves no torrents any more.

    Source: ASSUMED, the service ended in 2022.
    """
    require.bucket(call, params)
    raise errors.METHOD_NOT_ALLOWED(Method=call.method, ResourceType="OBJECT")
