"""The Query protocol: parameters as no client writes them, and an answer byte by byte."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.operation_names import model
from s3tag_mock.protocol import query
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request


def read(body: bytes | str, operation: str = "CreateRole") -> Any:
    sent = body if isinstance(body, bytes) else body.encode()
    request = Request("POST", "https://iam.amazonaws.com/", {}, sent)
    return query.compile_parser(model("iam").operation_model(operation))(request, Address("/", "", None))


@pytest.mark.parametrize(
    ("body", "params"),
    [
        ("Action=CreateRole&Version=2010-05-08&RoleName=&Other=x", {"RoleName": ""}),
        (b"RoleName=\xff", {"RoleName": "\ufffd"}),
        ("RoleName.a=b", {"RoleName": ""}),
        ("Tags=", {"Tags": []}),
        ("Tags.member=x", {"Tags": []}),
        ("Tags.member.1=x", {"Tags": [{}]}),
        # A name that is another's beginning gives way to it.
        ("Tags.member.1.Key=a&Tags=x&Tags.member.1=y", {"Tags": [{"Key": "a"}]}),
        ("Tags=x&Tags.member.1.Key=a", {"Tags": [{"Key": "a"}]}),
    ],
)
def test_odd_parameters(body: bytes | str, params: Any) -> None:
    assert read(body) == params


def test_lists_are_in_the_order_of_their_numbers() -> None:
    numbers = ("10", "2", "1", "000000003", "0000000004", "x", "²", "٣", "-5")
    body = "&".join(f"Tags.member.{number}.Key={number}" for number in numbers)
    assert [tag["Key"] for tag in read(body)["Tags"]] == ["1", "2", "000000003", "10"]


def test_a_text_of_another_type() -> None:
    with pytest.raises(AwsError) as refused:
        read("MaxSessionDuration=long")
    assert refused.value.elements == {"ArgumentName": "MaxSessionDuration", "ArgumentValue": "long"}


def test_operations_without_parameters() -> None:
    operation = model("sts").operation_model("GetCallerIdentity")
    answer = query.compile_serializer(operation)({"Account": "1", "Arn": "a<b"}, "ID")
    assert (answer.status, answer.headers) == (200, {"Content-Type": "text/xml"})
    assert answer.body.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
        "<Account>1</Account><Arn>a&lt;b</Arn></GetCallerIdentityResult>"
        "<ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
    )
    assert query.compile_parser(operation)(Request("POST", "/", {}, b"A=b"), Address("/", "", None)) == {}


def test_operations_without_an_answer() -> None:
    operation = model("iam").operation_model("DeleteUser")
    assert query.compile_serializer(operation)({}, "ID").body.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<DeleteUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">'
        "<ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></DeleteUserResponse>"
    )


def test_maps() -> None:
    """As another service has them: of IAM's, only operations that aren't served have any."""
    operation = model("sns").operation_model("SetEndpointAttributes")
    entries = "entry.1.key=a&A.entry.1.value=b&A.entry.2.key=c&A.entry.3=d&A.entry.4.key=e&A.entry.4.value=f&A.entry.4.x="
    body = f"EndpointArn=x&A.{entries}".replace("A.", "Attributes.")
    read_map = query.compile_parser(operation)
    request = Request("POST", "https://sns.amazonaws.com/", {}, body.encode())
    assert read_map(request, Address("/", "", None)) == {
        "EndpointArn": "x",
        "Attributes": {"a": "b", "e": "f"},
    }
