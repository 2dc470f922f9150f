"""The record of an operation: all that is known of one beside its function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from s3tag_mock.permissions.actions import OF_VERSIONS

Params = Mapping[str, Any]
Result = dict[str, Any]
#: An operation: the call's context and its parameters in boto3's shape to a result in boto3's shape, or an
#: AwsError. The context holds the record, so the record can't name the context's type.
Run = Callable[[Any, Params], Result]


@dataclass(frozen=True, slots=True)
class TagUse:
    """What an operation is for, where it is about tags alone.

    :param of: the kind of resource that has the tags.
    :param does: with the set: read it, put another in its place, remove it, or change some of it.
    """

    of: Literal["bucket", "job", "object", "resource"]
    does: Literal["reads", "replaces", "removes", "changes"]


class Need(NamedTuple):
    """A further IAM action that a call needs.

    :param action: such as ``"s3:PutObjectTagging"``.
    :param when: parameters (``"A.B"`` for a member) any of which makes it needed, unless empty or False;
        none where it always is.
    """

    action: str
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation.

    :param service: botocore's name of the service.
    :param name: AWS's name of the operation.
    :param honours: parameters that it acts on; None for one that refuses every call anyway.
    :param ignores: parameters that it takes and that change nothing in its answers, because what
        they are about isn't modelled; listed in docs/coverage.md.
    :param action: the IAM action that it needs, such as ``"s3:GetObject"``, on the object or bucket (or,
        in S3 Control, the resource) that it names.
    :param also: the further actions that it needs, in the order in which they are asked for.
    :param access_points: whether it may be called with an access point in place of the bucket (S3 user
        guide, "Access point compatibility").
    :param directory_buckets: whether it works with directory buckets (S3 user guide, "Differences for
        directory buckets").
    :param unsigned: whether nobody has to sign it, though it names no bucket.
    :param tags: what it does with tags, where it is about nothing else.
    """

    service: str
    name: str
    run: Run
    honours: frozenset[str] | None
    ignores: frozenset[str] = frozenset()
    action: str = ""
    also: tuple[Need, ...] = ()
    access_points: bool = False
    directory_buckets: bool = False
    unsigned: bool = False
    tags: TagUse | None = None

    @property
    def is_supported(self) -> bool:
        """Whether it does anything but refuse."""
        return self.honours is not None

    def refused(self, params: Params) -> list[str]:
        """The parameters in a call that are neither honoured nor ignored."""
        return [] if self.honours is None else sorted(params.keys() - self.honours - self.ignores)

    def actions_on(self, params: Params) -> list[str]:
        """The IAM actions that a call needs: with a version's id others, where there are any."""
        needed = [self.action, *(need.action for need in self.also if _is_needed(need, params))]
        return [of_version(params, action) for action in needed]


def no_call(call: Any, params: Params) -> Result:
    """Stands in the record of what jobs do, and no client can call."""
    raise AssertionError("no client can call this")


def of_version(params: Params, action: str) -> str:
    """An IAM action, or its twin for versions where a call names one."""
    return action if params.get("VersionId") is None else OF_VERSIONS.get(action, action)


def _is_needed(need: Need, params: Params) -> bool:
    return not need.when or any(_given(params, name.split(".")) for name in need.when)


def _given(params: Params, path: list[str]) -> bool:
    found: Any = params
    for name in path:
        found = (found or {}).get(name)
    return bool(found)
