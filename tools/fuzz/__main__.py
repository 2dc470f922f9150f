"""Fuzz the mock: ``python -m tools.fuzz --calls 1000000``.

Each sequence is made from a seed of its own. What was done is kept in a file, and the next run goes on from
there.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tools.fuzz.generate import steps
from tools.fuzz.minimise import minimised
from tools.fuzz.reproduction import reproduction
from tools.fuzz.run import Run, run


@dataclass
class Progress:
    """What was done so far.

    :param first_seed: of the first sequence.
    :param next_seed: of the sequence that comes next.
    :param refused: how many of the calls got an error of AWS's.
    :param seconds: how long it took.
    :param failures: by what failures have in common: how many, the first seed, and how to make it fail.
    """

    first_seed: int = 0
    next_seed: int = 0
    calls: int = 0
    refused: int = 0
    seconds: float = 0.0
    failures: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __str__(self) -> str:
        speed = self.calls / self.seconds if self.seconds else 0
        sequences = self.next_seed - self.first_seed
        return (
            f"{self.calls:,} calls in {sequences:,} sequences, {self.refused:,} of them refused, "
            f"{speed:,.0f} calls/s, {len(self.failures)} kinds of failure"
        )


def fuzz(progress: Progress, calls: int, length: int, reads: int, tell: Callable[[str], object]) -> None:
    """Run sequences until there were so many calls.

    :param length: of a sequence, in steps.
    :param reads: how many reads each ends with.
    :param tell: is given a line now and then.
    """
    told = start = time.monotonic()
    before = progress.seconds
    while progress.calls < calls:
        seed = progress.next_seed
        sequence = steps(seed, length)
        result = run(seed, sequence, reads)
        progress.next_seed += 1
        progress.calls += result.calls
        progress.refused += result.refused
        if result.failure is not None:
            _note(progress, result, lambda: minimised(result, sequence), tell)  # noqa: B023 - called at once
        now = time.monotonic()
        progress.seconds = before + now - start
        if now - told > 10:
            told = now
            tell(str(progress))


def _note(
    progress: Progress, failed: Run, smallest: Callable[[], Run], tell: Callable[[str], object]
) -> None:
    known = progress.failures.get(failed.signature)
    if known is None:
        text = reproduction(smallest())
        progress.failures[failed.signature] = {"times": 1, "seed": failed.seed, "reproduction": text}
        tell(f"seed {failed.seed}: {failed.signature}\n{text}")
    else:
        known["times"] += 1


def main() -> int:
    """Read the options and fuzz; 1 when something failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000, help="how many calls there are to be in all")
    parser.add_argument("--length", type=int, default=40, help="steps in a sequence")
    parser.add_argument("--reads", type=int, default=30, help="reads at the end of a sequence")
    parser.add_argument("--state", type=Path, default=Path(".fuzz.json"), help="where progress is kept")
    parser.add_argument("--from-seed", type=int, help="begin anew with this seed")
    options = parser.parse_args()
    progress = Progress()
    if options.from_seed is not None:
        progress.first_seed = progress.next_seed = options.from_seed
    elif options.state.exists():
        progress = Progress(**json.loads(options.state.read_text(encoding="utf-8")))
        print(f"going on: {progress}", flush=True)

    def tell(line: str) -> None:
        options.state.write_text(json.dumps(asdict(progress), indent=1), encoding="utf-8")
        print(line, flush=True)

    gc.freeze()  # a collection takes long where all of botocore's models are looked through
    try:
        fuzz(progress, options.calls, options.length, options.reads, tell)
    finally:
        tell(str(progress))
    for signature, failure in progress.failures.items():
        times, seed = failure["times"], failure["seed"]
        print(f"\n{times} times, first with seed {seed}: {signature}\n{failure['reproduction']}")

    return 1 if progress.failures else 0


if __name__ == "__main__":
    sys.exit(main())
