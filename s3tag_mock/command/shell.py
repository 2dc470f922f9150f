"""Variables of the environment as a shell sets them."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Literal

Form = Literal["sh", "powershell", "json"]


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str | None]:
    """What is to be set, and with None what is to be taken away, sorted by name."""
    names = sorted(before.keys() | after.keys())
    return {name: after.get(name) for name in names if before.get(name) != after.get(name)}


def written(values: Mapping[str, str | None], form: Form) -> str:
    """The commands that set variables."""
    if form == "json":
        return json.dumps(values, indent=2)
    write = _for_powershell if form == "powershell" else _for_sh
    return "\n".join(write(name, value) for name, value in values.items())


def _for_sh(name: str, value: str | None) -> str:
    return f"unset {name}" if value is None else f"export {name}={shlex.quote(value)}"


def _for_powershell(name: str, value: str | None) -> str:
    if value is None:
        return f"Remove-Item Env:{name} -ErrorAction SilentlyContinue"
    quoted = value.replace("'", "''")
    return f"$env:{name} = '{quoted}'"
