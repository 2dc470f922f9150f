"""Checksums that Python has not: calculated here, or by awscrt where it is installed."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s3tag_mock.rules import checksums, crc

#: The check value of a CRC is that of these digits (Catalogue of parametrised CRC algorithms).
DIGITS = b"123456789"


def with_awscrt(monkeypatch: pytest.MonkeyPatch, module: Any) -> Any:
    """A checksum's function that has not looked for awscrt yet; None for a system that hasn't it."""
    monkeypatch.setitem(sys.modules, "awscrt", ModuleType("awscrt"))
    monkeypatch.setitem(sys.modules, "awscrt.checksums", module)
    return crc.with_crt("crc32c", 4, lambda data: b"own!")


def test_check_values() -> None:
    found = {name: checksums.ALGORITHMS[name](DIGITS).hex() for name in ("crc32", "crc32c", "crc64nvme")}
    assert found == {"crc32": "cbf43926", "crc32c": "e3069283", "crc64nvme": "ae8b14860a799888"}


@pytest.mark.parametrize(("polynomial", "bits"), [(0x82F63B78, 32), (0x9A6C9329AC4BC9B5, 64)])
@given(data=st.binary(max_size=600))
def test_a_shortened_body_has_the_same_crc(polynomial: int, bits: int, data: bytes) -> None:
    register = (1 << bits) - 1
    for byte in data:
        register = crc._times_x(register ^ byte, 8, polynomial)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(crc, "_BLOCK", 16)
        found = crc.reflected_crc(polynomial, bits)(data)
    assert found == (register ^ (1 << bits) - 1).to_bytes(bits // 8, "big")


def test_without_awscrt(monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_awscrt(monkeypatch, None)(DIGITS) == b"own!"


def test_with_one_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_awscrt(monkeypatch, ModuleType("awscrt.checksums"))(DIGITS) == b"own!"


def test_with_awscrt(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = ModuleType("awscrt.checksums")
    module.crc32c = len
    assert with_awscrt(monkeypatch, module)(DIGITS) == b"\x00\x00\x00\x09"
