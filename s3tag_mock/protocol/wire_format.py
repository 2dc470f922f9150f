"""One operation on the wire: its parser and its serializer, made on first use and then kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol import body, constraints, error_document, json_rpc, model, parse, query, serialize
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request, Response
from s3tag_mock.rules.services import SERVICES

if TYPE_CHECKING:
    from botocore.model import OperationModel


@dataclass(frozen=True, slots=True)
class WireFormat:
    """How one operation's requests are read and its answers written.

    :param service: botocore's name: ``s3``, ``s3control``, ``sts``.
    :param name: the operation's: ``PutObjectTagging``.
    :param names_bucket: whether its path begins with a bucket.
    :param streams: whether its requests have a streaming payload.
    """

    service: str
    name: str
    method: str
    names_bucket: bool
    streams: bool
    parser: parse.Parser
    serializer: serialize.Serializer

    @classmethod
    def of_errors(cls, service: str, method: str) -> WireFormat:
        """The format of a request that is no operation's: all that it gets is an error."""
        return cls(
            service, "", method, names_bucket=True, streams=False, parser=_no_params, serializer=_no_answer
        )

    @property
    def requires_digest(self) -> bool:
        """Whether AWS refuses a body that comes without a digest."""
        return self.name in model.DIGEST_REQUIRED

    def read(self, request: Request, address: Address) -> parse.Params:
        """Parameters in boto3's shape, after the digests that came with the body were checked.

        :raises AwsError: what AWS answers to a body, a digest or a parameter that it can't read.
        """
        if self.name.endswith("Tagging") and len(request.body) > model.TAGGING_DOCUMENT_BYTES:
            raise errors.MESSAGE_TOO_LONG(MaxMessageLengthBytes=str(model.TAGGING_DOCUMENT_BYTES))
        body.check_digests(
            request,
            required=self.requires_digest,
            upload_part=self.name == "UploadPart",
            of_body=self.name != "CompleteMultipartUpload",
        )
        return self.parser(request, address)

    def write(self, result: serialize.Result, request_id: str, host_id: str) -> Response:
        """The answer for what the operation returned, with the headers that every answer has."""
        return _add_common_headers(self.service, self.serializer(result, request_id), request_id, host_id)

    def write_error(self, error: AwsError, request_id: str, host_id: str) -> Response:
        """The answer for an error, with the headers that every answer has."""
        document = error_document.write(self.service, self.method, error, request_id, host_id)
        return _add_common_headers(self.service, document, request_id, host_id)


def _no_params(request: Request, address: Address) -> parse.Params:
    return {}


def _no_answer(result: serialize.Result, request_id: str) -> Response:
    raise AssertionError("what is no operation has no result")


def _add_common_headers(service: str, response: Response, request_id: str, host_id: str) -> Response:
    if SERVICES[service].errors == "wrapped":
        response.headers["Content-Length"] = str(len(response.body))
    if SERVICES[service].errors in {"flat", "wrapped"}:
        response.headers.update({"x-amz-request-id": request_id, "x-amz-id-2": host_id, "Server": "AmazonS3"})
    else:
        response.headers["x-amzn-RequestId"] = request_id
    return response


def compile_wire_format(operation: OperationModel) -> WireFormat:
    """The wire format of an operation, after botocore's model (this takes milliseconds; keep the result)."""
    service: str = operation.service_model.service_name
    spoken: Any = {"json": json_rpc, "query": query}.get(SERVICES[service].errors)
    parser = (spoken or parse).compile_parser(operation)
    return WireFormat(
        service=service,
        name=operation.name,
        method=operation.http.get("method", "POST"),
        names_bucket=model.uri_template(operation).startswith("/{Bucket}"),
        streams=operation.has_streaming_input,
        parser=constraints.checked(parser, operation) if spoken is query else parser,
        serializer=(spoken or serialize).compile_serializer(operation),
    )
