"""Tags that a writer erased because it had read them before somebody else added to them.

Reading, changing and writing a tag set takes two calls, and S3 has no conditional write of tags: whatever
another client or thread puts between the two is gone after the second (DOCUMENTED: PutObjectTagging has no
If-Match in botocore's model).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from s3tag_mock.dispatch.call import Call
from s3tag_mock.dispatch.tags_in import tags_in
from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.findings.tagged import does, named, resource_of
from s3tag_mock.rules.finding_kinds import Kind


@dataclass(slots=True)
class _Known:
    """What happened to one resource's tags.

    :param puts: key of a tag to the number and the call that put it last.
    :param seen: key of a tag to whoever has read it since it was put, other than whoever put it.
    :param last: writer to the number and the call that it made last.
    """

    puts: dict[str, tuple[int, Call]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    last: dict[object, tuple[int, Call]] = field(default_factory=dict)


def findings(run: MockRun) -> Iterator[Finding]:
    """Each write that erased a tag which another writer had put after this writer's last read."""
    if not run.erased_tags:
        return
    resources: dict[tuple[str, ...], _Known] = {}
    for number, call in enumerate(run.calls):
        resource = resource_of(call, run.world)
        if resource is None or call.writer is None:
            continue
        known = resources.setdefault(resource, _Known())
        if does(call, "reads"):
            if call.error_code is None:
                known.seen |= {key for key, (_, put) in known.puts.items() if put.writer != call.writer}
                known.last[call.writer] = (number, call)
        elif call.took_effect:
            lost = [key for key in call.erased if _is_lost(known, key, call)]
            if lost and does(call, "replaces"):
                yield Finding(Kind.lost_update, _text(call, lost, known.last[call.writer][1]))
            for key in tags_in(call.params) or ():
                known.puts[key] = (number, call)
                known.seen.discard(key)
            known.last[call.writer] = (number, call)


def _is_lost(known: _Known, key: str, call: Call) -> bool:
    """Whether somebody else put a tag after this writer had read, and nobody but its writer has read it."""
    put_at, put = known.puts.get(key, (-1, call))
    read_at, read = known.last.get(call.writer, (-1, call))
    is_stale_read = read is not call and does(read, "reads") and read_at < put_at
    return is_stale_read and put.writer != call.writer and key not in known.seen


def _text(call: Call, lost: list[str], read: Call) -> str:
    return (
        f"{call.operation} on {named(call)} erased the tags {', '.join(map(repr, lost))}, which another "
        f"client or thread had put after this one's {read.operation}. S3 has no conditional write of tags: "
        "let one writer at a time change them, or read again after the write."
    )
