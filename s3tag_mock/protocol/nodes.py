"""XML to values in boto3's shape and back, by walking a shape of the model once: read from nodes, written
as text.

``compile_reader`` and ``compile_writer`` mirror each other, shape type by shape type.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from s3tag_mock.protocol import model, scalars, xml
from s3tag_mock.protocol.service_model import is_list, is_map, is_string, is_structure

if TYPE_CHECKING:
    from botocore.model import ListShape, MapShape, Shape, StructureShape

Reader = Callable[[xml.Node], Any]
Writer = Callable[[Any], str]


class SchemaViolation(ValueError):
    """A document that doesn't fit the shape."""


def compile_reader(shape: Shape) -> Reader:
    """The function that reads this shape's element; it raises SchemaViolation."""
    if is_structure(shape):
        return structure_reader(shape.name, shape.members, shape.required_members)
    if is_list(shape):
        return _list_reader(shape)
    if is_map(shape):
        return _map_reader(shape)
    return _scalar_reader(shape)


def structure_reader(name: str, members: Mapping[str, Shape], required: Collection[str]) -> Reader:
    """The function that reads an element with these members as children.

    :param name: the shape's name, for the table of what AWS doesn't require.
    """
    elements = {_element(member_name, member): member_name for member_name, member in members.items()}
    readers = {member_name: compile_reader(member) for member_name, member in members.items()}
    flattened = {
        member_name for member_name, member in members.items() if member.serialization.get("flattened")
    }
    needed = [one for one in required if one in members and (name, one) not in model.NOT_REQUIRED]

    def read(node: xml.Node) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for element, child in _children(node).items():
            member = elements.get(element) or elements.get(xml.local_name(element))
            if member is None:
                raise SchemaViolation(f"{name} has no element {element}")
            if isinstance(child, list) and member not in flattened:
                raise SchemaViolation(f"{element} appears more than once")
            values[member] = readers[member](child)
        for member in needed:
            if member not in values:
                raise SchemaViolation(f"{name} lacks {member}")
        return values

    return read


def _children(node: xml.Node) -> dict[str, xml.Node]:
    """Child elements and attributes (``@xsi:type``) of an element that may hold no text."""
    if node is None or (isinstance(node, str) and not node.strip()):
        return {}
    if not isinstance(node, dict):
        raise SchemaViolation("text where elements should be")
    if not any(name[0] in "@#" for name in node):
        return node
    if str(node.get(xml.TEXT) or "").strip():
        raise SchemaViolation("text where elements should be")
    return {
        name.removeprefix("@"): child
        for name, child in node.items()
        if name != xml.TEXT and not name.startswith(("@xmlns", "@xsi:schemaLocation"))
    }


def _list_reader(shape: ListShape) -> Reader:
    read_item = compile_reader(shape.member)
    if shape.serialization.get("flattened"):
        return lambda node: [read_item(item) for item in _repeated(node)]
    element = shape.member.serialization.get("name", "member")

    def read(node: xml.Node) -> list[Any]:
        children = _children(node)
        if any(xml.local_name(name) != element for name in children):
            raise SchemaViolation(f"a list of {element} with {', '.join(children)}")
        return [read_item(item) for child in children.values() for item in _repeated(child)]

    return read


def _map_reader(shape: MapShape) -> Reader:
    read_key, read_value = compile_reader(shape.key), compile_reader(shape.value)

    def read(node: xml.Node) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        for entry in _repeated(_children(node).get("entry", [])):
            pair = _children(entry)
            if set(pair) != {"key", "value"}:
                raise SchemaViolation("an entry of a map that has no key and value")
            values[read_key(pair["key"])] = read_value(pair["value"])
        return values

    return read


def _repeated(node: xml.Node) -> list[xml.Node]:
    return node if isinstance(node, list) else [node]


def _scalar_reader(shape: Shape) -> Reader:
    read_text = scalars.reader(shape)
    words = shape.enum if is_string(shape) and shape.name in model.DOCUMENT_ENUMS else ()

    def read(node: xml.Node) -> Any:
        if isinstance(node, dict) and all(name.startswith("@") or name == xml.TEXT for name in node):
            node = node.get(xml.TEXT)
        if node is not None and not isinstance(node, str):
            raise SchemaViolation("elements where text should be")
        if words and node not in words:
            raise SchemaViolation(f"{shape.name} is {node!r}, which is none of {', '.join(words)}")
        try:
            return read_text(node or "")
        except scalars.NotAScalar:
            raise SchemaViolation(f"{node!r} is no {shape.type_name}") from None

    return read


def compile_writer(shape: Shape, element: str) -> Writer:
    """The function that writes a value in boto3's shape as this element, or as several for a list."""
    if is_structure(shape):
        return _structure_writer(shape, element)
    if is_list(shape):
        return _list_writer(shape, element)
    if is_map(shape):
        return _map_writer(shape, element)
    return _scalar_writer(shape, element)


def children_writer(members: Mapping[str, Shape]) -> Writer:
    """The function that writes these members as elements, in the model's order.

    What the shape doesn't have is left out: an older botocore knows fewer members than we answer.
    """
    writers = [
        (member, compile_writer(shape, _element(member, shape)))
        for member, shape in members.items()
        if not shape.serialization.get("xmlAttribute")
    ]

    def write(values: Mapping[str, Any]) -> str:
        return "".join([write_one(values[member]) for member, write_one in writers if member in values])

    return write


def _structure_writer(shape: StructureShape, element: str) -> Writer:
    write_children, write_attributes = children_writer(shape.members), _attributes_writer(shape)
    start, end = f"<{element}>", f"</{element}>"
    if write_attributes is None:
        return lambda values: f"{start}{write_children(values)}{end}"
    attributes = write_attributes
    return lambda values: f"<{element}{attributes(values)}>{write_children(values)}{end}"


def _attributes_writer(shape: StructureShape) -> Writer | None:
    """The function that writes a structure's attributes (``xsi:type``) and declares their prefix."""
    writers = [
        (member, _element(member, part), scalars.writer(part))
        for member, part in shape.members.items()
        if part.serialization.get("xmlAttribute")
    ]
    namespace = shape.serialization.get("xmlNamespace", {})
    declaration = {f"xmlns:{namespace['prefix']}": namespace["uri"]} if "prefix" in namespace else {}
    if not writers:
        return None

    def write(values: Mapping[str, Any]) -> str:
        given = {name: write_one(values[member]) for member, name, write_one in writers if member in values}
        return xml.attributes({**declaration, **given})

    return write


def _list_writer(shape: ListShape, element: str) -> Writer:
    if shape.serialization.get("flattened"):
        write_item = compile_writer(shape.member, element)
        return lambda values: "".join(map(write_item, values))
    write_inner = compile_writer(shape.member, shape.member.serialization.get("name", "member"))
    return lambda values: f"<{element}>{''.join(map(write_inner, values))}</{element}>"


def _map_writer(shape: MapShape, element: str) -> Writer:
    write_key, write_value = compile_writer(shape.key, "key"), compile_writer(shape.value, "value")

    def write(values: Mapping[Any, Any]) -> str:
        entries = (f"<entry>{write_key(key)}{write_value(value)}</entry>" for key, value in values.items())
        return f"<{element}>{''.join(entries)}</{element}>"

    return write


def _scalar_writer(shape: Shape, element: str) -> Writer:
    start, end, write_text = f"<{element}>", f"</{element}>", scalars.writer(shape)
    if shape.name in model.PERCENT_ENCODED:
        return lambda value: f"{start}{quote(value, safe='')}{end}"
    if is_string(shape):
        return lambda value: f"{start}{xml.escaped(write_text(value))}{end}"
    return lambda value: f"{start}{write_text(value)}{end}"


def _element(member: str, shape: Shape) -> str:
    """The element (or attribute) that a member stands in.

    A flattened list stands in its own name or, where it has none, in that of its items: so it is in models of
    S3 Control in botocore 1.34.
    """
    named = shape.serialization
    if is_list(shape) and named.get("flattened"):
        named = {**shape.member.serialization, **named}
    name: str = named.get("name", member)
    return name
