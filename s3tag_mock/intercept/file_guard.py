"""The user's own files of AWS's, below ``~/.aws``: nobody reads them while a mock is active.

That holds for the configuration, the credentials, the models and the caches of logins, however the path is
written and whichever home directory it is in. What a test names in ``AWS_CONFIG_FILE`` and
``AWS_SHARED_CREDENTIALS_FILE`` is read, also in a home directory that the test has made itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, Final, TypeAlias

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.patching import Wrappers
from s3tag_mock.intercept.private_names import find

#: As botocore takes it.
AnyPath: TypeAlias = "str | bytes | os.PathLike[str]"
_DIRECTORY: Final = ".aws"
_FILES: Final = ("config", "credentials")
_VARIABLES: Final = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")


def is_users(
    path: str, homes: list[str], current_home: str, named: list[str], *, paths: Any = os.path
) -> bool:
    """Whether a file or directory is the user's own.

    :param path: absolute or not, with symbolic links or without.
    :param homes: home directories of the user.
    :param current_home: the home directory that the environment names now; the test may have made it.
    :param named: files that the test names; read where they are in no other home than the current one.
    :param paths: ``os.path``, or the module that stands for it on another system.
    """
    if any(_is_in(path, paths.join(home, _DIRECTORY), paths) for home in homes):
        return True
    if not _is_in(path, paths.join(current_home, _DIRECTORY), paths):
        return False
    return all(_normal(path, paths) != _normal(one, paths) for one in named)


def _is_in(path: str, directory: str, paths: Any) -> bool:
    """Whether a path is a directory, or inside it, as it is written or where it really is."""
    for kind in (paths.abspath, paths.realpath):
        inner, outer = (paths.normcase(kind(one)) for one in (path, directory))
        if inner == outer or inner.startswith(paths.join(outer, "")):
            return True
    return False


def _normal(path: str, paths: Any) -> str:
    """A path as it compares with others: Windows knows two separators, and no capitals."""
    whole: str = paths.normcase(paths.abspath(path))
    return whole


def home_of_password_file() -> list[str]:
    """The home directory of the user in the system's own list, whatever the environment says."""
    try:
        pwd: Any = import_module("pwd")
        return [pwd.getpwuid(os.getuid()).pw_dir]
    except (ImportError, KeyError):  # Windows has no such list, and containers have users without an entry
        return []


def _is_users(path: AnyPath) -> bool:
    if not ACTIVE.scopes:
        return False
    whole, homes = _expanded(path), _homes()
    named = [_expanded(os.environ[name]) for name in _VARIABLES if os.environ.get(name)]
    return is_users(whole, homes, os.path.expanduser("~"), named) or _is_linked(whole, homes)


def _homes() -> list[str]:
    """The home directories of the user."""
    # botocore has worked out the directory of models from the home directory when it was imported.
    home_of_models = os.path.dirname(os.path.dirname(find(_MODELS)))
    entered_in = (os.fsdecode(scope.home) for scope in ACTIVE.scopes if scope.home)
    return [*entered_in, home_of_models, *home_of_password_file()]


def _is_linked(path: str, homes: list[str]) -> bool:
    """Whether a file is what ``~/.aws/credentials`` or ``~/.aws/config`` links to, which may be anywhere."""
    files = (os.path.join(home, _DIRECTORY, name) for home in homes for name in _FILES)
    return any(os.path.islink(file) and _is_in(path, file, os.path) for file in files)


def _reading(original: Callable[..., Any]) -> Callable[..., Any]:
    def read(path: AnyPath | None, *args: Any, **options: Any) -> Any:
        is_users_own = path is not None and path != os.devnull and _is_users(path)
        return original(os.devnull if is_users_own else path, *args, **options)

    return read


def _potential_locations(original: Callable[..., Iterator[str]]) -> Callable[..., Iterator[str]]:
    def potential_locations(loader: Any, *args: Any, **options: Any) -> Iterator[str]:
        return (path for path in original(loader, *args, **options) if not _is_users(path))

    return potential_locations


def _cache_path(original: Callable[[Any, str], str]) -> Callable[[Any, str], str]:
    def path_of(cache: Any, key: str) -> str:
        path = original(cache, key)
        # A path that nothing can be at.
        return os.path.join(os.devnull, key) if _is_users(path) else path

    return path_of


def _cache_write(original: Callable[[Any, str, Any], None]) -> Callable[[Any, str, Any], None]:
    def write(cache: Any, key: str, value: Any) -> None:
        if os.path.dirname(find(_CACHE_PATH)(cache, key)) != os.devnull:
            original(cache, key, value)

    return write


def _expanded(path: AnyPath) -> str:
    return os.path.expanduser(os.path.expandvars(os.fsdecode(path)))


_MODELS: Final = "botocore.loaders:Loader.CUSTOMER_DATA_PATH"
_CACHE_PATH: Final = "botocore.utils:JSONFileCache._convert_cache_key"
#: Around what reads such files (``load_config`` does by ``raw_config_parse``), and what writes them.
WRAPPERS: Final[Wrappers] = {
    "botocore.configloader:raw_config_parse": _reading,
    "botocore.loaders:Loader._potential_locations": _potential_locations,
    _CACHE_PATH: _cache_path,
    "botocore.utils:JSONFileCache.__setitem__": _cache_write,
}
#: What a mock isn't entered without, beside what it wraps.
REQUIRED: Final = (_MODELS,)
