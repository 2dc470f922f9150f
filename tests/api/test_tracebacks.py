"""What pytest shows of a mistake in a test: the test's own line, and none of ours."""

from __future__ import annotations

import pytest

from tests.api.pytester_support import run


@pytest.mark.parametrize(
    "mistake",
    [
        "tagging_mock.keys('photo')",
        "tagging_mock.put_objects('photos', 'key')",
        "tagging_mock.faults.add('PutObject', 'SlowDwn')",
        "tagging_mock.answers.add('GetObject', {'Bdy': 1})",
        "tagging_mock.calls.assert_called('PutObject', key='a')",
        "boto3.client('sqs').list_queues()",
        "mock_tagging(region='europe')",
        "mock_tagging(clock='2026-01-01').start()",
    ],
)
def test_a_mistake_in_a_test(pytester: pytest.Pytester, mistake: str) -> None:
    shown = run(pytester, f"\n    def test_it(tagging_mock):\n        {mistake}\n").stdout.str()
    assert f">       {mistake}" in shown
    assert "Misuse" in shown or "NotSupported" in shown or "UnknownName" in shown
    assert "s3tag_mock/" not in shown


@pytest.mark.parametrize(
    ("marker", "body", "options", "text"),
    [
        ("regoin='eu-west-1'", "pass", [], "*: the marker tagging_mock: *Did you mean 'region'?"),
        ("region='europe'", "pass", [], "*: the marker tagging_mock: region='europe' is not a region.*"),
        ("", "tagging_mock.faults.add('GetObject', 'SlowDown')", ["-W", "error"], "*unused_fault: *"),
    ],
)
def test_what_the_fixture_reports_has_no_traceback(
    pytester: pytest.Pytester, marker: str, body: str, options: list[str], text: str
) -> None:
    pytester.makepyfile(
        f"""
        import pytest

        @pytest.mark.tagging_mock({marker})
        def test_it(tagging_mock):
            {body}
        """
    )
    result = pytester.runpytest_inprocess("-p", "no:randomly", *options)
    result.stdout.fnmatch_lines([text])
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")
