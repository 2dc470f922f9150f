"""The package is built as CONTRIBUTING.md describes it: imports run one way, state has one place."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

import s3tag_mock
from conftest import needs_botocore
from s3tag_mock import errors
from s3tag_mock.errors.spec import ErrorSpec
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.operation_names import model as service_model

PACKAGE = Path(s3tag_mock.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = Path(__file__).parent

#: Packages (and modules at the top level), from the ground up: each may import those that stand before it,
#: but for the pairs below.
LAYERS: tuple[str, ...] = (
    "exceptions",
    "errors",
    "rules",
    "permissions",
    "state",
    "protocol",
    "operations",
    "faults",
    "events",
    "background",
    "batch",
    "dispatch",
    "intercept",
    "server",
    "findings",
    "reporting",
    "api",
    "__init__",
    "command",
    "__main__",
    "pytest_plugin",
)
#: Packages that know nothing of each other, although one stands before the other.
STRANGERS = {
    ("protocol", "permissions"),
    ("state", "protocol"),
    ("protocol", "operations"),
    ("protocol", "events"),
    ("protocol", "background"),
    ("protocol", "batch"),
    ("protocol", "dispatch"),
    ("protocol", "api"),
    ("protocol", "findings"),
}


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_layers(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("s3tag_mock"):
            deeper = node.module.split(".")[1:]
            found |= {deeper[0]} if deeper else {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    own = layer_of(path)
    for other in imported_layers(path) - {own}:
        assert LAYERS.index(other) < LAYERS.index(own), f"{own} may not import {other}"
        assert STRANGERS.isdisjoint({(own, other), (other, own)})


def test_every_package_has_its_layer() -> None:
    assert {layer_of(path) for path in MODULES} == set(LAYERS)


def is_mutable(node: ast.expr | None) -> bool:
    return isinstance(node, (ast.List, ast.Set, ast.ListComp, ast.SetComp)) or (
        isinstance(node, ast.Call)
        and getattr(node.func, "id", None) in {"list", "set", "dict", "Lock", "RLock"}
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_hold_no_state(path: Path) -> None:
    """Dicts that are tables are marked Final; nothing else at a module's level can change."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            assert names == ["__all__"] or not (
                is_mutable(node.value) or isinstance(node.value, (ast.Dict, ast.DictComp))
            )
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            assert "Final" in ast.unparse(node.annotation) or not isinstance(node.value, ast.Dict)
            assert not is_mutable(node.value)
        assert not isinstance(node, ast.Global)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_small_and_xmltodict_has_one_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    assert ("import xmltodict" in text) == (path.name == "xml.py")


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_no_property_has_settings_of_its_own(path: Path) -> None:
    """S3TAG_MOCK_EXPLORE multiplies the examples of all: conftest alone says how many they are."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            assert "max_examples" not in {keyword.arg for keyword in node.keywords}
            assert getattr(node.func, "id", getattr(node.func, "attr", "")) != "settings"


def test_public_names() -> None:
    assert s3tag_mock.__all__ == sorted(s3tag_mock.__all__)
    assert {name for name in s3tag_mock.__all__ if getattr(s3tag_mock, name, None) is None} == set()
    with pytest.raises(AttributeError):
        _ = s3tag_mock.nothing


#: How a source begins, for each certainty: with what it takes to look it up.
SOURCES = {
    "RECORDED": r"RECORDED (LS|moto-av) test_\w+",
    "OBSERVED": r"OBSERVED .*(\w ?#\d+|https://\S+)",
    "DOCUMENTED": r"DOCUMENTED [\w']+",
    "REPORTED": r"REPORTED [\w./-]+",
    "ASSUMED": r"ASSUMED,? \w+",
}


def test_every_error_is_a_whole_row() -> None:
    """A row says which test recorded it, which issue or page shows it, or what was assumed."""
    rows = {name: row for name, row in vars(errors).items() if isinstance(row, ErrorSpec)}
    for name, row in {**rows, **errors.ON_DEMAND}.items():
        assert row.code
        assert row.status in {301, 304} or 400 <= row.status < 600
        assert row.message
        certainty = row.source.partition(" ")[0].rstrip(",;")
        assert re.match(SOURCES.get(certainty, "$"), row.source), f"{name}: {row.source!r} can't be looked up"
    texts = [(row.code, row.message, row.elements) for row in rows.values()]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", [name for name, row in vars(errors).items() if isinstance(row, ErrorSpec)])
def test_every_error_is_raised_somewhere(name: str) -> None:
    assert any(f"errors.{name}" in path.read_text("utf-8") for path in MODULES)


@pytest.mark.parametrize(
    "operation", OPERATIONS.values(), ids=lambda operation: f"{operation.service}.{operation.name}"
)
@needs_botocore("1.41.1", "all parameters that are served")
def test_operations_are_described_and_know_their_parameters(operation: Any) -> None:
    model = service_model(operation.service).operation_model(operation.name)
    known = set(model.input_shape.members) if model.input_shape else set()
    from s3tag_mock.operations.registry import ON_THE_WIRE

    assert operation.honours - ON_THE_WIRE <= known
    assert operation.ignores <= known
