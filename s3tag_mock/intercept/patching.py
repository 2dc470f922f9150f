"""Put something in the place of an attribute for a while."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

from s3tag_mock.intercept import private_names
from s3tag_mock.intercept.importing import when_imported
from s3tag_mock.intercept.private_names import NAMES
from s3tag_mock.intercept.undo import Undo


def patch(undo: Undo, place: str, make: Callable[[Any], Any]) -> None:
    """Replace an attribute of a class or module; ``undo`` puts the very same object back.

    If somebody else has replaced it in the meantime, theirs stays: it may call ours, which calls
    the original when no mock is active.

    :param place: of a row of :mod:`s3tag_mock.intercept.private_names`, which says what happens when there is
        no such attribute.
    :param make: makes the replacement of the original.
    :raises NotSupported: where there is none and it is required.
    """
    owner, name = private_names.owner_of(place), NAMES[place].name
    original = None if owner is None else vars(owner).get(name)
    if original is None:
        private_names.missing(place)
        return
    replacement = make(original)
    if type(replacement) is FunctionType:
        vars(replacement).setdefault("__wrapped__", original)
    setattr(owner, name, replacement)
    undo.callback(_put_back, owner, name, replacement, original)


def patch_when_imported(undo: Undo, makers: Mapping[str, Callable[[Any], Any]]) -> None:
    """Replace attributes of modules that may not have been imported yet; those at their import.

    :param makers: the place of each attribute, with what makes its replacement.
    """
    waiting: dict[str, list[str]] = {}
    for place in makers:
        waiting.setdefault(place.partition(":")[0], []).append(place)

    def patch_module(name: str) -> None:
        for place in waiting.pop(name, ()):
            patch(undo, place, makers[place])

    for name in [name for name in waiting if name in sys.modules]:
        patch_module(name)
    when_imported(undo, waiting, patch_module)


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


def _put_back(owner: Any, name: str, replacement: Any, original: Any) -> None:
    if vars(owner).get(name) is replacement:
        setattr(owner, name, original)
