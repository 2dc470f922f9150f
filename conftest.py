"""Fixtures of all tests, and the promise that none of them opens a connection."""

from __future__ import annotations

import os
import pkgutil
import socket
import urllib.request
from importlib import import_module, metadata
from typing import Any

import botocore
import pytest
from botocore.config import Config
from hypothesis import HealthCheck, Phase, settings

pytest_plugins = ["pytester", "s3tag_mock.pytest_plugin"]

#: Properties try the same examples in every run, so that no run fails by chance alone; with the variable
#: S3TAG_MOCK_EXPLORE set to a number, they try new ones, and so many times as many.
EXPLORE = int(os.environ.get("S3TAG_MOCK_EXPLORE") or 0)

settings.register_profile(
    "s3tag_mock",
    deadline=None,
    max_examples=100 * max(EXPLORE, 1),
    derandomize=not EXPLORE,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("s3tag_mock")

ACCOUNT = "123456789012"


def fuzzing(examples: int, *, steps: int | None = None, shrinks: bool = True) -> settings:
    """Settings of a property; the only place that says how many examples one tries.

    :param examples: in an ordinary run.
    :param steps: of a state machine, at most.
    :param shrinks: whether a failing example is made smaller; False for what makes it small by itself.
    """
    further: dict[str, Any] = {} if steps is None else {"stateful_step_count": steps}
    if not shrinks:
        further["phases"] = [Phase.explicit, Phase.reuse, Phase.generate]
    return settings(max_examples=examples * max(EXPLORE, 1), **further)


#: Whether this botocore calculates checksums by default, and can be told not to (since 1.36).
CHECKSUMS_BY_DEFAULT = "request_checksum_calculation" in Config.OPTION_DEFAULTS


def needs_botocore(version: str, what: str) -> pytest.MarkDecorator:
    """Skip a test with a botocore that is older than its models' knowledge of something.

    :param version: the first that knows.
    """
    numbers = [tuple(int(part) for part in one.split(".")[:3]) for one in (botocore.__version__, version)]
    return pytest.mark.skipif(numbers[0] < numbers[1], reason=f"botocore knows {what} since {version}")


def needs_moto(version: str, what: str) -> pytest.MarkDecorator:
    """Skip a test with a moto that is older than what the test is about.

    :param version: from which on it is tried.
    """
    numbers = [tuple(int(part) for part in one.split(".")[:3]) for one in (metadata.version("moto"), version)]
    return pytest.mark.skipif(numbers[0] < numbers[1], reason=f"{what}: tried from moto {version} on")


#: Tests whose cases are operations, names or recorded calls: with other versions each may do otherwise.
EVERY_CASE = ("tests/protocol/", "tests/recorded/", "tests/intercept/test_private_names.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    about = "of a test with several cases, run the first alone, unless each may differ between versions"
    parser.addoption("--first-cases", action="store_true", help=about)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--first-cases"):
        further = {item for item in items if not (is_first_case(item) or item.nodeid.startswith(EVERY_CASE))}
        config.hook.pytest_deselected(items=further)
        items[:] = [item for item in items if item not in further]


def is_first_case(item: pytest.Item) -> bool:
    """By the case itself: in random order, another may come first."""
    cases = getattr(item, "callspec", None)
    return cases is None or not any(cases.indices.values())


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that opens a connection or resolves a name fails."""

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError(f"a test reached for the network: {args[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    urllib.request.install_opener(None)  # it keeps the proxies of the first test that used one


@pytest.fixture(scope="session")
def whole_package() -> None:
    """All of it imported: pytest in pytest forgets what it imports, and makes some modules twice."""
    import s3tag_mock

    for module in pkgutil.walk_packages(s3tag_mock.__path__, "s3tag_mock."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


@pytest.fixture
def pytester(whole_package: None, pytester: pytest.Pytester) -> pytest.Pytester:
    return pytester


@pytest.fixture
def aws(tagging_mock: Any) -> Any:
    return tagging_mock


@pytest.fixture
def s3(aws: Any) -> Any:
    return aws.client("s3")


@pytest.fixture
def s3_once(aws: Any) -> Any:
    """A client that doesn't retry: botocore waits before it sends again after a BadDigest."""
    return aws.client("s3", config=Config(retries={"total_max_attempts": 1}))


@pytest.fixture
def s3control(aws: Any) -> Any:
    return aws.client("s3control")


@pytest.fixture
def photos(aws: Any) -> str:
    """A bucket with three objects, one of which has tags."""
    aws.create_bucket("photos")
    aws.put_objects("photos", ["a.jpg", "b.jpg"])
    aws.put_objects("photos", {"c.jpg": b"three"}, tags={"team": "blue"})
    return "photos"
