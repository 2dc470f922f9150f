"""What a request that came to a server is answered."""

from __future__ import annotations

import re
import traceback
from typing import Final

from s3tag_mock.exceptions import AwsError, Misuse, NotSupported
from s3tag_mock.intercept.http1 import Head
from s3tag_mock.intercept.ours import PlainRequest
from s3tag_mock.intercept.plain_http import Arrival, answer_plain, error_response
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.protocol.destination import service_of
from s3tag_mock.protocol.http import Response
from s3tag_mock.rules.services import SERVICES
from s3tag_mock.server import foreign, hosts
from s3tag_mock.state.fault import NoAnswer

_ATTEMPT: Final = re.compile(r"\battempt=(\d{1,6})")


def respond(scope: Scope, head: Head, body: bytes) -> Response:
    """The answer to a request.

    :raises NoAnswer: when a fault says that there is none.
    """
    url = hosts.url_of(head.headers.get("host", ""), head.target)
    service = "s3control" if hosts.is_control(url) else service_of(head.method, url, head.headers)
    if service not in SERVICES:
        refusal = scope.refuse(foreign.text_of(service))
        return foreign.refusal(str(refusal), head.headers)
    request = PlainRequest(head.method, url, head.headers, body)
    arrival = Arrival(hosts.endpoint_of(url), _retries(head), is_served=True)
    try:
        return answer_plain(scope, service, request, arrival)
    except NoAnswer:
        raise
    except NotSupported as refusal:
        return error_response(scope, AwsError("NotImplemented", 501, str(refusal)), service, head.method)
    except Misuse as misuse:
        return error_response(scope, AwsError("InvalidRequest", 400, str(misuse)), service, head.method)
    except Exception as problem:
        traceback.print_exc()
        text = f"s3tag_mock failed: {type(problem).__name__}: {problem}"
        return error_response(scope, AwsError("InternalError", 500, text), service, head.method)


def _retries(head: Head) -> int:
    """How often a client says that it has sent a call before."""
    attempt = _ATTEMPT.search(head.headers.get("amz-sdk-request", ""))
    return max(int(attempt[1]) - 1, 0) if attempt else 0
