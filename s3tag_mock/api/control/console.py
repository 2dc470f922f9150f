"""The console: one page, which asks the control API and no other address."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

PATH: Final = "/_s3tag_mock/"
_PAGE: Final = Path(__file__).with_name("console.html")


@cache
def page() -> tuple[bytes, str]:
    """The page, and the policy under which it may run its own script and style and nothing else."""
    text = _PAGE.read_text("utf-8")
    script, style = (_digest(text, name) for name in ("script", "style"))
    policy = (
        f"default-src 'none'; script-src {script}; style-src {style}; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return text.encode(), policy


def _digest(text: str, name: str) -> str:
    found = re.search(f"<{name}>(.*)</{name}>", text, re.DOTALL)
    assert found is not None
    return f"'sha256-{base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()}'"
