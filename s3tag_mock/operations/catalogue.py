"""Every operation that is supported, by service and name: whatever the packages beside this module hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from s3tag_mock import operations
from s3tag_mock.operations.registry import Operation, operations_in

OPERATIONS: Final[Mapping[tuple[str, str], Operation]] = operations_in(operations)
