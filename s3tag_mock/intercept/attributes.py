"""Whether attributes of other packages' modules and classes are what they were, and what was imported."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from operator import getitem
from types import ModuleType
from typing import Any, TypeAlias

#: The attributes of a module or class (or ``sys.modules``), and a name in them.
Place: TypeAlias = tuple[Mapping[str, Any], str]


class Attributes:
    """Attributes as they were when this was made. Comparing them is quick, since every mock does it.

    :param places: of which the names needn't be there.
    """

    def __init__(self, places: Iterable[Place]) -> None:
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


class LastImport:
    """The module that was imported last, and how many there are.

    An import puts its module last in ``sys.modules``, also where it is done again, and by ``reload``, which
    gives the module a new spec as well.
    """

    def __init__(self) -> None:
        self._found = _last_import()

    def is_unchanged(self) -> bool:
        """Whether certainly nothing was imported since, nor taken out of ``sys.modules``."""
        now, found = _last_import(), self._found
        if now is None or found is None:
            return False
        return now[0] == found[0] and now[1] is found[1] and now[2] is found[2]


def _last_import() -> tuple[int, ModuleType, object] | None:
    """None where it isn't known: another thread imports right now, or somebody's stand-in is last."""
    try:
        module = sys.modules[next(reversed(sys.modules))]
    except (KeyError, RuntimeError):
        return None
    return (len(sys.modules), module, vars(module).get("__spec__")) if type(module) is ModuleType else None
