"""One operation on the wire: its parser and its shaper, made on first use and then kept."""

from __future__ import annotations

from dataclasses import dataclass

from botocore.model import OperationModel

from s3tag_mock import errors
from s3tag_mock.aws_error import AwsError
from s3tag_mock.protocol import body, error_document, model, parse, query, shape
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Reply, Request


@dataclass(frozen=True, slots=True)
class Plan:
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
    shaper: shape.Shaper

    def read(self, request: Request, address: Address) -> parse.Params:
        """Parameters in boto3's shape, after the digests that came with the body were checked.

        :raises AwsError: what AWS answers to a body, a digest or a parameter that it can't read.
        """
        if self.name.endswith("Tagging") and len(request.body) > model.TAGGING_DOCUMENT_BYTES:
            raise errors.MESSAGE_TOO_LONG(MaxMessageLengthBytes=str(model.TAGGING_DOCUMENT_BYTES))
        body.check_digests(
            request,
            required=self.name in model.DIGEST_REQUIRED,
            upload_part=self.name == "UploadPart",
            of_body=self.name != "CompleteMultipartUpload",
        )
        return self.parser(request, address)

    def write(self, result: shape.Result, request_id: str, host_id: str) -> Reply:
        """The answer for what the operation returned, with the headers that every answer has."""
        return _signed_off(self.service, self.shaper(result, request_id), request_id, host_id)

    def write_error(self, error: AwsError, request_id: str, host_id: str) -> Reply:
        """The answer for an error, with the headers that every answer has."""
        document = error_document.reply(self.service, self.method, error, request_id, host_id)
        return _signed_off(self.service, document, request_id, host_id)


def _signed_off(service: str, reply: Reply, request_id: str, host_id: str) -> Reply:
    if service == "s3control":
        reply.headers["Content-Length"] = str(len(reply.body))
    if service in {"s3", "s3control"}:
        reply.headers.update({"x-amz-request-id": request_id, "x-amz-id-2": host_id, "Server": "AmazonS3"})
    else:
        reply.headers["x-amzn-RequestId"] = request_id
    return reply


def compile_plan(operation: OperationModel) -> Plan:
    """Work out a plan from botocore's model of the operation (milliseconds; keep it)."""
    speaks_query = operation.service_model.protocol == "query"
    return Plan(
        service=operation.service_model.service_name,
        name=operation.name,
        method=operation.http.get("method", "POST"),
        names_bucket=model.uri_template(operation).startswith("/{Bucket}"),
        streams=operation.has_streaming_input,
        parser=query.parse if speaks_query else parse.compile_parser(operation),
        shaper=query.compile_shaper(operation) if speaks_query else shape.compile_shaper(operation),
    )
