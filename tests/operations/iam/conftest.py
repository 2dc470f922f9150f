"""Fixtures of IAM's tests."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def iam(aws: Any) -> Any:
    return aws.client("iam")
