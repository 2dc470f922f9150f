"""One table of all ratios, each taken in one run: ``python -m benchmarks [--quick]``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from typing import NamedTuple

from benchmarks import asynchronous, calls, growth, jobs, many, page, serving, suite, typical
from benchmarks.page import Row

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
OBJECTS, QUICK_OBJECTS = 1_000_000, 5_000


class Part(NamedTuple):
    """Rows that are measured together.

    :param title: of the progress line.
    """

    title: str
    rows: Callable[[], Iterator[Row]]


def of_calls(rounds: int = calls.ROUNDS, *, beside_moto: bool) -> Iterator[Row]:
    """Single calls."""
    for name, (ours, moto) in calls.ratios(rounds, beside_moto=beside_moto).items():
        beside = "" if moto is None else f" (moto / ours {moto:.1f})"
        yield f"{name} / the signed canned floor{beside}", f"{ours:.2f}", *BOUNDS[name]


def of_serving() -> Iterator[Row]:
    """The mock as a server."""
    here, times, start = serving.ratios()
    yield f"requests in a second over HTTP, ours ({here:,.0f}) / moto's server", f"{times:.1f}", "5", "8"
    yield "from start to the first answer, ours / moto's server", f"{start:.2f}", "0.5", "0.4"


def of_threads(rounds: int = many.ROUNDS) -> Iterator[Row]:
    """One client in eight threads."""
    taken = many.thread_ratio(rounds)
    beside = f"(of the canned floor {taken.of_floor:.2f}, of a loop that counts {taken.of_counting:.2f})"
    yield f"throughput of 8 threads / 1 thread {beside}", f"{taken.of_mock:.2f}", "0.95", "1.0"


def one(measure: str, take: Callable[[], float], must: str, goal: str, *, digits: int = 2) -> Part:
    """A part of one row."""

    def rows() -> Iterator[Row]:
        yield measure, f"{take():.{digits}f}", must, goal

    return Part(measure, rows)


def parts(objects: int, *, is_quick: bool) -> Iterator[Part]:
    """All that is measured.

    :param objects: of the job and the listing.
    :param is_quick: whether it is to take about a minute: fewer rounds, smaller worlds, and less of moto.
    """
    fewer = {"rounds": 2} if is_quick else {}
    yield Part("single calls", partial(of_calls, beside_moto=not is_quick, **fewer))
    if find_spec("aiobotocore") is not None:
        measure = "put_object_tagging of an asynchronous client / the signed canned floor"
        yield one(measure, asynchronous.ratio, "1.30", "1.10")
    yield one("typical test, moto / ours", partial(typical.ratio, **fewer), "40", "55", digits=0)
    if not is_quick:
        measure = f"{suite.TESTS} such tests under pytest, moto / ours"
        yield one(measure, suite.suite_ratio, "15", "20", digits=1)
    yield one("import beyond boto3, ours / moto", partial(suite.import_ratio, **fewer), "0.10", "0.08")
    measure = "entering and leaving / the floor of put_object_tagging"
    yield one(measure, partial(typical.entering_ratio, **fewer), "0.13", "0.08")
    measure = "the fixture on an empty test, beyond the same test without it / that floor"
    yield one(measure, partial(suite.fixture_ratio, **fewer), "0.6", "0.4")
    yield one(f"page {objects // 1000:,} / page 1", partial(many.paging_ratio, objects), "1.5", "1.1")
    yield one(f"a job over {objects:,} objects / the bare pass", partial(jobs.ratio, objects), "1.5", "1.2")
    for topic in growth.TOPICS:
        if is_quick and topic.large >= 1000:
            topic = topic._replace(large=topic.large // 10)
        yield Part(
            f"{topic.large:,} {topic.of}", partial(growth.rows, topic, 0.1 if is_quick else growth.SECONDS)
        )
    bodies = 100 if is_quick else 1000
    measure = f"MiB kept of {bodies:,} bodies of 1 MiB"
    yield one(measure, partial(many.memory_of_bodies, bodies), "64", "40", digits=0)
    measure = "bytes for a seeded object with tags"
    yield one(measure, partial(many.memory, objects // 10), "600", "350", digits=0)
    if find_spec("flask_cors") is not None and not is_quick:
        yield Part("the servers", of_serving)
    yield Part("threads", partial(of_threads, **fewer))


def measured(wanted: list[Part]) -> Iterator[Row]:
    """The rows, with a progress line beside them."""
    began = time.monotonic()
    for number, part in enumerate(wanted, 1):
        told = f"[{number}/{len(wanted)}, {time.monotonic() - began:.0f} s] {part.title}"
        print(told, file=sys.stderr, flush=True)
        yield from part.rows()
    print(f"[{time.monotonic() - began:.0f} s]", file=sys.stderr)


def main() -> None:
    """Print the table, row by row."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute's worth of it")
    parser.add_argument("--objects", type=int, help=f"of the job and the listing ({OBJECTS:,})")
    parser.add_argument(
        "--write", action="store_true", help="write docs/performance.md's table and plot, too"
    )
    options = parser.parse_args()
    objects = options.objects or (QUICK_OBJECTS if options.quick else OBJECTS)
    print(page.HEAD)
    rows = []
    for row in measured(list(parts(objects, is_quick=options.quick))):
        print(page.line(row), flush=True)
        rows.append(row)
    if options.write:
        page.write(rows)


if __name__ == "__main__":
    main()
