"""The section in the report of a failed test, and findings as warnings and failures."""

from __future__ import annotations

import pytest

from tests.api.pytester_support import FIXTURE, WIDE, run

SECTION = [
    "*AWS calls (s3tag_mock)*",
    "Worth a look",
    "  ! lost_tags: PutObjectTagging on Bucket='photos' Key='sky.jpg' erased the tags 'owner': the",
    "    GetObjectTagging before it had failed (AccessDenied), and a failed read doesn't mean that there",
    "    are no tags. PutObjectTagging replaces the whole set: read it, change it, and write nothing if",
    "    the read fails. If the test intends this, write *(allow=[[]'lost_tags'[]]).",
    "Calls",
    "  403 s3.GetObjectTagging(Bucket='photos', Key='sky.jpg')*",
    "      AccessDenied: Access Denied (injected by aws.faults)",
    "  200 s3.PutObjectTagging(Bucket='photos', Key='sky.jpg')*",
    "      tags: owner=ann -> new=1",
    "      (erased 'owner')",
    "Faults",
    "  GetObjectTagging AccessDenied: hit 1 of 1 calls",
]


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


def test_a_failed_test_is_shown_all_that_may_explain_it(pytester: pytest.Pytester) -> None:
    """Also what a test that passes would have intended: tags and tasks that it looked at."""
    body = """
    from tests.support import run_job

    def test_fails(tagging_mock):
        seed(tagging_mock)
        tagging_mock.put_objects("photos", ["a+b.jpg"])
        boto3.client("s3").put_object_tagging(Bucket="photos", Key="sky.jpg", Tagging={"TagSet": []})
        assert tagging_mock.object_tags("photos", "sky.jpg") == {}
        job = tagging_mock.jobs[run_job(tagging_mock, "photos,a+b.jpg")["JobId"]]
        assert job.tasks[0].status == "succeeded"
    """
    result = run(pytester, body)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "  ! lost_tags: *erased the tags 'owner': nobody*",
            "  ! unencoded_manifest: *",
            "  ! unused_fault: *",
        ]
    )


def test_a_failed_test_is_shown_jobs_that_have_not_run(pytester: pytest.Pytester) -> None:
    body = """
    from tests.support import tagging_job

    @pytest.mark.tagging_mock(job_progress="manual")
    def test_fails(tagging_mock):
        params = tagging_job(tagging_mock, "photos,sky.jpg")
        job_id = tagging_mock.client("s3control").create_job(**params)["JobId"]
        assert tagging_mock.jobs[job_id].status == "Complete"
    """
    result = run(pytester, body)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["  ! unfinished_job: job * is still New. *"])


def test_what_an_earlier_test_looked_at_counts_for_it_alone(pytester: pytest.Pytester) -> None:
    """In a mock around several tests."""
    body = """
    from tests.support import tagging_job

    def test_one(wide):
        seed(wide)
        add_tag()
        assert list(wide.jobs) == []

    def test_two(wide):
        wide.client("s3control").create_job(**tagging_job(wide, "photos,sky.jpg"))
        assert 1 == 2
    """
    result = run(pytester, WIDE + body)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["  ! unseen_job: nobody looked at job *"])


def test_a_marker_fails_on_what_the_ini_file_allows(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\ntagging_mock_allow = all\n")
    passing = FIXTURE.replace('{"owner": "ann", "new": "1"}', '{"new": "1"}')
    run(pytester, f'\n    @pytest.mark.tagging_mock(fail_on=["lost_tags"]){passing}').assert_outcomes(
        failed=1
    )


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


def test_a_failed_test_that_tagged_by_the_tagging_api(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    def test_it(tagging_mock):
        tagging_mock.create_bucket("photos")
        groups = tagging_mock.client("resourcegroupstaggingapi")
        groups.tag_resources(ResourceARNList=["arn:aws:s3:::photos"], Tags={"team": "red"})
        assert False
        """,
    )
    result.stdout.fnmatch_lines(
        ["  200 resourcegroupstaggingapi.TagResources(*", "*", "      tags: none -> team=red"]
    )
    result.assert_outcomes(failed=1)
