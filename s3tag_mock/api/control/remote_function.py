"""A Lambda function that another process plays: it gets the event by HTTP, and answers with the result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from s3tag_mock.exceptions import Misuse
from s3tag_mock.server.hosts import is_aws

#: How long a function may take, in seconds: Lambda's longest.
_LONGEST: Final = 900.0


@dataclass(frozen=True)
class RemoteFunction:
    """A function at a URL, as Lambda's own runtime interface emulator has it.

    :param url: that takes a POST of the event in JSON.
    :raises Misuse: for no URL of HTTP, and for one of AWS's, to which nothing is sent.
    """

    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise Misuse(f"url={self.url!r} is no URL that begins with http:// or https://.")
        if is_aws(urlsplit(self.url).hostname or ""):
            raise Misuse(f"url={self.url!r} is AWS's, to which s3tag_mock sends nothing.")

    def __call__(self, event: Any, context: Any) -> Any:
        """The result for an event.

        :param context: LambdaContext, whose request id is sent along.
        :raises RuntimeError: what the function fails with: an error in Lambda's form, a status other than
            200, or no answer.
        """
        import urllib.request  # which the server starts sooner without

        headers = {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": context.aws_request_id,
            "Lambda-Runtime-Invoked-Function-Arn": context.invoked_function_arn,
        }
        request = urllib.request.Request(self.url, json.dumps(event).encode(), headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=_LONGEST) as answer:
                found = json.loads(answer.read() or b"null")
                failed = "X-Amz-Function-Error" in answer.headers
        except (OSError, ValueError) as problem:
            raise RuntimeError(f"{self.url}: {problem}") from None
        if failed or (isinstance(found, dict) and {"errorMessage", "errorType"} <= found.keys()):
            raise _error(found if isinstance(found, dict) else {"errorMessage": found})
        return found


def _error(found: Mapping[str, Any]) -> RuntimeError:
    """An exception that goes by the name that the function gives its own."""
    name = str(found.get("errorType", "Error"))
    error: RuntimeError = type(name, (RuntimeError,), {})(found.get("errorMessage", ""))
    return error
