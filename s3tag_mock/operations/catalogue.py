"""Every operation that is supported, by service and name: whatever the folders of the services hold.

The folder of a service is imported when an operation of it is first looked up, since that takes time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import RLock
from types import MappingProxyType
from typing import Final

from s3tag_mock import operations
from s3tag_mock.operations.registry import Operation, modules_in, operations_in
from s3tag_mock.rules.services import SERVICES


class Catalogue(Mapping[tuple[str, str], Operation]):
    """All operations, sorted.

    :param modules: the names of the modules of each service.
    """

    def __init__(self, modules: Mapping[str, tuple[str, ...]]) -> None:
        self._modules = modules
        self._found: dict[str, Mapping[str, Operation]] = {}
        #: Held while modules are imported, since a fork that came meanwhile would find them half imported.
        self.lock = RLock()

    def of_service(self, service: str) -> Mapping[str, Operation]:
        """The operations of a service by name, sorted; none for a service that isn't supported."""
        found = self._found.get(service)
        if found is None:
            with self.lock:
                records = operations_in(self._modules.get(service, ()))
                own = {one.name: one for one in records if one.service == service}
                found = self._found[service] = MappingProxyType(dict(sorted(own.items())))
        return found

    def __getitem__(self, key: tuple[str, str]) -> Operation:
        service, name = key
        return self.of_service(service)[name]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((service, name) for service in self._modules for name in self.of_service(service))

    def __len__(self) -> int:
        return sum(len(self.of_service(service)) for service in self._modules)


#: The folders are listed before a test can put another file system in the place of the real one.
OPERATIONS: Final = Catalogue(
    {service: modules_in(f"{operations.__name__}.{service}") for service in sorted(SERVICES)}
)
