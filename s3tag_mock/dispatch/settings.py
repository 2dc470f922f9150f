"""The settings of a mock: its options, checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse, did_you_mean
from s3tag_mock.rules import limits
from s3tag_mock.rules.finding_kinds import Kind
from s3tag_mock.rules.names import is_account_id
from s3tag_mock.rules.regions import is_region_name

__tracebackhide__ = FROM_TEST_AUTHORS


JobProgress = Literal["immediate", "on_describe", "manual", "timed"]
Roles = Literal["trust", "strict"]
UnknownKeys = Literal["accept", "refuse"]
Lifecycle = Literal["still", "act"]

#: Names of profiles, each with its account id or its role's ARN; with None it is the mock's own account's.
Profiles = tuple[tuple[str, str | None], ...]

_PROFILE_NAME: Final = re.compile(r"[^\s\[\]]([^\n\r\[\]]*[^\s\[\]])?")
_ROLE_ARN: Final = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/\S+")
#: Every kind of finding, in ``fail_on`` and ``allow``.
ALL_FINDINGS: Final = "all"


@dataclass(frozen=True, slots=True)
class Settings:
    """How an active mock answers; an inner mock may change it while it is active.

    :param region: the region of clients that don't name one.
    :param account_id: the account that makes the calls.
    :param job_progress: when jobs move on.
    :param roles: whether roles that nobody made may be assumed, with all rights.
    :param unknown_keys: whether access keys that nobody gave out are the account's own.
    :param lifecycle: whether lifecycle rules do what they say, as time passes.
    :param profiles: those that sessions may ask for.
    :param min_part_size: of a part of an upload that isn't the last, in bytes.
    :param passthrough: services, under botocore's names, whose calls may go to the network.
    :param fail_on: kinds of findings that fail the test.
    :param allow: kinds of findings that are intended, and not reported.
    """

    region: str = "us-east-1"
    account_id: str = "123456789012"
    job_progress: JobProgress = "immediate"
    roles: Roles = "trust"
    unknown_keys: UnknownKeys = "accept"
    lifecycle: Lifecycle = "still"
    profiles: Profiles = ()
    min_part_size: int = limits.PART_BYTES
    passthrough: frozenset[str] = frozenset()
    fail_on: frozenset[Kind] = frozenset()
    allow: frozenset[Kind] = frozenset()

    def changed(self, options: Mapping[str, Any]) -> Settings:
        """These settings, with those that are given in place of the old ones.

        :param options: of ``mock_tagging``; those that are not settings are ignored.
        :raises Misuse: for an invalid value.
        """
        if not options:
            return self
        checked = {name: check(options[name]) for name, check in _CHECKS.items() if name in options}
        fails, allows = self._findings(options.get("fail_on"), options.get("allow"))
        return replace(self, **checked, fail_on=fails, allow=allows)

    def _findings(
        self, fail_on: Iterable[str] | None, allow: Iterable[str] | None
    ) -> tuple[frozenset[Kind], frozenset[Kind]]:
        """What fails and what is allowed. Options given here override those from outside, and ``allow``
        overrides ``fail_on``, so that one can say "all but these".
        """
        fails = self.fail_on if fail_on is None else _checked_findings("fail_on", fail_on)
        allows = self.allow if allow is None else _checked_findings("allow", allow)
        if fail_on is not None and allow is None:
            return fails, allows - fails
        return fails, allows


def _checked_region(region: str) -> str:
    if not isinstance(region, str) or not is_region_name(region):
        raise Misuse(f"region={region!r} is not a region. Write one such as region='eu-west-1'.")
    return region


def _checked_account(account_id: str) -> str:
    if not isinstance(account_id, str) or not is_account_id(account_id):
        raise Misuse(
            f"account_id={account_id!r} is not an account id. Write twelve digits in quotes: '123456789012'."
        )
    return account_id


def _one_of(option: str, kind: Any) -> Callable[[Any], Any]:
    """The check of an option that takes one of the values of a Literal."""
    known = get_args(kind)

    def check(value: Any) -> Any:
        if value not in known:
            raise Misuse(f"{option}={value!r} is unknown. {did_you_mean(str(value), known, none_known='')}")
        return value

    return check


def _checked_part_size(size: int) -> int:
    if type(size) is not int or size < 1:
        raise Misuse(f"min_part_size={size!r} is no number of bytes. Write one such as min_part_size=1024.")
    return size


def _checked_services(services: Iterable[str]) -> frozenset[str]:
    if isinstance(services, str):
        raise Misuse(f"passthrough={services!r} is a string. Write a tuple: passthrough=({services!r},).")
    return frozenset(services)


def _checked_profiles(profiles: Iterable[str] | Mapping[str, str]) -> Profiles:
    if isinstance(profiles, str):
        raise Misuse(f"profiles={profiles!r} is a string. Write a tuple: profiles=({profiles!r},).")
    whose: Mapping[str, str | None] = profiles if isinstance(profiles, Mapping) else dict.fromkeys(profiles)
    for name, owner in whose.items():
        if not isinstance(name, str) or not _PROFILE_NAME.fullmatch(name):
            raise Misuse(f"profiles: {name!r} is not the name of a profile.")
        if owner is not None and not (is_account_id(str(owner)) or _ROLE_ARN.fullmatch(str(owner))):
            raise Misuse(
                f"profiles: {owner!r}, for {name!r}, is neither an account id (twelve digits in quotes) nor "
                "the ARN of a role."
            )
    return tuple(whose.items())


def _checked_findings(option: str, names: Iterable[str]) -> frozenset[Kind]:
    if isinstance(names, str):
        names = (names,)
    chosen = frozenset(names)
    kinds = Kind.__members__
    for name in sorted(chosen - kinds.keys() - {ALL_FINDINGS}, key=str):
        near = did_you_mean(str(name), kinds, none_known="")
        raise Misuse(f"{option}: there is no finding {name!r}. {near}")
    return frozenset(Kind) if ALL_FINDINGS in chosen else frozenset(kinds[name] for name in chosen)


#: Setting to the check of its value, which gives what is kept of it.
_CHECKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "region": _checked_region,
    "account_id": _checked_account,
    "job_progress": _one_of("job_progress", JobProgress),
    "profiles": _checked_profiles,
    "passthrough": _checked_services,
    "roles": _one_of("roles", Roles),
    "unknown_keys": _one_of("unknown_keys", UnknownKeys),
    "lifecycle": _one_of("lifecycle", Lifecycle),
    "min_part_size": _checked_part_size,
}

DEFAULTS: Final = Settings()
