"""What the models of IAM and STS say of values: refused in the words of both services."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import botocore.session
import pytest

from s3tag_mock.protocol import constraints, query
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.parse import UnreadableDocument

SESSION = botocore.session.get_session()
ADDRESS = Address(path="/", query="", region="us-east-1")


def violations(service: str, name: str, params: dict[str, Any]) -> str:
    """What is wrong with parameters."""
    operation = SESSION.get_service_model(service).operation_model(name)
    parse = constraints.checked(query.compile_parser(operation), operation)
    request = Request("POST", "https://iam.amazonaws.com/", {}, urlencode(params).encode())
    with pytest.raises(UnreadableDocument) as refused:
        parse(request, ADDRESS)
    assert (refused.value.code, refused.value.status) == ("ValidationError", 400)
    assert refused.value.params
    return refused.value.message


def one(service: str, path: str, constraint: str, value: str = "") -> str:
    shown = f" '{value}'" if service == "sts" else ""
    return (
        f"1 validation error detected: Value{shown} at '{path}' failed to satisfy constraint: Member must "
        f"{constraint}"
    )


def read(service: str, name: str, params: dict[str, Any]) -> Any:
    """What is read of parameters that nothing is wrong with."""
    operation = SESSION.get_service_model(service).operation_model(name)
    parse = constraints.checked(query.compile_parser(operation), operation)
    return parse(Request("POST", "https://iam.amazonaws.com/", {}, urlencode(params).encode()), ADDRESS)


def test_a_missing_parameter_of_sts() -> None:
    text = "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must "
    params = {"RoleArn": "arn:aws:iam::123456789012:role/x"}
    assert violations("sts", "AssumeRole", params) == f"{text}not be null"


def test_a_pattern_of_sts() -> None:
    params = {"RoleArn": "arn:aws:iam::123456789012:role/x", "RoleSessionName": "Session1:2"}
    pattern = "satisfy regular expression pattern: [\\w+=,.@-]*"
    assert violations("sts", "AssumeRole", params) == one("sts", "roleSessionName", pattern, "Session1:2")


ROLE = {"RoleName": "x", "AssumeRolePolicyDocument": "{}"}


@pytest.mark.parametrize(
    ("operation", "params", "path", "constraint"),
    [
        ("GetRole", {"RoleName": "x" * 65}, "roleName", "have length less than or equal to 64"),
        ("GetRole", {"Other": "x", "RoleName": "ö"}, "roleName", "satisfy regular expression pattern: [\\w+=,.@-]+"),
        ("DeleteRolePolicy", {"RoleName": "x"}, "policyName", "not be null"),
        (
            "CreateRole",
            {**ROLE, "MaxSessionDuration": 3599},
            "maxSessionDuration",
            "have value greater than or equal to 3600",
        ),
        (
            "CreateRole",
            {**ROLE, "MaxSessionDuration": 43201},
            "maxSessionDuration",
            "have value less than or equal to 43200",
        ),
        (
            "CreateRole",
            {**ROLE, "Tags.member.1.Key": "k", "Tags.member.1.Value": "v" * 257},
            "tags.1.member.value",
            "have length less than or equal to 256",
        ),
        (
            "CreateRole",
            {**ROLE, "Tags.member.1.Key": "a!", "Tags.member.1.Value": ""},
            "tags.1.member.key",
            "satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
        ),
        (
            "UpdateAccessKey",
            {"AccessKeyId": "A" * 16, "Status": "Gone"},
            "status",
            "satisfy enum value set",
        ),
    ],
)  # fmt: skip
def test_constraints_of_iam(operation: str, params: dict[str, Any], path: str, constraint: str) -> None:
    assert violations("iam", operation, params) == one("iam", path, constraint)


def test_several() -> None:
    assert violations("iam", "GetRole", {"RoleName": ""}) == (
        "2 validation errors detected: Value at 'roleName' failed to satisfy constraint: Member must satisfy "
        "regular expression pattern: [\\w+=,.@-]+; Value at 'roleName' failed to satisfy constraint: Member must "
        "have length greater than or equal to 1"
    )


def test_letters_of_every_script_in_tags() -> None:
    params = {**ROLE, "Tags.member.1.Key": "größe1\u3000", "Tags.member.1.Value": ""}
    assert read("iam", "CreateRole", params)["Tags"] == [{"Key": "größe1\u3000", "Value": ""}]


def test_the_limits_themselves_are_taken() -> None:
    params = {**ROLE, "RoleName": "x" * 64, "Description": "", "MaxSessionDuration": 3600}
    assert read("iam", "CreateRole", params) == params


def test_every_pattern_can_be_read() -> None:
    for service in ("iam", "sts"):
        model = SESSION.get_service_model(service)
        for name in model.operation_names:
            operation = model.operation_model(name)
            assert constraints.checked(query.compile_parser(operation), operation)
