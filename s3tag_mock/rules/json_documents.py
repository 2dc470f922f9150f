"""JSON that callers send: policies, and the files that jobs read."""

from __future__ import annotations

import json
from typing import Any


def read(document: str | bytes) -> Any:
    """A document's value.

    :raises ValueError: for what is no JSON, or nested deeper than can be read.
    """
    try:
        return json.loads(document)
    except RecursionError:
        raise ValueError("nested too deep") from None
