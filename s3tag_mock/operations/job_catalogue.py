"""Every operation that jobs run, by name: whatever the files of :mod:`job_operations` hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from s3tag_mock.operations import job_operations
from s3tag_mock.operations.job_operation import JobOperation
from s3tag_mock.operations.registry import modules_of

JOB_OPERATIONS: Final[Mapping[str, JobOperation]] = MappingProxyType(
    {
        record.name: record
        for module in modules_of(job_operations)
        for record in vars(module).values()
        if isinstance(record, JobOperation)
    }
)
