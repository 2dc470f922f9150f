"""Whatever comes in, every served operation answers: a success, or an error after which all is as before.

Calls are made in sequences in one world, where names exist and uploads have parts, so that what one call stores
another one reads; :mod:`tools.fuzz` makes them, checks them, and prints the smallest sequence that fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing, needs_botocore
from s3tag_mock.operations.registry import Operation
from tools.fuzz.generate import TEMPLATES, Step, served, step_of, steps
from tools.fuzz.minimise import minimised
from tools.fuzz.reproduction import reproduction
from tools.fuzz.run import run

SEEDS = st.integers(0, 2**32)
needs_all_operations = needs_botocore("1.44", "all that is served")


def check(seed: int, sequence: Sequence[Step], reads: int) -> None:
    """Run a sequence, after which everything stored can be read and every bucket be written to."""
    result = run(seed, sequence, reads)
    if result.failure is not None:
        raise AssertionError(reproduction(minimised(result, sequence))) from result.failure


OF_IAM = [one for one in served() if one.service == "iam"]
OTHERS = [one for one in served() if one.service != "iam"]


@pytest.mark.parametrize("operation", OTHERS, ids=lambda one: f"{one.service}.{one.name}")
@needs_all_operations
@fuzzing(1, shrinks=False)
@given(seed=SEEDS)
def test_what_it_stores_can_be_read(operation: Operation, seed: int) -> None:
    chance = Random(seed)
    check(seed, [step_of(chance, operation) for _ in range(3)], reads=6)


@needs_all_operations
@fuzzing(12, shrinks=False)
@given(seed=SEEDS)
def test_sequences_of_all_operations(seed: int) -> None:
    check(seed, steps(seed, 30), reads=15)


@needs_all_operations
@fuzzing(2, shrinks=False)
@given(seed=SEEDS)
def test_sequences_of_iam(seed: int) -> None:
    made = ("CreateRole", "CreateUser", "CreateGroup", "CreatePolicy", "CreateAccessKey")
    furnished = [Step("iam", name, TEMPLATES[f"iam.{name}"][0]) for name in made]
    check(seed, [*furnished, *steps(seed, 60, OF_IAM)], reads=0)
