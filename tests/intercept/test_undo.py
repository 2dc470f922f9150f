"""Changes are undone, the latest first, whatever a step raises."""

from __future__ import annotations

import pytest

from s3tag_mock.intercept.undo import Undo


def test_all_steps_are_done_and_the_first_error_is_raised() -> None:
    done: list[int] = []

    def step(number: int) -> None:
        done.append(number)
        if number > 1:
            raise ValueError(number)

    undo = Undo()
    for number in (1, 2, 3):
        undo.callback(step, number)
    with pytest.raises(ValueError, match="3"):
        undo.close()
    assert done == [3, 2, 1]
    undo.close()
    assert done == [3, 2, 1]
