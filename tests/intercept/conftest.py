"""Fixtures of the tests of what reaches the mock."""

from __future__ import annotations

import pytest

from tests.web import Web


@pytest.fixture
def web() -> Web:
    """Plain HTTP, without boto3."""
    return Web()
