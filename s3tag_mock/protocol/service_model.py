"""botocore's models of services, as far as the wire is compiled from them, read without botocore.

To import botocore's own classes takes as long as all else that a server needs for its first answer: urllib3
comes with them. These have the same attributes, so either will do; tests/protocol/test_service_model.py
compares them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard, cast

if TYPE_CHECKING:
    from botocore.model import ListShape, MapShape, ServiceModel, Shape, StringShape, StructureShape


def read_model(service: str) -> ServiceModel:
    """The model of a service, of the newest version that botocore has.

    :param service: botocore's name of it.
    """
    botocore = find_spec("botocore")
    assert botocore is not None  # this package depends on it
    assert botocore.origin is not None
    folder = max((Path(botocore.origin).parent / "data" / service).iterdir())
    described = _read(folder / "service-2.json") or {}
    _merge(described, (_read(folder / "service-2.sdk-extras.json") or {}).get("merge", {}))
    return cast("ServiceModel", _Service(service, described))


def _read(path: Path) -> dict[str, Any] | None:
    """What a file holds, which some versions of botocore compress; None where there is none."""
    compressed = path.with_name(f"{path.name}.gz")
    if compressed.exists():
        return cast("dict[str, Any]", json.loads(gzip.decompress(compressed.read_bytes())))
    return cast("dict[str, Any]", json.loads(path.read_bytes())) if path.exists() else None


def _merge(described: dict[str, Any], further: Mapping[str, Any]) -> None:
    for name, value in further.items():
        if isinstance(value, dict) and isinstance(described.get(name), dict):
            _merge(described[name], value)
        else:
            described[name] = value


class _Service:
    """A service.

    :param described: as botocore's file has it.
    """

    def __init__(self, name: str, described: Mapping[str, Any]) -> None:
        self.service_name = name
        self.metadata = described["metadata"]
        self.operation_names = list(described["operations"])
        self._described = described
        self._operations: dict[str, _Operation] = {}

    def operation_model(self, name: str) -> _Operation:
        """One of its operations."""
        found = self._operations.get(name)
        if found is None:
            made = _Operation(name, self._described["operations"][name], self)
            found = self._operations.setdefault(name, made)
        return found

    def shape_of(self, reference: Mapping[str, Any] | None) -> _Shape | None:
        """The shape that a member, an input or an output has; None for none."""
        if reference is None:
            return None
        return _shape(reference, self._described["shapes"])


class _Operation:
    """An operation of a service."""

    def __init__(self, name: str, described: Mapping[str, Any], service: _Service) -> None:
        self.name, self.http, self.service_model = name, described.get("http", {}), service
        self.input_shape = service.shape_of(described.get("input"))
        self.output_shape = service.shape_of(described.get("output"))
        self.has_streaming_input = _streams(self.input_shape)
        self.has_streaming_output = _streams(self.output_shape)


def _streams(shape: _Shape | None) -> bool:
    payload = None if shape is None else shape.serialization.get("payload")
    return shape is not None and payload is not None and shape.members[payload].type_name == "blob"


class _Shape:
    """A shape where it is used, with what is said of it there."""

    def __init__(self, name: str, described: Mapping[str, Any], shapes: Mapping[str, Any]) -> None:
        self.name, self.type_name = name, described["type"]
        self.metadata = self.serialization = described
        if "locationName" in described:
            self.serialization = {**described, "name": described["locationName"]}
        self.required_members = described.get("required", [])
        self.enum = described.get("enum", [])
        self._shapes = shapes

    @cached_property
    def members(self) -> dict[str, _Shape]:
        """Those of a structure."""
        return {name: _shape(one, self._shapes) for name, one in self.metadata.get("members", {}).items()}

    @cached_property
    def member(self) -> _Shape:
        """What a list consists of."""
        return _shape(self.metadata["member"], self._shapes)

    @cached_property
    def key(self) -> _Shape:
        """What the keys of a map are."""
        return _shape(self.metadata["key"], self._shapes)

    @cached_property
    def value(self) -> _Shape:
        """What the values of a map are."""
        return _shape(self.metadata["value"], self._shapes)


def _shape(reference: Mapping[str, Any], shapes: Mapping[str, Any]) -> _Shape:
    name = reference["shape"]
    return _Shape(name, shapes[name] if len(reference) == 1 else {**shapes[name], **reference}, shapes)


def is_structure(shape: Shape | None) -> TypeGuard[StructureShape]:
    """Whether a shape, botocore's or one of these, is a structure."""
    return shape is not None and shape.type_name == "structure"


def is_list(shape: Shape) -> TypeGuard[ListShape]:
    """Whether it is a list."""
    return shape.type_name == "list"


def is_map(shape: Shape) -> TypeGuard[MapShape]:
    """Whether it is a map."""
    return shape.type_name == "map"


def is_string(shape: Shape) -> TypeGuard[StringShape]:
    """Whether it is a string."""
    return shape.type_name == "string"
