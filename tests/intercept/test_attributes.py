"""Noticing that other packages' names, or the modules that hold them, are no longer what they were."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from unittest.mock import Mock

import pytest

from s3tag_mock.intercept.attributes import Attributes, LastImport


def test_attributes_that_are_replaced_removed_or_added() -> None:
    module = ModuleType("theirs")
    module.kept = module.gone = 1  # type: ignore[attr-defined]
    noted = Attributes([(vars(module), name) for name in ("kept", "kept", "gone", "new", "newer")])
    assert noted.are_unchanged()
    for name, value in (("kept", 2), ("new", None), ("newer", 1)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, name, value, raising=False)
            assert not noted.are_unchanged()
        assert noted.are_unchanged()
    del module.gone  # type: ignore[attr-defined]
    assert not noted.are_unchanged()


@pytest.fixture
def last(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModuleType]:
    """A module that was imported last."""
    for name in ("one", "two"):
        (tmp_path / f"s3tag_mock_test_{name}.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("s3tag_mock_test_one")
    for name in ("one", "two"):
        sys.modules.pop(f"s3tag_mock_test_{name}", None)


def test_nothing_is_imported(last: ModuleType) -> None:
    found = LastImport()
    importlib.import_module("s3tag_mock_test_one")
    assert found.is_unchanged()


def test_another_module_is_imported(last: ModuleType) -> None:
    found = LastImport()
    importlib.import_module("s3tag_mock_test_two")
    assert not found.is_unchanged()


@pytest.mark.parametrize("name", ["s3tag_mock_test_one", "colorsys"])
def test_a_module_is_imported_again(name: str, request: pytest.FixtureRequest) -> None:
    """The last, or one before it."""
    importlib.import_module("colorsys")
    request.getfixturevalue("last")
    module = sys.modules[name]
    found = LastImport()
    importlib.reload(module)
    assert not found.is_unchanged()


def test_a_module_is_imported_anew(last: ModuleType) -> None:
    found = LastImport()
    del sys.modules["s3tag_mock_test_one"]
    importlib.import_module("s3tag_mock_test_one")
    assert not found.is_unchanged()


def test_a_module_is_taken_out(last: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    found = LastImport()
    monkeypatch.delitem(sys.modules, "json")
    assert not found.is_unchanged()


def test_a_stand_in_is_asked_for_nothing(last: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = Mock()
    monkeypatch.setitem(sys.modules, "s3tag_mock_test_two", stand_in)
    found = LastImport()
    assert not found.is_unchanged()
    assert stand_in.mock_calls == []
    del sys.modules["s3tag_mock_test_two"]
    assert not found.is_unchanged()
