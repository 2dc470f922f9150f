"""One table of all ratios, each taken in one run: ``python -m benchmarks [objects]``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec

from benchmarks import asynchronous, calls, growth, jobs, many, serving, suite, typical

Row = tuple[str, str, str, str]
#: What a call must cost at most, and the goal, in times of the floor.
BOUNDS = {
    "put_object_tagging": ("0.60", "0.25"),
    "get_object_tagging": ("0.60", "0.30"),
    "put_bucket_tagging": ("0.60", "0.30"),
    "put_object, 1 KiB": ("0.75", "0.35"),
    "head_object": ("0.60", "0.30"),
    "list_objects_v2, 1,000 keys": ("0.35", "0.25"),
    "describe_job": ("0.60", "0.30"),
}


def rows(objects: int) -> Iterator[Row]:
    """Measure, what was reached, what must be and what is the goal."""
    single = calls.ratios()
    for name, (ours, moto) in single.items():
        must, goal = BOUNDS[name]
        beside = "" if moto is None else f" (moto / ours {moto:.1f})"
        yield f"{name} / the signed canned floor{beside}", f"{ours:.2f}", must, goal
    if find_spec("aiobotocore") is not None:
        measure = "put_object_tagging of an asynchronous client / the signed canned floor"
        yield measure, f"{asynchronous.ratio():.2f}", "1.30", "1.10"
    yield "typical test, moto / ours", f"{typical.ratio():.0f}", "40", "55"
    yield f"{suite.TESTS} such tests under pytest, moto / ours", f"{suite.suite_ratio():.1f}", "15", "20"
    yield "import beyond boto3, ours / moto", f"{suite.import_ratio():.2f}", "0.10", "0.08"
    measure = "entering and leaving / the floor of put_object_tagging"
    yield measure, f"{typical.entering_ratio():.2f}", "0.13", "0.08"
    measure = "the fixture on an empty test, beyond the same test without it / that floor"
    yield measure, f"{suite.fixture_ratio():.2f}", "0.6", "0.4"
    yield f"page {objects // 1000:,} / page 1", f"{many.paging_ratio(objects):.2f}", "1.5", "1.1"
    yield f"a job over {objects:,} objects / the bare pass", f"{jobs.ratio(objects):.2f}", "1.5", "1.2"
    yield from growth.rows()
    yield "MiB kept of 1,000 bodies of 1 MiB", f"{many.memory_of_bodies(1000):.0f}", "64", "40"
    yield "bytes for a seeded object with tags", f"{many.memory(objects // 10):.0f}", "600", "350"
    if find_spec("flask_cors") is not None:
        here, times, start = serving.ratios()
        yield f"requests in a second over HTTP, ours ({here:,.0f}) / moto's server", f"{times:.1f}", "5", "8"
        yield "from start to the first answer, ours / moto's server", f"{start:.2f}", "0.5", "0.4"
    yield "throughput of 8 threads / 1 thread", f"{many.thread_ratio():.2f}", "0.95", "1.0"


def main(objects: int) -> None:
    """Print the table, row by row."""
    print("| measure | here | must | goal |\n|---|---|---|---|")
    for row in rows(objects):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
