"""REST-XML requests to parameters in boto3's shape, by parsers that are compiled once per operation.

A parser is a list of steps, one for each place that the operation's input shape reads from: the
path, the query, the headers, a map of headers, the body.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, unquote_plus

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol import header_values, model, nodes, scalars, xml
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.service_model import is_list, is_map, is_structure

if TYPE_CHECKING:
    from botocore.model import OperationModel, Shape, StructureShape

Params = dict[str, Any]
Parser = Callable[[Request, Address], Params]
Step = Callable[[Request, Address, Params], None]

#: How arguments begin that name headers of the answer.
_RESPONSE_HEADER: Final = "response-"
#: RECORDED, LS test_get_response_overrides_unicode_metadata_with_sig_s3.
_NOT_LATIN1: Final = "Header value cannot be represented using ISO-8859-1."


class UnreadableDocument(AwsError):
    """A body that isn't the operation's document, or is missing.

    :param error: what AWS answers, where it finds nothing else wrong before.
    :param params: what the path, the query and the headers say, which AWS looks at first.
    """

    def __init__(self, error: AwsError, params: Params) -> None:
        super().__init__(error.code, error.status, error.message, error.elements, error.headers, error.hint)
        self.params = params


def compile_parser(operation: OperationModel) -> Parser:
    """The function that turns this operation's requests into parameters.

    It raises AwsError: InvalidArgument or InvalidURI; UnreadableDocument, which is MalformedXML or
    MissingRequestBodyError.
    """
    shape = operation.input_shape
    steps = _steps(operation, shape) if is_structure(shape) else []

    def parse(request: Request, address: Address) -> Params:
        params: Params = {}
        for step in steps:
            step(request, address, params)
        return params

    return parse


def _steps(operation: OperationModel, shape: StructureShape) -> list[Step]:
    places: dict[str, dict[str, Shape]] = {}
    for name, member in shape.members.items():
        places.setdefault(member.serialization.get("location", "body"), {})[name] = member
    steps = [
        _path_step(model.uri_template(operation), places.get("uri", {})),
        _query_step(places.get("querystring", {})),
        _header_step(places.get("header", {})),
        *(_header_map_step(name, member) for name, member in places.get("headers", {}).items()),
        _required_step(shape),
    ]
    body = _body_step(operation.name, shape, places.get("body", {}))
    return [*steps, body] if body else steps


def _path_step(template: str, members: dict[str, Shape]) -> Step:
    pattern = path_pattern(template)
    name_of = {member.serialization.get("name", name): name for name, member in members.items()}

    def step(request: Request, address: Address, params: Params) -> None:
        match = pattern.fullmatch(address.path)
        if match is None:
            raise errors.INVALID_URI(URI=address.path.lstrip("/"))
        for label, text in match.groupdict().items():
            params[name_of[label]] = unquote(text)

    return step


def path_pattern(template: str) -> re.Pattern[str]:
    """``/{Bucket}/{Key+}?tagging`` as a pattern of percent-encoded paths."""
    path = template.partition("?")[0]
    pattern = re.sub(
        r"\{(\w+)(\+?)\}|([^{]+)",
        lambda part: re.escape(part[3]) if part[3] else f"(?P<{part[1]}>{'.+' if part[2] else '[^/]+'})",
        path,
    )
    return re.compile(f"{pattern}/?", re.DOTALL)


def _query_step(members: dict[str, Shape]) -> Step:
    name_of = {member.serialization.get("name", name): name for name, member in members.items()}
    # An empty number counts as absent (RECORDED, LS test_list_parts_empty_part_number_marker).
    numbers = {name for name, member in members.items() if member.type_name == "integer"}
    lists = {name: member for name, member in members.items() if is_list(member)}
    readers = {
        name: scalars.reader(member.member if is_list(member) else member)
        for name, member in members.items()
        if not is_map(member)
    }

    def step(request: Request, address: Address, params: Params) -> None:
        for part in address.query.split("&") if address.query else ():
            key, _, text = part.partition("=")
            argument = unquote_plus(key)
            name = name_of.get(argument)
            if name is None or name not in readers or (name in numbers and not text):
                continue
            given = unquote_plus(text)
            if argument.startswith(_RESPONSE_HEADER) and given != header_values.to_latin1(given):
                raise errors.INVALID_ARGUMENT(message=_NOT_LATIN1, ArgumentName=argument, ArgumentValue=given)
            value = scalars.read_argument(readers[name], given, argument)
            if name in lists:
                params.setdefault(name, []).append(value)
            else:
                params[name] = value

    return step


def _header_step(members: dict[str, Shape]) -> Step:
    readers = [
        (
            name,
            member.serialization.get("name", name).lower(),
            scalars.reader(member.member if is_list(member) else member),
            is_list(member),
        )
        for name, member in members.items()
    ]

    def step(request: Request, address: Address, params: Params) -> None:
        for name, header, read, is_listed in readers:
            text = request.headers.get(header)
            if text is None:
                continue
            if is_listed:
                params[name] = [scalars.read_argument(read, one.strip(), header) for one in text.split(",")]
            else:
                params[name] = scalars.read_argument(read, text, header)

    return step


def _header_map_step(name: str, member: Shape) -> Step:
    prefix = member.serialization["name"].lower()

    def step(request: Request, address: Address, params: Params) -> None:
        values = {
            header[len(prefix) :]: header_values.decode_metadata(text)
            for header, text in request.headers.items()
            if header.startswith(prefix)
        }
        if values:
            params[name] = values

    return step


def _required_step(shape: StructureShape) -> Step:
    """Headers and query arguments that must be there; botocore leaves an empty list out."""
    wanted = [
        (name, shape.members[name].serialization)
        for name in shape.required_members
        if shape.members[name].serialization.get("location") in {"header", "querystring"}
        and (shape.name, name) not in model.NOT_REQUIRED
    ]

    def step(request: Request, address: Address, params: Params) -> None:
        for name, place in wanted:
            if name in params:
                continue
            if place["location"] == "header":
                raise errors.MISSING_HEADER(MissingHeaderName=place["name"])
            raise errors.INVALID_ARGUMENT(
                message=f"{place['name']} is required", ArgumentName=place["name"], ArgumentValue=""
            )

    return step


def _body_step(operation: str, shape: StructureShape, members: dict[str, Shape]) -> Step | None:
    payload = shape.serialization.get("payload")
    if payload is not None:
        body = shape.members[payload]
        if body.type_name in {"blob", "string"}:
            return _raw_body_step(payload, body)
        read_payload = nodes.compile_reader(body)
        return _document_step(
            body.serialization.get("name", payload),
            payload in shape.required_members or operation in model.DOCUMENT_REQUIRED,
            lambda node: {payload: read_payload(node)},
        )
    if not members:
        return None
    return _document_step(
        shape.serialization.get("name"),
        any(name in members for name in shape.required_members),
        nodes.structure_reader(shape.name, members, shape.required_members),
    )


def _raw_body_step(name: str, member: Shape) -> Step:
    is_text = member.type_name == "string"

    def step(request: Request, address: Address, params: Params) -> None:
        params[name] = request.body.decode("utf-8", "replace") if is_text else request.body

    return step


def _document_step(root: str | None, required: bool, read: Callable[[xml.Node], Params]) -> Step:
    def step(request: Request, address: Address, params: Params) -> None:
        if not request.body.strip():
            if required:
                raise UnreadableDocument(errors.MISSING_REQUEST_BODY(), params)
            return
        try:
            found, node = xml.read(request.body)
            if root is not None and found != root:
                raise nodes.SchemaViolation(f"the root is {found}, not {root}")
            params.update(read(node))
        except (xml.NotXml, nodes.SchemaViolation) as problem:
            raise UnreadableDocument(errors.MALFORMED_XML(hint=str(problem)), params) from None

    return step
