"""The cyclic redundancy checks that S3 knows and Python doesn't: CRC-32C and CRC-64/NVME.

awscrt calculates them where it is installed. The usual way, byte by byte with a table, is slow in Python, so
a long body is shortened first: a block at its front counts as many times as a power of x says, and modulo
the polynomial this power has few bits. Each is one shift and one exclusive or of large integers.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from typing import Any, Final

#: Bytes at the front that are folded into what follows them.
_BLOCK: Final = 2**14


def reflected_crc(polynomial: int, bits: int) -> Callable[[bytes], bytes]:
    """A CRC that reads and writes the lowest bit first, starts with ones and ends inverted.

    :param polynomial: its lower powers, reflected: bit 0 is the highest of them.
    :param bits: of the checksum.
    """
    ones = (1 << bits) - 1

    @cache
    def table() -> list[int]:
        return [_times_x(value, 8, polynomial) for value in range(256)]

    def shortened(data: bytes) -> tuple[bytes, int]:
        """A body with the same checksum, and what the register begins with."""
        width, step, position = _BLOCK, bits // 8, _BLOCK
        if len(data) < 2 * width + step:
            return data, ones
        front = int.from_bytes(data[:position], "little") ^ ones
        remainder = _power_of_x(8 * (width + step), polynomial, bits)
        while position + width + step <= len(data):
            width += step
            block = int.from_bytes(data[position : position + width], "little")
            for power in range(bits):
                if remainder >> bits - 1 - power & 1:
                    block ^= front << bits - power
            front, position = block, position + width
            remainder = _times_x(remainder, bits, polynomial)
        return front.to_bytes(width, "little") + data[position:], 0

    def digest(data: bytes) -> bytes:
        rest, register = shortened(data)
        rows = table()
        for byte in rest:
            register = rows[(register ^ byte) & 0xFF] ^ register >> 8
        return (register ^ ones).to_bytes(bits // 8, "big")

    return digest


def _times_x(value: int, times: int, polynomial: int) -> int:
    for _ in range(times):
        value = value >> 1 ^ (polynomial if value & 1 else 0)
    return value


def _power_of_x(exponent: int, polynomial: int, bits: int) -> int:
    """x to this power, modulo the polynomial: by squaring."""
    result, square = 1 << bits - 1, 1 << bits - 2
    while exponent:
        if exponent & 1:
            result = _product(result, square, polynomial, bits)
        square = _product(square, square, polynomial, bits)
        exponent >>= 1
    return result


def _product(one: int, other: int, polynomial: int, bits: int) -> int:
    result = 0
    for power in range(bits):
        if other >> (bits - 1 - power) & 1:
            result ^= one
        one = _times_x(one, 1, polynomial)
    return result


def with_crt(name: str, size: int, fallback: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
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
