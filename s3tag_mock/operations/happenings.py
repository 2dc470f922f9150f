"""Noting what happened to an object, for the events that tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from s3tag_mock.operations.context import CallContext
from s3tag_mock.state.bucket import Bucket, ObjectVersion
from s3tag_mock.state.happening import Happening

#: The operations of notification configurations, behind their verb.
NOTIFICATIONS: Final = "BucketNotificationConfiguration"


def note(
    call: CallContext,
    bucket: Bucket,
    event: str,
    key: str,
    version: ObjectVersion,
    *,
    by_s3: bool = False,
    details: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Note what happened to an object, where the bucket tells anybody of anything.

    :param event: such as ``"ObjectTagging:Put"``.
    :param version: to which it happened, or which came of it.
    :param by_s3: whether S3 does it by itself.
    :param details: see :class:`Happening`.
    """
    settings = bucket.configurations.get(NOTIFICATIONS)
    if settings is not None:
        made = call.principal
        happened = Happening(
            event,
            bucket,
            key,
            version,
            settings,
            call.world.next_sequence(),
            call.account,
            made.user_id or made.arn,
            by_s3,
            details,
        )
        call.notes.happened.append(happened)
