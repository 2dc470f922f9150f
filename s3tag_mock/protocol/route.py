"""Which operation of S3's a request of plain HTTP is: one that no client made, such as a presigned URL's.

A client's calls say their operation themselves. Here the table is made of the service model: every
operation's method, path, fixed query, and the query arguments and headers that it requires. The operations
of other services are found in :mod:`s3tag_mock.protocol.operation_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import parse_qsl

from s3tag_mock.protocol import model

if TYPE_CHECKING:
    from botocore.model import OperationModel, ServiceModel

#: Operations that have another's method, path and arguments, and a host of their own.
_ELSEWHERE: Final = frozenset({"ListDirectoryBuckets", "WriteGetObjectResponse"})
_DEPTH: Final[dict[str, int]] = {"/": 0, "/{Bucket}": 1, "/{Bucket}/{Key+}": 2}


@dataclass(frozen=True, slots=True)
class Route:
    """How requests for one operation look.

    :param depth: 0 for the service, 1 for a bucket, 2 for an object.
    :param arguments: query arguments that it has: name to value, or to None where any value will do.
    :param headers: names of headers that it has, in lower case.
    """

    operation: OperationModel
    method: str
    depth: int
    arguments: Mapping[str, str | None]
    headers: frozenset[str]

    @property
    def rank(self) -> tuple[int, str]:
        """The most particular route wins; of an operation's old and new form, the new one."""
        return len(self.arguments) + len(self.headers), self.operation.name

    def takes(self, query: Mapping[str, str], headers: Mapping[str, str]) -> bool:
        """Whether a request of its method and depth is for this operation, or for a more particular one."""
        return self.headers <= headers.keys() and all(
            name in query and value in {None, query[name]} for name, value in self.arguments.items()
        )


#: By method and depth, the most particular ones first.
Routes: TypeAlias = dict[tuple[str, int], list[Route]]


def routes_of(service: ServiceModel) -> Routes:
    """The routes of all operations of a service."""
    names = [name for name in service.operation_names if name not in _ELSEWHERE]
    routes = [_route(service.operation_model(name)) for name in names]
    found: Routes = {}
    for route in sorted(routes, key=lambda route: route.rank, reverse=True):
        found.setdefault((route.method, route.depth), []).append(route)
    return found


def _route(operation: OperationModel) -> Route:
    path, _, query = model.uri_template(operation).partition("?")
    arguments: dict[str, str | None] = {}
    for part in query.split("&") if query else ():
        name, has_value, value = part.partition("=")
        arguments[name] = value if has_value else None
    headers = set()
    shape = operation.input_shape
    for name in shape.required_members if shape is not None else ():
        place = shape.members[name].serialization if shape is not None else {}
        if place.get("location") == "querystring":
            arguments.setdefault(place["name"], None)
        if place.get("location") == "header":
            headers.add(place["name"].lower())
    return Route(operation, operation.http["method"], _DEPTH[path], arguments, frozenset(headers))


def find(
    routes: Routes, method: str, path: str, query: str, headers: Mapping[str, str]
) -> OperationModel | None:
    """The operation of a request; None when it is none.

    :param path: in path style, percent-encoded.
    :param query: percent-encoded.
    :param headers: names in lower case.
    """
    arguments = dict(parse_qsl(query, keep_blank_values=True))
    for route in routes.get((method, _depth(path)), ()):
        if route.takes(arguments, headers):
            return route.operation
    return None


def is_of_bucket(path: str) -> bool:
    """Whether a path in path style names a bucket and no key."""
    return _depth(path) == _DEPTH["/{Bucket}"]


def _depth(path: str) -> int:
    bucket, _, key = path.lstrip("/").partition("/")  # a key may be slashes alone
    return 2 if key else 1 if bucket else 0
