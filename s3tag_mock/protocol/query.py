"""The Query protocol, as STS speaks it: form-encoded parameters in, wrapped XML out.

The one operation that is served, GetCallerIdentity, takes no parameters. Source: botocore's own Query
parser, read backwards.
"""

from __future__ import annotations

from botocore.model import OperationModel

from s3tag_mock.protocol import nodes, xml
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request, Response
from s3tag_mock.protocol.parse import Params
from s3tag_mock.protocol.serialize import Result, Serializer


def parse(request: Request, address: Address) -> Params:
    """The parameters of a request: none."""
    return {}


def compile_serializer(operation: OperationModel) -> Serializer:
    """The function that makes an answer of what an operation returned."""
    shape = operation.output_shape
    assert shape is not None  # GetCallerIdentity's is there
    write = nodes.compile_writer(shape, shape.serialization["resultWrapper"])
    root = f"{operation.name}Response"
    declared = xml.attributes({"xmlns": operation.service_model.metadata["xmlNamespace"]})

    def response(result: Result, request_id: str) -> Response:
        noted = f"<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>"
        body = xml.document(f"<{root}{declared}>{write(result)}{noted}</{root}>")
        return Response(200, {"Content-Type": "text/xml"}, body)

    return response
