"""How a request of the control API looks, and what it is answered with: one record for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from s3tag_mock.exceptions import Misuse, did_you_mean

if TYPE_CHECKING:
    from s3tag_mock.api.handle import Handle
    from s3tag_mock.api.snapshot import Snapshot

#: Where all paths begin.
PREFIX: Final = "/_s3tag_mock/v1"
#: A value's type in JSON, with what Python makes of it.
TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A member of a request's document, or an argument of its query.

    :param kind: its type in JSON; several where any of them will do.
    :param text: what it says.
    """

    kind: str | tuple[str, ...]
    text: str
    is_required: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """All types that will do."""
        return (self.kind,) if isinstance(self.kind, str) else self.kind

    def check(self, name: str, value: Any) -> None:
        """Refuse a value of another type.

        :raises Misuse: for one.
        """
        is_bool = isinstance(value, bool)
        fits = (isinstance(value, TYPES[kind]) and (kind == "boolean") == is_bool for kind in self.kinds)
        if not any(fits):
            raise Misuse(f"{name} must be of the type {' or '.join(self.kinds)}, got {value!r}.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for.

    :param path: the parts of the path that have names, decoded.
    :param query: the arguments, decoded.
    :param body: the document's members.
    :param snapshots: those that requests made so far; it may add one.
    """

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    snapshots: list[Snapshot]


Answer = Callable[["Handle", Asked], Any]


@dataclass(frozen=True)
class Route:
    """One kind of request.

    :param path: behind the prefix, with ``{names}``.
    :param text: what it does.
    :param answer: does it, and gives what is answered as JSON; None for an answer without a body.
    :param query: the arguments that it takes.
    :param body: the members of its document.
    """

    method: str
    path: str
    text: str
    answer: Answer
    query: Mapping[str, Field] = field(default_factory=dict)
    body: Mapping[str, Field] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What its path looks like, percent-encoded; a part with a name is one segment."""
        return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(f"{PREFIX}{self.path}")))

    def check(self, asked: Asked) -> None:
        """Refuse a request with arguments or members that it doesn't take.

        :raises Misuse: for one, naming the nearest.
        """
        for given, known, what in ((asked.query, self.query, "argument"), (asked.body, self.body, "member")):
            for name, value in given.items():
                if name not in known:
                    near = did_you_mean(name, known, none_known="It takes none.")
                    raise Misuse(f"{self.method} {self.path} has no {what} {name!r}. {near}")
                if what == "member":
                    known[name].check(name, value)
            for name, one in known.items():
                if one.is_required and name not in given:
                    raise Misuse(f"{self.method} {self.path} needs {name}: {one.text}.")
