"""A failing run as Python that makes it fail."""

from __future__ import annotations

from tools.fuzz.run import Run


def reproduction(failed: Run) -> str:
    """Python that does what a failing run did.

    :param failed: made small before, so that it can be read.
    """
    lines = [
        "import datetime",
        "from tools.fuzz.world import client, world_for",
        "",
        f"with world_for({failed.seed}) as aws:",
        *(f"    {line}" for line in failed.done),
        f"# {type(failed.failure).__name__}: {failed.failure}",
    ]
    return "\n".join(lines)
