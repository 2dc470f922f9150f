"""Every operation asks for the actions of its record: whoever lacks one is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Final

import pytest

from conftest import needs_botocore
from s3tag_mock.exceptions import AwsError, NotSupported
from s3tag_mock.operations import service_permission
from s3tag_mock.operations.beside import user_as_caller
from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.record import Operation
from s3tag_mock.state.iam import User
from s3tag_mock.state.world import World
from tests.support import made_user, policy_document
from tools.fuzz.generate import params_of, served
from tools.fuzz.references import References
from tools.fuzz.values import ACCOUNT
from tools.fuzz.world import world_for

#: DeleteObjects has its refusals among its Errors.
ASKING = [one for one in served() if one.service in {"s3", "s3control"} and one.name != "DeleteObjects"]
READING: Final = ("Describe", "Get", "Head", "List")
#: Parameters of S3's calls that lead to something that is there.
RIGHT: Final = {"Bucket": "photos", "Key": "k", "CopySource": "photos/k", "ExpectedBucketOwner": ACCOUNT}
#: What is asked for beside the record: what a call reads, hands on, or brings about.
FURTHER: Final = {
    *("iam:PassRole", "s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket"),
    *("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"),
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """A world with something of everything, which no test changes."""
    with world_for(2) as aws:
        yield aws._world


def run(world: World, operation: Operation, caller: Caller, params: Any) -> Any:
    """What an operation answers, or the code of its error."""
    call = CallContext(world, world.clock.now(), caller, "us-east-1", operation)
    try:
        return operation.run(call, params)
    except AwsError as error:
        if error.code == "AccessDenied":
            raise
        return error.code


def example(world: World, operation: Operation) -> tuple[Any, Any]:
    """Parameters of an operation, and what it answers to them where everything is allowed.

    With the first of many that succeed; some have errors of their own with all of them.
    """
    tried = None
    for seed in range(20):
        params = References(world).resolved(params_of(Random(seed), operation))
        if operation.service == "s3":
            params |= {name: RIGHT[name] for name in RIGHT.keys() & params}
        try:
            answer = run(world, operation, Caller(ACCOUNT), params)
        except (AwsError, AttributeError, KeyError, NotSupported, TypeError, ValueError):
            continue  # what only the wire would have made right
        tried = (params, answer)
        if isinstance(answer, dict):
            break
    assert tried is not None
    return tried


def refused_action(error: AwsError) -> str:
    """The action that somebody may not do, as the error or its hint says."""
    found = re.search(r"(?:perform: |allows )([\w-]+:\w+)", f"{error.message} {error.hint}")
    assert found is not None, f"{error.message} {error.hint}"
    return found[1]


def actions_asked_for(user: User, call: Callable[[], Any]) -> tuple[set[str], Any]:
    """The actions that a user was refused for, one after the other, and the answer once all are allowed."""
    asked: set[str] = set()
    while True:
        try:
            return asked, call()
        except AwsError as error:
            action = refused_action(error)
            assert action not in asked, error
            asked.add(action)
            user.inline["own"] = policy_document({"Action": sorted(asked)})


@pytest.mark.parametrize("operation", ASKING, ids=lambda one: f"{one.service}.{one.name}")
@needs_botocore("1.44", "all that is served")
def test_it_needs_its_actions_and_no_others(world: World, operation: Operation) -> None:
    is_read = operation.name.startswith(READING)
    params, expected = example(world if is_read else world.copy(), operation)
    own = world if is_read else world.copy()
    user = made_user(own, "anna")
    asked, answer = actions_asked_for(user, lambda: run(own, operation, user_as_caller(user), params))
    assert set(operation.actions_on(params)) <= asked <= {*operation.actions_on(params), *FURTHER}
    assert type(answer) is type(expected)


@pytest.mark.parametrize(
    "operation",
    [one for one in served() if one.service in {"iam", "resourcegroupstaggingapi"}],
    ids=lambda one: f"{one.service}.{one.name}",
)
@needs_botocore("1.44", "all that is served")
def test_other_services_ask_too(world: World, operation: Operation) -> None:
    """Their calls are checked before the operation; what it asks for itself isn't looked at."""
    params = References(world).resolved(params_of(Random(1), operation))
    if "PolicyArn" in params:  # nobody changes AWS's own
        params["PolicyArn"] = f"arn:aws:iam::{ACCOUNT}:policy/p"
    user = made_user(world, "anna")

    def check() -> None:
        call = CallContext(world, world.clock.now(), user_as_caller(user), "us-east-1", operation)
        service_permission.check(call, params)

    assert actions_asked_for(user, check)[0] == set(operation.actions_on(params)) != set()
