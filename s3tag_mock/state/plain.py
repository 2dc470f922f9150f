"""What a world remembers as values that JSON can hold, and back.

Nothing that is read names code: it can make the records that are listed here, and no others.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from s3tag_mock.permissions import document
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.permissions.public import is_public
from s3tag_mock.permissions.validation import BucketPolicy
from s3tag_mock.rules.checksums import Checksum
from s3tag_mock.rules.encryption import Encryption
from s3tag_mock.rules.job_failures import JobFailure
from s3tag_mock.rules.object_lock import ObjectLock
from s3tag_mock.state import bucket, iam
from s3tag_mock.state.access_point import AccessPoint
from s3tag_mock.state.buckets import Buckets
from s3tag_mock.state.clock import Clock
from s3tag_mock.state.happening import Restoring
from s3tag_mock.state.identities import Identities
from s3tag_mock.state.ids import Ids
from s3tag_mock.state.job import ErasedTags, Job, Outcome
from s3tag_mock.state.jobs import Jobs
from s3tag_mock.state.keys import KeyIndex
from s3tag_mock.state.properties import Properties
from s3tag_mock.state.storage_lens import StorageLens
from s3tag_mock.state.upload import Completion, Part, StoredPart, Upload
from s3tag_mock.state.uploads import Uploads
from s3tag_mock.state.world import RESTORED, World

T = TypeVar("T")
C = TypeVar("C", Jobs, Uploads)

#: Records, which are written with those of their fields that aren't as by default.
_RECORDS: Final[Mapping[str, type[Any]]] = {
    kind.__name__: kind
    for kind in (
        *(AccessPoint, bucket.Bucket, bucket.ObjectVersion, Checksum, Completion, Encryption, ErasedTags),
        *(iam.AccessKey, iam.Entity, iam.InstanceProfile, iam.ManagedPolicy, iam.PolicyVersion, iam.Role),
        *(iam.Session, iam.User),
        *(Job, ObjectLock, Outcome, Part, Principal, Properties, Restoring, StorageLens),
        *(StoredPart, Upload),
    )
}
#: Fields that no file holds: they are a process's own.
_LEFT_OUT: Final = frozenset({"running"})
#: What a world remembers, by its name in a world.
_REMEMBERED: Final = ("clock", *RESTORED)


class Unreadable(ValueError):
    """Values that no world was written as."""


def written(world: World) -> dict[str, Any]:
    """A world as values that JSON can hold; nobody may change it meanwhile.

    Faults, answers and Lambda functions are the test author's, and aren't among them.
    """
    writer = _Writer()
    remembered = {name: writer.write(getattr(world, name)) for name in _REMEMBERED}
    return {"records": writer.records, "world": remembered}


def restore(world: World, plain: Any) -> None:
    """Let a world remember what was written. Its faults, answers, functions and options stay as they are.

    :raises Unreadable: for anything that :func:`written` didn't give; then nothing has changed.
    """
    try:
        reader = _Reader(plain["records"])
        found = {name: reader.read(plain["world"][name]) for name in _REMEMBERED}
        found["identities"].trusts_roles = world.identities.trusts_roles
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as problem:
        raise Unreadable(repr(problem)) from problem
    other = World(world.clock, world.ids, lifecycle_acts=world.lifecycle_acts)
    other.functions = world.functions
    for name, value in found.items():
        setattr(other, name, value)
    world.take_over(other)


class _Writer:
    """Writes values; what may be shared stands once, in a list of records that others refer to by number."""

    def __init__(self) -> None:
        self.records: list[Any] = []
        self._numbers: dict[int | bytes, int] = {}

    def write(self, value: Any) -> Any:
        kind = type(value)
        if value is None or kind in {bool, int, float, str}:
            return value
        if kind is list:
            return [self.write(one) for one in value]
        if kind is datetime:
            return {"@time": value.isoformat()}
        if kind in {tuple, set, frozenset}:
            ordered = value if kind is tuple else sorted(value)
            return {f"@{kind.__name__}": [self.write(one) for one in ordered]}
        if isinstance(value, Mapping) and kind.__name__ not in _OTHERS:
            return self._mapping(value)
        identity = value if kind is bytes else id(value)
        number = self._numbers.get(identity)
        if number is None:
            written = self._record(value)
            number = self._numbers[identity] = len(self.records)
            self.records.append(written)
        return {"@": number}

    def _mapping(self, value: Mapping[Any, Any]) -> Any:
        if all(isinstance(name, str) and not name.startswith("@") for name in value):
            return {name: self.write(one) for name, one in value.items()}
        return {"@dict": [[self.write(name), self.write(one)] for name, one in value.items()]}

    def _record(self, value: Any) -> Any:
        name = type(value).__name__
        if name in _RECORDS:
            found = _fields_of(value)
            return {f"@{name}": {field: self.write(one) for field, one in found.items()}}
        write, _ = _OTHERS[name]
        return {f"@{name}": self.write(write(value))}


def _fields_of(value: Any) -> dict[str, Any]:
    """The fields of a record that aren't as by default."""
    if isinstance(value, tuple):
        named: Any = value
        return dict(named._asdict())
    found = {}
    for one in fields(value):
        default = one.default if one.default_factory is MISSING else one.default_factory()
        held = getattr(value, one.name)
        if one.name not in _LEFT_OUT and held != default:
            found[one.name] = held
    return found


class _Reader:
    """Makes the values again.

    :param records: as a writer wrote them.
    """

    def __init__(self, records: list[Any]) -> None:
        self._made: list[Any] = []
        for record in records:
            ((name, written),) = record.items()
            self._made.append(self._record(name.removeprefix("@"), written))

    def read(self, plain: Any) -> Any:
        if isinstance(plain, list):
            return [self.read(one) for one in plain]
        if not isinstance(plain, dict):
            return plain
        name = next(iter(plain), "")
        if not name.startswith("@"):
            return {name: self.read(one) for name, one in plain.items()}
        (written,) = plain.values()
        if name == "@":
            return self._made[written]
        if name == "@dict":
            return {self.read(key): self.read(one) for key, one in written}
        return _VALUES[name](self.read(written))

    def _record(self, name: str, plain: Any) -> Any:
        if name not in _RECORDS:
            _, make = _OTHERS[name]
            return make(self.read(plain))
        kind = _RECORDS[name]
        found = {field: self.read(one) for field, one in plain.items()}
        later = {} if issubclass(kind, tuple) else {one.name for one in fields(kind) if not one.init}
        made = kind(**{field: one for field, one in found.items() if field not in later})
        for field in later & found.keys():
            setattr(made, field, found[field])
        return made


def _bucket_policy(text: str) -> BucketPolicy:
    policy = document.of(document.read(text), ("Effect",))
    return BucketPolicy(text, policy, is_public(policy))


def _document(text: str) -> iam.Document:
    return iam.Document(text, document.of(document.read(text), ("Effect",)))


def _key_index(pairs: list[Any]) -> KeyIndex[Any]:
    index = bucket.no_keys()
    for key, history in pairs:
        index.put(key, history)
    return index


def _buckets(found: list[bucket.Bucket]) -> Buckets:
    buckets = Buckets()
    for one in found:
        buckets[one.name] = one
    return buckets


def _filled(collection: C, found: list[Any]) -> C:
    for one in found:
        collection.add(one)
    return collection


def _random(numbers: list[int]) -> random.Random:
    stream = random.Random()
    stream.setstate((3, tuple(numbers), None))
    return stream


def _with(made: T, attributes: Mapping[str, Any]) -> T:
    """A new thing with attributes that were written, all of which it has."""
    for name, value in attributes.items():
        getattr(made, name)
        setattr(made, name, value)
    return made


#: How things of other kinds than records are written, and made again.
_OTHERS: Final[Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]]] = {
    "BucketPolicy": (lambda policy: policy.text, _bucket_policy),
    "Buckets": (lambda buckets: list(buckets.values()), _buckets),
    "Clock": (lambda clock: clock.state, lambda state: Clock.of(*state)),
    "Document": (lambda found: found.text, _document),
    "Identities": (vars, lambda found: _with(Identities(), found)),
    "Ids": (vars, lambda found: _with(Ids(), found)),
    "JobFailure": (lambda it: [it.code, it.reason, it.hint], lambda given: JobFailure(*given)),
    "Jobs": (lambda jobs: list(jobs.values()), lambda found: _filled(Jobs(), found)),
    "KeyIndex": (lambda index: [[*pair] for pair in index.after("", inclusive=True)], _key_index),
    "Random": (lambda stream: list(stream.getstate()[1]), _random),
    "Uploads": (lambda uploads: list(uploads.values()), lambda found: _filled(Uploads(), found)),
    "bytes": (lambda body: base64.b64encode(body).decode(), base64.b64decode),
    "timedelta": (lambda time: [time.days, time.seconds, time.microseconds], lambda it: timedelta(*it)),
}
#: How values that stand where they are used are made again.
_VALUES: Final[Mapping[str, Callable[[Any], Any]]] = {
    "@frozenset": frozenset,
    "@set": set,
    "@time": datetime.fromisoformat,
    "@tuple": tuple,
}
