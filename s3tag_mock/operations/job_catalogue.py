"""Every operation that jobs run, by name: whatever the files of :mod:`job_operations` hold."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from s3tag_mock.operations import job_operations
from s3tag_mock.operations.job_operation import JobOperation
from s3tag_mock.operations.registry import modules_in

JOB_OPERATIONS: Final[Mapping[str, JobOperation]] = MappingProxyType(
    {
        record.name: record
        for module in modules_in(job_operations.__name__)
        for record in vars(import_module(module)).values()
        if isinstance(record, JobOperation)
    }
)
