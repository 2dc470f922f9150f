"""XML nodes to values in boto3's shape and back, by walking a shape of the model once.

``compile_reader`` and ``compile_writer`` mirror each other, shape type by shape type.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from s3tag_mock.protocol import model, scalars, xml

Reader = Callable[[xml.Node], Any]
Writer = Callable[[Any], xml.Node]


class SchemaViolation(ValueError):
    """A document that doesn't fit the shape."""


def compile_reader(shape: Shape) -> Reader:
    """The function that reads this shape's element; it raises SchemaViolation."""
    if isinstance(shape, StructureShape):
        return structure_reader(shape.name, shape.members, shape.required_members)
    if isinstance(shape, ListShape):
        return _list_reader(shape)
    if isinstance(shape, MapShape):
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
                raise SchemaViolation(f"{element} stands more than once")
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
        raise SchemaViolation("text where elements should stand")
    if not any(name[0] in "@#" for name in node):
        return node
    if str(node.get(xml.TEXT) or "").strip():
        raise SchemaViolation("text where elements should stand")
    return {
        name.lstrip("@"): child
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
    key_element = shape.key.serialization.get("name", "key")
    value_element = shape.value.serialization.get("name", "value")
    read_key, read_value = compile_reader(shape.key), compile_reader(shape.value)
    flattened = shape.serialization.get("flattened")

    def read(node: xml.Node) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        for entry in _repeated(node if flattened else _children(node).get("entry", [])):
            pair = _children(entry)
            if set(pair) != {key_element, value_element}:
                raise SchemaViolation("an entry of a map that has no key and value")
            values[read_key(pair[key_element])] = read_value(pair[value_element])
        return values

    return read


def _repeated(node: xml.Node) -> list[xml.Node]:
    return node if isinstance(node, list) else [node]


def _scalar_reader(shape: Shape) -> Reader:
    read_text = scalars.reader(shape)

    def read(node: xml.Node) -> Any:
        if isinstance(node, dict) and all(name.startswith("@") or name == xml.TEXT for name in node):
            node = node.get(xml.TEXT)
        if node is not None and not isinstance(node, str):
            raise SchemaViolation("elements where text should stand")
        try:
            return read_text(node or "")
        except scalars.NotAScalar:
            raise SchemaViolation(f"{node!r} is no {shape.type_name}") from None

    return read


def compile_writer(shape: Shape) -> Writer:
    """The function that makes this shape's node of a value in boto3's shape."""
    if isinstance(shape, StructureShape):
        return _with_namespace(shape, structure_writer(shape.members))
    if isinstance(shape, ListShape):
        return _list_writer(shape)
    if isinstance(shape, MapShape):
        return _map_writer(shape)
    return scalars.writer(shape, "iso8601")


def structure_writer(members: Mapping[str, Shape]) -> Callable[[Any], dict[str, xml.Node]]:
    """The function that writes these members as children, in the model's order.

    What the shape doesn't have is left out: an older botocore knows fewer members than we answer.
    """
    plan = [
        (member, _written_element(member, shape), compile_writer(shape)) for member, shape in members.items()
    ]

    def write(values: Mapping[str, Any]) -> dict[str, xml.Node]:
        return {element: write_one(values[member]) for member, element, write_one in plan if member in values}

    return write


def _with_namespace(shape: Shape, write: Callable[[Any], dict[str, xml.Node]]) -> Writer:
    """Declare the prefix of a structure's attributes, as of ``xsi:type``."""
    namespace = shape.serialization.get("xmlNamespace", {})
    if "prefix" not in namespace:
        return write
    declaration = {f"@xmlns:{namespace['prefix']}": namespace["uri"]}
    return lambda values: {**declaration, **write(values)}


def _list_writer(shape: ListShape) -> Writer:
    write_item = compile_writer(shape.member)
    if shape.serialization.get("flattened"):
        return lambda values: [write_item(value) for value in values]
    element = shape.member.serialization.get("name", "member")
    return lambda values: {element: [write_item(value) for value in values]}


def _map_writer(shape: MapShape) -> Writer:
    key_element = shape.key.serialization.get("name", "key")
    value_element = shape.value.serialization.get("name", "value")
    write_key, write_value = compile_writer(shape.key), compile_writer(shape.value)

    def write(values: Mapping[Any, Any]) -> xml.Node:
        entries: list[xml.Node] = [
            {key_element: write_key(key), value_element: write_value(value)} for key, value in values.items()
        ]
        return entries if shape.serialization.get("flattened") else {"entry": entries}

    return write


def _element(member: str, shape: Shape) -> str:
    """The element (or attribute) that a member stands in.

    A flattened list stands in its own name or, where it has none, in that of its items.
    """
    name: str = shape.serialization.get("name", member)
    if isinstance(shape, ListShape) and shape.serialization.get("flattened"):
        name = shape.serialization.get("name") or shape.member.serialization.get("name", member)
    return name


def _written_element(member: str, shape: Shape) -> str:
    return (
        f"@{_element(member, shape)}" if shape.serialization.get("xmlAttribute") else _element(member, shape)
    )
