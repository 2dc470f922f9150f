"""botocore's JSON models, read once in a process instead of once in every session.

Reading them is by far the largest cost of a session (80 of 85 ms). While a mock is active, every
new session gets a loader that shares what loaders with the same search path have read before.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, Final

import botocore.session
from botocore.loaders import Loader

from s3tag_mock.hook.patching import patched

#: Search path to what loaders with that path have read.
Shelf = dict[tuple[str, ...], dict[Any, Any]]


def install(undo: ExitStack, shelf: Shelf) -> None:
    """Give new sessions warm loaders; ``undo`` leaves them what they have and gives no more."""
    original = botocore.session.create_loader

    def create_loader(search_path_string: str | None = None) -> Loader:
        return _WarmLoader(original(search_path_string), shelf)

    undo.enter_context(patched(botocore.session, "create_loader", create_loader))


class _WarmLoader(Loader):
    """A loader of the session's own (boto3 adds to its search path) that reads from a shared shelf."""

    def __init__(self, cold: Loader, shelf: Shelf) -> None:
        self._shelf = shelf
        self.__dict__.update({name: value for name, value in vars(cold).items() if name != _CACHE})

    def __getattr__(self, name: str) -> Any:
        if name == _CACHE:
            return self._shelf.setdefault(tuple(self.search_paths), {})
        raise AttributeError(name)


_CACHE: Final = "_cache"
