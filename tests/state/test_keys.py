"""The keys of a bucket: what forks copy, and which keys are near one. Their contents: tests/properties."""

from __future__ import annotations

import pytest

from s3tag_mock.state.keys import KeyIndex

Histories = KeyIndex[list[int]]


class Copies:
    """Copies lists, and counts them."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, item: list[int]) -> list[int]:
        self.made += 1
        return list(item)


def filled(keys: int, copies: Copies) -> Histories:
    index: Histories = KeyIndex(copies)
    for number in range(keys):
        index.put(f"{number:06}", [number])
    return index.fork()


def test_a_fork_copies_what_has_changed_and_no_more() -> None:
    copies = Copies()
    index = filled(1000, copies)
    assert copies.made == 0
    for number in range(3):
        index.get(f"{number:06}")
    index.put("new", [0])
    index.remove("000999")
    copies.made = 0
    index.fork()
    assert copies.made == 4


def test_many_forks_copy_no_more_than_there_is() -> None:
    """After so many, the items that changed are shared as well."""
    copies = Copies()
    index = filled(1000, copies)
    for number in range(100):
        index.get(f"{number:06}")
    copies.made = 0
    for _ in range(200):
        index = index.fork()
    assert copies.made <= 1000


@pytest.mark.parametrize("key", ["", "000500", "000999", "0005000", "zzz"])
def test_keys_near_one(key: str) -> None:
    index = filled(3000, Copies())
    index.put("000500 new", [0])
    index.remove("000500")
    there = list(index)
    near = index.around(key, 40)
    behind = [one for one in there if one >= key][:5]
    before = [one for one in there if one < key][-5:]
    assert {*before, *behind} <= {*near}
    assert len(near) <= 40
    assert index.around(key, 3000) == there
