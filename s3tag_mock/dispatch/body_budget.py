"""How much of bodies and long lists a call log keeps: enough for a test's assertions, and no more."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

#: Bytes that the bodies and the long lists in one call log may have in all.
BODY_BUDGET: Final = 32 * 1024 * 1024
#: So many entries make a list of a response a long one.
_LONG: Final = 100
#: Bytes that an entry of a listing takes, about.
_ENTRY: Final = 512


def _dropped(what: str, advice: str) -> str:
    size = BODY_BUDGET // 1024 // 1024
    keeps = f"keeps the newest {size} MiB of bodies and long lists"
    return f"this {what} was dropped from the call log, which {keeps}: read it right after the {advice}"


class DroppedBody:
    """What the call log has in the place of a body that it no longer keeps.

    It still equals the bytes that it stands for, and no others, so that assertions on a dropped body hold or
    fail as they would on the body itself. It has their length; reading it raises AttributeError or TypeError.

    :param body: the bytes to forget.
    """

    __slots__ = ("_hash", "_length")

    def __init__(self, body: bytes) -> None:
        self._length = len(body)
        self._hash = hash(body)

    def __len__(self) -> int:
        return self._length

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (bytes, DroppedBody)):
            return len(other) == self._length and hash(other) == self._hash
        return NotImplemented

    def __hash__(self) -> int:
        return self._hash

    def __getattr__(self, name: str) -> Any:
        problem = _dropped("body", "call, or compare it with bytes (its length and hash are kept)")
        raise AttributeError(f"{name}: {problem}")

    def __repr__(self) -> str:
        return f"<{self._length} bytes, not kept>"


class DroppedList:
    """What the call log has in the place of a long list, such as the keys of a page, that it no longer keeps.

    :param length: how many entries it had.
    """

    __slots__ = ("_length",)

    def __init__(self, length: int) -> None:
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, position: object) -> Any:
        raise TypeError(_dropped("list", "call (its length is kept)"))

    def __repr__(self) -> str:
        return f"<{self._length} entries, not kept>"


def body_bytes(params: Mapping[str, Any], response: Mapping[str, Any]) -> int:
    """How many bytes the bodies in parameters and a response have, and the long lists in the response."""
    size = 0
    for value in params.values():
        if isinstance(value, bytes):
            size += len(value)
    for value in response.values():
        if isinstance(value, bytes):
            size += len(value)
        elif _is_long(value):
            size += len(value) * _ENTRY
    return size


def _is_long(value: Any) -> bool:
    return isinstance(value, list) and len(value) >= _LONG


def without_bodies(shaped: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same parameters or response with a :class:`DroppedBody` for each body."""
    return {name: DroppedBody(value) if isinstance(value, bytes) else value for name, value in shaped.items()}


def without_lists(response: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same response with a :class:`DroppedList` for each long list."""
    return {name: DroppedList(len(value)) if _is_long(value) else value for name, value in response.items()}


@dataclass(slots=True)
class BodyBudget:
    """Which calls of a log still have their bodies."""

    _kept: deque[tuple[int, int]] = field(default_factory=deque)
    _total: int = 0

    def take(self, position: int, size: int) -> Iterator[int]:
        """Count the bodies of a new call, and give the positions of the calls that must drop theirs.

        The newest call keeps its bodies, whatever their size.

        :param position: of the new call in the log.
        :param size: of its bodies, in bytes.
        """
        self._kept.append((position, size))
        self._total += size
        while self._total > BODY_BUDGET and len(self._kept) > 1:
            oldest, freed = self._kept.popleft()
            self._total -= freed
            yield oldest

    def clear(self) -> None:
        """Forget all calls."""
        self._kept.clear()
        self._total = 0
