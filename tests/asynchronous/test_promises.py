"""Asynchronous clients and the mock's promises: nothing goes out, nothing is lost, everything is put back."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest

from s3tag_mock import NotSupported, mock_tagging
from s3tag_mock.intercept.activation import ACTIVE
from tests.asynchronous.conftest import MakeClient
from tests.support import tag_set

pytest.importorskip("aiobotocore", reason="aiobotocore isn't installed")

KEYS = {"aws_access_key_id": "AKIAREAL000000000000", "aws_secret_access_key": "real"}
#: What may have been imported is.
for module in ("endpoint", "session", "retries.bucket", "signers", "httpsession"):
    __import__(f"aiobotocore.{module}")


# Nothing goes out


@pytest.mark.parametrize("made", ["before", "inside"])
@pytest.mark.parametrize(("service", "operation"), [("sqs", "ListQueues"), ("dynamodb", "ListTables")])
async def test_other_services_are_refused_by_name(
    client: MakeClient, made: str, service: str, operation: str, backend: dict[str, Any]
) -> None:
    call = {"ListQueues": "list_queues", "ListTables": "list_tables"}[operation]
    with pytest.raises(NotSupported, match=rf"{service}\.{operation} was called"):
        if made == "before":
            async with client(service, config=backend, **KEYS) as other:
                with mock_tagging():
                    await getattr(other, call)()
        with mock_tagging():
            async with client(service, config=backend) as other:
                await getattr(other, call)()


async def test_what_is_let_through_goes_out(client: MakeClient) -> None:
    with mock_tagging(passthrough=["sqs"]):
        config = {"retries": {"total_max_attempts": 1}}
        async with client("sqs", config=config, **KEYS) as sqs:
            with pytest.raises(Exception, match="reached for the network"):
                await sqs.list_queues()


async def test_without_any_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    from aiobotocore.session import get_session

    session = get_session()
    with mock_tagging():
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        assert (await session.get_credentials()).method == "s3tag_mock"


async def test_credentials_while_a_mock_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tasks are outside already."""
    from aiobotocore.session import get_session

    with mock_tagging(), monkeypatch.context() as patch:
        patch.setattr(ACTIVE, "_scopes", ())
        patch.setenv("AWS_ACCESS_KEY_ID", "AKIAOUTSIDE")
        assert (await get_session().get_credentials()).access_key == "AKIAOUTSIDE"


async def test_nobodys_role_is_asked_for() -> None:
    """A session that was made before, without credentials, takes fakes inside, and forgets them."""
    from aiobotocore.session import get_session

    session = get_session()
    with mock_tagging():
        async with session.create_client("s3") as s3:
            await s3.list_buckets()
        credentials = await session.get_credentials()
        assert credentials.access_key == "testing"
    assert session._credentials is None


async def test_credentials_that_are_given_to_a_session(aws: Any) -> None:
    from aiobotocore.session import get_session

    session = get_session()
    session.set_credentials("111122223333", "secret")
    async with session.create_client("sts", region_name="us-east-1") as sts:
        assert (await sts.get_caller_identity())["Account"] == "111122223333"


# Everything is put back


def everything() -> dict[str, int]:
    """Whatever is in aiobotocore's modules and classes, by its identity."""
    found = {}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] not in {"aiobotocore", "aiohttp", "httpx"}:
            continue
        for attribute, value in vars(module).items():
            found[f"{name}.{attribute}"] = id(value)
            if inspect.isclass(value) and value.__module__ == name:
                members = {one: id(thing) for one, thing in vars(value).items() if callable(thing)}
                found |= {f"{name}.{attribute}.{one}": number for one, number in members.items()}
    return found


@contextmanager
def unchanged() -> Iterator[None]:
    before, finders = everything(), list(sys.meta_path)
    yield
    after = everything()
    assert {name: after.get(name) for name in before if before[name] != after.get(name)} == {}
    assert sys.meta_path == finders
    assert ACTIVE.scopes == ()
    assert ACTIVE.begun._calls == set()


async def test_everything_is_put_back(client: MakeClient) -> None:
    async with client(**KEYS) as s3:
        handlers = s3.meta.events._emitter._handlers
        before = list(handlers.prefix_search("before-send.s3.ListBuckets"))
        with unchanged():
            with mock_tagging():
                inside = everything()
                await s3.list_buckets()
                assert list(handlers.prefix_search("before-send.s3.ListBuckets")) != before
            outside = everything()
        assert list(handlers.prefix_search("before-send.s3.ListBuckets")) == before
    changed = {name for name in inside if inside[name] != outside[name]}
    assert "aiobotocore.client.AioBaseClient._make_api_call" in changed
    assert "aiobotocore.endpoint.asyncio" in changed


LATE = """
import sys
from s3tag_mock import mock_tagging
with mock_tagging() as aws:
    aws.client("s3").list_buckets()
assert not any(name.partition(".")[0] in ("aiobotocore", "aiohttp", "httpx") for name in sys.modules)

async def use():
    with mock_tagging() as aws:
        from aiobotocore.session import get_session
        async with get_session().create_client("s3") as s3:
            aws.faults.add("ListBuckets", "SlowDown", times=1)
            await s3.list_buckets()
            print(len(aws.calls))

import asyncio
asyncio.run(use())
"""


def test_imported_inside() -> None:
    """And never by the mock itself."""
    done = subprocess.run([sys.executable, "-c", LATE], capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.returncode) == ("2\n", 0), done.stderr


# Calls on their way


class Held:
    """A handler that holds a call until it is let go."""

    def __init__(self) -> None:
        self.reached, self.go = asyncio.Event(), asyncio.Event()

    async def __call__(self, **kwargs: Any) -> None:
        self.reached.set()
        await self.go.wait()


EVENTS = [
    "before-parameter-build.s3",
    "before-call.s3",
    "request-created.s3",
    "before-sign.s3",
    "before-send.s3",
]


@pytest.mark.parametrize("event", EVENTS)
async def test_a_call_on_its_way_when_the_mock_is_left(client: MakeClient, event: str) -> None:
    async with client(**KEYS) as s3:
        session = s3._endpoint.http_session
        held = Held()
        s3.meta.events.register_first(event, held)
        with unchanged():
            mock = mock_tagging().start()
            call = asyncio.ensure_future(s3.list_buckets())
            await held.reached.wait()
            mock.stop()
            held.go.set()
            with pytest.raises(NotSupported, match="was still on its way"):
                await call
        assert s3._endpoint.http_session is session


async def test_a_call_that_is_awaited_after_its_mock(client: MakeClient) -> None:
    async with client(**KEYS) as s3:
        with mock_tagging():
            call = s3.list_buckets()
        with pytest.raises(NotSupported, match="was still on its way"):
            await call


async def test_a_wrapper_that_outlives_the_mock_steps_aside(
    client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aiobotocore.client import AioBaseClient

    with mock_tagging():
        ours = AioBaseClient._make_api_call
    monkeypatch.setattr(AioBaseClient, "_make_api_call", ours)
    async with client(config={"retries": {"total_max_attempts": 1}}, **KEYS) as s3:
        with pytest.raises(Exception, match="reached for the network"):
            await s3.list_buckets()


async def test_no_other_task_runs_meanwhile(aws: Any, client: MakeClient) -> None:
    aws.faults.add("PutObject", "SlowDown", optional=True)
    async with client() as s3:
        with pytest.raises(StopIteration):
            s3.list_buckets().send(None)


@pytest.mark.parametrize("event", EVENTS)
async def test_a_task_that_is_cancelled(photos: str, aws: Any, client: MakeClient, event: str) -> None:
    async with client() as s3:
        held = Held()
        s3.meta.events.register_first(event, held)
        call = asyncio.ensure_future(s3.put_object(Bucket=photos, Key="new", Body=b"x", Tagging="a=1"))
        await held.reached.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert "PutObject" not in [one.operation for one in aws.calls]
        assert ACTIVE.begun._calls == set()
        held.go.set()
        await s3.put_object(Bucket=photos, Key="new", Body=b"x", Tagging="a=1")
        assert aws.object_tags(photos, "new") == {"a": "1"}


# Many at once


def by_uvloop(main: Any) -> None:
    loop = pytest.importorskip("uvloop").new_event_loop()
    try:
        loop.run_until_complete(main())
    finally:
        loop.close()


def test_trio(client: MakeClient) -> None:
    """aiobotocore's own endpoint for httpx runs on it."""
    trio, httpx = pytest.importorskip("trio"), pytest.importorskip("aiobotocore.httpxsession")
    if not hasattr(import_module("aiobotocore.endpoint"), "AnyioEndpoint"):
        pytest.skip("this aiobotocore needs asyncio")

    async def main() -> None:
        with mock_tagging(real_sleep=True) as aws:
            aws.faults.add("ListBuckets", "SlowDown", times=1, delay=0.01)
            async with client(config={"http_session_cls": httpx.HttpxSession}) as s3:
                assert (await s3.list_buckets())["ResponseMetadata"]["RetryAttempts"] == 1

    trio.run(main)


@pytest.mark.parametrize("run", [lambda main: asyncio.run(main()), by_uvloop], ids=["asyncio", "uvloop"])
def test_a_thousand_calls_at_once(aws: Any, client: MakeClient, run: Callable[[Any], None]) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", [f"k{number}" for number in range(1000)])
    aws.faults.add("PutObjectTagging", "SlowDown", every=10, times=50)
    retried = []

    async def tag(s3: Any, number: int) -> None:
        tags = tag_set(number=str(number))
        answer = await s3.put_object_tagging(Bucket="photos", Key=f"k{number}", Tagging=tags)
        retried.append(answer["ResponseMetadata"]["RetryAttempts"])

    async def main() -> None:
        async with client() as s3:
            await asyncio.gather(*(tag(s3, number) for number in range(1000)))

    run(main)
    for number in range(1000):
        assert aws.object_tags("photos", f"k{number}") == {"number": str(number)}
    calls = aws.calls.of("PutObjectTagging")
    assert len(calls) == 1050
    assert sum(retried) == 50
    assert sum(1 for call in calls if call.retries) == 50
