"""Libraries that are imported while a mock is active are wrapped at their import, and are nobody's afterwards."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from importlib import import_module, reload
from importlib.machinery import PathFinder, SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from botocore.client import BaseClient

from s3tag_mock import NotSupported, mock_tagging

CLIENT = """
class HTTPTransport:
    def handle_request(self, request):
        return "it went out"

class AsyncHTTPTransport:
    async def handle_async_request(self, request):
        return "it went out"
"""


HOST = "123456789012.s3-control.us-east-1.amazonaws.com"
URL = types.SimpleNamespace(scheme="https", host=HOST, netloc=HOST.encode(), raw_path=b"/")
REQUEST = types.SimpleNamespace(method="GET", url=URL, headers={})


@pytest.fixture(autouse=True)
def httpx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A library of this name that can be imported, and hasn't been."""
    (tmp_path / "httpx.py").write_text(CLIENT, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.partition(".")[0] == "httpx"]:
        monkeypatch.delitem(sys.modules, name)
    yield
    sys.modules.pop("httpx", None)


def send(module: Any) -> Any:
    return module.HTTPTransport().handle_request(REQUEST)


def assert_untouched(module: types.ModuleType) -> None:
    assert isinstance(module.__loader__, SourceFileLoader)
    assert module.__spec__ is not None
    assert module.__spec__.loader is module.__loader__


def test_imported_inside() -> None:
    finders = list(sys.meta_path)
    with mock_tagging():
        module = import_module("httpx")
        with pytest.raises(NotSupported):
            send(module)
        assert_untouched(module)
    assert send(module) == "it went out"
    assert sys.meta_path == finders


def test_imported_by_a_finder_that_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [PathFinder, *sys.meta_path])
    with mock_tagging(), pytest.raises(NotSupported):
        send(import_module("httpx"))


def test_not_there_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_tagging():
        monkeypatch.setattr(sys, "meta_path", sys.meta_path[:1])
        with pytest.raises(ModuleNotFoundError, match="No module named 'httpx'"):
            import_module("httpx")
        monkeypatch.undo()


def test_imported_before() -> None:
    module = import_module("httpx")
    with mock_tagging(), pytest.raises(NotSupported):
        send(module)
    assert send(module) == "it went out"


def test_imported_again_between_two_mocks() -> None:
    """As after ``importlib.reload``: the classes are others."""
    module = import_module("httpx")
    with mock_tagging(), pytest.raises(NotSupported):
        send(module)
    before, module = module.HTTPTransport, reload(module)
    assert module.HTTPTransport is not before
    with mock_tagging(), pytest.raises(NotSupported):
        send(module)
    assert send(module) == "it went out"


def test_what_stands_in_a_names_place_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where something else was imported meanwhile."""
    made = []
    for name in ("one", "two", "three"):
        with mock_tagging():
            made.append(vars(BaseClient)["_make_api_call"])
        if name != "one":
            monkeypatch.setitem(sys.modules, f"s3tag_mock_test_{name}", types.ModuleType(name))
    assert made[0] is made[1] is made[2]


def test_imported_for_the_first_time_between_two_mocks() -> None:
    with mock_tagging():
        pass
    module = import_module("httpx")
    with mock_tagging(), pytest.raises(NotSupported):
        send(module)


def test_imported_anew_inside() -> None:
    with mock_tagging():
        import_module("httpx")
    for _ in range(2):
        del sys.modules["httpx"]
        with mock_tagging(), pytest.raises(NotSupported):
            send(import_module("httpx"))


@pytest.mark.parametrize("is_there_before", [True, False])
def test_imported_twice_inside(is_there_before: bool) -> None:
    if is_there_before:
        import_module("httpx")
    with mock_tagging():
        module = reload(import_module("httpx"))
        with pytest.raises(NotSupported):
            send(module)
    assert send(module) == "it went out"


def test_looked_for_only() -> None:
    with mock_tagging():
        found = find_spec("httpx")
        assert found is not None
        assert found.loader is not None
        assert found.loader.get_source("httpx") == CLIENT  # type: ignore[attr-defined]
        assert find_spec("no_such_library") is None
        assert "httpx" not in sys.modules


def test_somebody_else_puts_back_the_finders() -> None:
    """As pytest's own tests of plugins do, around whatever a test does."""
    mock = mock_tagging().start()
    inside = list(sys.meta_path)
    sys.meta_path[:] = [
        finder for finder in inside if type(finder).__module__ != "s3tag_mock.intercept.importing"
    ]
    mock.stop()
    outside, sys.meta_path[:] = list(sys.meta_path), inside
    try:
        assert send(import_module("httpx")) == "it went out"
    finally:
        sys.meta_path[:] = outside
