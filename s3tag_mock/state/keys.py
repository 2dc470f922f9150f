"""The keys of a bucket: found by name at once, and walked in S3's order without sorting per page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class KeyIndex(Generic[T]):
    """A mapping of key to T that can be walked in the order of the keys' UTF-8 bytes.

    Python compares strings by code point, which is the same order. The sorted list is made when a
    walk needs it and then kept; new keys wait in the order of their arrival until the next walk.
    """

    def __init__(self) -> None:
        self._items: dict[str, T] = {}
        self._sorted: list[str] = []
        self._arrived: list[str] = []

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._in_order())

    def get(self, key: str) -> T | None:
        """What stands under a key, or None."""
        return self._items.get(key)

    def put(self, key: str, item: T) -> None:
        """Put an item under a key, new or known."""
        if key not in self._items:
            self._arrived.append(key)
        self._items[key] = item

    def remove(self, key: str) -> None:
        """Take a key out."""
        del self._items[key]
        ordered = self._in_order()
        del ordered[bisect_left(ordered, key)]

    def after(self, key: str, *, inclusive: bool = False) -> Iterator[tuple[str, T]]:
        """The items whose keys come after a key (or at it), in order.

        The index must not change while the walk goes on.
        """
        ordered = self._in_order()
        start = bisect_left(ordered, key) if inclusive else bisect_right(ordered, key)
        for position in range(start, len(ordered)):
            found = ordered[position]
            yield found, self._items[found]

    def _in_order(self) -> list[str]:
        if self._arrived:
            self._sorted.extend(self._arrived)
            self._arrived.clear()
            self._sorted.sort()
        return self._sorted
