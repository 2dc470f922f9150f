"""Something that happened to an object, of which S3 tells those who asked for it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from s3tag_mock.state.bucket import Bucket, ObjectVersion

#: The event of a message that tests a destination.
TEST: Final = "TestEvent"


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event is made of.

    :param event: as notification configurations name it, without ``s3:``: ``"ObjectTagging:Put"``.
    :param version: to which it happened, or which came of it; None for a notification that is a test.
    :param settings: the bucket's NotificationConfiguration at that time.
    :param sequence: orders what happened to a key.
    :param account: whose call it was.
    :param principal_id: of the caller, as records have it.
    :param by_s3: whether S3 did it by itself.
    :param details: what else is said: ``"record"`` in the record, ``"detail"`` in EventBridge's detail.
    """

    event: str
    bucket: Bucket
    key: str
    version: ObjectVersion | None
    settings: Mapping[str, Any]
    sequence: int
    account: str = ""
    principal_id: str = ""
    by_s3: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)


class Outbox(threading.local):
    """What a thread still has to deliver: while one delivery runs, those that come of it wait.

    :param waiting: each with how many events led to it; None while nothing is delivered.
    :param depth: how many events led to the one that is being delivered.
    """

    waiting: deque[tuple[int, Callable[[int], None]]] | None = None
    depth: int = 0


@dataclass(slots=True)
class Restoring:
    """A restore of an archived object that was asked for.

    :param region: the bucket's.
    :param bucket: its name; with the key and the version's id, it says what is restored.
    :param is_ready: whether it was told that it is ready.
    """

    region: str
    bucket: str
    key: str
    version_id: str
    is_ready: bool = False
