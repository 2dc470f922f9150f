"""Models that are read once in a process: the loaders that give them, and what is made of them."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.loaders import Loader

from s3tag_mock import mock_tagging
from s3tag_mock.intercept.cache.models import _sharing


def test_loaders_inside_have_what_loaders_have() -> None:
    with mock_tagging():
        loader: Any = boto3.Session()._loader  # type: ignore[attr-defined]
        assert isinstance(loader, Loader)
        with pytest.raises(AttributeError, match="nothing"):
            _ = loader.nothing


def test_what_is_shared_does_not_grow_without_end() -> None:
    made: dict[Any, Any] = {}
    shared = _sharing(lambda name: object(), made)
    assert shared("same") is shared("same")
    for number in range(200):
        shared(str(number))
    assert len(made) <= 64
