"""What a mock needs once it is entered. It is imported then, so that a test that uses none imports little."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from s3tag_mock.api.uncollected import uncollected
from s3tag_mock.findings import reporter
from s3tag_mock.intercept.enter import enter, leave
from s3tag_mock.reporting.unittest_report import left
from s3tag_mock.state.clock import Clock
from s3tag_mock.state.ids import Ids
from s3tag_mock.state.world import World

if TYPE_CHECKING:
    from s3tag_mock.intercept.scope import Scope
    from s3tag_mock.intercept.undo import Undo

__all__ = ["change_nothing", "change_process", "enter", "leave", "left", "new_world", "reporter"]


def change_nothing(undo: Undo, scope: Scope) -> None:
    """For a mock that answers no clients of this process."""


@cache
def change_process() -> Callable[[Undo, Scope], None]:
    """What changes the process, so that a mock answers its clients."""
    with uncollected():
        from s3tag_mock.intercept.hooks import install

    return install


def new_world(options: Mapping[str, Any]) -> World:
    """A world in which nothing has happened.

    :param options: of ``mock_tagging``; those that aren't about it are ignored.
    """
    get = options.get
    ids = Ids(get("seed", 0))
    world = World(
        Clock(get("clock"), real_sleep=get("real_sleep", False)),
        ids,
        trusts_roles=get("roles") != "strict",
        lifecycle_acts=get("lifecycle") == "act",
    )
    world.min_part_size = get("min_part_size", world.min_part_size)
    return world
