"""Names of other packages that are private, undocumented or replaced by us, as one table.

A new version of botocore may rename any of them. Each row says what the name is used for and what happens
when it is gone:

- ``required``: what answers calls, or guards credentials and the network. Entering a mock (or, for what only
  instances have, the first call) raises :class:`NotSupported`, which names the versions that are known.
- ``optional``: what saves time or is a convenience. The mock works without it.
- ``warned``: moto's. Entering warns, since a call may then be answered by both mocks.

The rows stand in a file for each library, or few. ``tests/intercept/test_private_names.py`` renames each of
them, and compares this table with the code. Nothing of the libraries is imported here, since pytest's plugin
reads this module in every run.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import Any, Final

from s3tag_mock.exceptions import NotSupported, TaggingMockWarning
from s3tag_mock.intercept.private_names import aiobotocore, botocore, http_libraries, others
from s3tag_mock.intercept.private_names.row import PrivateName

#: The versions that the tests are run with, by the package's name.
KNOWN_VERSIONS: Final[Mapping[str, str]] = {
    "aiobotocore": "2.11 to 3.10",
    "aiohttp": "3.9 to 3.14",
    "boto3": "1.34 to 1.44",
    "botocore": "1.34 to 1.44",
    "httpx": "0.27 to 0.28",
    "httpx2": "2.16",
    "moto": "5.0 to 5.2",
    "pytest": "7.0 to 9.2",
    "urllib3": "1.26 to 2.8",
}

#: Place to row.
NAMES: Final[Mapping[str, PrivateName]] = {
    row.place: row for row in chain(botocore.ROWS, aiobotocore.ROWS, http_libraries.ROWS, others.ROWS)
}


def owner_of(place: str) -> Any:
    """The module or class that has (or had) a name; None where that is gone itself.

    Of a module that is imported a second time, as pytest's own tests do, the newest is meant.

    :param place: of a row.
    """
    row = NAMES[place]
    module = sys.modules.get(row.module) or _imported(row.module)
    return module if row.class_name is None else getattr(module, row.class_name, None)


def path_of(place: str) -> list[tuple[Mapping[str, Any], str]]:
    """Where a name is looked up, step by step: each the attributes of a module or class, and a name in them.

    :param place: of a row.
    """
    row, owner = NAMES[place], owner_of(place)
    path: list[tuple[Mapping[str, Any], str]] = [(sys.modules, row.module)]
    if row.class_name is not None and row.module in sys.modules:
        path.append((vars(sys.modules[row.module]), row.class_name))
    return path if owner is None else [*path, (vars(owner), row.name)]


def _imported(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ImportError:
        return None


def find(place: str) -> Any:
    """What a name stands for.

    :param place: of a row.
    :return: None where it is gone and may be.
    :raises NotSupported: where it is required.
    """
    row = NAMES[place]
    found = getattr(owner_of(place), row.name, None)
    if found is None:
        missing(place)
    return found


def missing(place: str) -> None:
    """Do what a row says for the case that its name is gone.

    :raises NotSupported: where it is required.
    """
    row = NAMES[place]
    if row.if_gone == "required":
        raise unknown(place)
    if row.if_gone == "warned":
        warnings.warn(
            f"{_what_is_gone(row)} Calls may be answered twice, by both mocks.",
            TaggingMockWarning,
            stacklevel=2,
        )


def unknown(place: str) -> NotSupported:
    """The exception for a required name that is gone.

    :param place: of a row.
    """
    return NotSupported(f"{_what_is_gone(NAMES[place])} Install one of those, or a newer s3tag_mock.")


def _what_is_gone(row: PrivateName) -> str:
    package = sys.modules.get(row.package)
    installed = f"{row.package} {_version(package)}"
    known = KNOWN_VERSIONS.get(row.package)
    if known is None:
        known, installed = "3.10 to 3.14", f"Python {sys.version.partition(' ')[0]}"
    gone = row.place.replace(":", ".")
    return (
        f"s3tag_mock {_version(sys.modules.get('s3tag_mock'))} doesn't know {installed}: {gone}, which it "
        f"needs for {row.used_for}, is gone; it knows {known}."
    )


def _version(module: ModuleType | None) -> str:
    return str(getattr(module, "__version__", "of an unknown version"))
