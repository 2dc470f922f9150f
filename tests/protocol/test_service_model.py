"""Models of services are read as botocore reads its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.model import Shape, ShapeResolver

from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.protocol import xml
from s3tag_mock.protocol.nodes import compile_reader, compile_writer
from s3tag_mock.protocol.service_model import read_model
from s3tag_mock.protocol.wire_format import compile_wire_format
from s3tag_mock.rules.services import SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_operations_and_their_shapes(service: str) -> None:
    ours, botocores = read_model(service), service_model(service)
    assert (ours.service_name, ours.metadata) == (botocores.service_name, botocores.metadata)
    assert ours.operation_names == botocores.operation_names
    seen: set[Any] = set()
    for name in ours.operation_names:
        one, other = ours.operation_model(name), botocores.operation_model(name)
        for attribute in ("name", "http", "has_streaming_input", "has_streaming_output"):
            assert getattr(one, attribute) == getattr(other, attribute), name
        assert one.service_model is ours
        assert compile_wire_format(one).name == name
        compare(one.input_shape, other.input_shape, seen)
        compare(one.output_shape, other.output_shape, seen)


def compare(ours: Any, botocores: Any, seen: set[Any]) -> None:
    if botocores is None:
        assert ours is None
        return
    place = ours.name, *said(ours, botocores)
    if str(place) in seen:
        return
    seen.add(str(place))
    assert (ours.name, ours.type_name) == (botocores.name, botocores.type_name)
    assert said(ours, botocores) == (botocores.serialization, botocores.metadata)
    assert ours.required_members == botocores.required_members
    assert ours.enum == getattr(botocores, "enum", [])
    for one, other in inside(ours, botocores):
        compare(one, other, seen)


def said(ours: Any, botocores: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is said of a shape, under the names that botocore sorts out."""
    on_the_wire = {
        name: ours.serialization[name]
        for name in ("name", *Shape.SERIALIZED_ATTRS)
        if name in ours.serialization
    }
    on_the_wire.pop("locationName", None)
    return on_the_wire, {name: ours.metadata[name] for name in Shape.METADATA_ATTRS if name in ours.metadata}


def inside(ours: Any, botocores: Any) -> Iterator[tuple[Any, Any]]:
    if ours.type_name == "structure":
        assert list(ours.members) == list(botocores.members)
        yield from zip(ours.members.values(), botocores.members.values(), strict=True)
    for name in {"list": ("member",), "map": ("key", "value")}.get(ours.type_name, ()):
        yield getattr(ours, name), getattr(botocores, name)


@pytest.mark.parametrize("service", ["s3", "s3control"])
def test_maps_are_entries_of_key_and_value(service: str) -> None:
    """No model has others yet, and they are neither read nor written."""
    model = service_model(service)
    for shape in map(model.shape_for, model.shape_names):
        if shape.type_name == "map":
            assert not shape.serialization.get("flattened")
            assert "name" not in {**shape.key.serialization, **shape.value.serialization}


def test_a_flattened_list_may_be_named_by_its_items() -> None:
    """As in models of S3 Control in botocore 1.34."""
    shapes = {
        "Answer": {"type": "structure", "members": {"Rows": {"shape": "Rows"}}},
        "Rows": {"type": "list", "flattened": True, "member": {"shape": "Row", "locationName": "Row"}},
        "Row": {"type": "string"},
    }
    shape = ShapeResolver(shapes).get_shape_by_name("Answer")
    values = {"Rows": ["a", "b"]}
    written = compile_writer(shape, "Answer")(values)
    assert written == "<Answer><Row>a</Row><Row>b</Row></Answer>"
    assert compile_reader(shape)(xml.read(written.encode())[1]) == values
