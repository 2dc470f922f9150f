"""An AwsError as the answer that AWS would send: S3's flat form, S3 Control's and STS's wrapped one.

Sources: recorded error bodies (S3: ``<Error>`` without a namespace; S3 Control: ``<ErrorResponse>``
with RequestId and HostId beside ``<Error>``, aws-sdk-java-v2 #3085); HEAD answers and 304 have no body.
"""

from __future__ import annotations

from s3tag_mock.aws_error import AwsError
from s3tag_mock.protocol import xml
from s3tag_mock.protocol.http import Reply
from s3tag_mock.protocol.shape import XML_HEADERS


def reply(service: str, method: str, error: AwsError, request_id: str, host_id: str) -> Reply:
    """The answer for an error.

    :param service: botocore's name: ``s3``, ``s3control``, ``sts``.
    :param method: the request's method.
    """
    headers = {**error.headers, **XML_HEADERS}
    if method == "HEAD" or error.status == 304:
        return Reply(error.status, headers)
    described: dict[str, str] = {"Code": error.code, "Message": error.message, **error.elements}
    if service == "s3":
        document = xml.write("Error", {**described, "RequestId": request_id, "HostId": host_id})
    elif service == "s3control":
        document = xml.write(
            "ErrorResponse", {"Error": described, "RequestId": request_id, "HostId": host_id}
        )
    else:
        fault = "Sender" if error.status < 500 else "Receiver"
        document = xml.write(
            "ErrorResponse", {"Error": {"Type": fault, **described}, "RequestId": request_id}
        )
    return Reply(error.status, headers, document)
