"""Collections of garbage are as they were after what is done without them."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from s3tag_mock.api.uncollected import uncollected


@pytest.fixture(params=[True, False])
def is_collecting(request: pytest.FixtureRequest) -> Iterator[bool]:
    was_enabled = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was_enabled else gc.disable)()


def test_they_begin_again_if_they_were_on(is_collecting: bool) -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled() is is_collecting


def test_they_begin_again_after_an_error(is_collecting: bool) -> None:
    with pytest.raises(ImportError), uncollected():
        raise ImportError
    assert gc.isenabled() is is_collecting
