"""botocore's JSON models, read once in a process instead of once in every session.

Reading them is by far the largest cost of a session (80 of 85 ms). While a mock is active, every
new session gets a loader that shares what loaders with the same search path have read before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from botocore.loaders import Loader

from s3tag_mock.intercept.patching import Wrappers

#: What is read or made once: by the search path of the loaders that read it, or by the name of what makes it.
ModelCache = dict[tuple[str, ...], dict[Any, Any]]


def wrappers(cache: ModelCache) -> Wrappers:
    """What gives new sessions loaders that share what was read."""

    def sharing(original: Callable[..., Loader]) -> Callable[..., Loader]:
        return lambda search_path_string=None: _WarmLoader(original(search_path_string), cache)

    def made(place: str) -> dict[Any, Any]:
        return cache.setdefault((place,), {})

    return {
        "botocore.session:create_loader": sharing,
        # The rules of a service's endpoints and its model are the same for all clients, and nothing changes
        # them.
        **{place: partial(_sharing, made=made(place)) for place in _SHARED},
        # A client's class gets a dict of its own: others may add methods to it.
        _METHODS: lambda original: _copying(_sharing(original, made(_METHODS), skip=1)),
        "botocore.hooks:EventAliaser.__copy__": _knowing_event_names,
    }


def _sharing(make: Callable[..., Any], made: dict[Any, Any], skip: int = 0) -> Callable[..., Any]:
    """A function that makes the same thing of the same arguments.

    :param make: makes it.
    :param made: what was made before.
    :param skip: how many arguments at the beginning make no difference.
    """

    def shared(*given: Any, **options: Any) -> Any:
        arguments = (*given[skip:], *options.values())
        key = (tuple(options), *(one if isinstance(one, str) else id(one) for one in arguments))
        found = made.get(key)
        if found is None:
            if len(made) >= _MOST_SHARED:
                made.clear()
            # What the key's numbers stand for is kept with it, so that nothing else gets them.
            found = made[key] = (make(*given, **options), arguments)
        return found[0]

    return shared


def _copying(make: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    return lambda *given, **options: dict(make(*given, **options))


def _knowing_event_names(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Let copies of an emitter (each client has one) share the names of events that were worked out."""

    def copied(self: Any) -> Any:
        copy = original(self)
        known = vars(self).get(_EVENT_NAMES)
        if known is not None:
            vars(copy)[_EVENT_NAMES] = known
        return copy

    return copied


class _WarmLoader(Loader):
    """A loader of the session's own (boto3 adds to its search path) that reads from a shared cache."""

    def __init__(self, cold: Loader, cache: ModelCache) -> None:
        self._shared = cache  # __getattr__ finds the part of it for the search path of the moment
        self.__dict__.update({name: value for name, value in vars(cold).items() if name != _CACHE})

    def __getattr__(self, name: str) -> Any:
        if name == _CACHE:
            return self._shared.setdefault(tuple(self.search_paths), {})
        raise AttributeError(name)


_CACHE: Final = "_cache"
_EVENT_NAMES: Final = "_alias_name_cache"
_SHARED: Final = ("botocore.regions:EndpointProvider", "botocore.client:ServiceModel")
_METHODS: Final = "botocore.client:ClientCreator._create_methods"
_MOST_SHARED: Final = 64
