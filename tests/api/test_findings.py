"""What a mock reports when it ends, and what it doesn't report."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any, get_args

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import Misuse, TaggingMockFailure, TaggingMockWarning, mock_tagging
from s3tag_mock.dispatch.call import Call
from s3tag_mock.findings import checks
from s3tag_mock.findings.checks.lost_tags import resource_of
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.record import Operation
from s3tag_mock.rules.finding_kinds import FindingName, Kind
from s3tag_mock.state.clock import Clock
from s3tag_mock.state.ids import Ids
from s3tag_mock.state.world import World
from tests.support import OTHER, run_job, tag_set, tagging_job

SKY = {"Bucket": "photos", "Key": "sky.jpg"}
JOB = {"AccountId": ACCOUNT}


def messages(test: Callable[[Any], object], **options: Any) -> list[str]:
    """What is warned of after a test."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with mock_tagging(**options) as aws:
            aws.create_bucket("photos", tags={"team": "blue"})
            aws.put_objects("photos", ["sky.jpg"], tags={"owner": "ann", "album": "norway"})
            aws.put_objects("photos", ["plain.jpg"])
            test(aws)
    assert {one.category for one in caught} <= {TaggingMockWarning}
    return [str(one.message) for one in caught]


def kinds_found(test: Callable[[Any], object], **options: Any) -> list[str]:
    """The kinds of what is found in a test."""
    return [message.partition(":")[0] for message in messages(test, **options)]


def add_tag(aws: Any, *, careful: bool = False) -> None:
    """The classic mistake: a failed read is treated as an empty tag set."""
    s3 = aws.client("s3")
    try:
        tags = s3.get_object_tagging(**SKY)["TagSet"]
    except ClientError:
        if careful:
            return
        tags = []
    s3.put_object_tagging(**SKY, Tagging={"TagSet": [*tags, {"Key": "colour", "Value": "blue"}]})


# Lost tags


def test_a_failed_read_that_was_treated_as_an_empty_set() -> None:
    def test(aws: Any) -> None:
        aws.faults.add("GetObjectTagging", "AccessDenied")
        add_tag(aws)
        assert aws.object_tags("photos", "sky.jpg") == {"colour": "blue"}

    assert messages(test) == [
        "lost_tags: PutObjectTagging on Bucket='photos' Key='sky.jpg' erased the tags 'owner', 'album': the "
        "GetObjectTagging before it had failed (AccessDenied), and a failed read doesn't mean that there are "
        "no tags. PutObjectTagging replaces the whole set: read it, change it, and write nothing if the read "
        "fails. If the test intends this, write mock_tagging(allow=['lost_tags'])."
    ]


def test_what_the_test_wrote_with_its_own_client_is_lost_too() -> None:
    def test(aws: Any) -> None:
        aws.client("s3").put_object_tagging(**SKY, Tagging=tag_set(mine="1"))
        aws.faults.add("GetObjectTagging", "InternalError")
        add_tag(aws)

    assert kinds_found(test, allow=["unused_fault"]) == ["lost_tags", "lost_tags"]


def test_buckets_and_jobs_likewise() -> None:
    def bucket(aws: Any) -> None:
        with aws.faults.add("GetBucketTagging", "SlowDown"), pytest.raises(ClientError):
            aws.client("s3").get_bucket_tagging(Bucket="photos")
        aws.client("s3").put_bucket_tagging(Bucket="photos", Tagging=tag_set(a="1"))

    def job(aws: Any) -> None:
        control = aws.client("s3control")
        params = tagging_job(aws, "photos,plain.jpg", Tags=[{"Key": "made-by", "Value": "us"}])
        job_id = control.create_job(**params)["JobId"]
        with aws.faults.add("GetJobTagging", "TooManyRequestsException"), pytest.raises(ClientError):
            control.get_job_tagging(**JOB, JobId=job_id)
        control.put_job_tagging(**JOB, JobId=job_id, Tags=[])
        assert aws.jobs[job_id].tags == {}

    def storage_lens(aws: Any) -> None:
        control, dashboard = aws.client("s3control"), {"ConfigId": "dashboard", **JOB}
        lens = {"Id": "dashboard", "AccountLevel": {"BucketLevel": {}}, "IsEnabled": True}
        control.put_storage_lens_configuration(
            **dashboard, StorageLensConfiguration=lens, Tags=[{"Key": "made-by", "Value": "us"}]
        )
        with aws.faults.add("GetStorageLensConfigurationTagging", "SlowDown"), pytest.raises(ClientError):
            control.get_storage_lens_configuration_tagging(**dashboard)
        control.put_storage_lens_configuration_tagging(**dashboard, Tags=[])

    assert kinds_found(bucket) == ["lost_tags"]
    assert kinds_found(job) == ["lost_tags"]
    (message,) = messages(storage_lens)
    assert "PutStorageLensConfigurationTagging on ConfigId='dashboard' erased the tags 'made-by'" in message


@pytest.mark.parametrize(
    "operation",
    [one for one in OPERATIONS.values() if one.tags and one.tags.does == "replaces"],
    ids=lambda operation: f"{operation.service}.{operation.name}",
)
def test_every_operation_that_replaces_tags_names_a_resource(operation: Operation) -> None:
    """Otherwise nobody would notice the tags that it erases."""
    params = dict.fromkeys(operation.honours or (), "a-name")
    world = World(Clock(), Ids(0))
    call = Call(operation.service, operation.name, params, 200, None, {}, world.clock.now())
    assert resource_of(call, world) is not None


def test_a_blind_write_that_nobody_looks_at() -> None:
    def blind(aws: Any) -> None:
        aws.client("s3").put_object_tagging(**SKY, Tagging=tag_set(a="1"))

    def looked_at(aws: Any) -> None:
        blind(aws)
        assert aws.object_tags("photos", "sky.jpg") == {"a": "1"}

    def read_again(aws: Any) -> None:
        blind(aws)
        assert aws.client("s3").get_object_tagging(**SKY)["TagSet"]

    def looked_at_before(aws: Any) -> None:
        assert aws.object_tags("photos", "sky.jpg")
        blind(aws)

    def compared_with_the_calls(aws: Any) -> None:
        blind(aws)
        aws.calls.assert_called("PutObjectTagging", **SKY)

    assert kinds_found(compared_with_the_calls) == []
    assert kinds_found(blind) == ["lost_tags"]
    assert kinds_found(looked_at_before) == ["lost_tags"]
    assert kinds_found(looked_at) == []
    assert kinds_found(read_again) == []


@pytest.mark.parametrize(
    "test",
    [
        add_tag,
        lambda aws: [add_tag(aws), aws.client("s3").put_object_tagging(**SKY, Tagging=tag_set())],
        lambda aws: aws.client("s3").delete_object_tagging(**SKY),
        lambda aws: [
            aws.client("s3").put_object(**SKY, Tagging="a=1"),
            aws.client("s3").put_object_tagging(**SKY, Tagging=tag_set(b="2")),
        ],
        lambda aws: [
            aws.client("s3control").list_tags_for_resource(**JOB, ResourceArn="arn:aws:s3:::photos"),
            aws.client("s3").put_bucket_tagging(Bucket="photos", Tagging=tag_set(a="1")),
        ],
        lambda aws: aws.client("s3").put_object_tagging(
            **SKY, Tagging=tag_set(owner="bob", album="norway", more="1")
        ),
    ],
    ids=["read first", "emptied after a read", "deleted", "own write", "read by S3 Control", "other values"],
)
def test_no_false_alarm(test: Any) -> None:
    assert kinds_found(test) == []


def test_a_read_that_failed_and_then_succeeded() -> None:
    """botocore's second try got the tags."""

    def test(aws: Any) -> None:
        aws.faults.add("GetObjectTagging", "SlowDown", times=1)
        add_tag(aws)

    assert kinds_found(test) == []


def test_no_tag_set_is_no_failure() -> None:
    def test(aws: Any) -> None:
        s3 = aws.client("s3")
        s3.create_bucket(Bucket="bare")
        with pytest.raises(ClientError):
            s3.get_bucket_tagging(Bucket="bare")
        s3.put_bucket_tagging(Bucket="bare", Tagging=tag_set(a="1"))
        s3.put_bucket_tagging(Bucket="bare", Tagging=tag_set(b="1"))

    assert kinds_found(test) == []


def test_a_read_that_found_no_tag_set_is_not_a_failed_read() -> None:
    """Without a failed read, the test's own look at the tags afterwards says that the write is intended."""

    def test(aws: Any) -> None:
        s3 = aws.client("s3")
        with aws.faults.add("GetBucketTagging", "NoSuchTagSet"), pytest.raises(ClientError):
            s3.get_bucket_tagging(Bucket="photos")
        s3.put_bucket_tagging(Bucket="photos", Tagging=tag_set(a="1"))
        assert aws.bucket_tags("photos") == {"a": "1"}

    assert kinds_found(test) == []


def test_a_read_that_succeeds_makes_up_for_one_that_failed() -> None:
    """What the test seeds after it may be replaced, if the test then looks at the tags."""

    def test(aws: Any) -> None:
        s3 = aws.client("s3")
        with aws.faults.add("GetObjectTagging", "AccessDenied"), pytest.raises(ClientError):
            s3.get_object_tagging(**SKY)
        s3.get_object_tagging(**SKY)
        aws.put_objects("photos", ["sky.jpg"], tags={"new": "1"})
        s3.put_object_tagging(**SKY, Tagging=tag_set(a="1"))
        assert aws.object_tags("photos", "sky.jpg") == {"a": "1"}

    assert kinds_found(test) == []


def test_a_read_of_another_object_shows_nothing() -> None:
    def test(aws: Any) -> None:
        aws.put_objects("photos", ["sea.jpg"])
        aws.client("s3").put_object_tagging(**SKY, Tagging=tag_set(a="1"))
        aws.client("s3").get_object_tagging(Bucket="photos", Key="sea.jpg")

    assert kinds_found(test) == ["lost_tags"]


def test_what_was_lost_though_no_answer_came() -> None:
    def test(aws: Any) -> None:
        lost = "ConnectionClosedError"
        aws.faults.add("PutBucketTagging", lost, takes_effect=True, times=1)
        aws.client("s3").put_bucket_tagging(Bucket="photos", Tagging=tag_set(a="1"))

    def own(aws: Any) -> None:
        s3 = aws.client("s3")
        s3.create_bucket(Bucket="bare")
        aws.faults.add("PutBucketTagging", "ConnectionClosedError", takes_effect=True, times=1)
        s3.put_bucket_tagging(Bucket="bare", Tagging=tag_set(a="1"))
        s3.put_bucket_tagging(Bucket="bare", Tagging=tag_set(b="1"))

    assert kinds_found(test) == ["lost_tags"]
    assert kinds_found(own) == []


@needs_botocore("1.41.1", "the tags of CreateBucket")
def test_what_callers_put_in_other_ways_is_theirs() -> None:
    def job_tags(aws: Any) -> None:
        control = aws.client("s3control")
        params = tagging_job(aws, "photos,plain.jpg", Tags=[{"Key": "mine", "Value": "1"}])
        job = control.create_job(**params)["JobId"]
        control.put_job_tagging(**JOB, JobId=job, Tags=[{"Key": "other", "Value": "1"}])
        control.describe_job(**JOB, JobId=job)

    def copies(aws: Any) -> None:
        copy = {"TargetResource": "arn:aws:s3:::copies", "NewObjectTagging": [{"Key": "mine", "Value": "1"}]}
        aws.create_bucket("copies")
        aws.client("s3control").create_job(
            **tagging_job(aws, "photos,sky.jpg", Operation={"S3PutObjectCopy": copy})
        )
        aws.client("s3").head_object(Bucket="copies", Key="sky.jpg")
        aws.client("s3").put_object_tagging(Bucket="copies", Key="sky.jpg", Tagging=tag_set(b="1"))

    def access_point(aws: Any) -> None:
        point = aws.client("s3control").create_access_point(**JOB, Name="readers", Bucket="photos")
        for name in (point["AccessPointArn"], point["Alias"]):
            aws.put_objects("photos", ["sky.jpg"], tags={"owner": "ann"})
            aws.client("s3").put_object_tagging(Bucket=name, Key="sky.jpg", Tagging=tag_set(b="1"))
            assert aws.object_tags("photos", "sky.jpg") == {"b": "1"}

    def header(aws: Any) -> None:
        aws.client("s3").put_object(**SKY, Tagging="mine=&other")
        aws.client("s3").put_object_tagging(**SKY, Tagging=tag_set(b="1"))

    def new_bucket(aws: Any) -> None:
        s3 = aws.client("s3")
        s3.create_bucket(Bucket="own", CreateBucketConfiguration={"Tags": tag_set(mine="1")["TagSet"]})
        s3.put_bucket_tagging(Bucket="own", Tagging=tag_set(b="1"))

    def kept_view(aws: Any) -> None:
        params = tagging_job(aws, "photos,plain.jpg", Tags=[{"Key": "a", "Value": "1"}])
        view = aws.jobs[aws.client("s3control").create_job(**params)["JobId"]]
        aws.client("s3control").put_job_tagging(**JOB, JobId=view.id, Tags=[])
        assert view.tags == {}

    for test in (job_tags, copies, access_point, header, new_bucket, kept_view):
        assert kinds_found(test) == [], test.__name__


def test_all_but() -> None:
    def test(aws: Any) -> None:
        aws.faults.add("ListBuckets", "SlowDown")

    assert kinds_found(test, fail_on="all", allow=["unused_fault"]) == []
    with pytest.raises(TaggingMockFailure):
        kinds_found(test, fail_on=["unused_fault"])


def test_code_that_gives_up() -> None:
    def test(aws: Any) -> None:
        aws.faults.add("GetObjectTagging", "AccessDenied")
        add_tag(aws, careful=True)

    assert kinds_found(test) == []


def test_allow_and_fail_on() -> None:
    def test(aws: Any) -> None:
        aws.faults.add("GetObjectTagging", "AccessDenied")
        add_tag(aws)

    assert kinds_found(test, allow=["lost_tags"]) == []
    assert kinds_found(test, allow="all") == []
    with pytest.raises(TaggingMockFailure, match="^lost_tags: PutObjectTagging on"):
        kinds_found(test, fail_on=["lost_tags"])


def test_the_advice_fits_how_the_mock_was_entered(pytester: pytest.Pytester) -> None:
    """And the warning points at the test."""
    code = """
        import boto3, pytest
        from s3tag_mock import mock_tagging

        def lose(aws):
            aws.create_bucket("photos", tags={"team": "blue"})
            tagging = {"TagSet": [{"Key": "a", "Value": "1"}]}
            boto3.client("s3").put_bucket_tagging(Bucket="photos", Tagging=tagging)

        def test_fixture(tagging_mock):
            lose(tagging_mock)

        @mock_tagging
        def test_decorator():
            with mock_tagging() as aws:
                lose(aws)

        def test_with():
            with mock_tagging() as aws:
                lose(aws)
    """
    path = pytester.makepyfile(code)
    told = pytester.runpytest_inprocess("-p", "no:randomly", "-W", "default").stdout.str()
    for form, line in (("@pytest.mark.tagging_mock", 9), ("@mock_tagging", 12), ("mock_tagging", 17)):
        assert f" write {form}(allow=['lost_tags'])." in told
        assert f"{path.name}:{line}: TaggingMockWarning: lost_tags:" in told


# Jobs


def test_a_job_that_nobody_looked_at() -> None:
    def test(aws: Any) -> None:
        aws.client("s3control").create_job(**tagging_job(aws, "photos,nothing"))

    def ran(aws: Any) -> None:
        test(aws)
        aws.run_jobs()

    assert kinds_found(ran, job_progress="manual") == ["unseen_job"]
    assert kinds_found(test) == ["unseen_job"]
    assert kinds_found(test, job_progress="on_describe") == ["unseen_job"]
    assert kinds_found(test, job_progress="manual") == ["unfinished_job"]


@pytest.mark.parametrize(
    "look",
    [
        lambda aws, job: aws.client("s3control").describe_job(**JOB, JobId=job),
        lambda aws, job: aws.client("s3control").list_jobs(**JOB),
        lambda aws, job: aws.jobs[job].status,
        lambda aws, job: list(aws.jobs),
        lambda aws, job: aws.object_tags("photos", "sky.jpg"),
        lambda aws, job: aws.calls.assert_called("CreateJob"),
        lambda aws, job: aws.client("s3").get_object_tagging(**SKY),
        lambda aws, job: aws.client("s3").list_objects_v2(Bucket="photos"),
    ],
)
def test_a_job_that_was_looked_at(look: Any) -> None:
    def test(aws: Any) -> None:
        look(aws, create_untagged(aws))

    assert kinds_found(test) == []


def test_a_job_that_succeeded_need_not_be_looked_at() -> None:
    """Something else may be told of its end."""
    assert kinds_found(lambda aws: create_untagged(aws)) == []


def test_a_job_that_was_created_twice_is_one_job() -> None:
    def test(aws: Any) -> None:
        params = tagging_job(aws, "photos,nothing", ClientRequestToken="t")
        first, second = (aws.client("s3control").create_job(**params)["JobId"] for _ in range(2))
        assert first == second

    assert kinds_found(test) == ["unseen_job"]


def create_untagged(aws: Any, *more: str) -> str:
    """Create a job on an object without tags."""
    job_id: str = aws.client("s3control").create_job(**tagging_job(aws, "photos,plain.jpg", *more))["JobId"]
    return job_id


def test_a_suspended_job_shows_in_the_objects() -> None:
    """It has done nothing yet, and that is what they show."""

    def test(aws: Any) -> None:
        aws.client("s3control").create_job(**tagging_job(aws, "photos,sky.jpg", ConfirmationRequired=True))
        assert aws.object_tags("photos", "sky.jpg") == {"owner": "ann", "album": "norway"}

    assert kinds_found(test) == []


@needs_botocore("1.40.20", "S3ComputeObjectChecksum")
@pytest.mark.parametrize(
    ("report", "found"),
    [
        ({"Enabled": False}, ["lost_results"]),
        ({"ReportScope": "FailedTasksOnly"}, ["lost_results"]),
        ({"ReportScope": "AllTasks"}, []),
    ],
)
def test_checksums_that_are_in_no_report(report: dict[str, Any], found: list[str]) -> None:
    def test(aws: Any) -> None:
        request = tagging_job(aws, "photos,sky.jpg", Operation={"S3ComputeObjectChecksum": {}})
        request["Report"].update(report)
        job = aws.client("s3control").create_job(**request)["JobId"]
        assert aws.jobs[job].status == "Complete"

    def without_results(aws: Any) -> None:
        request = tagging_job(aws, "photos,nothing", Operation={"S3ComputeObjectChecksum": {}})
        request["Report"].update(report)
        assert aws.jobs[aws.client("s3control").create_job(**request)["JobId"]].status == "Complete"

    assert kinds_found(test) == found
    assert kinds_found(without_results) == []


def test_failed_tasks_are_not_seen_in_the_objects() -> None:
    def test(aws: Any) -> None:
        aws.client("s3control").create_job(**tagging_job(aws, "photos,sky.jpg", "photos,nothing"))
        assert aws.object_tags("photos", "sky.jpg")

    def report(aws: Any) -> None:
        job = aws.client("s3control").create_job(**tagging_job(aws, "photos,nothing"))["JobId"]
        aws.client("s3").get_object(Bucket="reports", Key=f"final/job-{job}/manifest.json")

    assert kinds_found(test) == ["unseen_job"]
    assert kinds_found(report) == []


@pytest.mark.parametrize(
    "ignore",
    [
        lambda aws, create: [aws.object_tags("photos", "sky.jpg"), create()],
        lambda aws, create: aws.client("s3control").put_job_tagging(
            **JOB, JobId=create(), Tags=[{"Key": "a", "Value": "1"}]
        ),
    ],
    ids=["looked before", "tagged"],
)
def test_what_shows_nothing_of_a_job(ignore: Any) -> None:
    def test(aws: Any) -> None:
        params = tagging_job(aws, "photos,nothing")
        ignore(aws, lambda: aws.client("s3control").create_job(**params)["JobId"])

    assert kinds_found(test) == ["unseen_job"]


def test_each_of_two_failed_jobs_must_be_looked_at() -> None:
    def create(aws: Any, token: str) -> str:
        params = tagging_job(aws, "photos,nothing", ClientRequestToken=token)
        job_id: str = aws.client("s3control").create_job(**params)["JobId"]
        return job_id

    def one_report(aws: Any) -> None:
        create(aws, "one")
        aws.client("s3").get_object(Bucket="reports", Key=f"final/job-{create(aws, 'two')}/manifest.json")

    def listed(aws: Any) -> None:
        create(aws, "one")
        aws.client("s3control").list_jobs(**JOB)

    assert kinds_found(one_report) == ["unseen_job"]
    assert kinds_found(listed) == []


def test_jobs_that_the_test_runs_by_hand() -> None:
    def test(aws: Any) -> None:
        job = aws.client("s3control").create_job(**tagging_job(aws, "photos,sky.jpg"))["JobId"]
        aws.step_jobs()
        assert aws.jobs[job].status == "Preparing"

    assert kinds_found(test, job_progress="manual") == []


def test_a_manifest_whose_keys_are_not_encoded() -> None:
    def test(aws: Any) -> None:
        aws.put_objects("photos", ["a+b.jpg", "50%25.jpg"])
        run_job(aws, "photos,a+b.jpg", "photos,50%25.jpg", "photos,plain.jpg", "photos,not+there")

    def looked_at(aws: Any) -> None:
        aws.put_objects("photos", ["a+b.jpg"])
        job = run_job(aws, "photos,a+b.jpg")
        assert aws.jobs[job["JobId"]].tasks[0].status == "failed"

    (message,) = messages(test)
    assert message.startswith("unencoded_manifest: the keys in the manifest of job ")
    assert (
        "must be URL-encoded, and weren't: 'a+b.jpg' was read as 'a b.jpg', '50%25.jpg' was read as '50%.jpg'. "
        "Write urllib.parse.quote(key): 'a%2Bb.jpg'."
    ) in message
    assert kinds_found(looked_at) == []
    assert kinds_found(lambda aws: run_job(aws, "photos,not+there")) == []


def test_a_manifest_with_many_keys_that_are_not_encoded() -> None:
    """Three are shown."""

    def test(aws: Any, number: int) -> None:
        keys = [f"a+{one}.jpg" for one in range(number)]
        aws.put_objects("photos", keys)
        run_job(aws, *(f"photos,{key}" for key in keys))

    (three,) = messages(lambda aws: test(aws, 3))
    (four,) = messages(lambda aws: test(aws, 4))
    assert "'a+2.jpg' was read as 'a 2.jpg'. Write" in three
    assert "'a+2.jpg' was read as 'a 2.jpg', and more. Write" in four
    assert "a+3.jpg" not in four


def test_other_failures_are_not_taken_for_keys_that_are_not_encoded() -> None:
    def encoded(aws: Any) -> None:
        aws.put_objects("photos", ["a b.jpg", "a+b.jpg"])
        run_job(aws, "photos,a+b.jpg", "photos,nothing")

    def put_later(aws: Any) -> None:
        run_job(aws, "photos,later.jpg")
        aws.put_objects("photos", ["later.jpg"])

    assert kinds_found(encoded) == []
    assert kinds_found(put_later) == []


# Faults


@pytest.mark.parametrize(
    ("test", "says"),
    [
        (lambda aws: None, ", and nothing else was"),
        (lambda aws: aws.client("s3").get_object_tagging(**SKY), ", but GetObjectTagging"),
    ],
)
def test_faults_that_hit_nothing(test: Any, says: str) -> None:
    def with_fault(aws: Any) -> None:
        aws.faults.add("GetObject", "SlowDown")
        test(aws)

    assert messages(with_fault) == [
        f"unused_fault: the fault GetObject SlowDown was never hit: GetObject was never called{says}. "
        "If it need not be hit, add it with optional=True."
    ]


def test_a_fault_that_is_optional() -> None:
    assert kinds_found(lambda aws: aws.faults.add("GetObject", "SlowDown", optional=True)) == []


def test_faults_that_let_everything_pass() -> None:
    def few(aws: Any) -> None:
        aws.faults.add("ListBuckets", "SlowDown", after=2)
        aws.client("s3").list_buckets()

    def others(aws: Any) -> None:
        aws.faults.add("ListBuckets", "SlowDown", when=lambda params: False)
        aws.client("s3").list_buckets()

    def chance(aws: Any) -> None:
        aws.faults.add("ListBuckets", "SlowDown", probability=1e-9)
        aws.client("s3").list_buckets()

    def as_many_as_pass(aws: Any) -> None:
        aws.faults.add("ListBuckets", "SlowDown", after=1)
        aws.client("s3").list_buckets()

    def chance_without_calls(aws: Any) -> None:
        aws.faults.add("ListBuckets", "SlowDown", probability=0.5)

    def removed(aws: Any) -> None:
        with aws.faults.add("ListBuckets", "SlowDown"):
            pass

    for test, why in ((few, "1 calls matched, and after=2 let them pass"), (others, "when= matched none")):
        (message,) = messages(test)
        assert why in message

    def shadowed(aws: Any) -> None:
        aws.faults.add("ListBuckets", "SlowDown")
        aws.faults.add("ListBuckets", "InternalError")
        with pytest.raises(ClientError):
            aws.client("s3").list_buckets()

    def of_another_service(aws: Any) -> None:
        aws.faults.add("s3control.PutBucketTagging", "SlowDown")
        aws.client("s3").get_bucket_tagging(Bucket="photos")
        aws.client("s3").put_bucket_tagging(Bucket="photos", Tagging=tag_set(a="1"))

    def not_by_a_job(aws: Any) -> None:
        aws.faults.add("ListBuckets", "SlowDown", only="tasks")
        aws.client("s3").list_buckets()

    for test, why in (
        (shadowed, "but an earlier fault hit it first"),
        (of_another_service, "but not of s3control."),
        (not_by_a_job, "but not by a job: only='tasks'."),
    ):
        (message,) = messages(test)
        assert why in message
    (message,) = messages(as_many_as_pass)
    assert "1 calls matched, and after=1 let them pass" in message
    assert kinds_found(chance) == []
    assert kinds_found(chance_without_calls) == ["unused_fault"]
    assert kinds_found(removed) == ["unused_fault"]


# Inventories


def test_an_inventory_that_is_not_written() -> None:
    def test(aws: Any) -> None:
        aws.create_bucket("reports")
        configuration = {
            "Id": "daily",
            "IsEnabled": True,
            "IncludedObjectVersions": "Current",
            "Schedule": {"Frequency": "Daily"},
            "Destination": {"S3BucketDestination": {"Bucket": "arn:aws:s3:::reports", "Format": "ORC"}},
        }
        aws.client("s3").put_bucket_inventory_configuration(
            Bucket="photos", Id="daily", InventoryConfiguration=configuration
        )
        aws.clock.advance(days=2)
        assert aws.keys("reports") == []

    (message,) = messages(test)
    assert message.startswith("unwritten_inventory: the inventory 'daily' of 'photos' was due")
    assert "its format is ORC" in message


# Kinds


def test_the_most_serious_findings_come_first() -> None:
    """In the order of the kinds, whichever check found them and when."""

    def test(aws: Any) -> None:
        aws.faults.add("GetObject", "SlowDown")
        aws.client("s3control").create_job(**tagging_job(aws, "photos,nothing", tags={"year": "2026"}))
        aws.client("s3").put_bucket_tagging(Bucket="photos", Tagging=tag_set(a="1"))

    assert kinds_found(test) == ["lost_tags", "unseen_job", "unused_fault"]


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_every_kind_can_be_emitted_allowed_and_failed_on(kind: Kind) -> None:
    """A finding of a kind that isn't declared can't be made: kinds are the members of one enumeration."""
    sources = "".join(path.read_text("utf-8") for path in Path(*checks.__path__).glob("*.py"))
    assert f"Kind.{kind.name}," in sources
    mock_tagging(allow=[kind.name], fail_on=[kind.name])


def test_editors_complete_the_names_of_findings() -> None:
    assert get_args(FindingName) == ("all", *Kind.__members__)


# Notes


def test_notes_are_no_warnings() -> None:
    def test(aws: Any) -> None:
        for key in ("AKIAQWERTYUIOPASDFGH", "ASIAQWERTYUIOPASDFGH"):
            boto3.client("s3", aws_access_key_id=key, aws_secret_access_key="x").list_buckets()
        for url in (
            "http://localhost:4566",
            "https://s3.us-east-1.amazonaws.com",
            "https://s3.us-east-1.api.aws",
        ):
            boto3.client("s3", endpoint_url=url).list_buckets()

    assert kinds_found(test) == []
    with pytest.raises(TaggingMockFailure) as caught:
        kinds_found(test, fail_on=["real_credentials", "foreign_endpoint"])
    first, second, third = str(caught.value).splitlines()
    assert first.startswith("real_credentials: a client has the access key AKIA...DFGH, which looks real.")
    assert second.startswith("real_credentials: a client has the access key ASIA...DFGH, which looks real.")
    assert third.startswith("foreign_endpoint: a client has endpoint_url set to localhost:4566")


@pytest.mark.parametrize("key", ["AKIAIOSFODNN7EXAMPLE", "testing", "AKIA111122223333MOCK", "111122223333"])
def test_made_up_credentials_are_no_finding(key: str) -> None:
    def test(aws: Any) -> None:
        boto3.client("s3", aws_access_key_id=key, aws_secret_access_key="x").list_buckets()

    assert kinds_found(test, fail_on=["real_credentials"]) == []


def test_options_of_findings() -> None:
    with pytest.raises(Misuse, match="fail_on: there is no finding 'lost_tag'. Did you mean 'lost_tags'"):
        mock_tagging(fail_on=["lost_tag"])
    with (
        mock_tagging(),
        pytest.raises(Misuse, match="can't have a allow of its own"),
        mock_tagging(allow="all"),
    ):
        pass


class TestRolesThatNobodyMade:
    def test_are_noted(self) -> None:
        arn = "arn:aws:iam::123456789012:role/nobodys"

        def test(aws: Any) -> None:
            aws.client("sts").assume_role(RoleArn=arn, RoleSessionName="run1")

        assert kinds_found(test) == []
        with pytest.raises(TaggingMockFailure, match=f"trusted_role: nobody made the role {arn}"):
            kinds_found(test, fail_on=["trusted_role"])

    def test_credentials_that_sts_gave_out_are_no_real_ones(self) -> None:
        def test(aws: Any) -> None:
            given = aws.client("sts").get_session_token()["Credentials"]
            keys = {
                "aws_access_key_id": given["AccessKeyId"],
                "aws_secret_access_key": given["SecretAccessKey"],
                "aws_session_token": given["SessionToken"],
            }
            aws.client("s3", **keys).list_buckets()

        assert kinds_found(test, fail_on=["real_credentials"]) == []

    @pytest.mark.parametrize("is_outside", [True, False])
    def test_nor_are_those_that_motos_sts_gave_out(self, is_outside: bool) -> None:
        def test(aws: Any) -> None:
            with nullcontext() if is_outside else mock_aws():
                role = f"arn:aws:iam::{OTHER}:role/deploy"
                given = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
                keys = (given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
                boto3.Session(*keys).client("s3").list_buckets()

        with mock_aws() if is_outside else nullcontext():
            assert kinds_found(test, fail_on=["real_credentials"]) == []
