"""Decorated classes, as unittest and pytest run them."""

from __future__ import annotations

import os
import subprocess
import sys
import unittest
from typing import Any

import boto3
import pytest

from s3tag_mock import TaggingMockFailure, mock_tagging

PRELUDE = """
    import unittest

    import boto3
    import pytest

    from s3tag_mock import mock_tagging

    def names():
        return [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]

    def make(name):
        boto3.client("s3").create_bucket(Bucket=name)
"""


def run(pytester: pytest.Pytester, body: str, *options: str) -> pytest.RunResult:
    pytester.makepyfile(PRELUDE + body)
    return pytester.runpytest_inprocess("-p", "no:randomly", *options)


def test_what_set_up_class_made_is_there_in_every_test_as_it_was_made(pytester: pytest.Pytester) -> None:
    run(
        pytester,
        """
    @mock_tagging
    class TestIt(unittest.TestCase):
        @classmethod
        def setUpClass(cls):
            make("of-class")
            cls.client = boto3.client("s3")

        def setUp(self):
            make("of-test")

        def test_one(self):
            self.client.delete_bucket(Bucket="of-class")
            make("of-test-one")

        def test_two(self):
            assert names() == ["of-class", "of-test"]

        @classmethod
        def tearDownClass(cls):
            assert names() == ["of-class"]

    def test_nothing_is_left():
        import os
        assert os.environ.get("AWS_ACCESS_KEY_ID") != "testing"
    """,
    ).assert_outcomes(passed=3)


def test_a_plain_class_likewise_with_fixtures_of_its_scope(pytester: pytest.Pytester) -> None:
    run(
        pytester,
        """
    @pytest.fixture(scope="class")
    def shared():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="shared")
        yield "shared"
        assert names() == ["shared"]

    @mock_tagging(region="eu-west-2", clock=__import__("datetime").datetime(2026, 1, 1))
    class TestIt:
        @classmethod
        def setup_class(cls):
            cls.region = boto3.Session().region_name

        @pytest.fixture(autouse=True)
        def own(self, shared):
            boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="own")

        def setup_method(self, method):
            assert names() == [] or names() == ["shared"]

        @pytest.mark.parametrize("attempt", [1, 2])
        def test_one(self, shared, attempt):
            assert self.region == "eu-west-2"
            assert names() == ["own", "shared"]
            boto3.client("s3", region_name="us-east-1").delete_bucket(Bucket=shared)

        def teardown_method(self):
            assert "shared" not in names()
    """,
    ).assert_outcomes(passed=2)


@pytest.mark.parametrize(
    "body",
    [
        """
    @mock_tagging
    class TestIt(unittest.TestCase):
        @classmethod
        def setUpClass(cls):
            raise ValueError

        def test_one(self): ...
    """,
        """
    @mock_tagging
    class TestBase:
        def setup_method(self): ...

        def test_one(self): ...

    class TestIt(TestBase):
        def setup_method(self):
            super().setup_method()
            raise ValueError

    TestBase.__test__ = False
    TestIt.__test__ = True
    """,
        """
    @mock_tagging
    class TestIt:
        @pytest.mark.usefixtures("broken")
        def test_one(self): ...

    @pytest.fixture(scope="class")
    def broken():
        raise ValueError
    """,
    ],
    ids=["setUpClass", "subclass", "fixture"],
)
def test_a_failing_set_up_leaves_no_mock_on(pytester: pytest.Pytester, body: str) -> None:
    after = """
    def test_outside():
        import os
        assert os.environ.get("AWS_ACCESS_KEY_ID") != "testing"
    """
    run(pytester, body + after).assert_outcomes(errors=1, passed=1)
    assert os.environ.get("AWS_ACCESS_KEY_ID") != "testing"


def test_fixtures_of_a_test_case_are_inside(pytester: pytest.Pytester) -> None:
    run(
        pytester,
        """
    @mock_tagging
    class TestIt(unittest.TestCase):
        @pytest.fixture(autouse=True)
        def bucket(self):
            make("from-fixture")

        def test_one(self):
            assert names() == ["from-fixture"]
    """,
    ).assert_outcomes(passed=1)


def test_fixtures_of_wider_scopes_are_set_up_before_the_class(pytester: pytest.Pytester) -> None:
    run(
        pytester,
        """
    @pytest.fixture(scope="module")
    def wide():
        with mock_tagging() as aws:
            aws.create_bucket("wide")
            yield aws

    @mock_tagging
    class TestIt:
        def test_one(self, wide):
            assert names() == ["wide"]
    """,
    ).assert_outcomes(passed=1)


def result_of(case: type[unittest.TestCase]) -> unittest.TestResult:
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    return result


def buckets() -> int:
    return len(boto3.client("s3").list_buckets()["Buckets"])


def test_unittest_alone() -> None:
    """setUpClass, tests and class clean-ups are inside; nothing is left on."""
    ends: list[int] = []

    @mock_tagging
    class Case(unittest.TestCase):
        @classmethod
        def setUpClass(cls) -> None:
            boto3.client("s3").create_bucket(Bucket="of-class")
            cls.addClassCleanup(lambda: ends.append(buckets()))

        def test_one(self) -> None:
            boto3.client("s3").create_bucket(Bucket="of-test")
            self.assertEqual(buckets(), 2)

        def test_two(self) -> None:
            self.assertEqual(buckets(), 1)

    result = result_of(Case)
    assert (result.testsRun, result.errors, result.failures) == (2, [], [])
    assert ends == [1]


def test_unittest_alone_with_a_failing_set_up_class() -> None:
    @mock_tagging
    class Case(unittest.TestCase):
        @classmethod
        def setUpClass(cls) -> None:
            raise ValueError

        def test_one(self) -> None: ...

    before = dict(os.environ)
    assert len(result_of(Case).errors) == 1
    assert dict(os.environ) == before


def test_set_up_class_that_is_interrupted() -> None:
    @mock_tagging
    class Case(unittest.TestCase):
        @classmethod
        def setUpClass(cls) -> None:
            raise KeyboardInterrupt

        def test_one(self) -> None: ...

    before = dict(os.environ)
    with pytest.raises(KeyboardInterrupt):
        result_of(Case)
    assert dict(os.environ) == before


def test_findings_fail_the_test_and_not_the_runner() -> None:
    @mock_tagging(fail_on=["unseen_job", "unused_fault"])
    class Case(unittest.TestCase):
        def test_one(self) -> None:
            from tests.support import active_mock

            active_mock().faults.add("PutObject", "SlowDown")

        def test_two(self) -> None: ...

    result = result_of(Case)
    assert len(result.failures) == 1
    assert "unused_fault: the fault PutObject SlowDown was never hit" in result.failures[0][1]


def test_debug_runs_inside_too() -> None:
    @mock_tagging
    class Case(unittest.TestCase):
        def test_one(self) -> None:
            self.assertEqual(buckets(), 0)

    Case("test_one").debug()


def test_a_method_called_by_itself_gets_a_mock() -> None:
    @mock_tagging
    class Case:
        def test_one(self) -> int:
            return buckets()

        async def test_two(self) -> int:
            return buckets()

    import asyncio

    assert Case().test_one() == 0
    assert asyncio.run(Case().test_two()) == 0


def test_signatures_stay(pytester: pytest.Pytester) -> None:
    """Doctests, parameters and fixtures of what is decorated are what they were."""
    result = run(
        pytester,
        """
    @mock_tagging
    def buckets():
        '''Doctests run inside where the function is called.

        >>> buckets()
        []
        '''
        return names()

    @pytest.mark.parametrize("number", [1, 2])
    @mock_tagging(region="eu-west-1")
    def test_it(number, tmp_path):
        assert number and tmp_path.exists()
        assert names() == []

    @pytest.fixture
    @mock_tagging
    def bucket():
        make("from-fixture")
        yield "from-fixture"

    def test_with_a_fixture(bucket):
        assert names() == [bucket]
    """,
        "--doctest-modules",
    )
    result.assert_outcomes(passed=4)


def test_class_options_reach_setup_class_and_tests(pytester: pytest.Pytester) -> None:
    run(
        pytester,
        """
    @mock_tagging(account_id="111122223333", job_progress="manual", seed=7)
    class TestIt(unittest.TestCase):
        @classmethod
        def setUpClass(cls):
            cls.account = boto3.client("sts").get_caller_identity()["Account"]

        def test_one(self):
            assert self.account == "111122223333"
            assert boto3.client("sts").get_caller_identity()["Account"] == "111122223333"
    """,
    ).assert_outcomes(passed=1)


def test_xdist_like_processes_share_nothing() -> None:
    """The mock lives in one process; another one has its own."""
    code = (
        "import boto3\nfrom s3tag_mock import mock_tagging\n"
        "with mock_tagging(): print(boto3.client('s3').list_buckets()['Buckets'])"
    )
    with mock_tagging() as aws:
        aws.create_bucket("here")
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_fail_on_fails_a_with_block() -> None:
    with pytest.raises(TaggingMockFailure, match="unused_fault"), mock_tagging(fail_on="all") as aws:
        aws.faults.add("PutObject", "SlowDown")


def test_an_exception_is_not_replaced_by_a_finding() -> None:
    def fails(aws: Any) -> None:
        aws.faults.add("PutObject", "SlowDown")
        raise ValueError

    with pytest.raises(ValueError), mock_tagging(fail_on="all") as aws:
        fails(aws)


def test_classes_with_the_fixture_the_marker_and_other_mocks(pytester: pytest.Pytester) -> None:
    run(
        pytester,
        """
    from datetime import datetime

    def account():
        return boto3.client("sts").get_caller_identity()["Account"]

    @mock_tagging(clock=datetime(2026, 1, 1), seed=1)
    class TestClock:
        def test_handle(self, tagging_mock):
            assert tagging_mock.clock.now().year == 2026

        @pytest.mark.tagging_mock(region="eu-west-1", account_id="999999999999", clock=datetime(2027, 1, 1))
        def test_marked(self):
            assert (boto3.Session().region_name, account()) == ("eu-west-1", "999999999999")

        @pytest.mark.tagging_mock(allow=["unused_fault"])
        def test_marked_with_the_handle(self, tagging_mock):
            tagging_mock.faults.add("ListBuckets", "SlowDown")

    @mock_tagging(region="us-west-2")
    class TestBase:
        @pytest.fixture
        def eu(self):
            with mock_tagging(region="eu-west-1") as aws:
                yield aws

        def test_region(self, eu):
            assert boto3.Session().region_name == "eu-west-1"

        def test_own(self):
            assert boto3.Session().region_name == self.region

        region = "us-west-2"

    @mock_tagging(region="eu-west-3", clock=datetime(2026, 1, 1))
    class TestSub(TestBase):
        region = "eu-west-3"
    """,
        "-W",
        "error",
    ).assert_outcomes(passed=7)


def test_handles_of_wider_mocks_follow_the_tests_copy(pytester: pytest.Pytester) -> None:
    run(
        pytester,
        """
    @pytest.fixture(scope="module")
    def wide():
        with mock_tagging(account_id="999999999999", region="eu-west-1") as aws:
            aws.create_bucket("photos")
            yield aws

    @mock_tagging
    class TestIt:
        @pytest.fixture(scope="class")
        def of_class(self):
            with mock_tagging() as aws:
                aws.create_bucket("class")
                yield aws

        def test_look(self, wide, of_class):
            for aws in (wide, of_class):
                boto3.client("s3").put_bucket_tagging(
                    Bucket="photos", Tagging={"TagSet": [{"Key": "a", "Value": "1"}]}
                )
                assert aws.bucket_tags("photos") == {"a": "1"}
                aws.calls.assert_called("PutBucketTagging")
            wide.create_bucket("other")
            assert names() == ["class", "other", "photos"]

        def test_each_is_fresh(self, wide, of_class):
            assert wide.bucket_tags("photos") == {}
            assert names() == ["class", "photos"]
            assert boto3.client("sts").get_caller_identity()["Account"] == "999999999999"

    def test_after(wide):
        assert names() == ["class", "photos"]  # mocks inside one another share one backend
    """,
        "-W",
        "ignore::pytest.PytestDeprecationWarning",
    ).assert_outcomes(passed=3)


def test_warnings_that_are_errors_fail_one_test_of_unittest() -> None:
    import warnings

    @mock_tagging
    class Case(unittest.TestCase):
        def test_1(self) -> None:
            from tests.support import active_mock

            active_mock().faults.add("PutObject", "SlowDown")

        def test_2(self) -> None: ...

        def test_3(self) -> None:
            from tests.support import active_mock

            active_mock().faults.add("PutObject", "SlowDown")
            self.skipTest("later")

        @unittest.expectedFailure
        def test_4(self) -> None:
            from tests.support import active_mock

            active_mock().faults.add("PutObject", "SlowDown")
            self.fail()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = result_of(Case)
    assert result.testsRun == 4
    assert [str(case) for case, _ in result.errors] == [str(Case("test_1"))]
    assert (len(result.skipped), len(result.expectedFailures), result.failures) == (1, 1, [])
