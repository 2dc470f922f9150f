"""Fixtures of IAM's tests."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest


@pytest.fixture
def iam(aws: Any) -> Any:
    """A client; time stands still."""
    aws.clock.set(datetime(2026, 11, 20, tzinfo=timezone.utc))
    return aws.client("iam")
