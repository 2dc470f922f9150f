"""Every way into the mock, and that nothing is left behind after it."""

from __future__ import annotations

import asyncio
import os
import unittest
from datetime import datetime
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.endpoint import Endpoint
from botocore.httpsession import URLLib3Session

from s3tag_mock import Misuse, TaggingMock, mock_tagging


def bucket_names() -> list[str]:
    return [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]


def make_bucket() -> list[str]:
    boto3.client("s3").create_bucket(Bucket="made-here")
    return bucket_names()


def process_state() -> dict[str, Any]:
    return {
        "environment": {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"},
        "default session": boto3.DEFAULT_SESSION,
        "make_request": vars(Endpoint)["make_request"],
        "send": vars(URLLib3Session)["send"],
        "create_loader": vars(botocore.session)["create_loader"],
    }


@pytest.fixture(autouse=True)
def unchanged_process(request: Any) -> Any:
    if hasattr(request.cls, "__s3tag_mock__"):
        yield  # inside the mock of the test
        return
    before = process_state()
    yield
    assert process_state() == before


def test_bare_decorator() -> None:
    @mock_tagging
    def test(value: int) -> tuple[int, list[str]]:
        return value, make_bucket()

    assert test(1) == (1, ["made-here"])
    assert test(value=2) == (2, ["made-here"])  # and starts empty each time
    assert test.__name__ == "test"


def test_decorator_with_options() -> None:
    @mock_tagging(region="eu-west-1", account_id="111122223333")
    def test() -> Any:
        return boto3.client("sts").get_caller_identity()["Account"], boto3.session.Session().region_name

    assert test() == ("111122223333", "eu-west-1")


def test_coroutine_is_mocked_while_it_runs() -> None:
    @mock_tagging
    async def test() -> list[str]:
        await asyncio.sleep(0)
        return make_bucket()

    assert asyncio.run(test()) == ["made-here"]


def test_generator_is_mocked_until_it_ends() -> None:
    @mock_tagging
    def fixture() -> Any:
        yield make_bucket()
        yield bucket_names()

    assert list(fixture()) == [["made-here"], ["made-here"]]


def test_async_generator_is_mocked_until_it_ends() -> None:
    @mock_tagging
    async def fixture() -> Any:
        yield make_bucket()

    async def collect() -> list[Any]:
        return [value async for value in fixture()]

    assert asyncio.run(collect()) == [["made-here"]]


def test_context_managers() -> None:
    with mock_tagging() as aws:
        assert isinstance(aws, TaggingMock)
        assert make_bucket() == ["made-here"]

    async def inside() -> list[str]:
        async with mock_tagging():
            return make_bucket()

    assert asyncio.run(inside()) == ["made-here"]


def test_start_and_stop() -> None:
    aws = mock_tagging()
    aws.start()
    try:
        aws.create_bucket("seeded")
        assert bucket_names() == ["seeded"]
    finally:
        aws.stop()


def test_nested_mocks_share_one_backend() -> None:
    with mock_tagging() as outer:
        outer.create_bucket("outer")
        with mock_tagging(region="eu-west-1") as inner:
            assert bucket_names() == ["outer"]
            inner.create_bucket("inner")
            assert os.environ["AWS_DEFAULT_REGION"] == "eu-west-1"
        assert bucket_names() == ["inner", "outer"]
        assert os.environ["AWS_DEFAULT_REGION"] == "us-east-1"
        assert boto3.client("s3").get_bucket_location(Bucket="inner")["LocationConstraint"] == "eu-west-1"


@pytest.mark.parametrize("option", [{"clock": datetime(2026, 1, 1)}, {"seed": 1}])
def test_time_and_ids_are_the_outermost_mocks(option: Any) -> None:
    with mock_tagging(), pytest.raises(Misuse, match="Give it to the outermost"), mock_tagging(**option):
        pass


def test_mocks_left_in_the_wrong_order() -> None:
    first, second = mock_tagging().start(), mock_tagging(region="eu-west-1").start()
    first.create_bucket("shared")
    first.stop()
    assert bucket_names() == ["shared"]
    second.stop()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_exception_leaves_nothing_behind(error: type[BaseException]) -> None:
    with pytest.raises(error), mock_tagging():
        make_bucket()
        raise error


def test_a_failed_entry_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("s3tag_mock.intercept.environment.install", lambda undo, settings: 1 / 0)
    with pytest.raises(ZeroDivisionError), mock_tagging():
        pass
    monkeypatch.undo()
    with mock_tagging():
        assert bucket_names() == []


@mock_tagging(region="eu-west-1")
class TestPlainClass:
    def setup_method(self) -> None:
        boto3.client("s3").create_bucket(
            Bucket="from-set-up", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )

    @pytest.mark.parametrize("attempt", [1, 2])
    def test_each_test_is_fresh(self, attempt: int) -> None:
        assert bucket_names() == ["from-set-up"]
        boto3.client("s3").delete_bucket(Bucket="from-set-up")

    def teardown_method(self, method: Any) -> None:
        assert bucket_names() == []


class TestSubclass(TestPlainClass):
    """The set-ups of both run, in one mock."""

    def setup_method(self) -> None:
        super().setup_method()
        assert bucket_names() == ["from-set-up"]


class TestSubclassWithASetUpOfItsOwn(TestPlainClass):
    def setup_method(self) -> None:
        self.own = True

    def teardown_method(self, method: Any) -> None:
        assert self.own

    def test_each_test_is_fresh(self) -> None:  # type: ignore[override]
        with mock_tagging():
            assert bucket_names() == []


@mock_tagging
class TestPlainClassWithoutSetUp:
    def test_is_mocked(self, tmp_path: Any) -> None:
        assert make_bucket() == ["made-here"]


@mock_tagging
class TestMethodsOfEveryKind:
    @staticmethod
    def test_static() -> None:
        assert make_bucket() == ["made-here"]

    @classmethod
    def test_class(cls) -> None:
        assert cls.__name__ == "TestMethodsOfEveryKind"
        assert make_bucket() == ["made-here"]

    test_no_method = 1


def test_an_async_generator_that_is_closed_ends_inside() -> None:
    ends: list[list[str]] = []

    @mock_tagging
    async def fixture() -> Any:
        try:
            yield make_bucket()
        finally:
            ends.append(bucket_names())

    async def begin_and_close() -> None:
        values = fixture()
        await anext(values)
        await values.aclose()

    asyncio.run(begin_and_close())
    assert ends == [["made-here"]]


def test_a_set_up_without_the_plugin_says_so() -> None:
    @mock_tagging
    class WithoutPytest:
        def setup_method(self) -> None: ...

    with pytest.raises(Misuse, match="WithoutPytest.setup_method was about to run outside its mock"):
        WithoutPytest().setup_method()


@mock_tagging
class TestUnittestClass(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(lambda: self.assertEqual(bucket_names(), ["made-here"]))
        make_bucket()

    def test_one(self) -> None:
        self.assertEqual(bucket_names(), ["made-here"])

    def test_two(self) -> None:
        self.assertEqual(bucket_names(), ["made-here"])


@mock_tagging
class TestAsyncUnittestClass(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self) -> None:
        make_bucket()

    async def test_one(self) -> None:
        self.assertEqual(bucket_names(), ["made-here"])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"region": ""}, "Write one such as region='eu-west-1'"),
        ({"account_id": "12"}, "Write twelve digits in quotes"),
        ({"account_id": 123456789012}, "Write twelve digits in quotes"),
        ({"job_progress": "on_descibe"}, "Did you mean 'on_describe'?"),
        ({"min_part_size": 0}, "Write one such as min_part_size=1024"),
        ({"passthrough": "dynamodb"}, r"Write a tuple: passthrough=\('dynamodb',\)"),
    ],
)
def test_options_that_cannot_be(options: Any, says: str) -> None:
    with pytest.raises(Misuse, match=says):
        mock_tagging(**options)


def test_a_handle_that_is_not_active_says_what_to_write() -> None:
    aws = mock_tagging()
    with pytest.raises(Misuse, match="Use it inside `with mock_tagging\\(\\) as aws:`"):
        aws.create_bucket("photos")
    with pytest.raises(Misuse, match="not active"):
        aws.stop()
    with aws, pytest.raises(Misuse, match="active already"):
        aws.start()


def test_only_functions_and_classes_can_be_decorated() -> None:
    with pytest.raises(Misuse, match="decorates functions and classes"):
        mock_tagging()("test")  # type: ignore[type-var]
