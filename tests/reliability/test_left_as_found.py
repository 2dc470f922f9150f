"""After the last mock the process is as it was before the first: the very same objects, however it ended."""

from __future__ import annotations

import gc
import importlib
import inspect
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import unittest
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any
from unittest.mock import Mock

import boto3
import pytest

from s3tag_mock import Misuse, TaggingMockWarning, mock_tagging
from s3tag_mock.intercept import environment, patching
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.operations.catalogue import OPERATIONS
from tests.reliability import busy_forks
from tests.support import interruptible

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
LIBRARIES = (
    "boto3",
    "botocore",
    "s3transfer",
    "urllib3",
    "requests",
    "socket",
    "time",
    "datetime",
    "ssl",
    "http",
)
CLIENT = boto3.client("s3", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")


def use() -> None:
    """All that a mock does when it is used, at least once."""
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        CLIENT.put_object(Bucket="photos", Key="k", Tagging="a=1")
        boto3.client("s3").list_buckets()
        aws.client("s3control")


use()  # what is imported or made at the first use has been so from here on


def everything() -> dict[str, Any]:
    """Whatever a mock could change in this process; objects by their identity."""
    found: dict[str, Any] = {f"environment {name}": value for name, value in os.environ.items()}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in LIBRARIES:
            found.update(_attributes(name, module))
    emitter: Any = CLIENT.meta.events
    for event in ("before-send.s3.PutObject", "before-sign.s3.PutObject", "choose-signer.s3.PutObject"):
        found[event] = list(map(id, emitter._emitter._handlers.prefix_search(event)))
    found["SIGINT"] = signal.getsignal(signal.SIGINT)
    found["filters"] = list(warnings.filters)
    return found


def _attributes(name: str, module: ModuleType) -> Iterator[tuple[str, Any]]:
    for attribute, value in vars(module).items():
        yield f"{name}.{attribute}", id(value)
        if inspect.isclass(value) and value.__module__ == name:
            for member, function in vars(value).items():
                if member not in {
                    "__abstractmethods__",
                    "__subclasshook__",
                    "_abc_impl",
                    "__annotations__",
                    "__doc__",
                }:
                    yield f"{name}.{attribute}.{member}", id(function)


@contextmanager
def unchanged() -> Iterator[None]:
    before = everything()
    yield
    after = everything()
    assert {
        name: (before.get(name), after.get(name))
        for name in before | after
        if before.get(name) != after.get(name)
    } == {}
    assert ACTIVE.scopes == ()


def test_the_comparison_sees_what_a_mock_does() -> None:
    """Else the tests below could not fail."""
    before = everything()
    with mock_tagging():
        CLIENT.list_buckets()
        inside = everything()
    changed = {name for name in before if before[name] != inside[name]}
    assert {
        "boto3.setup_default_session",
        "botocore.endpoint.Endpoint.make_request",
        "botocore.endpoint.time",
        "botocore.httpsession.URLLib3Session.send",
        "botocore.session.Session.get_credentials",
        "before-send.s3.PutObject",
        "socket.getaddrinfo",
        "urllib3.connectionpool.HTTPConnectionPool.urlopen",
    } <= changed
    assert any(name.startswith("environment AWS_") for name in inside)


def test_success() -> None:
    with unchanged():
        use()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_exceptions_of_every_kind(error: type[BaseException]) -> None:
    with unchanged(), pytest.raises(error), mock_tagging():
        CLIENT.list_buckets()
        raise error


def test_decorated_functions_that_raise() -> None:
    @mock_tagging
    def raising() -> None:
        CLIENT.list_buckets()
        raise KeyboardInterrupt

    with unchanged(), pytest.raises(KeyboardInterrupt):
        raising()


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (environment, "install"),
        (environment, "fresh_session"),
        (patching, "_put_in"),
        (patching, "when_imported"),
        (ACTIVE.patches, "install"),
    ],
    ids=["environment", "session", "attributes", "finder", "patches"],
)
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failed_enter(
    owner: Any, name: str, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of its steps fails once, after it has changed what it changes."""
    step = getattr(owner, name)

    def fail(*args: Any) -> None:
        step(*args)
        raise error

    with unchanged(), monkeypatch.context() as patch, pytest.raises(error):
        patch.setattr(owner, name, fail)
        mock_tagging().start()
    use()


def test_a_mock_that_fails_after_it_was_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    with unchanged(), monkeypatch.context() as patch, pytest.raises(OSError, match="no place"):
        patch.setattr("tempfile.mkstemp", Mock(side_effect=OSError("no place for profiles")))
        mock_tagging(profiles=["dev"]).start()
    assert ACTIVE.scopes == ()


def test_an_inner_mock_that_cannot_be() -> None:
    with unchanged(), mock_tagging():
        inside = everything()
        with pytest.raises(Misuse):
            mock_tagging(seed=2).start()
        assert everything() == inside


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_mixed_nesting(order: tuple[int, ...]) -> None:
    """Mocks are left in any order: the last one out puts things back."""
    with unchanged():
        mocks = [mock_tagging(region=region).start() for region in ("us-east-1", "eu-west-1", "us-west-2")]
        for number in order:
            CLIENT.list_buckets()
            mocks[number].stop()


def test_threads_that_enter_at_once() -> None:
    def enter_and_leave(number: int) -> None:
        barrier.wait()
        for _ in range(20):
            with mock_tagging(region=("us-east-1", "eu-west-1")[number % 2]) as aws:
                assert aws.client("s3").list_buckets()["Buckets"] == []

    barrier = threading.Barrier(4)
    with unchanged():
        threads = [threading.Thread(target=enter_and_leave, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads)


# Interrupts


class _InterruptAt:
    """Sends this process an interrupt when it comes to the n-th line of ours; notes the lines until then."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.lines: list[tuple[str, int]] = []

    def __call__(self, frame: FrameType, event: str, argument: Any) -> Any:
        if "s3tag_mock" not in frame.f_code.co_filename or "tests" in frame.f_code.co_filename:
            return None
        if event == "line":
            self.lines.append((frame.f_code.co_filename, frame.f_lineno))
            self.left -= 1
            if self.left == 0:
                signal.raise_signal(signal.SIGINT)
        return self


def _interrupted(number: int, body: Callable[[], None]) -> bool:
    """Whether an interrupt came; without, there are fewer lines than that."""
    return _run(_InterruptAt(number), body).left <= 0


def _moments(body: Callable[[], None]) -> list[int]:
    """When each line of ours is reached first and last: in between, loops go the same way."""
    lines = _run(_InterruptAt(-1), body).lines
    first = {line: number for number, line in reversed([*enumerate(lines, 1)])}
    last = {line: number for number, line in enumerate(lines, 1)}
    return sorted({*first.values(), *last.values()})


def _run(interrupt: _InterruptAt, body: Callable[[], None]) -> _InterruptAt:
    before = sys.gettrace()
    with interruptible(), suppress(KeyboardInterrupt):
        sys.settrace(interrupt)
        try:
            body()
        finally:
            sys.settrace(before)
    return interrupt


def test_an_interrupt_at_any_line_of_entering(monkeypatch: pytest.MonkeyPatch) -> None:
    def enter() -> None:
        monkeypatch.setattr(ACTIVE, "patches", patching.Patches())  # all replacements are made anew
        mocks.append(mock_tagging())
        mocks[-1].__enter__()

    mocks: list[Any] = []
    numbers = _moments(enter)
    mocks[-1].stop()
    assert len(numbers) > 100
    with unchanged():
        for number in numbers:
            assert _interrupted(number, enter)
            assert ACTIVE.current is None, f"the interrupt at line {number} left the mock on"


def test_an_interrupt_at_any_line_of_leaving() -> None:
    """But for the first, at which nothing has begun."""
    number = 2
    while True:
        mock = mock_tagging().start()
        CLIENT.list_buckets()
        if not _interrupted(number, lambda mock=mock: mock.__exit__(None, None, None)):  # type: ignore[misc]
            break
        assert ACTIVE.scopes == (), f"the interrupt at line {number} left the mock on"
        number += 1
    assert number > 50


def test_interrupts_leave_all_as_it_was() -> None:
    number, came = 2, True
    with unchanged():
        while came:
            mock = mock_tagging().start()
            came = _interrupted(number, lambda mock=mock: mock.__exit__(None, None, None))  # type: ignore[misc]
            number += 1


# Forks and forgotten mocks


def _in_the_child(results: Any) -> None:
    inside = CLIENT.list_buckets()["Buckets"][0]["Name"]
    CLIENT.create_bucket(Bucket="of-the-child")
    CLIENT.put_object(Bucket="of-the-child", Key="k", Metadata={"encoded": "=?UTF-8?Q?a?="})
    if ACTIVE.current is not None:
        ACTIVE.current.world.clock.advance(timedelta(days=1))
    _in_a_thread(CLIENT.list_buckets)
    results.put((inside, ACTIVE.current is not None))


def _in_a_thread(work: Callable[[], Any]) -> None:
    """Run something where locks that the main thread kept would be noticed."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def _told_by_a_child() -> Any:
    context = multiprocessing.get_context("fork")
    results = context.SimpleQueue()
    child = context.Process(target=_in_the_child, args=(results,))
    child.start()
    child.join(30)
    if child.exitcode is None:
        child.kill()
        child.join()
        pytest.fail("the child waits for ever")
    return results.get()


with_forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no forks")
in_threads = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


@with_forks
@in_threads
def test_a_fork() -> None:
    """The child has the mock as it was, and its own from then on; the parent's is untouched."""
    with unchanged(), mock_tagging() as aws:
        aws.create_bucket("photos")
        assert _told_by_a_child() == ("photos", True)
        _in_a_thread(partial(CLIENT.create_bucket, Bucket="of-the-parent"))
        names = [one["Name"] for one in CLIENT.list_buckets()["Buckets"]]
        assert names == ["of-the-parent", "photos"]


@with_forks
@in_threads
@pytest.mark.parametrize(
    "lock", ["of the process", "of the world", "of the clock", "of operations", "of an import"]
)
def test_a_fork_while_another_thread_holds_a_lock(lock: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "email.header", raising=False)
    bootstrap: Any = importlib._bootstrap  # type: ignore[attr-defined]
    with mock_tagging() as aws:
        aws.create_bucket("photos")
        monkeypatch.setattr(OPERATIONS, "_found", {})
        held: Any = {
            "of the process": ACTIVE.lock,
            "of the world": aws._world.lock,
            "of the clock": aws._world.clock.lock,
            "of operations": OPERATIONS.lock,
            "of an import": bootstrap._ModuleLockManager("email.header"),
        }[lock]
        is_held = threading.Event()

        def hold() -> None:
            with held:
                is_held.set()
                time.sleep(0.3)

        thread = threading.Thread(target=hold)
        thread.start()
        is_held.wait()
        assert _told_by_a_child() == ("photos", True)
        thread.join()


@pytest.mark.skipif(
    sys.implementation.name == "pypy", reason="a fork finds the locks in PyPy's own lru_cache taken"
)
@with_forks
def test_forks_while_other_threads_are_busy() -> None:
    """No child waits for a lock that a thread of the parent's held."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", busy_forks.__name__],
        env={**kept, "AWS_EC2_METADATA_DISABLED": "true", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout == f"{busy_forks.CHILDREN}\n", done.stderr


def forget_one_inside() -> None:
    with mock_tagging():
        mock_tagging(region="eu-west-1").start()
        gc.collect()
        assert CLIENT.list_buckets()["Buckets"] == []


def test_a_forgotten_mock_ends_with_the_one_around_it() -> None:
    with unchanged(), pytest.warns(TaggingMockWarning, match=rf"entered at {__file__}:\d+ was never left"):
        forget_one_inside()


def test_a_forgotten_mock_stays_on_where_nothing_is_around_it() -> None:
    """Else what the test takes for mocked would reach the network."""
    with unchanged():
        mock_tagging().start()
        gc.collect()
        assert CLIENT.list_buckets()["Buckets"] == []
        (scope,) = ACTIVE.scopes
        assert scope.is_forgotten
        ACTIVE.remove(scope)


def forget_one() -> None:
    mock_tagging(region="eu-west-1").start().create_bucket("stale")
    gc.collect()


def test_a_forgotten_mock_ends_before_the_next_one_begins() -> None:
    """The next one shares nothing with it, and may have options that an inner one can't have."""
    with unchanged():
        forget_one()
        with pytest.warns(TaggingMockWarning, match=rf"entered at {__file__}:\d+ was never left") as warned:
            mock = mock_tagging(seed=1).start()
        assert f"entered at {warned[0].filename}:{warned[0].lineno} was" in str(warned[0].message)
        assert CLIENT.list_buckets()["Buckets"] == []
        assert boto3.client("s3").meta.region_name == "us-east-1"
        mock.stop()


def test_a_forgotten_mock_whose_warning_is_an_error() -> None:
    with unchanged(), warnings.catch_warnings():
        warnings.simplefilter("error")
        forget_one()
        with pytest.raises(TaggingMockWarning, match="was never left"):
            mock_tagging().start()
        assert ACTIVE.scopes == ()
        use()


def test_a_forgotten_mock_in_unittest() -> None:
    """Where nothing ends it after its test, the next test's mock does."""

    class TestPhotos(unittest.TestCase):
        def test_1_forgetting(self) -> None:
            mock_tagging().start().create_bucket("stale")

        def test_2_after_it(self) -> None:
            with mock_tagging(clock=NOON):
                self.assertEqual(CLIENT.list_buckets()["Buckets"], [])

    with unchanged():
        with pytest.warns(TaggingMockWarning, match="was never left"):
            result = unittest.defaultTestLoader.loadTestsFromTestCase(TestPhotos).run(unittest.TestResult())
        assert (result.testsRun, result.failures, result.errors) == (2, [], [])


def test_a_mock_that_somebody_keeps_is_not_forgotten() -> None:
    with mock_tagging():
        kept = mock_tagging().start()
        gc.collect()
        assert not ACTIVE.scopes[1].is_forgotten
    assert ACTIVE.current is not None
    kept.stop()


def test_the_end_of_the_process_ends_what_was_forgotten() -> None:
    code = """
import atexit, os
atexit.register(lambda: print(os.environ["AWS_ACCESS_KEY_ID"]))
from s3tag_mock import mock_tagging
mock_tagging().start()
mock_tagging(region="eu-west-1").start()
"""
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": "mine"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout == "mine\n"
    assert done.stderr.count("was never left") == 2
