"""Plays recorded cases against the mock and says what differs from AWS's answers.

A case is ``{id, region, no_param_validation?, steps}``; a step ``{client, op, params, region?, setup?,
save?, advisory?, expect}``. ``$NAMES`` in strings stand for names made for the run or saved from
an answer; the expected value ``$ANY`` accepts any value. Comparison is strict: status, every
element of an error and no other, fields, absent fields, headers, the raw document's root.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import urllib3
import xmltodict
from botocore.config import Config
from botocore.exceptions import ClientError

from conftest import ACCOUNT

HERE = Path(__file__).parent
Case = dict[str, Any]


def cases() -> list[Case]:
    """The recorded cases."""
    loaded: list[Case] = json.loads((HERE / "cases.json").read_text("utf-8"))
    return loaded


@dataclass
class Replay:
    """One case being played."""

    case: Case
    names: dict[str, str] = field(
        default_factory=lambda: {
            "ACCOUNT": ACCOUNT,
            "BUCKET": "bucket-one",
            "BUCKET2": "bucket-two",
            "FAKE_BUCKET": "bucket-that-is-not-there",
        }
    )
    raw: dict[str, Any] = field(default_factory=dict)

    def problems(self) -> list[str]:
        """What differs, step by step; empty when nothing does."""
        found = []
        for number, step in enumerate(self.case["steps"]):
            label = step.get("snapshot_label") or f"step {number}"
            problems = self._play(step)
            if not step.get("advisory"):
                found += [f"{label} [{step['op']}]: {problem}" for problem in problems]
        return found

    def _client(self, step: Case) -> Any:
        client = boto3.client(
            step["client"],
            region_name=step.get("region") or self.case["region"],
            config=Config(
                retries={"total_max_attempts": 1, "mode": "standard"},
                parameter_validation=not self.case.get("no_param_validation", False),
            ),
        )
        client.meta.events.register(
            f"before-parse.{step['client']}", lambda response_dict, **kw: self.raw.update(response_dict)
        )
        return client

    def _play(self, step: Case) -> list[str]:
        self.raw.clear()
        if step["client"] == "http":
            return list(
                self._compare(step, self._named(step["expect"]), self._post(self._named(step["params"])))
            )
        try:
            answer = getattr(self._client(step), step["op"])(**self._named(step["params"]))
        except ClientError as error:
            answer = error.response
        for name, member in step.get("save", {}).items():
            self.names[name] = answer[member]
        return [] if step.get("setup") else list(self._compare(step, self._named(step["expect"]), answer))

    def _post(self, form: Case) -> Case:
        """Send a browser's form, as a presigned POST makes it."""
        made = boto3.client("s3", region_name=self.case["region"]).generate_presigned_post(
            form["Bucket"], form["Key"], Fields=dict(form["Fields"]), Conditions=form["Conditions"]
        )
        fields = {**made["fields"], "file": ("file", form["Body"].encode())}
        reply = urllib3.PoolManager().request("POST", made["url"], fields=fields)
        metadata = {"HTTPStatusCode": reply.status, "HTTPHeaders": dict(reply.headers)}
        error = xmltodict.parse(reply.data)["Error"] if reply.data else {}
        shown = {name: value for name, value in error.items() if name not in {"RequestId", "HostId"}}
        return {"ResponseMetadata": metadata, **({"Error": shown} if shown else {})}

    def _named(self, value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\$([A-Z][A-Z0-9_]+)", lambda m: self.names.get(m[1], m[0]), value)
        if isinstance(value, list):
            return [self._named(one) for one in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"$repeat"}:
            return value["$repeat"][0] * value["$repeat"][1]
        if set(value) == {"$tags"}:
            return [{"Key": f"k{number}", "Value": f"v{number}"} for number in range(value["$tags"])]
        return {name: self._named(one) for name, one in value.items()}

    def _compare(self, step: Case, expected: Case, answer: Case) -> Any:
        metadata, error = answer["ResponseMetadata"], answer.get("Error", {})
        if "status" in expected and metadata["HTTPStatusCode"] != expected["status"]:
            yield f"status {metadata['HTTPStatusCode']}, not {expected['status']}: {error}"
        wanted = expected.get("error")
        if wanted is None and error:
            yield f"unexpected error {error}"
        if wanted is not None:
            shown = (
                {name: error.get(name) for name in wanted}
                if expected.get("error_match") == "subset"
                else error
            )
            yield from _different(shown, wanted, expected)
        else:
            fields = {**expected.get("fields", {}), **expected.get("strict_fields", {})}
            yield from _different({name: answer.get(name) for name in fields}, fields, expected)
            yield from (f"{name} is there" for name in expected.get("absent", ()) if name in answer)
        yield from (f"{name} is missing" for name in expected.get("top_level", ()) if name not in answer)
        headers = expected.get("headers", {})
        yield from _different(
            {name: metadata["HTTPHeaders"].get(name) for name in headers}, headers, expected
        )
        yield from self._compare_raw(expected.get("raw", {}))

    def _compare_raw(self, expected: Case) -> Any:
        if expected.get("body_empty") and self.raw["body"]:
            yield f"the body isn't empty: {self.raw['body']!r}"
        if "root" in expected:
            root = ET.fromstring(self.raw["body"]).tag
            if root != f"{{{expected['xmlns']}}}{expected['root']}":
                yield f"the root is {root}"
        present = {name.lower() for name in self.raw.get("headers", {})}
        yield from (
            f"header {name} is there" for name in expected.get("headers_absent", ()) if name in present
        )


def _different(got: Case, wanted: Case, expected: Case) -> Any:
    unordered = expected.get("unordered", ())
    for name in sorted(got.keys() | wanted.keys()):
        have, want = got.get(name), wanted.get(name)
        if name in unordered and isinstance(have, list):
            have, want = (sorted(one, key=json.dumps) for one in (have, want))
        if have != want and not (want == "$ANY" and have is not None):
            yield f"{name} is {have!r}, not {want!r}"
