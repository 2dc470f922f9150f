"""Whether attributes of other packages' modules and classes are what they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class Attributes:
    """Attributes as they were when this was made. Comparing them is quick, since every mock does it.

    :param places: each the attributes of a module or class (or ``sys.modules``), and a name in them, which
        needn't be there.
    """

    def __init__(self, places: Iterable[tuple[Mapping[str, Any], str]]) -> None:
        every = {(id(of), name): (of, name) for of, name in places}  # many paths begin alike
        self._places = list(every.values())
        self._found = self._now()

    def are_unchanged(self) -> bool:
        """Whether all are what they were, and nothing was added."""
        return self._now() == self._found

    def _now(self) -> list[Any]:
        return [of.get(name) for of, name in self._places]
