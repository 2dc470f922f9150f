"""Policies, and the errors of IAM."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.support import refusal


def policy(*statements: dict[str, Any], version: str | None = "2012-10-17") -> str:
    """A policy's document; one that allows something where no statement is given."""
    made: dict[str, Any] = {"Statement": list(statements) or [allow()]}
    return json.dumps(made if version is None else {"Version": version, **made})


def allow(**elements: Any) -> dict[str, Any]:
    """A statement that allows s3:GetObject, with other elements in the place of its own; None leaves one out."""
    whole = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **elements}
    return {name: value for name, value in whole.items() if value is not None}


def sized(length: int) -> str:
    """A policy of so many characters that aren't white space."""
    none = len("".join(policy(allow(Resource="arn:aws:s3:::")).split()))
    return policy(allow(Resource=f"arn:aws:s3:::{'b' * (length - none)}"))


def trust(**elements: Any) -> str:
    """A trust policy: Batch Operations may assume the role."""
    service = {"Service": "batchoperations.s3.amazonaws.com"}
    given = {"Principal": service, "Action": "sts:AssumeRole", **elements}
    return policy({"Effect": "Allow", **{name: value for name, value in given.items() if value is not None}})


def refused(call: Callable[[], Any]) -> tuple[int, str, str]:
    """Status, code and text of the error that a call gets."""
    error = refusal(call)
    assert error.pop("Type") == ("Sender" if error["Status"] < 500 else "Receiver")
    assert error.keys() == {"Status", "Code", "Message"}
    return error["Status"], error["Code"], error["Message"]
