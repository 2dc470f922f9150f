"""What stands in the place of other packages' attributes while a mock is active."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from operator import getitem, is_
from types import FunctionType
from typing import Any, NamedTuple

from s3tag_mock.intercept import private_names
from s3tag_mock.intercept.attributes import Attributes, LastImport, Place
from s3tag_mock.intercept.importing import when_imported
from s3tag_mock.intercept.private_names import NAMES
from s3tag_mock.intercept.undo import Undo

#: The place of an attribute (of a row of :mod:`s3tag_mock.intercept.private_names`), to what makes its
#: replacement of the original.
Wrappers = Mapping[str, Callable[[Any], Any]]


class _Patches(NamedTuple):
    """Attributes of classes and modules, and what replaces them: of each column, the items of one row belong
    together.

    :param attributes: all those of the owners.
    """

    owners: tuple[Any, ...]
    attributes: tuple[Mapping[str, Any], ...]
    names: tuple[str, ...]
    originals: tuple[Any, ...]
    replacements: tuple[Any, ...]


class _Addition(NamedTuple):
    """What a class has of its own, in the place of what it inherits."""

    owner: Any
    name: str
    replacement: Any


class Table(NamedTuple):
    """What is replaced, and what has to be there.

    :param inherited: the wrappers for what classes inherit, each of which is its class's own inside.
    :param of_imported: the wrappers for modules that may not have been imported yet, by the modules' names.
    :param required: places of names that aren't replaced.
    """

    wrappers: Wrappers
    inherited: Wrappers
    of_imported: Mapping[str, Wrappers]
    required: Sequence[str] = ()


class Patches:
    """The replacements, made once in a process for as long as all that they replace is the same."""

    def __init__(self) -> None:
        self._patches = _patches({})
        self._additions: list[_Addition] = []
        #: What is replaced, and where it is found.
        self._noted: Attributes | None = None
        self._paths = Attributes(())
        self._last_import = LastImport()

    def install(self, undo: Undo, table: Table) -> None:
        """Replace attributes; ``undo`` puts the very same objects back.

        If somebody else has replaced one in the meantime, theirs stays: it may call ours, which calls
        the original when no mock is active.

        :raises NotSupported: where an attribute isn't there and is required.
        """
        if not self._are_up_to_date():
            self._make(table)
        _replace(undo, self._patches)
        undo.callback(_take_away, self._additions)
        for owner, name, replacement in self._additions:
            setattr(owner, name, replacement)
        when_imported(undo, table.of_imported, lambda name: _replace(undo, _patches(table.of_imported[name])))

    def _are_up_to_date(self) -> bool:
        """Modules and their classes are looked up again only where something was imported meanwhile."""
        if self._noted is None or not self._noted.are_unchanged():
            return False
        if self._last_import.is_unchanged():
            return True
        self._last_import = LastImport()
        return self._paths.are_unchanged()

    def _make(self, table: Table) -> None:
        self._noted = None
        for place in table.required:
            private_names.find(place)
        wrappers, inherited = dict(table.wrappers), dict(table.inherited)
        for place in table.inherited:
            if NAMES[place].name in vars(private_names.owner_of(place)):  # somebody has replaced it
                wrappers[place] = inherited.pop(place)
        for name, of_module in table.of_imported.items():
            if name in sys.modules:
                wrappers.update(of_module)
        self._patches = _patches(wrappers)
        self._additions = [_addition(place, make) for place, make in inherited.items()]
        self._last_import = LastImport()  # first: another thread may import something meanwhile
        paths = [private_names.path_of(place) for place in (*table.required, *wrappers, *inherited)]
        imported: Iterable[Place] = ((sys.modules, name) for name in table.of_imported)
        self._paths = Attributes(chain(imported, *(path[:-1] for path in paths)))
        self._noted = Attributes(path[-1] for path in paths)


def by_module(wrappers: Wrappers) -> Mapping[str, Wrappers]:
    """Wrappers by the names of the modules of what they wrap."""
    found: dict[str, dict[str, Callable[[Any], Any]]] = {}
    for place, make in wrappers.items():
        found.setdefault(NAMES[place].module, {})[place] = make
    return found


def _patches(wrappers: Wrappers) -> _Patches:
    """The patches of what is there.

    :raises NotSupported: where something isn't and is required.
    """
    rows = []
    for place, make in wrappers.items():
        owner, name = private_names.owner_of(place), NAMES[place].name
        attributes = {} if owner is None else vars(owner)
        original = attributes.get(name)
        if original is None:
            private_names.missing(place)
            continue
        replacement = make(original)
        if type(replacement) is FunctionType:
            vars(replacement).setdefault("__wrapped__", original)
        rows.append((owner, attributes, name, original, replacement))
    return _Patches(*zip(*rows, strict=True)) if rows else _Patches((), (), (), (), ())


def _addition(place: str, make: Callable[[Any], Any]) -> _Addition:
    owner, name = private_names.owner_of(place), NAMES[place].name
    return _Addition(owner, name, make(getattr(owner, name)))


def _take_away(additions: Iterable[_Addition]) -> None:
    for owner, name, replacement in additions:
        if vars(owner).get(name) is replacement:
            delattr(owner, name)


def _replace(undo: Undo, patches: _Patches) -> None:
    undo.callback(_put_back, patches)
    _put_in(patches)


def _put_in(patches: _Patches) -> None:
    for _ in map(setattr, patches.owners, patches.names, patches.replacements):
        pass


def _put_back(patches: _Patches) -> None:
    owners, _, names, originals, _ = patches
    if _are_in(patches):
        for _ in map(setattr, owners, names, originals):
            pass
        return
    for owner, attributes, name, original, replacement in zip(*patches, strict=True):
        if attributes.get(name) is replacement:
            setattr(owner, name, original)


def _are_in(patches: _Patches) -> bool:
    """Whether nobody has replaced one since."""
    try:
        now = map(getitem, patches.attributes, patches.names)
        return all(map(is_, now, patches.replacements))
    except KeyError:
        return False


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
