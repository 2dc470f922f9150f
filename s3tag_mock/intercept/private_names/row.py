"""One name of somebody else's, and rows of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

IfGone = Literal["required", "optional", "warned"]


@dataclass(frozen=True)
class PrivateName:
    """One name of somebody else's.

    :param place: ``module:name``, or ``module:Class.name``.
    :param used_for: what we do with it.
    :param if_gone: what happens without it.
    :param is_of_instances: whether only instances of the class have it, so that it is looked for in a call.
    """

    place: str
    used_for: str
    if_gone: IfGone
    is_of_instances: bool = False

    @property
    def package(self) -> str:
        """The package that it belongs to."""
        return self.place.partition(":")[0].partition(".")[0]

    @cached_property
    def module(self) -> str:
        """The module that it is in."""
        return self.place.partition(":")[0]

    @cached_property
    def class_name(self) -> str | None:
        """The class that it is in, where it is in one."""
        return self.place.rpartition(":")[2].rpartition(".")[0] or None

    @cached_property
    def name(self) -> str:
        """The attribute's own name."""
        return self.place.rpartition(":")[2].rpartition(".")[2]


def rows(
    if_gone: IfGone, used_for: str, *places: str, of_instances: tuple[str, ...] = ()
) -> tuple[PrivateName, ...]:
    """Rows of names that are used for the same.

    :param of_instances: places of those that only instances have.
    """
    return (
        *(PrivateName(place, used_for, if_gone) for place in places),
        *(PrivateName(place, used_for, if_gone, is_of_instances=True) for place in of_instances),
    )
