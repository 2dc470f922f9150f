"""Checksums that Python has not: calculated here, or by awscrt where it is installed."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from s3tag_mock.rules import checksums

#: The check value of a CRC is that of these digits (Catalogue of parametrised CRC algorithms).
DIGITS = b"123456789"


def with_awscrt(monkeypatch: pytest.MonkeyPatch, module: Any) -> Any:
    """A checksum's function that has not looked for awscrt yet; None for a system that hasn't it."""
    monkeypatch.setitem(sys.modules, "awscrt", ModuleType("awscrt"))
    monkeypatch.setitem(sys.modules, "awscrt.checksums", module)
    return checksums._with_crt("crc32c", 4, lambda data: b"own!")


def test_check_values() -> None:
    found = {name: checksums.ALGORITHMS[name](DIGITS).hex() for name in ("crc32", "crc32c", "crc64nvme")}
    assert found == {"crc32": "cbf43926", "crc32c": "e3069283", "crc64nvme": "ae8b14860a799888"}


def test_without_awscrt(monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_awscrt(monkeypatch, None)(DIGITS) == b"own!"


def test_with_one_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_awscrt(monkeypatch, ModuleType("awscrt.checksums"))(DIGITS) == b"own!"


def test_with_awscrt(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = ModuleType("awscrt.checksums")
    module.crc32c = len
    assert with_awscrt(monkeypatch, module)(DIGITS) == b"\x00\x00\x00\x09"
