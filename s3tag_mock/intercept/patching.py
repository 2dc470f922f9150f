"""What stands in the place of other packages' attributes while a mock is active."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from types import FunctionType
from typing import Any, NamedTuple

from s3tag_mock.intercept import private_names
from s3tag_mock.intercept.importing import when_imported
from s3tag_mock.intercept.private_names import NAMES
from s3tag_mock.intercept.undo import Undo

#: The place of an attribute (of a row of :mod:`s3tag_mock.intercept.private_names`), to what makes its
#: replacement of the original.
Wrappers = Mapping[str, Callable[[Any], Any]]


class _Patch(NamedTuple):
    """An attribute of a class or module, and what replaces it.

    :param look_up: gives what an attribute of it is now.
    """

    owner: Any
    look_up: Callable[[str], Any]
    name: str
    original: Any
    replacement: Any


class Table(NamedTuple):
    """What is replaced, and what has to be there.

    :param of_imported: the wrappers for modules that may not have been imported yet, by the modules' names.
    :param required: places of names that aren't replaced.
    """

    wrappers: Wrappers
    of_imported: Mapping[str, Wrappers]
    required: Sequence[str] = ()


class Patches:
    """The replacements, made once in a process for as long as all that they replace is the same."""

    def __init__(self) -> None:
        self._patches: list[_Patch] = []
        self._looked_up: list[tuple[Callable[[str], Any], str]] = []
        self._found: list[Any] = []
        self._waiting: list[str] = []

    def install(self, undo: Undo, table: Table) -> None:
        """Replace attributes; ``undo`` puts the very same objects back.

        If somebody else has replaced one in the meantime, theirs stays: it may call ours, which calls
        the original when no mock is active.

        :raises NotSupported: where an attribute isn't there and is required.
        """
        if not self._found or self._now() != self._found:
            self._make(table)
        done = list(self._patches)
        undo.callback(_put_back, done)
        _put_in(done)
        waiting = set(self._waiting)

        def patch_module(name: str) -> None:
            waiting.discard(name)
            patches = _patches(table.of_imported[name])
            done.extend(patches)
            _put_in(patches)

        when_imported(undo, waiting, patch_module)

    def _make(self, table: Table) -> None:
        self._found = []
        for place in table.required:
            private_names.find(place)
        wrappers = dict(table.wrappers)
        for name, of_module in table.of_imported.items():
            if name in sys.modules:
                wrappers.update(of_module)
        self._patches = _patches(wrappers)
        steps: list[tuple[Mapping[str, Any], str]] = [(sys.modules, name) for name in table.of_imported]
        for place in (*table.required, *wrappers):
            steps += private_names.path_of(place)
        # Many paths begin alike.
        self._looked_up = list({(id(of), name): (of.get, name) for of, name in steps}.values())
        self._found = self._now()
        self._waiting = [name for name in table.of_imported if name not in sys.modules]

    def _now(self) -> list[Any]:
        return [look_up(name) for look_up, name in self._looked_up]


def by_module(wrappers: Wrappers) -> Mapping[str, Wrappers]:
    """Wrappers by the names of the modules of what they wrap."""
    found: dict[str, dict[str, Callable[[Any], Any]]] = {}
    for place, make in wrappers.items():
        found.setdefault(NAMES[place].module, {})[place] = make
    return found


def _patches(wrappers: Wrappers) -> list[_Patch]:
    """The patches of what is there.

    :raises NotSupported: where something isn't and is required.
    """
    found = []
    for place, make in wrappers.items():
        owner, name = private_names.owner_of(place), NAMES[place].name
        look_up = {}.get if owner is None else vars(owner).get
        original = look_up(name)
        if original is None:
            private_names.missing(place)
            continue
        replacement = make(original)
        if type(replacement) is FunctionType:
            vars(replacement).setdefault("__wrapped__", original)
        found.append(_Patch(owner, look_up, name, original, replacement))
    return found


def _put_in(patches: list[_Patch]) -> None:
    for owner, _, name, _, replacement in patches:
        setattr(owner, name, replacement)


def _put_back(patches: list[_Patch]) -> None:
    for owner, look_up, name, original, replacement in reversed(patches):
        if look_up(name) is replacement:
            setattr(owner, name, original)


def is_their_own(function: Any) -> bool:
    """Whether a function is boto3's or botocore's own, or ours around it.

    By where its code is: a wrapper may bear the name and module of what it wraps.
    """
    while type(function) is FunctionType:
        package = function.__globals__.get("__name__", "").partition(".")[0]
        if package != "s3tag_mock":
            return package in {"boto3", "botocore"}
        function = getattr(function, "__wrapped__", None)
    return False
