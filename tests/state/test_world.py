"""One thread at a time changes a world."""

from __future__ import annotations

import threading

import pytest

from s3tag_mock.state.clock import Clock
from s3tag_mock.state.ids import Ids
from s3tag_mock.state.world import World


@pytest.fixture
def world() -> World:
    return World(Clock(), Ids())


def test_no_other_thread_does_anything_meanwhile(world: World) -> None:
    begun, may_end, done = threading.Event(), threading.Event(), list[str]()

    def slow() -> None:
        begun.set()
        may_end.wait(10)
        done.append("first")

    first = threading.Thread(target=world.alone, args=(slow,))
    first.start()
    assert begun.wait(10)
    second = threading.Thread(target=world.alone, args=(done.append, "second"))
    second.start()
    second.join(0.05)  # it gives up letting the first go on, and queues
    assert not done
    may_end.set()
    first.join(10), second.join(10)
    assert done == ["first", "second"]


def test_a_call_in_a_call_does_not_wait_for_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(seconds: float) -> None:
        raise AssertionError("it waits")

    monkeypatch.setattr("s3tag_mock.state.world.sleep", wait)
    assert world.alone(world.alone, lambda: "done") == "done"
    with pytest.raises(ZeroDivisionError):
        world.alone(lambda: 1 / 0)
    other = threading.Thread(target=world.alone, args=(list,))
    other.start()
    other.join(10)
    assert world.alone(lambda: "free again") == "free again"
