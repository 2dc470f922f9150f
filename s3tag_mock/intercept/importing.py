"""Have something done at the import of a module, for as long as a mock is active."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from s3tag_mock.intercept.undo import Undo


def when_imported(undo: Undo, names: Container[str], then: Callable[[str], None]) -> None:
    """Call a function with the name of each of some modules, whenever it was imported; ``undo`` ends it.

    :param names: of modules, whether they have been imported before or not.
    """
    finder = _Finder(names, then)
    sys.meta_path.insert(0, finder)
    undo.callback(finder.stop)


class _Finder:
    """Finds modules where others find them, and sees to it that their import is noticed."""

    def __init__(self, names: Container[str], then: Callable[[str], None]) -> None:
        self._names, self._then = names, then

    def stop(self) -> None:
        """Find nothing any more; somebody may hold a copy of the list of finders."""
        self._names = ()
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(self, name: str, *args: Any) -> ModuleSpec | None:
        if name not in self._names:
            return None
        others = (finder for finder in list(sys.meta_path) if finder is not self)
        found = next(filter(None, (finder.find_spec(name, *args) for finder in others)), None)
        if found is not None and found.loader is not None:
            found.loader = _Loader(found.loader, self._then)  # type: ignore[assignment]
        return found


class _Loader:
    """Loads one module as another loader does, to which it leaves the module."""

    def __init__(self, original: Loader, then: Callable[[str], None]) -> None:
        self._original, self._then = original, then

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = self._original
        module.__loader__ = self._original
        self._original.exec_module(module)
        self._then(module.__name__)
