"""Keys in order, in blocks: one more or less moves the keys of its block alone, not all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from typing import Final

#: Keys in a full block; a block of twice as many is split.
_BLOCK: Final = 1000
#: Keys are added one by one while they are fewer than this share of those that are there; more are sorted in.
_FEW: Final = 0.25


class SortedKeys:
    """Different strings, sorted by code point.

    :param keys: in any order.
    """

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._fill(keys)

    def _fill(self, keys: Iterable[str]) -> None:
        ordered = sorted(keys)
        self._length = len(ordered)
        self._blocks = [ordered[start : start + _BLOCK] for start in range(0, len(ordered), _BLOCK)]
        #: The last key of each block, by which it is found.
        self._lasts = [block[-1] for block in self._blocks]

    def __len__(self) -> int:
        return self._length

    def update(self, keys: Collection[str]) -> None:
        """Add keys that aren't there yet."""
        if len(keys) > self._length * _FEW:
            self._fill(chain(keys, *self._blocks))
        else:
            for key in keys:
                self._add(key)

    def _add(self, key: str) -> None:
        place = min(bisect_left(self._lasts, key), len(self._blocks) - 1)
        block = self._blocks[place]
        insort(block, key)
        self._lasts[place] = block[-1]
        self._length += 1
        if len(block) >= 2 * _BLOCK:
            self._blocks[place : place + 1] = [block[:_BLOCK], block[_BLOCK:]]
            self._lasts.insert(place, block[_BLOCK - 1])

    def remove(self, key: str) -> None:
        """Take a key out that is there."""
        place = bisect_left(self._lasts, key)
        block = self._blocks[place]
        del block[bisect_left(block, key)]
        self._length -= 1
        if block:
            self._lasts[place] = block[-1]
        else:
            del self._blocks[place], self._lasts[place]

    def after(self, key: str, *, inclusive: bool) -> Iterator[str]:
        """The keys that come after one (or at it), in order."""
        place = bisect_left(self._lasts, key)
        if place == len(self._blocks):
            return iter(())
        block = self._blocks[place]
        start = bisect_left(block, key) if inclusive else bisect_right(block, key)
        return self._walk(place, start)

    def around(self, key: str, most: int) -> list[str]:
        """The nearest keys before this one and from it on, so many of each."""
        blocks = self._blocks[bisect_left(self._lasts, key) :: -1]
        before = (one for block in blocks for one in reversed(block) if one < key)
        return [*islice(before, most), *islice(self.after(key, inclusive=True), most)]

    def _walk(self, place: int, start: int) -> Iterator[str]:
        yield from self._blocks[place][start:]
        for number in range(place + 1, len(self._blocks)):
            yield from self._blocks[number]
