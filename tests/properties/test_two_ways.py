"""A call that is answered without a request being written ends as it does with one.

Sequences of all operations, with thin and odd parameters, are played both ways in equal worlds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from random import Random
from typing import Any

import botocore
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from conftest import fuzzing, needs_botocore
from s3tag_mock import Misuse, mock_tagging
from s3tag_mock.intercept import direct_calls
from tools.fuzz import world
from tools.fuzz.generate import Step, served, step_of, steps
from tools.fuzz.references import References
from tools.fuzz.snapshot import snapshot
from tools.fuzz.values import START
from tools.fuzz.world import client, furnish

SEEDS = st.integers(0, 2**32)
#: Sessions end by the real time.
SERVED = [one for one in served() if one.service in {"s3", "s3control"} and one.name != "CreateSession"]
needs_all_operations = needs_botocore("1.44", "all that is served")


def play(sequence: Sequence[Step]) -> list[Any]:
    """What comes of a sequence: each answer or error, then the log, then all that is stored."""
    with mock_tagging(allow="all", clock=START, seed=1) as aws:
        furnish(aws)
        came_of_it = [outcome(aws, step) for step in sequence if step.service]
        return [*came_of_it, [logged(call) for call in aws.calls], snapshot(aws)]


def logged(call: Any) -> dict[str, Any]:
    """A call as the log has it, without its code's place and what the real time made."""
    shown = {name: getattr(call, name) for name in call.__slots__ if name not in {"place", "writer"}}
    response = {} if call.operation == "CreateSession" else call.response
    return {**shown, "response": response, "hint_source": call.hint}


def outcome(aws: Any, step: Step) -> Any:
    params = References(aws._world).resolved(step.params)
    if step.operation == "CreateJob":
        params.setdefault("ClientRequestToken", str(len(aws.calls)))  # botocore makes one by chance
    try:
        answer = getattr(client(step.service, step.caller), botocore.xform_name(step.operation))(**params)
    except ClientError as error:
        return type(error).__name__, str(error), error.response
    except Misuse as error:
        return str(error)
    except Exception as error:  # botocore's own, of what it can't send
        return type(error).__name__, str(error)
    return {name: one.read() if hasattr(one, "read") else one for name, one in answer.items()}


@pytest.fixture(autouse=True)
def clients_that_may_try_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Those with one try go the long way."""
    monkeypatch.setattr(world, "CONFIG", Config(parameter_validation=False))
    yield
    client.cache_clear()


def check(sequence: Sequence[Step]) -> None:
    with pytest.MonkeyPatch.context() as patches:
        client.cache_clear()
        directly = play(sequence)
        patches.setenv("S3TAG_MOCK_WAY", "wire")
        client.cache_clear()
        by_wire = play(sequence)
    for number, (one, other) in enumerate(zip(directly, by_wire, strict=True)):
        assert one == other, sequence[number] if number < len(sequence) else "what is remembered"


@needs_all_operations
@fuzzing(6, shrinks=False)
@given(seed=SEEDS)
def test_sequences(seed: int) -> None:
    check([one for one in steps(seed, 60, SERVED) if one.service])


@needs_all_operations
@fuzzing(1, shrinks=False)
@given(seed=SEEDS)
def test_each_operation(seed: int) -> None:
    chance = Random(seed)
    check([step_of(chance, one) for one in SERVED])


@needs_all_operations
@pytest.mark.parametrize("beside", [nullcontext, mock_aws], ids=["alone", "beside moto"])
def test_most_successes_go_the_short_way(beside: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []
    answer = direct_calls.answer
    monkeypatch.setattr(direct_calls, "answer", lambda *given: taken.append(given) or answer(*given))
    with beside(), mock_tagging(allow="all", clock=START) as aws:
        client.cache_clear()
        furnish(aws)
        assert len(taken) >= 0.7 * len(aws.calls) > 10
