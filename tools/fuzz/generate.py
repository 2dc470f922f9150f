"""Steps of a sequence, made from a seed: operations with parameters, and time that passes."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from random import Random
from typing import Any, Final, Literal

from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape

from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.operations.registry import ON_THE_WIRE, Operation
from tools.fuzz.iam_calls import IAM, NAMED_IN_IAM
from tools.fuzz.s3_calls import S3
from tools.fuzz.s3control_calls import S3_CONTROL
from tools.fuzz.values import MISPLACED, MOMENTS, NAMED, NUMBERS, WORDS, JsonText

#: Parameters that are right: the generator takes some, and often spoils them in a place or two.
TEMPLATES: Final = {**S3, **S3_CONTROL, **IAM}
_NAMED: Final = {**NAMED, **NAMED_IN_IAM}
Caller = Literal["own", "other", "anonymous"]
#: How deep documents are made; models hold some that hold themselves.
_DEEPEST: Final = 6
#: How often a call has a parameter that isn't served, or a digest that is wrong.
_RARELY: Final = 0.004


@dataclass(frozen=True)
class Step:
    """One call, or something that the test author does.

    :param service: botocore's name; ``""`` for what the handle does: ``advance`` or ``run_jobs``.
    :param params: with references in them.
    """

    service: str
    operation: str
    params: Mapping[str, Any] = field(default_factory=dict)
    caller: Caller = "own"


def served() -> list[Operation]:
    """The operations that sequences are made of: those served of services in botocore's models."""
    return [one for one in OPERATIONS.values() if one.is_supported and _knows(one.service, one.name)]


def steps(seed: int, count: int, operations: Sequence[Operation] | None = None) -> list[Step]:
    """A sequence.

    :param operations: what it is made of; everything that is served by default.
    """
    chance = Random(seed)
    everything = list(operations or served())
    # Each sequence has a subject: a few operations that it comes back to.
    subject = chance.sample(everything, min(6, len(everything)))
    return [_step(chance, everything, subject) for _ in range(count)]


def _step(chance: Random, everything: Sequence[Operation], subject: Sequence[Operation]) -> Step:
    kind = chance.random()
    if kind < 0.02:
        return Step("", "advance", {"days": chance.choice((0.01, 1, 31, 400, 36_500))})
    if kind < 0.04:
        return Step("", "run_jobs")
    operation = chance.choice(subject if kind < 0.4 else _writers(everything) if kind < 0.75 else everything)
    return step_of(chance, operation)


def _writers(everything: Sequence[Operation]) -> Sequence[Operation]:
    return [one for one in everything if f"{one.service}.{one.name}" in TEMPLATES] or everything


def step_of(chance: Random, operation: Operation) -> Step:
    """A step with this operation."""
    caller: Caller = chance.choices(("own", "other", "anonymous"), (92, 5, 3))[0]
    return Step(operation.service, operation.name, params_of(chance, operation), caller)


def params_of(chance: Random, operation: Operation) -> dict[str, Any]:
    """Parameters of an operation: right ones, spoilt ones, or whatever fits the model's types."""
    templates = TEMPLATES.get(f"{operation.service}.{operation.name}")
    model = model_of(operation.service, operation.name)
    if not templates or chance.random() < 0.15:
        return _any_params(chance, operation, model)
    params = copy.deepcopy(chance.choice(templates))
    if chance.random() < 0.5:
        _use_others(chance, params)
    for _ in range(chance.choice((0, 0, 1, 1, 1, 2))):
        _spoil(chance, params)
    return params


def _use_others(chance: Random, params: dict[str, Any]) -> None:
    """Let a call be about other things of the same kind, as far as they are named at its top."""
    for name in params:
        if name in _NAMED and chance.random() < 0.7:
            params[name] = copy.deepcopy(chance.choice(_NAMED[name]))


def _spoil(chance: Random, params: dict[str, Any]) -> None:
    found = list(places(params))
    if not found:
        return
    borders = [(holder, name) for holder, name in found if _has_borders(holder[name])]
    holder, name = chance.choice(borders if borders and chance.random() < 0.5 else found)
    value, way = holder[name], chance.random()
    if isinstance(value, bytes):  # botocore sends nothing else
        holder[name] = chance.randbytes(chance.randrange(20))
    elif way < 0.15:
        del holder[name]
    elif way < 0.25:
        holder[name] = copy.deepcopy(chance.choice(MISPLACED))
    elif isinstance(value, list) and value and way < 0.7:
        value.append(copy.deepcopy(chance.choice(value)))
    elif isinstance(value, bool):
        holder[name] = not value
    elif isinstance(value, datetime):
        holder[name] = chance.choice(MOMENTS)
    elif _has_borders(value):
        holder[name] = chance.choice(NUMBERS)
    elif isinstance(value, dict) and way < 0.9:
        value[chance.choice(WORDS) if way < 0.6 or not value else chance.choice(list(value))] = chance.choice(
            WORDS
        )
    else:
        holder[name] = chance.choice(WORDS)


def _has_borders(value: Any) -> bool:
    """Whether it is a number or a date: what is stored and later reckoned with."""
    return isinstance(value, (int, float, datetime)) and not isinstance(value, bool)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Everything in a document that could be otherwise: what holds it, and under which name or number."""
    if isinstance(value, JsonText):
        return places(value.document)
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found: list[tuple[Any, Any]] = []
    for name, inner in pairs:
        found += [(value, name), *places(inner)]
    return found


def _any_params(chance: Random, operation: Operation, model: OperationModel) -> dict[str, Any]:
    shape = model.input_shape
    if not isinstance(shape, StructureShape):
        return {}
    honoured = operation.honours or frozenset()
    params: dict[str, Any] = {}
    optional = honoured - set(shape.required_members) - ON_THE_WIRE
    for name, member in shape.members.items():
        often = 0.97 if name in shape.required_members else _RARELY
        if name in optional:
            often = min(0.25, 1.5 / len(optional))
        if chance.random() < often:
            params[name] = _any_value(chance, member, name, 0)
    return params


def _any_value(chance: Random, shape: Shape, name: str, depth: int) -> Any:
    """A value of a shape's type; of a name that says what it is, mostly one of those."""
    fitting = _NAMED.get(name)
    is_document = isinstance(shape, (StructureShape, ListShape))
    if fitting is not None and not (is_document and isinstance(fitting[0], str)) and chance.random() < 0.9:
        return copy.deepcopy(chance.choice(fitting))
    if isinstance(shape, StructureShape):
        return _any_structure(chance, shape, depth)
    if isinstance(shape, ListShape):
        many = 0 if depth > _DEEPEST else chance.choice((0, 1, 1, 2, 3))
        return [_any_value(chance, shape.member, "", depth + 1) for _ in range(many)]
    if isinstance(shape, MapShape):
        return {
            chance.choice(WORDS): _any_value(chance, shape.value, "", depth + 1)
            for _ in range(chance.randrange(3))
        }
    return _any_scalar(chance, shape)


def _any_structure(chance: Random, shape: StructureShape, depth: int) -> dict[str, Any]:
    members = list(shape.members.items())
    if depth > _DEEPEST or not members:
        return {}
    often = min(0.5, 3 / len(members))
    wanted = [
        (name, member)
        for name, member in members
        if chance.random() < (0.93 if name in shape.required_members else often)
    ]
    if getattr(shape, "is_tagged_union", False) and wanted and chance.random() < 0.9:
        wanted = [chance.choice(wanted)]
    return {name: _any_value(chance, member, name, depth + 1) for name, member in wanted}


def _any_scalar(chance: Random, shape: Shape) -> Any:
    if shape.type_name == "boolean":
        return chance.random() < 0.5
    if shape.type_name in {"integer", "long"}:
        return chance.choice(NUMBERS[:12] if chance.random() < 0.5 else NUMBERS)
    if shape.type_name == "timestamp":
        return chance.choice(MOMENTS)
    if shape.type_name == "blob":
        return chance.randbytes(chance.randrange(20))
    if shape.type_name in {"double", "float"}:
        return chance.choice((0.0, 1.5, -1.0, 1e300))
    known: Sequence[str] = getattr(shape, "enum", None) or ()
    return chance.choice(known if known and chance.random() < 0.9 else WORDS)


@cache
def model_of(service: str, operation: str) -> OperationModel:
    """botocore's model of an operation."""
    return service_model(service).operation_model(operation)


def _knows(service: str, operation: str) -> bool:
    return operation in service_model(service).operation_names
