"""The buckets of a partition."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from s3tag_mock.state.bucket import Bucket
from s3tag_mock.state.sorted_keys import SortedKeys


class Buckets(dict[str, Bucket]):
    """Name to bucket, the newest last; they can be walked by name, too.

    They change by item and by :meth:`clear` alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self._order = SortedKeys()

    def __setitem__(self, name: str, bucket: Bucket) -> None:
        if name not in self:
            self._order.update([name])
        super().__setitem__(name, bucket)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        self._order.remove(name)

    def clear(self) -> None:
        """Forget them all."""
        super().clear()
        self._order = SortedKeys()

    def by_name(self, after: str = "") -> Iterator[Bucket]:
        """The buckets whose names come after one, in order."""
        return map(self.__getitem__, self._order.after(after, inclusive=False))

    def __deepcopy__(self, memo: dict[int, Any]) -> Buckets:
        other = Buckets()
        for name, bucket in self.items():
            other[name] = copy.deepcopy(bucket, memo)
        return other
