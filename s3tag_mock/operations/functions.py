"""Calling a Python function in the place of a Lambda function."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LambdaContext:
    """What a Lambda function gets as its second argument, as far as it goes without Lambda."""

    function_name: str
    invoked_function_arn: str
    aws_request_id: str
    memory_limit_in_mb: str = "128"
    function_version: str = "$LATEST"

    def get_remaining_time_in_millis(self) -> int:
        """Always three seconds: time stands still in a mock."""
        return 3000


def call(function: Callable[..., Any], event: Any, context: LambdaContext) -> Any:
    """Call a function as Lambda does, or with the event alone where it takes no more."""
    try:
        inspect.signature(function).bind(event, context)
    except TypeError:
        return function(event)
    return function(event, context)


def text_of(error: BaseException) -> str:
    """What an exception of a function says; its ``__str__`` is the function's, too, and may raise."""
    try:
        return str(error)
    except Exception:
        return "<exception str() failed>"
