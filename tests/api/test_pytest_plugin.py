"""The fixture, the marker, the ini options and the report section, in pytest runs of their own."""

from __future__ import annotations

import subprocess
import sys

import pytest

TEST = """
    import boto3
    import pytest

    {extra}
    def test_it({fixtures}):
        {body}
"""


def run(
    pytester: pytest.Pytester, body: str, *, fixtures: str = "tagging_mock", extra: str = ""
) -> pytest.RunResult:
    pytester.makepyfile(TEST.format(body=body, fixtures=fixtures, extra=extra))
    return pytester.runpytest_inprocess("-p", "no:randomly")


def test_the_fixture_gives_the_handle(pytester: pytest.Pytester) -> None:
    body = "tagging_mock.create_bucket('photos'); boto3.client('s3').head_bucket(Bucket='photos')"
    run(pytester, body).assert_outcomes(passed=1)


def test_the_marker_takes_options_and_needs_no_fixture(pytester: pytest.Pytester) -> None:
    run(
        pytester,
        "assert boto3.Session().region_name == 'eu-west-1'; "
        "assert boto3.client('sts').get_caller_identity()['Account'] == '111122223333'",
        fixtures="",
        extra="@pytest.mark.tagging_mock(region='eu-west-1', account_id='111122223333')",
    ).assert_outcomes(passed=1)


def test_the_marker_comes_before_other_fixtures(pytester: pytest.Pytester) -> None:
    fixture = "@pytest.fixture\n    def bucket():\n        boto3.client('s3').create_bucket(Bucket='photos')\n\n    "
    run(
        pytester,
        "assert boto3.client('s3').list_buckets()['Buckets'][0]['Name'] == 'photos'",
        fixtures="bucket",
        extra=f"{fixture}@pytest.mark.tagging_mock()",
    ).assert_outcomes(passed=1)


def test_the_nearest_marker_wins_option_by_option(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import boto3
        import pytest

        @pytest.mark.tagging_mock(region="eu-west-1", account_id="111122223333")
        class TestIt:
            @pytest.mark.tagging_mock(region="eu-west-2")
            def test_it(self):
                assert boto3.Session().region_name == "eu-west-2"
                assert boto3.client("sts").get_caller_identity()["Account"] == "111122223333"
        """
    )
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


def test_ini_options_are_defaults(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\ntagging_mock_region = eu-west-3\ntagging_mock_profiles = dev prod\n")
    body = "assert boto3.Session(profile_name='prod').region_name == 'eu-west-3'"
    run(pytester, body).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("marker", "says"),
    [
        ("regoin='eu-west-1'", "*test_it: the marker tagging_mock: *unexpected keyword argument 'regoin'*"),
        ("'eu-west-1'", "*the marker tagging_mock takes keywords only*"),
    ],
)
def test_wrong_markers_name_the_test(pytester: pytest.Pytester, marker: str, says: str) -> None:
    result = run(pytester, "pass", extra=f"@pytest.mark.tagging_mock({marker})")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([says])


def test_a_failed_test_shows_its_calls_and_jobs(pytester: pytest.Pytester) -> None:
    result = run(pytester, "tagging_mock.client('s3').list_buckets(); assert False")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*AWS calls (s3tag_mock)*", "Calls", "  200 s3.ListBuckets()  test_*.py:*"])


def test_the_section_is_limited(pytester: pytest.Pytester) -> None:
    body = "[tagging_mock.client('s3').list_buckets() for _ in range(60)]; assert False"
    result = run(pytester, body)
    result.stdout.fnmatch_lines(["  ... 30 earlier calls"])


def test_a_passed_test_shows_nothing(pytester: pytest.Pytester) -> None:
    assert "AWS calls" not in run(pytester, "tagging_mock.client('s3').list_buckets()").stdout.str()


def test_a_monkeypatch_that_outlives_the_mock_brings_nothing_back(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was set up first, so it is undone last: by then its fake credentials are nobody's."""
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("AWS_REGION", "sa-east-1")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    pytester.makepyfile(
        """
        import os

        def test_inside(monkeypatch, tagging_mock):
            monkeypatch.delenv("AWS_ACCESS_KEY_ID")
            monkeypatch.setenv("AWS_PROFILE", "other")
            monkeypatch.setenv("AWS_REGION", "eu-west-1")

        def test_after():
            names = ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_REGION")
            assert [os.environ.get(name) for name in names] == [None, "mine", "sa-east-1"]
        """
    )
    pytester.runpytest_inprocess("-p", "no:randomly").assert_outcomes(passed=2)


def test_what_a_session_fixture_sets_stays(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was set up in the first test, but is nothing that the mock brought."""
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    pytester.makepyfile(
        """
        import os
        import pytest
        from s3tag_mock import mock_tagging

        @pytest.fixture(scope="session", autouse=True)
        def credentials():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
                patch.setenv("AWS_ACCESS_KEY_ID", "testing")
                patch.delenv("AWS_PROFILE")
                yield

        @mock_tagging
        def test_one(): ...

        def test_two():
            names = ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_DEFAULT_REGION")
            assert [os.environ.get(name) for name in names] == ["testing", None, "eu-west-1"]
        """
    )
    pytester.runpytest_inprocess("-p", "no:randomly").assert_outcomes(passed=2)


RUNS_IN_THREADS = """
    from threading import Thread

    def pytest_runtestloop(session):
        for item in session.items:
            one = Thread(target=item.ihook.pytest_runtest_protocol, kwargs={"item": item, "nextitem": None})
            one.start()
            one.join()
        return True
"""
RUNS_WITHOUT_THE_HOOK = """
    from _pytest.runner import runtestprotocol

    def pytest_runtestloop(session):
        for item in session.items:
            runtestprotocol(item)
        return True
"""


def test_other_ways_to_run_a_test(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(RUNS_IN_THREADS)
    run(pytester, "tagging_mock.client('s3').list_buckets()").assert_outcomes(passed=1)
    pytester.makeconftest(RUNS_WITHOUT_THE_HOOK)
    result = run(pytester, "pass")
    result.stdout.fnmatch_lines(["*the fixture tagging_mock needs pytest's hook pytest_runtest_protocol*"])
    result.assert_outcomes(errors=1)


def test_markers_and_fixtures_are_described(pytester: pytest.Pytester) -> None:
    pytester.runpytest_inprocess("--markers").stdout.fnmatch_lines(["@pytest.mark.tagging_mock(region=*"])
    pytester.runpytest_inprocess("--fixtures").stdout.fnmatch_lines(
        ["tagging_mock -- *", "*A fresh mock_tagging()*"]
    )


def test_the_plugin_alone_imports_nothing_of_aws() -> None:
    code = (
        "import sys, s3tag_mock.pytest_plugin\n"
        "print([name for name in ('boto3', 'botocore', 'xmltodict') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
