"""Error documents: every exception that the models know can be caught by its name."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.config import Config

from s3tag_mock.exceptions import AwsError
from s3tag_mock.intercept.botocore_answer import to_botocore
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.protocol.wire_format import compile_wire_format

CALLS = {
    "s3": ("ListBuckets", {}),
    "s3control": ("GetJobTagging", {"AccountId": "123456789012", "JobId": "12345"}),
    "iam": ("ListRoles", {}),
    "sts": ("GetCallerIdentity", {}),
    "resourcegroupstaggingapi": ("GetTagKeys", {}),
}
MODELLED = [
    pytest.param(
        service,
        shape.metadata.get("error", {}).get("code", shape.name),
        shape.name,
        id=f"{service}.{shape.name}",
    )
    for service in CALLS
    for shape in service_model(service).error_shapes
]


def answered_with(service: str, error: AwsError) -> Any:
    """A client whose every call is answered with this error, without any mock."""
    client = boto3.client(
        service,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(retries={"total_max_attempts": 1}),
    )
    wire_format = compile_wire_format(client.meta.service_model.operation_model(CALLS[service][0]))
    response: Any = wire_format.write_error(error, "REQUESTID", "HOSTID")
    client.meta.events.register("before-send", lambda request, **kw: to_botocore(request, response))
    return client


@pytest.mark.parametrize(("service", "code", "name"), MODELLED)
def test_modelled_exceptions(service: str, code: str, name: str) -> None:
    client = answered_with(service, AwsError(code, 400, "It <went> wrong.", {"Extra": "a&b"}))
    operation, params = CALLS[service]
    with pytest.raises(getattr(client.exceptions, name)) as caught:
        getattr(client, xform_name(operation))(**params)
    response = caught.value.response
    assert {"Code": code, "Message": "It <went> wrong."}.items() <= response["Error"].items()
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert response["ResponseMetadata"]["RequestId"] == "REQUESTID"


@pytest.mark.parametrize("service", ["s3", "s3control"])
def test_where_the_host_id_stands(service: str) -> None:
    """Beside Error for S3 Control, in the metadata for S3, as botocore reads AWS's own two envelopes."""
    client = answered_with(service, AwsError("InternalError", 500, "Sorry.", {"Extra": "x"}))
    operation, params = CALLS[service]
    with pytest.raises(client.exceptions.ClientError) as caught:
        getattr(client, xform_name(operation))(**params)
    response: Any = caught.value.response
    assert response["Error"]["Extra"] == "x"
    assert (response if service == "s3control" else response["ResponseMetadata"])["HostId"] == "HOSTID"


def test_every_service_has_modelled_exceptions() -> None:
    assert {param.values[0] for param in MODELLED} == set(CALLS)
