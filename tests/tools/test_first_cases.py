"""Which case of a test is run with other versions."""

from __future__ import annotations

import pytest

from conftest import is_first_case


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("case", ["first", "second"])
def test_the_first_case_is_the_same_in_any_order(
    request: pytest.FixtureRequest, case: str, number: int
) -> None:
    """pytest-randomly shuffles tests before a choice is made among them."""
    assert is_first_case(request.node) == (case == "first" and number == 1)


def test_a_test_without_cases_is_its_first(request: pytest.FixtureRequest) -> None:
    assert is_first_case(request.node)
