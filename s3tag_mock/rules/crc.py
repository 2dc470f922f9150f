"""The cyclic redundancy checks that S3 knows and Python doesn't: CRC-32C and CRC-64/NVME.

awscrt calculates them where it is installed. The usual way, byte by byte with a table, is slow in Python, so
a long body is shortened first: its front half counts as many times as a power of x says, and modulo the
polynomial this power has 64 bits at most. Each bit is one shift and one exclusive or of large integers, which
are fast.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from typing import Any, Final

#: Bodies of more bits (64 KiB) are shortened.
_SHORT: Final = 2**19


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
        left = len(data) * 8
        if left <= _SHORT:
            return data, ones
        message = int.from_bytes(data, "little") ^ ones
        while left > _SHORT:
            front = (left - bits) // 2 & ~7
            left -= front
            first, message = message & (1 << front) - 1, message >> front
            remainder = _power_of_x(left, polynomial, bits)
            for power in range(bits):
                if remainder >> bits - 1 - power & 1:
                    message ^= first << left - front - power
        return message.to_bytes(left // 8, "little"), 0

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
