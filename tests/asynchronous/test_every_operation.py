"""Every served operation answers an asynchronous client as it answers boto3's, and does the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from inspect import isawaitable
from random import Random
from typing import Any

import boto3
import botocore
import pytest
from botocore.exceptions import ClientError

from conftest import needs_botocore
from s3tag_mock import TaggingMock
from s3tag_mock.operations.registry import Operation
from tests.asynchronous.conftest import MakeClient
from tools.fuzz.generate import TEMPLATES, Step, served, step_of
from tools.fuzz.references import References
from tools.fuzz.run import tour
from tools.fuzz.snapshot import snapshot
from tools.fuzz.world import CONFIG, world_for

pytest.importorskip("aiobotocore", reason="aiobotocore isn't installed")

SEED = 0
READS = 200
VERBS = ("Create", ("Put", "Add", "Attach", "Tag"), ("Get", "Head", "List"))
SERVICES = sorted({one.service for one in served()})
KEYS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}


def sequence(aws: TaggingMock) -> Iterator[Step]:
    """Calls that are right, in an order that makes sense, reads of what there is, then every operation."""
    chance = Random(SEED)
    operations = sorted(served(), key=_turn)
    for operation in operations:
        for params in TEMPLATES.get(f"{operation.service}.{operation.name}", []):
            yield Step(operation.service, operation.name, params)
    yield from tour(aws, chance, READS)
    for operation in operations * 2:
        yield step_of(chance, operation)


def _turn(operation: Operation) -> int:
    """What creates comes first, and what deletes last."""
    return next((turn for turn, verbs in enumerate(VERBS) if operation.name.startswith(verbs)), len(VERBS))


async def played(make: Callable[[str], Any]) -> tuple[list[Any], dict[str, Any]]:
    """The outcomes of the sequence in a world of its own, and what that world remembers at the end.

    :param make: gives a client of a service.
    """
    outcomes = []
    with world_for(SEED) as aws:
        clients = {service: await resolved(make(service)) for service in SERVICES}
        for step in sequence(aws):
            params = References(aws._world).resolved(step.params)
            if step.operation == "CreateJob":
                params.setdefault("ClientRequestToken", f"made {len(outcomes)}")
            method = getattr(clients[step.service], botocore.xform_name(step.operation))
            outcomes.append((step.operation, params, await outcome(method, params)))
        return outcomes, snapshot(aws)


async def outcome(method: Callable[..., Any], params: dict[str, Any]) -> Any:
    """An answer with its body read, or what is raised instead of one."""
    try:
        answer = await resolved(method(**params))
        if hasattr(answer.get("Body"), "read"):
            answer["Body"] = await resolved(answer["Body"].read())
    except ClientError as error:
        return type(error).__name__, error.response
    except Exception as error:
        return type(error), str(error)
    return answer


async def resolved(value: Any) -> Any:
    return await value if isawaitable(value) else value


@needs_botocore("1.37", "all that worlds are furnished with")
async def test_every_operation(client: MakeClient) -> None:
    with world_for(SEED):
        pass  # the client that furnishes worlds has a session with the directory bucket from now on
    expected, remembered = await played(lambda name: boto3.client(name, "us-east-1", config=CONFIG, **KEYS))
    config = {"parameter_validation": False, "retries": CONFIG.retries}
    async with AsyncExitStack() as clients:
        found, also_remembered = await played(
            lambda name: clients.enter_async_context(client(name, config, **KEYS))
        )
    for one, other in zip(found, expected, strict=True):
        assert one == other
    assert also_remembered == remembered
    successful = {operation for operation, _, answer in expected if isinstance(answer, dict)}
    assert len(successful) > len(served()) / 2
