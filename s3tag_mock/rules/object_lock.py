"""Object lock: retention, legal holds, and what they protect.

Sources: S3 user guide, "How Object Lock works"; RECORDED, LS test_s3_object_retention_exc,
test_s3_object_lock_mode_validation, test_delete_locked_object, test_put_object_lock_configuration_exc.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.rules import dates, limits

MODE: Final = "ObjectLockMode"
UNTIL: Final = "ObjectLockRetainUntilDate"
HOLD: Final = "ObjectLockLegalHoldStatus"
#: What storing calls may say of an object's lock.
PARAMETERS: Final = (MODE, UNTIL, HOLD)
#: Modes of a retention (ObjectLockMode).
MODES: Final = frozenset({"GOVERNANCE", "COMPLIANCE"})
#: Statuses of a legal hold (ObjectLockLegalHoldStatus).
LEGAL_HOLDS: Final = frozenset({"OFF", "ON"})


@dataclass(frozen=True, slots=True)
class ObjectLock:
    """The lock of an object; at first it has none.

    :param mode, until: of its retention: both or neither.
    :param legal_hold: ``"ON"`` or ``"OFF"``; None where none was ever put.
    """

    mode: str | None = None
    until: datetime | None = None
    legal_hold: str | None = None

    def fields(self) -> dict[str, Any]:
        """It as answers show it, under boto3's names."""
        shown = {MODE: self.mode, UNTIL: self.until, HOLD: self.legal_hold}
        return {name: value for name, value in shown.items() if value is not None}


UNLOCKED: Final = ObjectLock()


def check_configuration(configuration: Mapping[str, Any]) -> None:
    """Refuse an ObjectLockConfiguration that isn't one.

    :raises AwsError: MalformedXML, InvalidArgument for a period that isn't one.
    """
    if configuration.get("ObjectLockEnabled") != "Enabled":
        raise errors.MALFORMED_XML(hint="ObjectLockEnabled isn't Enabled")
    if "Rule" not in configuration:
        return
    retention = configuration["Rule"].get("DefaultRetention", {})
    periods = [name for name in ("Days", "Years") if name in retention]
    if retention.get("Mode") not in MODES or len(periods) != 1:
        raise errors.MALFORMED_XML(hint=f"the default retention is {retention!r}")
    period = retention[periods[0]]
    if period < 1:
        raise errors.DEFAULT_RETENTION_NOT_POSITIVE(ArgumentName=periods[0])
    if period > limits.DEFAULT_RETENTION[periods[0]]:
        raise errors.DEFAULT_RETENTION_TOO_LARGE(ArgumentName=periods[0])


def for_new_object(
    params: Mapping[str, Any], configuration: Mapping[str, Any] | None, now: datetime
) -> ObjectLock:
    """The lock of an object that is stored: the call's own, else the bucket's default retention.

    :raises AwsError: InvalidRequest for a bucket without object lock; InvalidArgument.
    """
    given = {name: params[name] for name in PARAMETERS if name in params}
    if configuration is None:
        if given:
            raise errors.NO_OBJECT_LOCK()
        return UNLOCKED
    mode, until = given.get(MODE), given.get(UNTIL)
    if (mode is None) is not (until is None):
        missing = "x-amz-object-lock-mode" if mode is None else "x-amz-object-lock-retain-until-date"
        raise errors.LOCK_HALF_GIVEN(ArgumentName=missing)
    if mode is not None and mode not in MODES:
        raise errors.UNKNOWN_LOCK_MODE(ArgumentName="x-amz-object-lock-mode", ArgumentValue=mode)
    if until is not None:
        _check_future(until, now, "x-amz-object-lock-retain-until-date")
    retention = configuration.get("Rule", {}).get("DefaultRetention")
    if mode is None and retention is not None:
        until = dates.later(now, days=retention.get("Days", 0), years=retention.get("Years", 0))
        mode = retention["Mode"]
    return ObjectLock(mode, until, given.get(HOLD))


def changed_retention(
    lock: ObjectLock, wanted: Mapping[str, Any], now: datetime, *, bypass: bool
) -> ObjectLock:
    """A lock with another retention.

    :param wanted: Retention, as PutObjectRetention has it; empty to remove it.
    :param bypass: BypassGovernanceRetention.
    :raises AwsError: MalformedXML, InvalidArgument; AccessDenied where the old retention forbids it.
    """
    mode, until = wanted.get("Mode"), wanted.get("RetainUntilDate")
    if (mode is None) is not (until is None) or (mode is not None and mode not in MODES):
        raise errors.MALFORMED_XML(hint=f"the retention is {dict(wanted)!r}")
    if until is not None:
        _check_future(until, now, "RetainUntilDate")
    if _is_retained(lock, now, bypass=bypass) and (
        until is None or (lock.until is not None and until < lock.until) or mode != lock.mode
    ):
        raise errors.OBJECT_LOCKED()
    return ObjectLock(mode, until, lock.legal_hold)


def check_deletable(lock: ObjectLock, now: datetime, *, bypass: bool) -> None:
    """Refuse to delete a version that is locked.

    :raises AwsError: AccessDenied.
    """
    if is_protected(lock, now, bypass=bypass):
        raise errors.OBJECT_LOCKED()


def is_protected(lock: ObjectLock, now: datetime, *, bypass: bool = False) -> bool:
    """Whether a version may not be deleted."""
    return lock.legal_hold == "ON" or _is_retained(lock, now, bypass=bypass)


def _is_retained(lock: ObjectLock, now: datetime, *, bypass: bool) -> bool:
    if lock.until is None or lock.until <= now:
        return False
    return not (bypass and lock.mode == "GOVERNANCE")


def _check_future(until: datetime, now: datetime, argument: str) -> None:
    if until <= now:
        raise errors.RETENTION_IN_THE_PAST(ArgumentName=argument, ArgumentValue=_as_java_prints(until))


def _as_java_prints(moment: datetime) -> str:
    """``Tue Dec 31 16:00:00 PST 2019``: AWS shows the date in the time of its own home (RECORDED)."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # which this alone needs

    moment = max(moment, dates.FIRST)  # before, there may be no date in another time zone
    try:
        local = moment.astimezone(ZoneInfo("America/Los_Angeles"))
    except ZoneInfoNotFoundError:  # a system without a time zone database
        local = moment.astimezone(timezone(timedelta(hours=-8), "PST"))
    days, months = (
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    )
    return f"{days[local.weekday()]} {months[local.month - 1]} {local:%d %H:%M:%S %Z %Y}"
