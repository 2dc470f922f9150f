"""Changes that are to be undone, the latest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Undo:
    """Steps that undo changes; much cheaper than an ExitStack, since every mock has some forty of them."""

    def __init__(self) -> None:
        self._steps: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []

    def callback(self, step: Callable[..., Any], *args: Any) -> None:
        """Add a step."""
        self._steps.append((step, args))

    def close(self) -> None:
        """Do all of them.

        :raises BaseException: the first that a step raised, after the rest has been done.
        """
        raised: BaseException | None = None
        while self._steps:
            step, args = self._steps.pop()
            try:
                step(*args)
            except BaseException as error:
                raised = raised or error
        if raised is not None:
            raise raised
