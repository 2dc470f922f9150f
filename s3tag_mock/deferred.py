"""Modules that are imported when they are first used, so that importing the mock costs next to nothing.

A test run imports ``mock_tagging`` in every process, and in many it enters no mock.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Deferred:
    """Stands for a module.

    :param name: of the module, in full.
    """

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self.__name__), name)
        setattr(self, name, found)
        return found
