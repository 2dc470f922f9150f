"""The control API, for tests in other languages."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

import pytest

from conftest import ACCOUNT
from s3tag_mock.api.control.openapi import document
from s3tag_mock.api.control.routes import ROUTES
from tests.support import run_job

PREFIX = "/_s3tag_mock/v1"


@pytest.fixture
def control(connection: Any) -> Any:
    """Sends a request of the control API; gives its status and its document."""

    def send(method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        sent = None if method == "GET" else json.dumps({} if body is None else body)
        kind = {} if method == "GET" else {"Content-Type": "application/json"}
        connection.request(method, PREFIX + path, body=sent, headers={**kind, **headers})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())

    return send


def test_health(control: Any) -> None:
    status, found = control("GET", "/health")
    assert (status, found["status"], found["region"], found["account_id"]) == (
        200, "running", "us-east-1", "123456789012",
    )  # fmt: skip


def test_buckets_and_objects(aws: Any, control: Any) -> None:
    assert control("POST", "/buckets", {"name": "photos", "versioning": True, "tags": {"a": "1"}})[0] == 200
    bodies = {"sky/a b": "text", "b": {"base64": "AAE="}}
    assert control("POST", "/buckets/photos/objects", {"objects": bodies, "tags": {"t": "1"}}) == (
        200,
        {"objects": 2},
    )
    assert control("POST", "/buckets/photos/objects", {"objects": ["c"]}) == (200, {"objects": 1})
    assert aws.object("photos", "b").body == b"\0\1"
    path = f"/buckets/photos/objects/{quote('sky/a b', safe='')}"
    assert control("PUT", f"{path}/tags", {"tags": {"t": "2"}}) == (200, {})
    shown = control("GET", path)[1]
    assert (shown["key"], shown["tags"], shown["size"], len(shown["versions"])) == (
        "sky/a b",
        {"t": "2"},
        4,
        1,
    )
    assert control("GET", "/buckets")[1]["buckets"][0]["keys"] == 3
    first = control("GET", "/buckets/photos/objects?limit=2")[1]
    assert ([one["key"] for one in first["objects"]], first["after"]) == (["b", "c"], "c")
    assert control("GET", "/buckets/photos/objects?after=c&prefix=sky")[1]["after"] is None
    aws.client("s3").delete_object(Bucket="photos", Key="b")
    assert control("GET", "/buckets/photos/objects/b")[0] == 404
    assert control("POST", "/reset")[0] == 200
    assert control("GET", "/buckets")[1] == {"buckets": []}


def test_calls(aws: Any, control: Any, photos: str) -> None:
    for key in ("a.jpg", "nothing"):
        control("GET", "/health")  # the control API's own requests aren't calls
        with suppress(aws.client("s3").exceptions.NoSuchKey):
            aws.client("s3").get_object(Bucket=photos, Key=key)
    listed = control("GET", "/calls?operation=GetObject&limit=1")[1]
    assert [one["status"] for one in listed["calls"]] == [200]
    rest = control("GET", f"/calls?since={listed['since']}")[1]["calls"]
    assert [(one["error_code"], one["operation"]) for one in rest] == [("NoSuchKey", "GetObject")]
    wanted = {"operation": "GetObject", "params": {"Key": "a.jpg"}, "times": 1}
    assert control("POST", "/calls/assert", wanted) == (200, {})
    status, found = control("POST", "/calls/assert", {**wanted, "times": 2})
    assert (status, "was expected" in found["error"]) == (409, True)


@pytest.mark.tagging_mock(allow=["unused_fault"])
def test_faults(aws: Any, control: Any) -> None:
    status, made = control(
        "POST", "/faults", {"operation": "PutObject", "error": "SlowDown", "when": {"Key": "a"}}
    )
    assert (status, made["hits"]) == (200, 0)
    assert control("GET", "/faults")[1]["faults"] == [made]
    assert control("DELETE", f"/faults/{made['id']}") == (200, {})
    assert len(aws.faults) == 0
    control("POST", "/faults", {"operation": "*", "error": "SlowDown", "times": 1})
    assert control("DELETE", "/faults") == (200, {})
    assert len(aws.faults) == 0
    assert control("DELETE", "/faults/9")[0] == 404
    assert (
        "Did you mean"
        in control("POST", "/faults", {"operation": "PutObjct", "error": "SlowDown"})[1]["error"]
    )


def test_snapshots(aws: Any, control: Any, photos: str) -> None:
    assert control("POST", "/snapshots") == (200, {"id": 0})
    control("PUT", f"/buckets/{photos}/objects/c.jpg/tags", {"tags": {"team": "red"}})
    control("POST", "/buckets", {"name": "further"})
    for _ in range(2):
        assert control("POST", "/snapshots/0/restore") == (200, {})
        assert aws.buckets == [photos]
        assert aws.object_tags(photos, "c.jpg") == {"team": "blue"}
        aws.tag_object(photos, "c.jpg", {})
    assert control("POST", "/snapshots/1/restore")[0] == 404


def test_answers(aws: Any, control: Any) -> None:
    answer = {"Body": {"base64": "AAE="}, "LastModified": "2026-11-25T00:00:00Z"}
    status, made = control("POST", "/answers", {"operation": "GetObject", "answer": answer, "times": 1})
    assert (status, made) == (200, {"id": 0, "operation": "GetObject", "hits": 0, "times": 1})
    found = aws.client("s3").get_object(Bucket="photos", Key="a")
    assert (found["Body"].read(), found["LastModified"].year) == (b"\0\1", 2026)
    lists = [{"Buckets": [{"Name": "one"}]}, {"Buckets": []}]
    control("POST", "/answers", {"operation": "s3.ListBuckets", "answer": lists})
    assert [len(aws.client("s3").list_buckets()["Buckets"]) for _ in lists] == [1, 0]
    assert [one["hits"] for one in control("GET", "/answers")[1]["answers"]] == [1, 2]
    assert control("DELETE", "/answers/1") == (200, {})
    assert control("DELETE", "/answers") == (200, {})
    assert (control("GET", "/answers")[1], len(aws.answers)) == ({"answers": []}, 0)
    assert control("DELETE", "/answers/9")[0] == 404
    for wrong in ({"operation": "GetObjct", "answer": {}}, {"operation": "GetObject", "answer": {"Bdy": ""}}):
        assert "Did you mean" in control("POST", "/answers", wrong)[1]["error"]


class Function(BaseHTTPRequestHandler):
    """Plays a Lambda function: it fails for one key."""

    def do_POST(self) -> None:
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        (task,) = event["tasks"]
        result = {"taskId": task["taskId"], "resultCode": "Succeeded", "resultString": self.path}
        shared = {name: event[name] for name in ("invocationId", "invocationSchemaVersion")}
        answer = {**shared, "treatMissingKeysAs": "PermanentFailure", "results": [result]}
        if task["s3Key"] == "b.jpg":
            answer = {"errorMessage": "it is blue", "errorType": "ValueError"}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: Any) -> None:
        pass


def test_functions_by_url(aws: Any, control: Any, photos: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Function) as playing:
        threading.Thread(target=playing.serve_forever, args=(0.02,)).start()
        url = f"http://127.0.0.1:{playing.server_port}/copy-it"
        assert control("PUT", "/functions/copy-it", {"url": url}) == (200, {})
        arn = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:copy-it"
        run_job(aws, "photos,a.jpg", "photos,b.jpg", Operation={"LambdaInvoke": {"FunctionArn": arn}})
        playing.shutdown()
    good, bad = aws.jobs.last.tasks
    assert (good.status, good.message, bad.status) == ("succeeded", "/copy-it", "failed")
    assert '{"errorMessage": "it is blue", "errorType": "ValueError"' in bad.message
    assert control("GET", "/functions") == (200, {"functions": [{"name": "copy-it", "url": url}]})
    assert control("DELETE", "/functions/copy-it") == (200, {})
    assert control("DELETE", "/functions/copy-it")[0] == 404
    assert "no URL" in control("PUT", "/functions/copy-it", {"url": "copy-it"})[1]["error"]
    of_aws = {"url": "https://photos.s3.amazonaws.com/copy-it"}
    assert "is AWS's" in control("PUT", "/functions/copy-it", of_aws)[1]["error"]


@pytest.mark.tagging_mock(job_progress="manual")
def test_jobs(aws: Any, control: Any, photos: str) -> None:
    job_id = run_job(aws, "photos,a.jpg", "photos,nothing")["JobId"]
    assert control("POST", "/jobs/step", {"tasks": 1})[1]["jobs"][0]["status"] == "Preparing"
    assert control("POST", "/jobs/run")[1]["jobs"][0]["status"] == "Complete"
    shown = control("GET", f"/jobs/{job_id}")[1]
    assert (shown["succeeded_tasks"], shown["failed"][0]["error_code"]) == (1, "NoSuchKey")
    assert control("GET", "/jobs/none")[0] == 404


def test_the_clock(control: Any) -> None:
    assert control("POST", "/clock", {"set": "2026-11-25T00:00:00Z"}) == (
        200,
        {"now": "2026-11-25T00:00:00+00:00", "is_frozen": True},
    )
    assert control("POST", "/clock", {"advance": 1.5})[1]["now"] == "2026-11-25T00:00:01.500000+00:00"
    assert control("GET", "/clock")[1]["is_frozen"]
    for wrong in ({}, {"set": "never"}, {"advance": -1}, {"advance": 1, "set": "2026-11-25"}):
        assert control("POST", "/clock", wrong)[0] == 400


def test_findings_and_events(aws: Any, control: Any, photos: str) -> None:
    aws.faults.add("GetObject", "SlowDown")
    kinds = [one["kind"] for one in control("GET", "/findings")[1]["findings"]]
    assert kinds == ["unused_fault"]
    aws.faults.clear()
    aws.reset()
    assert control("GET", "/events") == (200, {"events": []})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "127.0.0.1:1"}, 200),
        ({"Host": "s3tag.localhost"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_pages_of_other_sites_are_refused(control: Any, headers: dict[str, str], status: int) -> None:
    assert control("GET", "/health", **headers)[0] == status


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "text"),
    [
        ("GET", "/nothing", None, 404, "openapi.json lists what there is"),
        ("DELETE", "/health", None, 405, "takes GET"),
        ("POST", "/buckets", {}, 400, "needs name"),
        ("POST", "/buckets", {"name": 5}, 400, "name must be of the type string, got 5"),
        ("POST", "/buckets", {"name": "photos", "tag": {}}, 400, "Did you mean 'tags'?"),
        ("POST", "/jobs/step", {"tasks": True}, 400, "of the type integer"),
        ("GET", "/calls?limit=0", None, 400, "limit=0"),
        ("GET", "/buckets/none/objects", None, 404, "There is no bucket 'none'"),
        ("POST", "/reset", [], 400, "must be an object of JSON"),
    ],
)
def test_what_is_wrong_is_said(
    control: Any, method: str, path: str, body: Any, status: int, text: str
) -> None:
    found = control(method, path, body)
    assert found[0] == status
    assert text in found[1]["error"]


def test_json_alone_is_taken(connection: Any) -> None:
    """A page of another site can send a form without leave, but no JSON."""
    connection.request("POST", f"{PREFIX}/reset", body="{}", headers={"Content-Type": "text/plain"})
    assert connection.getresponse().status == 415


def test_the_openapi_document(control: Any) -> None:
    status, found = control("GET", "/openapi.json")
    assert (status, found) == (200, json.loads(json.dumps(document(ROUTES, found["info"]["version"]))))
    described = {
        (method.upper(), path.removeprefix(PREFIX)): operation
        for path, methods in found["paths"].items()
        for method, operation in methods.items()
    }
    assert set(described) == {(route.method, route.path) for route in ROUTES}
    for (method, path), operation in described.items():
        named = [one["name"] for one in operation["parameters"] if one["in"] == "path"]
        assert [f"{{{name}}}" for name in named] == [part for part in path.split("/") if part.startswith("{")]
        assert ("requestBody" in operation) == (method != "GET")
        assert operation["summary"].endswith(".")
    assert len({one["operationId"] for one in described.values()}) == len(ROUTES)


class TestTheConsole:
    def test_the_page_asks_no_other_address(self, connection: Any) -> None:
        connection.request("GET", "/_s3tag_mock/")
        answer = connection.getresponse()
        page = answer.read().decode()
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert "http://" not in page
        assert "https://" not in page
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'sha256-")
        assert "connect-src 'self'" in policy

    @pytest.mark.skipif(not shutil.which("chromium"), reason="there is no chromium")
    @pytest.mark.tagging_mock(allow=["unused_fault", "unseen_job"])
    def test_in_a_browser(self, aws: Any, server: Any, photos: str, tmp_path: Any) -> None:
        """Its policy lets its own script run, which shows what there is."""
        run_job(aws, "photos,a.jpg")
        tagging = {"TagSet": [{"Key": "team", "Value": "blue"}]}
        aws.client("s3").put_bucket_tagging(
            Bucket="manifests", Tagging=tagging
        )  # the bucket that is shown first
        aws.put_objects("manifests", ["<b>bold"])
        aws.faults.add("GetObject", "SlowDown")
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-sync",
        ]
        options += [
            "--disable-background-networking",
            "--disable-component-update",
            f"--user-data-dir={tmp_path}",
        ]
        command = [
            "chromium",
            *options,
            "--virtual-time-budget=4000",
            "--dump-dom",
            f"{server.url}/_s3tag_mock/",
        ]
        page = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
        for text in (
            "photos (3)",
            "&lt;b&gt;bold",
            "team=blue",
            "manifest.csv",
            "Complete",
            "s3control.CreateJob",
            "SlowDown",
        ):
            assert text in page
        assert ("jobs",) not in aws._entered().inspected  # a person looked, and not the test
