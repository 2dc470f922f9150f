"""The keys of a bucket: found by name at once, walked in S3's order, and forked without copying."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from typing import Generic, TypeVar

from s3tag_mock.state.sorted_keys import SortedKeys

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Shared(Generic[T]):
    """What an index and its forks have in common. It never changes.

    :param order: its keys, sorted.
    """

    items: Mapping[str, T]
    order: SortedKeys


class KeyIndex(Generic[T]):
    """A mapping of key to T that can be walked in the order of the keys' UTF-8 bytes.

    Python compares strings by code point, which is the same order. New keys are sorted in when a walk needs
    it: one costs little, and a million at once cost one sort.

    :param copied: copies an item. A fork copies those that are asked for, when they are, since whoever gets
        one may change it.
    """

    def __init__(self, copied: Callable[[T], T]) -> None:
        self._copied = copied
        self._shared: _Shared[T] = _Shared({}, SortedKeys())
        #: New items, and copies of shared ones; keys of shared ones that are gone.
        self._items: dict[str, T] = {}
        self._removed: set[str] = set()
        #: The new keys: those that are sorted, and those that wait for that.
        self._order: SortedKeys = SortedKeys()
        self._arrived: list[str] = []
        #: How many items were copied for forks since all was shared.
        self._copies = 0

    def __len__(self) -> int:
        shared = len(self._shared.items) - len(self._removed)
        return shared + len(self._order) + len(self._arrived)

    def __contains__(self, key: object) -> bool:
        return key in self._items or self._is_shared(key)

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self.after("", inclusive=True))

    def get(self, key: str) -> T | None:
        """What stands under a key, or None."""
        item = self._items.get(key)
        if item is None and self._is_shared(key):
            item = self._items[key] = self._copied(self._shared.items[key])
        return item

    def put(self, key: str, item: T) -> None:
        """Put an item under a key, new or known."""
        if key in self._shared.items:
            self._removed.discard(key)
        elif key not in self._items:
            self._arrived.append(key)
        self._items[key] = item

    def remove(self, key: str) -> None:
        """Take a key out.

        :raises KeyError: when it isn't there.
        """
        if self._is_shared(key):
            self._items.pop(key, None)
            self._removed.add(key)
        else:
            del self._items[key]
            self._in_order().remove(key)

    def after(self, key: str, *, inclusive: bool = False) -> Iterator[tuple[str, T]]:
        """The items whose keys come after a key (or at it), in order; they must not be changed.

        The index must not change while the walk goes on.
        """
        keys = self._in_order().after(key, inclusive=inclusive)
        if self._shared.items:
            shared = self._shared.order.after(key, inclusive=inclusive)
            keys = merge(keys, filter(self._is_shared, shared))
        for found in keys:
            item = self._items.get(found)
            yield found, self._shared.items[found] if item is None else item

    def around(self, key: str, most: int) -> list[str]:
        """Keys about where this one stands, or would stand: all of them, in order, if there are no more."""
        if len(self) <= most:
            return list(self)
        shared = self._shared.order.around(key, most // 4)
        return [*self._in_order().around(key, most // 4), *filter(self._is_shared, shared)]

    def fork(self) -> KeyIndex[T]:
        """An index that holds the same and goes its own way from here.

        It costs what has changed since they had all in common. Once all forks have cost as much as that, they
        have all in common again: what changed once isn't copied for ever.
        """
        self._copies += len(self._items) + len(self._removed)
        if self._copies > len(self._shared.items):
            self._shared, self._copies = self._frozen(), 0
            self._items, self._removed = {}, set()
            self._order, self._arrived = SortedKeys(), []
        other = KeyIndex(self._copied)
        other._shared, other._copies = self._shared, self._copies
        other._items = {key: self._copied(item) for key, item in self._items.items()}
        other._removed = set(self._removed)
        other._arrived = [key for key in self._items if key not in self._shared.items]
        return other

    def _frozen(self) -> _Shared[T]:
        if not self._shared.items:
            return _Shared(self._items, self._in_order())
        kept = {key: item for key, item in self._shared.items.items() if key not in self._removed}
        items = {**kept, **self._items}
        return _Shared(items, SortedKeys(items))

    def _is_shared(self, key: object) -> bool:
        return key in self._shared.items and key not in self._removed

    def _in_order(self) -> SortedKeys:
        if self._arrived:
            self._order.update(self._arrived)
            self._arrived.clear()
        return self._order
