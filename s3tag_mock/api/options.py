"""The options of ``mock_tagging``: declared here, checked and used where their values are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, TypedDict

from s3tag_mock.dispatch.settings import JobProgress, Lifecycle, Roles, UnknownKeys
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, did_you_mean
from s3tag_mock.rules.finding_kinds import FindingName
from s3tag_mock.state.clock import moment_of

__tracebackhide__ = FROM_TEST_AUTHORS


class Options(TypedDict, total=False):
    """What ``mock_tagging`` takes, all of it optional.

    :param region: the region of clients that name none; ``"us-east-1"``.
    :param account_id: twelve digits, the account whose calls they are; ``"123456789012"``.
    :param job_progress: ``"immediate"`` (jobs have ended when CreateJob returns), ``"on_describe"``
        (each DescribeJob moves a job one status on) ``"manual"`` (``run_jobs``, ``step_jobs``) or
        ``"timed"`` (each status and task takes its time by the mock's clock).
    :param roles: what a role that nobody made does: ``"trust"`` (it may be assumed, by jobs too, and do
        everything in its account; a note says so) or ``"strict"`` (AccessDenied, and jobs fail, as at AWS).
    :param unknown_keys: what an access key does that nobody gave out: ``"accept"`` (it is the account's own)
        or ``"refuse"`` (InvalidAccessKeyId).
    :param lifecycle: what lifecycle rules do as time passes: ``"still"`` (nothing; ``x-amz-expiration`` tells
        what they would do) or ``"act"`` (they expire and move objects, with events).
    :param profiles: names of profiles that sessions may ask for, such as ``("prod",)``; each has fake
        credentials of the mock's account. A mapping gives each its account id, or the ARN of the role that
        it assumes.
    :param min_part_size: how many bytes a part of a multipart upload has at least, unless it is the last;
        AWS's 5 MiB. A smaller one lets tests upload parts of a few bytes.
    :param passthrough: services, under botocore's names, whose calls may go to the network.
    :param clock: a datetime, a date, or a str in ISO's form, at which the mock's time stands still; the real
        time by default.
    :param seed: of ids and chance; the same seed gives the same ids. 0.
    :param real_sleep: whether botocore's back-off between tries, and the delays of faults, take the time
        that they stand for. They take none by default.
    :param fail_on: findings (``"lost_tags"``, ``"unused_fault"``, ...; ``"all"``) that fail the test, where
        they would warn.
    :param allow: findings that are intended, and not warned about.
    """

    region: str | None
    account_id: str | None
    job_progress: JobProgress | None
    roles: Roles | None
    unknown_keys: UnknownKeys | None
    lifecycle: Lifecycle | None
    profiles: Iterable[str] | Mapping[str, str] | None
    min_part_size: int | None
    passthrough: Iterable[str] | None
    clock: datetime | date | str | None
    seed: int | None
    real_sleep: bool | None
    fail_on: FindingName | Iterable[FindingName] | None
    allow: FindingName | Iterable[FindingName] | None


NAMES: Final = tuple(Options.__annotations__)
#: Options of what the mock remembers; the others are settings, which a mock inside another may change.
OF_THE_WORLD: Final = ("clock", "seed", "real_sleep", "roles", "lifecycle", "min_part_size")
#: Options of the whole, which a mock inside another can't have.
ONLY_OUTERMOST: Final = (*OF_THE_WORLD, "fail_on", "allow")
#: Options that are off by default; to say so is to say nothing.
_OFF: Final[Mapping[str, bool]] = {"real_sleep": False}


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given with another value than the default, for which None stands too.

    :raises TypeError: for a name that no option has, with the nearest.
    :raises Misuse: for a clock that is no moment.
    """
    if not options:
        return {}
    for name in options:
        if name not in NAMES:
            near = did_you_mean(name, NAMES, none_known="")
            raise TypeError(f"mock_tagging() got an unexpected keyword argument {name!r}. {near}")
    kept = {
        name: value for name, value in options.items() if value is not None and value is not _OFF.get(name)
    }
    if "clock" in kept:
        kept["clock"] = moment_of(kept["clock"])
    return kept
