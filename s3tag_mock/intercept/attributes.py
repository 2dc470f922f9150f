"""Whether attributes of other packages' modules and classes are what they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import getitem
from typing import Any


class Attributes:
    """Attributes as they were when this was made. Comparing them is quick, since every mock does it.

    :param places: each the attributes of a module or class (or ``sys.modules``), and a name in them, which
        needn't be there.
    """

    def __init__(self, places: Iterable[tuple[Mapping[str, Any], str]]) -> None:
        every = {(id(of), name): (of, name) for of, name in places}  # many paths begin alike
        present = [(of, name) for of, name in every.values() if name in of]
        self._of, self._names = [of for of, _ in present], [name for _, name in present]
        self._found = self._now()
        absent: dict[int, tuple[Mapping[str, Any], set[str]]] = {}
        for of, name in every.values():
            if name not in of:
                absent.setdefault(id(of), (of, set()))[1].add(name)
        self._absent = [(of.keys(), names) for of, names in absent.values()]

    def are_unchanged(self) -> bool:
        """Whether all are what they were, and nothing was added."""
        try:
            same = self._now() == self._found
        except KeyError:
            return False
        return same and all(there.isdisjoint(names) for there, names in self._absent)

    def _now(self) -> list[Any]:
        return list(map(getitem, self._of, self._names))
