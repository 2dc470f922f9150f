"""The checksum algorithms that S3 knows, as one table of name to function, and an object's checksum."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from s3tag_mock import errors
from s3tag_mock.rules.crc import reflected_crc, with_crt


def _crc32(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")


#: Algorithm, as in ``x-amz-checksum-<algorithm>``, to the function that gives the raw digest.
ALGORITHMS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "crc32": _crc32,
    "crc32c": with_crt("crc32c", 4, reflected_crc(0x82F63B78, 32)),
    "crc64nvme": with_crt("crc64nvme", 8, reflected_crc(0x9A6C9329AC4BC9B5, 64)),
    "sha1": lambda data: hashlib.sha1(data).digest(),
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "sha512": lambda data: hashlib.sha512(data).digest(),
    "md5": lambda data: hashlib.md5(data).digest(),
}
#: Parameters that give a checksum's value, under boto3's names.
CHECKSUM_PARAMETERS: Final = tuple(f"Checksum{name.upper()}" for name in ALGORITHMS)
#: What S3 calculates for an object that comes without a checksum, always of the whole object (RECORDED, LS
#: test_s3_checksum_no_automatic_sdk_calculation, test_complete_multipart_parts_checksum_default).
DEFAULT_ALGORITHM: Final = "CRC64NVME"
#: Algorithms of S3's model that nothing here calculates.
NOT_CALCULATED: Final = ("XXHASH64", "XXHASH3", "XXHASH128")
#: All algorithms of S3's model (ChecksumAlgorithm).
NAMES: Final = frozenset({*(name.upper() for name in ALGORITHMS), *NOT_CALCULATED})
#: Types of the checksum of an object that has parts (ChecksumType).
TYPES: Final = frozenset({"COMPOSITE", "FULL_OBJECT"})


class Checksum(NamedTuple):
    """The checksum of an object or of a part.

    :param algorithm: such as ``"SHA256"``.
    :param value: as answers show it: base64, with ``-<number of parts>`` after it for a composite one.
    :param kind: ChecksumType, ``"FULL_OBJECT"`` or ``"COMPOSITE"``.
    """

    algorithm: str
    value: str
    kind: str = "FULL_OBJECT"

    def fields(self) -> dict[str, str]:
        """It under boto3's name, without its type."""
        return {f"Checksum{self.algorithm}": self.value}


def given(params: Mapping[str, Any]) -> Checksum | None:
    """The checksum that came with a body, which the protocol has checked; a call has one at most."""
    sent = (name for name in CHECKSUM_PARAMETERS if name in params)
    return next((Checksum(name.removeprefix("Checksum"), params[name]) for name in sent), None)


def calculate(algorithm: str, body: bytes) -> Checksum:
    """The checksum of a body.

    :param algorithm: such as ``"SHA256"``.
    :raises AwsError: InvalidRequest for one that isn't known.
    """
    return Checksum(algorithm.upper(), base64.b64encode(digest(algorithm, body)).decode())


def composite(algorithm: str, bodies: Iterable[bytes]) -> bytes:
    """The checksum of several parts' checksums."""
    return digest(algorithm, b"".join(digest(algorithm, body) for body in bodies))


def digest(algorithm: str, body: bytes) -> bytes:
    """The checksum of a body as bytes.

    :raises AwsError: InvalidRequest for an algorithm that isn't known.
    """
    function = ALGORITHMS.get(algorithm.lower())
    if function is None:
        raise errors.UNSUPPORTED_CHECKSUM(hint=algorithm)
    return function(body)
