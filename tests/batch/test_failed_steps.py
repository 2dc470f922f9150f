"""A job whose step goes wrong fails, and affects no other call; an interrupted one can go on."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ACCOUNT
from s3tag_mock import Misuse, mock_tagging
from s3tag_mock.batch import manifest, report
from s3tag_mock.operations.s3 import object_tagging
from s3tag_mock.rules import job_failures
from tests.batch.support import ME, create, job_of
from tests.support import refusal, run_job

BROKEN = "We encountered an internal error. Please try again. | ZeroDivisionError: by accident"
FUNCTION = {"LambdaInvoke": {"FunctionArn": "f"}}


def accident(*args: Any, **kwargs: Any) -> Any:
    raise ZeroDivisionError("by accident")


class TestErrorsOfTheMock:
    @pytest.mark.parametrize(
        ("module", "function"), [(manifest, "rows_of"), (object_tagging, "retag"), (report, "write")]
    )
    def test_the_job_fails_and_no_other(
        self, aws: Any, photos: str, monkeypatch: pytest.MonkeyPatch, module: Any, function: str
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(module, function, accident)
            described = run_job(aws, "photos,a.jpg")
        assert (described["Status"], described["FailureReasons"]) == (
            "Failed",
            [
                {
                    "FailureCode": "InternalError",
                    "FailureReason": "We encountered an internal error. Please try again.",
                }
            ],
        )
        assert aws.jobs[described["JobId"]].failure == BROKEN
        assert aws.jobs[create(aws)].status == "Complete"

    @pytest.mark.tagging_mock(job_progress="manual")
    def test_a_cancelled_job_is_cancelled_all_the_same(
        self, aws: Any, photos: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = aws.jobs[create(aws)]
        for _ in range(4):
            aws.step_jobs(tasks=1)
        aws.client("s3control").update_job_status(**ME, JobId=job.id, RequestedJobStatus="Cancelled")
        monkeypatch.setattr(report, "write", accident)
        aws.run_jobs()
        assert job.status == "Cancelled"


@pytest.mark.tagging_mock(allow=["unused_fault"])
def test_a_mistake_of_the_test_is_raised_once(aws: Any, photos: str) -> None:
    """And fails the job, so that the next call about jobs doesn't raise it again."""
    fault = aws.faults.add("PutObjectTagging", "SlowDown", when=lambda params: params["Nothing"] == 1)
    with pytest.raises(Misuse, match="KeyError"):
        create(aws)
    (job,) = aws.jobs.values()
    assert job.status == "Failed"
    assert "KeyError" in job.failure
    fault.remove()
    assert aws.jobs[create(aws)].status == "Complete"


class TestFunctionsThatEndTheProcess:
    @pytest.mark.parametrize(
        ("code", "says"),
        [
            (3, "exited with error: exit status 3"),
            ("a text", "exited with error: exit status 1"),
            (None, "exited without providing a reason"),
            (0, "exited without providing a reason"),
        ],
    )
    def test_the_task_fails(self, aws: Any, photos: str, code: Any, says: str) -> None:
        @aws.lambda_function("f")
        def handler(event: Any) -> Any:
            raise SystemExit(code)

        job = job_of(aws, FUNCTION)
        assert job.status == "Complete"
        assert [(task.status, task.error_code) for task in job.tasks] == [("failed", "PermanentFailure")] * 2
        assert job.tasks[0].message.startswith(
            'Lambda returned function error: {"errorMessage": "RequestId: '
        )
        assert f'Error: Runtime {says}", "errorType": "Runtime.ExitError"}}' in job.tasks[0].message


class TestInterrupts:
    """They pass on; what was done is kept, and the task that was interrupted is done again."""

    @pytest.fixture
    def called(self, aws: Any, photos: str) -> list[str]:
        """The keys for which a function was called that is interrupted at its second call."""
        called: list[str] = []

        @aws.lambda_function("f")
        def handler(event: Any) -> Any:
            (task,) = event["tasks"]
            called.append(task["s3Key"])
            if len(called) == 2:
                raise KeyboardInterrupt
            return {
                "results": [{"taskId": task["taskId"], "resultCode": "Succeeded", "resultString": "done"}]
            }

        return called

    def interrupted(self, aws: Any) -> Any:
        with pytest.raises(KeyboardInterrupt):
            job_of(aws, FUNCTION, "photos,a.jpg", "photos,b.jpg", "photos,c.jpg", Priority=2)
        (job,) = aws.jobs.values()
        assert (job.status, [task.key for task in job.tasks]) == ("Active", ["a.jpg"])
        return job

    def test_run_jobs_takes_it_up_again(self, aws: Any, called: list[str]) -> None:
        job = self.interrupted(aws)
        aws.run_jobs()
        assert (job.status, len(job.tasks)) == ("Complete", 3)
        assert called == ["a.jpg", "b.jpg", "b.jpg", "c.jpg"]

    def test_calls_about_other_jobs_leave_it_alone(self, aws: Any, called: list[str]) -> None:
        """Also those of lower priority, which it holds back no more."""
        self.interrupted(aws)
        other = create(aws, Priority=1)
        assert aws.jobs[other].status == "Complete"
        assert called == ["a.jpg", "b.jpg"]

    def test_it_can_be_cancelled(self, aws: Any, called: list[str]) -> None:
        job = self.interrupted(aws)
        aws.client("s3control").update_job_status(**ME, JobId=job.id, RequestedJobStatus="Cancelled")
        assert (job.status, len(job.tasks)) == ("Cancelled", 1)

    def test_waiting_for_it_by_describing_ends(self, aws: Any, called: list[str]) -> None:
        job = self.interrupted(aws)
        describe = lambda: aws.client("s3control").describe_job(**ME, JobId=job.id)["Job"]["Status"]
        with pytest.raises(Misuse, match="It was interrupted: aws.run_jobs"):
            while describe() == "Active":
                pass

    def test_by_describing_it_goes_on(self) -> None:
        with mock_tagging(job_progress="on_describe") as aws:
            aws.create_bucket("photos")
            called: list[str] = []

            @aws.lambda_function("f")
            def handler(event: Any) -> Any:
                called.append(event["tasks"][0]["s3Key"])
                if len(called) == 1:
                    raise KeyboardInterrupt
                return {"results": [], "treatMissingKeysAs": "Succeeded"}

            job = {**ME, "JobId": job_of(aws, FUNCTION, "photos,a.jpg").id}
            control, seen = aws.client("s3control"), []
            while not seen or seen[-1] != "Complete":
                try:
                    seen.append(control.describe_job(**job)["Job"]["Status"])
                except KeyboardInterrupt:
                    seen.append("interrupted")
            assert seen == ["Preparing", "Ready", "Active", "interrupted", "Completing", "Complete"]


class TestDescribingWithoutRight:
    """A DescribeJob that is refused moves nothing on."""

    @pytest.mark.parametrize(
        ("client", "account", "code"),
        [
            ({"account_id": "999999999999"}, ACCOUNT, "AccessDenied"),
            ({"account_id": "999999999999"}, "999999999999", "NotFoundException"),
            ({"region_name": "eu-west-1"}, ACCOUNT, "NotFoundException"),
            ({}, "999999999999", "AccessDenied"),
        ],
    )
    def test_of_another_account_or_region(self, client: dict[str, str], account: str, code: str) -> None:
        with mock_tagging(job_progress="on_describe") as aws:
            aws.create_bucket("photos")
            job = create(aws)
            for _ in range(3):
                describe = lambda: aws.client("s3control", **client).describe_job(
                    AccountId=account, JobId=job
                )
                assert refusal(describe)["Code"] == code
            assert aws.jobs[job].status == "New"

    def test_of_no_job(self) -> None:
        with mock_tagging(job_progress="on_describe") as aws:
            aws.create_bucket("photos")
            job = create(aws)
            describe = lambda: aws.client("s3control").describe_job(**ME, JobId="0" * 36)
            assert refusal(describe) == {
                "Status": 400,
                "Code": "NotFoundException",
                "Message": "The specified job does not exist",
            }
            assert aws.jobs[job].status == "New"


def test_a_failure_reads_as_code_and_reason() -> None:
    """In the traceback of whoever meets it unhandled."""
    failure = job_failures.never_confirmed()
    assert str(failure) == "JobExpired: The job was not confirmed within 30 days"
    assert failure.hint == ""
