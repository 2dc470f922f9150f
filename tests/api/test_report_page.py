"""The page of a whole test run, its timelines, and the data that it is made of."""

from __future__ import annotations

import json
import re
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
from tests.api.pytester_support import FIXTURE, WIDE, run
from tests.support import run_job


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
    assert not re.search(r'(src|href)="[^#]', text)  # self-contained
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
    assert 'class="skipped">' in text
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
    assert f"  ... {run_['hidden_calls'] + 200 - 30} earlier calls" in text
    assert "s3control.CreateJob" in text, "the last calls are shown"
    assert "    ... and 5 more failed tasks" in text
    assert max(map(len, text.splitlines())) <= 100
    assert "earlier calls" in page(
        [{"name": "t", "outcome": "passed", "message": "", "seconds": 0.1, "runs": [run_]}]
    )


def test_the_record_is_plain_data() -> None:
    """It travels between xdist's processes."""
    run_ = recorded()
    assert json.loads(json.dumps(run_)) == json.loads(json.dumps(dict(run_)))


def test_the_pages_style_is_in_the_package() -> None:
    assert (Path(s3tag_mock.__file__).parent / "reporting" / "page.css").exists()


def test_the_index_leads_to_every_test_and_the_tags_are_whole(pytester: pytest.Pytester) -> None:
    tags = {f"a-long-key-{number}": "v" * 40 for number in range(10)}
    body = f"""
    def test_one(tagging_mock):
        tagging_mock.create_bucket("photos")
        tagging_mock.put_objects("photos", ["sky.jpg"], tags={{"owner": "ann"}})
        boto3.client("s3").get_object_tagging(Bucket="photos", Key="sky.jpg")
        tags = [{{"Key": key, "Value": value}} for key, value in {tags!r}.items()]
        boto3.client("s3").put_object_tagging(Bucket="photos", Key="sky.jpg", Tagging={{"TagSet": tags}})

    def test_two(tagging_mock):
        boto3.client("s3").list_buckets()
    """
    run(pytester, body, "--tagging-mock-report=page.html")
    text = (pytester.path / "page.html").read_text("utf-8")
    assert re.findall('<a href="#(test-[0-9])"><span', text) == re.findall('section id="(test-[0-9])"', text)
    whole = ", ".join(f"{key}={value}" for key, value in tags.items())
    assert f'<div class="tags">owner=ann -&gt; {whole}</div>' in text
    assert re.search(r"test_the_index\w+\.py:\d+</small></div></td>", text)
