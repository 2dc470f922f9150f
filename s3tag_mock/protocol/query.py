"""The Query protocol, as IAM and STS speak it: form-encoded parameters in, wrapped XML out.

Names of parameters are paths: ``Tags.member.1.Key`` is the Key of the first of the Tags. Of neither service
has any shape another name on the wire, or is flattened. Source: botocore's own Query serialiser and parser,
read backwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qsl

from s3tag_mock.protocol import nodes, scalars, xml
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request, Response
from s3tag_mock.protocol.parse import Params, Parser
from s3tag_mock.protocol.serialize import Result, Serializer
from s3tag_mock.protocol.service_model import is_list, is_map, is_structure

if TYPE_CHECKING:
    from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape

#: The parameters of a request as a tree: each name up to its next dot, to its text or to what is below it.
Tree = dict[str, Any]
#: Reads a value out of its place in the tree.
Reader = Callable[[Any], Any]

#: What parameters say beside the operation's own.
_COMMON: Final = frozenset({"Action", "Version"})
#: A list in a tree has numbers for names; more digits than these are no place in a list.
_NUMBER_DIGITS: Final = 9
#: How deep a name may go: no shape of IAM's or STS's is deeper.
_DEPTH: Final = 32


def compile_parser(operation: OperationModel) -> Parser:
    """The function that turns this operation's requests into parameters.

    It raises AwsError: InvalidArgument, for a text that isn't of the parameter's type.
    """
    shape = operation.input_shape
    if not is_structure(shape):
        return lambda request, address: {}
    read = _structure_reader(shape)

    def parse(request: Request, address: Address) -> Params:
        pairs = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
        return cast("Params", read(_tree((name, text) for name, text in pairs if name not in _COMMON)))

    return parse


def _tree(pairs: Any) -> Tree:
    root: Tree = {}
    for name, text in pairs:
        *path, last = name.split(".", _DEPTH)
        place = root
        for step in path:
            below = place.get(step)
            if not isinstance(below, dict):
                below = place[step] = {}
            place = below
        # A name that is another's beginning gives way to it.
        if not isinstance(place.get(last), dict):
            place[last] = text
    return root


def _reader(shape: Shape, name: str) -> Reader:
    if is_structure(shape):
        return _structure_reader(shape)
    if is_list(shape):
        return _list_reader(shape, name)
    if is_map(shape):
        return _map_reader(shape, name)
    read = scalars.reader(shape)
    return lambda found: scalars.read_argument(read, found if isinstance(found, str) else "", name)


def _structure_reader(shape: StructureShape) -> Reader:
    plan = [(name, _reader(member, name)) for name, member in shape.members.items()]

    def read(found: Any) -> Params:
        tree: Mapping[str, Any] = found if isinstance(found, dict) else {}
        return {name: reader(tree[name]) for name, reader in plan if name in tree}

    return read


def _list_reader(shape: ListShape, name: str) -> Reader:
    read = _reader(shape.member, name)
    # An empty list is sent as an empty text.
    return lambda found: [read(one) for one in _numbered(found, "member")]


def _map_reader(shape: MapShape, name: str) -> Reader:
    read_key, read_value = _reader(shape.key, name), _reader(shape.value, name)

    def read_map(found: Any) -> dict[Any, Any]:
        return {
            read_key(entry["key"]): read_value(entry["value"])
            for entry in _numbered(found, "entry")
            if isinstance(entry, dict) and entry.keys() >= {"key", "value"}
        }

    return read_map


def _numbered(tree: Any, inside: str) -> list[Any]:
    """What stands under the numbers inside a place of the tree, in their order; gaps don't count."""
    found = tree.get(inside) if isinstance(tree, dict) else None
    if not isinstance(found, dict):
        return []
    numbers = [name for name in found if name.isdecimal() and name.isascii() and len(name) <= _NUMBER_DIGITS]
    return [found[name] for name in sorted(numbers, key=int)]


def _nothing(result: Result) -> str:
    return ""


def compile_serializer(operation: OperationModel) -> Serializer:
    """The function that makes an answer of what an operation returned."""
    shape = operation.output_shape
    root = f"{operation.name}Response"
    declared = xml.attributes({"xmlns": operation.service_model.metadata["xmlNamespace"]})
    write = nodes.compile_writer(shape, shape.serialization["resultWrapper"]) if shape else _nothing

    def response(result: Result, request_id: str) -> Response:
        noted = f"<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>"
        body = xml.document(f"<{root}{declared}>{write(result)}{noted}</{root}>")
        return Response(200, {"Content-Type": "text/xml"}, xml.well_formed(body))

    return response
