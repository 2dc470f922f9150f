"""An AwsError as the answer that AWS would send: S3's flat form, S3 Control's and STS's wrapped one, JSON.

Sources: recorded error bodies (S3: ``<Error>`` without a namespace; S3 Control: ``<ErrorResponse>``
with RequestId and HostId beside ``<Error>``, aws-sdk-java-v2 #3085); HEAD answers and 304 have no body.
"""

from __future__ import annotations

from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol import json_rpc, xml
from s3tag_mock.protocol.http import Response
from s3tag_mock.protocol.serialize import XML_HEADERS
from s3tag_mock.rules.services import SERVICES


def write(service: str, method: str, error: AwsError, request_id: str, host_id: str) -> Response:
    """The answer for an error.

    :param service: botocore's name: ``s3``, ``s3control``, ``sts``.
    :param method: the request's method.
    """
    headers = {**error.headers, **XML_HEADERS}
    if method == "HEAD" or error.status == 304:
        return Response(error.status, headers)
    described: dict[str, str] = {"Code": error.code, "Message": error.message, **error.elements}
    form = SERVICES[service].errors
    if form == "json":
        # OBSERVED, aws-cli #8109.
        told = {"__type": error.code, "Message": error.message, **error.elements}
        return Response(error.status, {**error.headers, **json_rpc.HEADERS}, json_rpc.document(told))
    if form == "flat":
        document = xml.write("Error", {**described, "RequestId": request_id, "HostId": host_id})
    elif form == "wrapped":
        document = xml.write(
            "ErrorResponse", {"Error": described, "RequestId": request_id, "HostId": host_id}
        )
    else:
        fault = "Sender" if error.status < 500 else "Receiver"
        document = xml.well_formed(
            xml.write("ErrorResponse", {"Error": {"Type": fault, **described}, "RequestId": request_id})
        )
    return Response(error.status, headers, document)
