"""What one call costs through the mock, through moto, and at the floor: a canned answer at ``before-send``.

The floor is botocore's own work, signing included, with nothing behind it. Its answer is the very one that
the mock gave.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from statistics import median
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from moto import mock_aws

from benchmarks.timing import seconds
from s3tag_mock import mock_tagging

ROUNDS, CALLS = 7, 40
SKY = {"Bucket": "photos", "Key": "sky.jpg"}
TAGS = {"TagSet": [{"Key": "colour", "Value": "blue"}, {"Key": "year", "Value": "2026"}]}
ACCOUNT = "123456789012"
Call = Callable[[dict[str, Any]], Any]


def _put_object_tagging(s3: Any, job: str) -> Any:
    return s3.put_object_tagging(**SKY, Tagging=TAGS)


#: What is measured: the service, and the call.
MEASURED: dict[str, tuple[str, Callable[[Any, str], Any]]] = {
    "put_object_tagging": ("s3", _put_object_tagging),
    "get_object_tagging": ("s3", lambda s3, job: s3.get_object_tagging(**SKY)),
    "put_bucket_tagging": ("s3", lambda s3, job: s3.put_bucket_tagging(Bucket="photos", Tagging=TAGS)),
    "put_object, 1 KiB": ("s3", lambda s3, job: s3.put_object(**SKY, Body=b"x" * 1024)),
    "head_object": ("s3", lambda s3, job: s3.head_object(**SKY)),
    "list_objects_v2, 1,000 keys": ("s3", lambda s3, job: s3.list_objects_v2(Bucket="many")),
    "describe_job": ("s3control", lambda control, job: control.describe_job(AccountId=ACCOUNT, JobId=job)),
}
#: Operations that moto doesn't serve.
NOT_MOTOS = {"describe_job"}


def ratios(rounds: int = ROUNDS, *, beside_moto: bool = True) -> dict[str, tuple[float, float | None]]:
    """For each call: ours / floor, and moto / ours, each the median of rounds."""
    with mock_aws():
        pass  # moto serves no client that was made before its first use
    clients = {name: _client(name) for name in ("s3", "s3control")}
    with mock_tagging(allow="all") as aws:
        job = _seed(clients, "1,000 keys", with_job=True)
        assert aws.jobs[job].status == "Complete"
        canned = {name: _answer(clients[service], call, job) for name, (service, call) in MEASURED.items()}
    found: dict[str, tuple[float, float | None]] = {}
    for name, (service, call) in MEASURED.items():
        calls = 4 if "1,000" in name else CALLS
        floor, ours, motos = [], [], []
        for _ in range(rounds):
            client = clients[service]
            with _canned(client, canned[name]):
                floor.append(_time(client, call, job, calls))
            with mock_tagging(allow="all"):
                own_job = _seed(clients, name, with_job=service == "s3control")
                ours.append(_time(client, call, own_job, calls))
            if beside_moto and name not in NOT_MOTOS:
                with mock_aws():
                    _seed(clients, name, with_job=False)
                    motos.append(_time(client, call, job, calls))
        found[name] = (
            median(mine / least for mine, least in zip(ours, floor, strict=True)),
            median(theirs / mine for theirs, mine in zip(motos, ours, strict=True)) if motos else None,
        )
    return found


def floor() -> Callable[[], float]:
    """What gives the seconds of one ``put_object_tagging`` at the floor, whenever it is asked."""
    at_floor = floor_calls()

    def measure() -> float:
        with at_floor() as call:
            call()
            return seconds(lambda: [call() for _ in range(CALLS)]) / CALLS

    return measure


def floor_calls() -> Callable[[], AbstractContextManager[Callable[[], Any]]]:
    """What makes one ``put_object_tagging`` at the floor, whenever its context is entered."""
    client, call = _client("s3"), _put_object_tagging
    with mock_tagging(allow="all"):
        _seed({"s3": client}, "", with_job=False)
        canned = _answer(client, call, "")

    @contextmanager
    def at_floor() -> Iterator[Callable[[], Any]]:
        with _canned(client, canned):
            yield lambda: call(client, "")

    return at_floor


def _client(service: str) -> Any:
    make: Any = boto3.client
    return make(
        service, region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )


def _time(client: Any, call: Callable[[Any, str], Any], job: str, calls: int) -> float:
    call(client, job)
    return seconds(lambda: [call(client, job) for _ in range(calls)])


def _seed(clients: dict[str, Any], measure: str, *, with_job: bool) -> str:
    s3 = clients["s3"]
    for bucket in ("photos", "many"):
        s3.create_bucket(Bucket=bucket)
    s3.put_object(**SKY, Body=b"x" * 1024)
    for number in range(1000 if "1,000 keys" in measure else 0):
        s3.put_object(Bucket="many", Key=f"{number:06}.jpg", Body=b"")
    if not with_job:
        return ""
    etag = s3.put_object(Bucket="photos", Key="manifest.csv", Body=b"photos,sky.jpg\n")["ETag"]
    job: str = clients["s3control"].create_job(
        AccountId=ACCOUNT,
        Operation={"S3PutObjectTagging": TAGS},
        Manifest={
            "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
            "Location": {"ObjectArn": "arn:aws:s3:::photos/manifest.csv", "ETag": etag},
        },
        Report={"Enabled": False},
        Priority=1,
        RoleArn=f"arn:aws:iam::{ACCOUNT}:role/batch",
    )["JobId"]
    return job


def _answer(client: Any, call: Callable[[Any, str], Any], job: str) -> tuple[int, dict[str, str], bytes]:
    """What the mock answers, as bytes."""
    kept: list[Any] = []

    def keep(http_response: Any, **kwargs: Any) -> None:
        kept.append((http_response.status_code, dict(http_response.headers), http_response.content))

    client.meta.events.register("after-call", keep)
    call(client, job)
    client.meta.events.unregister("after-call", keep)
    answer: tuple[int, dict[str, str], bytes] = kept[0]
    return answer


class _Raw(io.BytesIO):
    def stream(self, amount: int = 2**16, **kwargs: Any) -> Iterator[bytes]:
        while chunk := self.read(amount):
            yield chunk


@contextmanager
def _canned(client: Any, answer: tuple[int, dict[str, str], bytes]) -> Iterator[None]:
    status, headers, body = answer

    def send(request: Any, **kwargs: Any) -> AWSResponse:
        return AWSResponse(request.url, status, headers, _Raw(body))  # type: ignore[arg-type]

    client.meta.events.register("before-send", send)
    try:
        yield
    finally:
        client.meta.events.unregister("before-send", send)
