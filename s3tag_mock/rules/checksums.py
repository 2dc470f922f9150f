"""The checksum algorithms that S3 knows, as one table of name to function."""

from __future__ import annotations

import hashlib
import importlib
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any, Final


def _reflected_crc(polynomial: int, bits: int) -> Callable[[bytes], bytes]:
    """A CRC that reads and writes the lowest bit first, starts with ones and ends inverted."""
    ones = (1 << bits) - 1

    @cache
    def table() -> list[int]:
        rows = []
        for value in range(256):
            for _ in range(8):
                value = value >> 1 ^ (polynomial if value & 1 else 0)
            rows.append(value)
        return rows

    def digest(data: bytes) -> bytes:
        rows, register = table(), ones
        for byte in data:
            register = rows[(register ^ byte) & 0xFF] ^ register >> 8
        return (register ^ ones).to_bytes(bits // 8, "big")

    return digest


def _with_crt(name: str, size: int, fallback: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """The function of awscrt where it is installed: a client that sends these mostly has it."""

    @cache
    def native() -> Callable[[bytes], int] | None:
        try:
            module: Any = importlib.import_module("awscrt.checksums")
        except ImportError:
            return None
        return getattr(module, name, None)

    def digest(data: bytes) -> bytes:
        function = native()
        return fallback(data) if function is None else function(data).to_bytes(size, "big")

    return digest


def _crc32(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")


#: Algorithm, as in ``x-amz-checksum-<algorithm>``, to the function that gives the raw digest.
ALGORITHMS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "crc32": _crc32,
    "crc32c": _with_crt("crc32c", 4, _reflected_crc(0x82F63B78, 32)),
    "crc64nvme": _with_crt("crc64nvme", 8, _reflected_crc(0x9A6C9329AC4BC9B5, 64)),
    "sha1": lambda data: hashlib.sha1(data).digest(),
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "sha512": lambda data: hashlib.sha512(data).digest(),
    "md5": lambda data: hashlib.md5(data).digest(),
}
#: Parameters that give a checksum's value, under boto3's names.
CHECKSUM_PARAMETERS: Final = tuple(f"Checksum{name.upper()}" for name in ALGORITHMS)
#: Algorithms of S3's model that nothing here calculates.
NOT_CALCULATED: Final = ("XXHASH64", "XXHASH3", "XXHASH128")
