"""Models of services are read as botocore reads its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.model import Shape

from s3tag_mock.operations.operation_names import model as service_model
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
def test_what_no_document_has_yet(service: str) -> None:
    """Maps with other elements than entry, key and value, and flattened lists that are named by their items:
    neither is read or written.
    """
    model = service_model(service)
    for name in model.shape_names:
        shape = model.shape_for(name)
        if shape.type_name == "map":
            assert not shape.serialization.get("flattened")
            assert "name" not in {**shape.key.serialization, **shape.value.serialization}
        for member, part in shape.members.items() if shape.type_name == "structure" else ():
            if part.type_name == "list" and part.serialization.get("flattened"):
                assert "name" in part.serialization or part.member.serialization.get("name", member) == member
