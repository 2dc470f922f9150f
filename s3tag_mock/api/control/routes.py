"""The requests of the control API, as one table: the OpenAPI document is made of it."""

from __future__ import annotations

from typing import Final

from s3tag_mock.api.control import answers, given
from s3tag_mock.api.control.route import Field, Route

_TAGS: Final = Field("object", "the tags, name to value")
_LIMIT: Final = Field("integer", "how many at most, up to 1000; 100 by default")

ROUTES: Final = (
    Route("GET", "/health", "Whether the mock runs, where and whose it is.", answers.health),
    Route("POST", "/reset", "Forget every bucket, job, fault and call.", answers.reset),
    Route("GET", "/buckets", "The buckets, with their tags.", answers.list_buckets),
    Route(
        "POST",
        "/buckets",
        "Make a bucket.",
        answers.create_bucket,
        body={
            "name": Field("string", "its name", is_required=True),
            "region": Field("string", "the mock's region by default"),
            "versioning": Field("boolean", "whether to turn versioning on"),
            "tags": _TAGS,
        },
    ),
    Route(
        "GET",
        "/buckets/{bucket}/objects",
        "The objects of a bucket, with their tags, in S3's order; `after` is where the next page begins.",
        answers.list_objects,
        query={
            "prefix": Field("string", "what keys begin with"),
            "after": Field("string", "the key after which the page begins"),
            "limit": _LIMIT,
        },
    ),
    Route(
        "POST",
        "/buckets/{bucket}/objects",
        "Put objects.",
        answers.put_objects,
        body={
            "objects": Field(
                ("array", "object"),
                'keys; or key to body, which is a text or {"base64": "..."}',
                is_required=True,
            ),
            "tags": Field("object", "the tags of each object, name to value"),
        },
    ),
    Route(
        "GET",
        "/buckets/{bucket}/objects/{key}",
        "An object with its versions; the key is percent-encoded, slashes too.",
        answers.show_object,
        query={"version_id": Field("string", "of an older version")},
    ),
    Route(
        "PUT",
        "/buckets/{bucket}/objects/{key}/tags",
        "Put tags in the place of an object's.",
        answers.tag_object,
        body={"tags": Field("object", "the tags, name to value", is_required=True)},
    ),
    Route(
        "GET",
        "/calls",
        "The calls, the oldest first; `since` is where the next page begins.",
        answers.list_calls,
        query={
            "since": Field("integer", "the number of a call, with which the page begins"),
            "operation": Field("string", "of one operation alone, such as PutObjectTagging"),
            "limit": _LIMIT,
        },
    ),
    Route(
        "POST",
        "/calls/assert",
        "Fail with 409 unless an operation was called.",
        answers.assert_called,
        body={
            "operation": Field("string", "such as PutObjectTagging", is_required=True),
            "params": Field("object", "parameters that the calls must have, as boto3 takes them"),
            "tags": Field("object", "the tags that the calls must give"),
            "times": Field("integer", "how often exactly"),
        },
    ),
    Route("GET", "/faults", "The active faults.", answers.list_faults),
    Route(
        "POST",
        "/faults",
        "Make an operation fail.",
        answers.add_fault,
        body={
            "operation": Field("string", "such as PutObjectTagging; * for every one", is_required=True),
            "error": Field("string", "a code, such as SlowDown; none for a delay alone"),
            "times": Field("integer", "how many calls it hits at most"),
            "after": Field("integer", "how many matching calls it lets pass first"),
            "every": Field("integer", "3 hits every third of the calls after those"),
            "probability": Field("number", "of each hit, from 0 to 1"),
            "when": Field("object", "parameters that a call must have"),
            "only": Field("string", "calls or tasks"),
            "message": Field("string", "in place of AWS's text"),
            "delay": Field("number", "in seconds of the mock's clock"),
            "takes_effect": Field("boolean", "whether the operation happens nevertheless"),
        },
    ),
    Route("DELETE", "/faults", "Remove all faults.", answers.clear_faults),
    Route("DELETE", "/faults/{id}", "Remove a fault.", answers.remove_fault),
    Route("GET", "/answers", "The active answers.", given.list_answers),
    Route(
        "POST",
        "/answers",
        "Answer an operation in place of the mock: any operation of any service.",
        given.add_answer,
        body={
            "operation": Field("string", "such as GetObject, or dynamodb.GetItem", is_required=True),
            "answer": Field(
                ("object", "array"),
                "an answer in the form of the SDKs; or several, one for each call. Bytes are a text or "
                '{"base64": "..."}, moments are in ISO 8601',
                is_required=True,
            ),
            "times": Field("integer", "how many calls it answers at most"),
            "when": Field("object", "parameters that a call must have"),
        },
    ),
    Route("DELETE", "/answers", "Remove all answers.", given.clear_answers),
    Route("DELETE", "/answers/{id}", "Remove an answer.", given.remove_answer),
    Route("GET", "/functions", "The Lambda functions.", given.list_functions),
    Route(
        "PUT",
        "/functions/{name}",
        "Have a URL play a Lambda function: each event is sent there by POST, the answer is the result.",
        given.put_function,
        body={"url": Field("string", "such as http://127.0.0.1:9000/", is_required=True)},
    ),
    Route("DELETE", "/functions/{name}", "Forget a Lambda function.", given.remove_function),
    Route(
        "POST",
        "/snapshots",
        "Keep what the mock remembers now: buckets, objects, jobs, principals and time.",
        given.take_snapshot,
    ),
    Route(
        "POST",
        "/snapshots/{id}/restore",
        "Let the mock remember what it did then; any number of times.",
        given.restore_snapshot,
    ),
    Route("GET", "/clock", "The mock's time.", answers.show_clock),
    Route(
        "POST",
        "/clock",
        "Advance the time, or stop it at a moment.",
        answers.move_clock,
        body={
            "advance": Field("number", "seconds"),
            "set": Field("string", "a moment in ISO 8601"),
        },
    ),
    Route("GET", "/jobs", "The jobs, the oldest first.", answers.list_jobs),
    Route("GET", "/jobs/{id}", "A job, with the tasks that failed.", answers.show_job),
    Route("POST", "/jobs/run", "Run every job to its end.", answers.run_jobs),
    Route(
        "POST",
        "/jobs/step",
        "Move every job on by one status.",
        answers.step_jobs,
        body={"tasks": Field("integer", "how many tasks an active job does at most")},
    ),
    Route("GET", "/findings", "What the mock noticed so far, notes too.", answers.list_findings),
    Route("GET", "/events", "The events that AWS would have delivered.", answers.list_events),
)
