"""The section of a failed test's report, and the page of a whole run."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import s3tag_mock
from s3tag_mock import mock_tagging
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.reporting.page import page
from s3tag_mock.reporting.record import RunRecord, record
from s3tag_mock.reporting.text import text_of
from s3tag_mock.reporting.timeline import timeline
from tests.support import run_job

ADD_TAG = """
    import boto3
    import pytest
    from botocore.exceptions import ClientError
    from s3tag_mock import mock_tagging

    def add_tag():
        s3, sky = boto3.client("s3"), {"Bucket": "photos", "Key": "sky.jpg"}
        try:
            tags = s3.get_object_tagging(**sky)["TagSet"]
        except ClientError:
            tags = []
        s3.put_object_tagging(**sky, Tagging={"TagSet": [*tags, {"Key": "new", "Value": "1"}]})

    def seed(aws):
        aws.create_bucket("photos")
        aws.put_objects("photos", ["sky.jpg"], tags={"owner": "ann"})
        aws.faults.add("GetObjectTagging", "AccessDenied")
"""
FIXTURE = """
    def test_it(tagging_mock):
        seed(tagging_mock)
        add_tag()
        assert tagging_mock.object_tags("photos", "sky.jpg") == {"owner": "ann", "new": "1"}
"""
WIDE = """
    @pytest.fixture(scope="module")
    def wide():
        with mock_tagging() as aws:
            yield aws
"""
SECTION = [
    "*AWS calls (s3tag_mock)*",
    "Worth a look",
    "  ! lost_tags: PutObjectTagging on Bucket='photos' Key='sky.jpg' erased the tags 'owner': the",
    "    GetObjectTagging before it had failed (AccessDenied), and a failed read doesn't mean that there",
    "    are no tags. PutObjectTagging replaces the whole set: read it, change it, and write nothing if",
    "    the read fails. If the test intends this, write mock_tagging(allow=['lost_tags']).",
    "Calls",
    "  403 s3.GetObjectTagging(Bucket='photos', Key='sky.jpg')",
    "      AccessDenied: Access Denied (injected by aws.faults)",
    "  200 s3.PutObjectTagging(Bucket='photos', Key='sky.jpg', Tagging=*",
    "      (erased 'owner')",
    "Faults",
    "  GetObjectTagging AccessDenied: hit 1 of 1 calls",
]


def run(pytester: pytest.Pytester, body: str, *options: str) -> pytest.RunResult:
    pytester.makepyfile(ADD_TAG + body)
    return pytester.runpytest_inprocess("-p", "no:randomly", "-W", "default", *options)


@pytest.mark.parametrize(
    "body",
    [
        FIXTURE,
        """
    @mock_tagging
    def test_it():
        with mock_tagging() as aws:
            seed(aws)
            add_tag()
            assert aws.object_tags("photos", "sky.jpg") == {"owner": "ann", "new": "1"}
        """,
        """
    def test_it():
        with mock_tagging() as aws:
            seed(aws)
            add_tag()
            assert aws.object_tags("photos", "sky.jpg") == {"owner": "ann", "new": "1"}
        """,
        """
    @pytest.fixture(scope="session")
    def wide():
        with mock_tagging() as aws:
            aws.client("s3").list_buckets()
            yield aws

    def test_other(wide):
        wide.client("s3").list_buckets()

    def test_it(wide):
        seed(wide)
        add_tag()
        assert wide.object_tags("photos", "sky.jpg") == {"owner": "ann", "new": "1"}
        """,
    ],
    ids=["fixture", "decorator", "with", "session"],
)
def test_the_section_is_there_whichever_way_the_mock_was_entered(
    pytester: pytest.Pytester, body: str
) -> None:
    """Its own calls only, where the mock is around several tests."""
    result = run(pytester, body)
    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(SECTION, consecutive=False)
    assert result.stdout.str().count("AWS calls (s3tag_mock)") == 1
    assert "ListBuckets" not in result.stdout.str().replace("wide.client", "")


def test_a_wide_mock_that_is_reset(pytester: pytest.Pytester) -> None:
    body = """
    def test_one(wide):
        for _ in range(3):
            wide.client("s3").list_buckets()

    def test_two(wide):
        wide.reset()
        seed(wide)
        add_tag()
        assert 1 == 2
    """
    result = run(pytester, WIDE + body)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(SECTION)


def test_skipped_and_expected_failures_are_no_errors(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\ntagging_mock_fail_on = all\n")
    body = """
    def test_skips(tagging_mock):
        seed(tagging_mock)
        pytest.skip("later")

    @pytest.mark.xfail(strict=True)
    def test_xfails(tagging_mock):
        seed(tagging_mock)
        assert False

    @pytest.fixture
    @mock_tagging
    def decorated():
        with mock_tagging() as aws:
            seed(aws)
            yield

    def test_fails(decorated):
        raise ValueError

    def test_stops():
        aws = mock_tagging()
        aws.start()
        try:
            seed(aws)
            raise ValueError("the real error")
        finally:
            aws.stop()
    """
    result = run(pytester, body)
    result.assert_outcomes(skipped=1, xfailed=1, failed=2)
    result.stdout.fnmatch_lines(["E*ValueError: the real error"])


def test_allow_counts_more_than_the_ini_files_fail_on(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\ntagging_mock_fail_on = all\n")
    passing = FIXTURE.replace('{"owner": "ann", "new": "1"}', '{"new": "1"}')
    run(pytester, f'\n    @pytest.mark.tagging_mock(allow=["lost_tags"]){passing}').assert_outcomes(passed=1)


def test_it_is_coloured_where_pytest_is(pytester: pytest.Pytester) -> None:
    assert "\x1b[32m200\x1b[0m" in run(pytester, FIXTURE, "--color=yes").stdout.str()
    assert "\x1b" not in run(pytester, FIXTURE, "--color=no").stdout.str()


def test_a_failing_set_up_has_the_section_too(pytester: pytest.Pytester) -> None:
    body = """
    @pytest.fixture
    def photos(tagging_mock):
        seed(tagging_mock)
        add_tag()
        raise ValueError

    def test_it(photos): ...
    """
    run(pytester, body).stdout.fnmatch_lines(SECTION, consecutive=False)


def test_findings_of_tests_that_pass_are_warnings(pytester: pytest.Pytester) -> None:
    result = run(pytester, FIXTURE.replace('{"owner": "ann", "new": "1"}', '{"new": "1"}'))
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*test_it", "*TaggingMockWarning: lost_tags: PutObjectTagging on*"])


@pytest.mark.parametrize("name", ["lost_tags", "all"])
def test_ini_makes_them_failures(pytester: pytest.Pytester, name: str) -> None:
    pytester.makeini(f"[pytest]\ntagging_mock_fail_on = {name}\n")
    body = FIXTURE.replace('{"owner": "ann", "new": "1"}', '{"new": "1"}')
    decorated = """
    @mock_tagging
    def test_decorated():
        with mock_tagging() as aws:
            seed(aws)
            add_tag()
    """
    result = run(pytester, body + decorated)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*TaggingMockFailure: lost_tags: PutObjectTagging on*"])


def test_ini_and_marker_allow_them(pytester: pytest.Pytester) -> None:
    passing = FIXTURE.replace('{"owner": "ann", "new": "1"}', '{"new": "1"}')
    marked = f'\n    @pytest.mark.tagging_mock(allow=["lost_tags"]){passing}'
    run(pytester, marked).assert_outcomes(passed=1, warnings=0)
    pytester.makeini("[pytest]\ntagging_mock_allow = lost_tags\n")
    run(pytester, passing).assert_outcomes(passed=1, warnings=0)


def test_the_marker_makes_one_test_strict(pytester: pytest.Pytester) -> None:
    passing = FIXTURE.replace('{"owner": "ann", "new": "1"}', '{"new": "1"}')
    run(pytester, f'\n    @pytest.mark.tagging_mock(fail_on=["lost_tags"]){passing}').assert_outcomes(
        failed=1
    )


def test_a_failed_test_is_not_failed_twice(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\ntagging_mock_fail_on = all\n")
    run(pytester, FIXTURE).assert_outcomes(failed=1, warnings=0)


FORGETS = """
    def test_forgets():
        mock_tagging().start()

    def test_after_it():
        assert "AWS_ACCESS_KEY_ID" not in os.environ
"""
FORGETS_AND_FAILS = """
    def test_forgets():
        mock = mock_tagging().start()
        assert False

    def test_after_it():
        pass

    def test_last():
        assert "AWS_ACCESS_KEY_ID" not in os.environ
"""
KEEPS = """
    def setup_module():
        mock_tagging(region="eu-west-1").start()

    def test_one():
        boto3.client("s3").list_buckets()

    def test_two():
        assert os.environ["AWS_REGION"] == "eu-west-1"
"""


def test_a_mock_that_a_test_forgets_ends_with_it(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    result = run(pytester, "    import os\n" + FORGETS)
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        ["The mock_tagging() that was entered at *.py:*, in *::test_forgets, was never left: it was ended *"]
    )


def test_one_that_a_failed_tests_traceback_keeps_ends_later(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    # pytester itself keeps the tracebacks of what it runs in this process.
    pytester.makepyfile(ADD_TAG + "    import os\n" + FORGETS_AND_FAILS)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly")
    result.assert_outcomes(passed=2, failed=1)


def test_one_that_a_module_shares_and_leaves_is_not_named(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    @pytest.fixture(scope="module")
    def shared():
        with mock_tagging() as aws:
            yield aws

    def test_one(shared):
        boto3.client("s3").list_buckets()

    def test_two(shared):
        pass
""",
    )
    result.assert_outcomes(passed=2)
    result.stdout.no_fnmatch_line("*was never left*")


def test_one_that_a_set_up_forgets_stays_on(pytester: pytest.Pytester) -> None:
    """It was meant for all tests; to end it would let them reach the network."""
    try:
        result = run(pytester, "    import os\n" + KEEPS)
        result.assert_outcomes(passed=2)
        result.stdout.fnmatch_lines(
            ["The mock_tagging() that was entered at *.py:*, in *::test_one, was never left: everything *"]
        )
    finally:
        (scope,) = ACTIVE.scopes
        ACTIVE.remove(scope)


def test_a_forgotten_mock_is_named_at_the_end_of_the_process() -> None:
    code = "from s3tag_mock import mock_tagging\nmock_tagging().start()\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (
        "TaggingMockWarning: The mock_tagging() that was entered at <string>:2 was never left" in done.stderr
    )


# The page


class _Outline(HTMLParser):
    """Which elements there are, and that all of them are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_of_a_run(pytester: pytest.Pytester) -> None:
    passing = "\n    def test_passes(tagging_mock):\n        boto3.client('s3').list_buckets()\n"
    result = run(
        pytester, FIXTURE + passing + "\n    def test_without(): ...\n", "--tagging-mock-report=out/run.html"
    )
    result.stdout.fnmatch_lines(["*the AWS calls of the tests: out/run.html*"])
    text = (pytester.path / "out" / "run.html").read_text("utf-8")
    outline = _Outline()
    outline.feed(text)
    assert outline.open == []
    assert outline.seen.count("section") == 2
    assert "test_without" not in text
    assert not re.search(r"(src|href)=", text)  # self-contained
    assert "<b>lost_tags</b> PutObjectTagging on Bucket=&#x27;photos&#x27;" in text
    assert text.index("test_it") < text.index("test_passes")


def test_odd_errors_and_wide_mocks_on_the_page(pytester: pytest.Pytester) -> None:
    body = """
    from http import HTTPStatus
    from s3tag_mock import AwsError

    @pytest.mark.parametrize("number", [5, 5, 1])
    def test_calls(wide, number):
        for _ in range(number):
            wide.client("s3").list_buckets()

    def test_odd(tagging_mock):
        tagging_mock.faults.add("ListBuckets", AwsError("Teapot", HTTPStatus.IM_A_TEAPOT, "short"))
        with pytest.raises(ClientError):
            tagging_mock.client("s3").list_buckets()
        assert 0, "caf\\udce9"
    """
    run(pytester, WIDE + body, "--tagging-mock-report=run.html").assert_outcomes(passed=3, failed=1)
    text = (pytester.path / "run.html").read_text("utf-8")
    assert re.findall(r"(\d+) calls?</summary>", text) == ["1", "5", "5", "1"]
    assert "<dt>calls</dt><dd>12</dd>" in text


def test_the_page_needs_nothing_of_aws_where_no_test_did(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(): ...")
    pytester.runpytest_inprocess("--tagging-mock-report=run.html").assert_outcomes(passed=1)
    assert "<dt>tests</dt><dd>0</dd>" in (pytester.path / "run.html").read_text("utf-8")


def test_what_is_skipped_or_breaks_in_set_up(pytester: pytest.Pytester) -> None:
    body = """
    def test_skips(tagging_mock):
        boto3.client("s3").list_buckets()
        pytest.skip()

    def test_breaks(tagging_mock, broken): ...

    @pytest.fixture
    def broken(tagging_mock):
        boto3.client("s3").list_buckets()
        raise ValueError("<broken>")
    """
    run(pytester, body, "--tagging-mock-report=run.html").assert_outcomes(skipped=1, errors=1)
    text = (pytester.path / "run.html").read_text("utf-8")
    assert '<section class="skipped">' in text
    assert '<p class="message">ValueError: &lt;broken&gt;</p>' in text


def recorded(number: int = 3) -> RunRecord:
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["k0"])
        aws.faults.add("ListBuckets", "ConnectionClosedError", times=1)
        for _ in range(number):
            aws.client("s3").list_buckets()
        run_job(aws, "photos,k0", *[f"photos,nothing{index}" for index in range(15)])
        scope = ACTIVE.current
        assert scope is not None
        return record(scope, failed=True)


def test_the_picture_has_a_shape_for_everything() -> None:
    run_ = recorded()
    picture = ElementTree.fromstring(timeline(run_))
    circles = picture.findall("circle")
    assert len(circles) == len(run_["calls"])
    assert [circle.get("class") for circle in circles][:2] == ["none", "good"]
    assert len(picture.findall("path[@class='fault']")) == 1
    statuses = [bar.find("title").text.partition(" ")[0] for bar in picture.findall("g")]  # type: ignore[union-attr]
    assert statuses == ["New", "Preparing", "Ready", "Active", "Completing", "Complete"]
    places = [float(circle.get("cx", "")) for circle in circles]
    assert places == sorted(set(places))
    assert timeline({**run_, "calls": [], "jobs": []}) == ""


def test_long_runs_are_cut() -> None:
    run_ = recorded(300)
    assert len(run_["calls"]) == 200
    assert run_["hidden_calls"] > 100
    (job,) = run_["jobs"]
    assert len(job["failed_tasks"]) == 10
    text = text_of(run_)
    assert "earlier calls" in text
    assert "    ... and 5 more failed tasks" in text
    assert max(map(len, text.splitlines())) <= 100
    assert "earlier calls" in page([{"name": "t", "outcome": "passed", "message": "", "runs": [run_]}])


def test_the_record_is_plain_data() -> None:
    """It travels between xdist's processes."""
    import json

    run_ = recorded()
    assert json.loads(json.dumps(run_)) == json.loads(json.dumps(dict(run_)))


def test_the_pages_style_is_in_the_package() -> None:
    assert (Path(s3tag_mock.__file__).parent / "reporting" / "page.css").exists()
