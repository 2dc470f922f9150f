"""Object lock: retention, legal holds, and what they protect.

Sources: S3 user guide, "How Object Lock works"; RECORDED, LS test_s3_object_retention_exc,
test_s3_object_lock_mode_validation, test_delete_locked_object, test_put_object_lock_configuration_exc.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from s3tag_mock import errors

MODE: Final = "ObjectLockMode"
UNTIL: Final = "ObjectLockRetainUntilDate"
HOLD: Final = "ObjectLockLegalHoldStatus"
#: What storing calls may say of an object's lock.
PARAMETERS: Final = (MODE, UNTIL, HOLD)
_MODES: Final = frozenset({"GOVERNANCE", "COMPLIANCE"})

Lock = dict[str, Any]


def check_configuration(configuration: Mapping[str, Any]) -> None:
    """Refuse an ObjectLockConfiguration that isn't one.

    :raises AwsError: MalformedXML.
    """
    if configuration.get("ObjectLockEnabled") != "Enabled":
        raise errors.MALFORMED_XML(hint="ObjectLockEnabled isn't Enabled")
    if "Rule" not in configuration:
        return
    retention = configuration["Rule"].get("DefaultRetention", {})
    periods = [name for name in ("Days", "Years") if name in retention]
    if retention.get("Mode") not in _MODES or len(periods) != 1 or retention[periods[0]] < 1:
        raise errors.MALFORMED_XML(hint=f"the default retention is {retention!r}")


def for_new_object(params: Mapping[str, Any], configuration: Mapping[str, Any] | None, now: datetime) -> Lock:
    """The lock of an object that is stored: the call's own, else the bucket's default retention.

    :raises AwsError: InvalidRequest for a bucket without object lock; InvalidArgument.
    """
    given = {name: params[name] for name in PARAMETERS if name in params}
    if configuration is None:
        if given:
            raise errors.NO_OBJECT_LOCK()
        return {}
    mode, until = given.get(MODE), given.get(UNTIL)
    if (mode is None) is not (until is None):
        missing = "x-amz-object-lock-mode" if mode is None else "x-amz-object-lock-retain-until-date"
        raise errors.LOCK_HALF_GIVEN(ArgumentName=missing)
    if mode is not None and mode not in _MODES:
        raise errors.UNKNOWN_LOCK_MODE(ArgumentName="x-amz-object-lock-mode", ArgumentValue=mode)
    if until is not None:
        _check_future(until, now, "x-amz-object-lock-retain-until-date")
    retention = configuration.get("Rule", {}).get("DefaultRetention")
    if mode is None and retention is not None:
        given.update({MODE: retention["Mode"], UNTIL: now + _period(retention)})
    return given


def _period(retention: Mapping[str, int]) -> timedelta:
    return timedelta(days=retention.get("Days", 0) + 365 * retention.get("Years", 0))


def changed_retention(
    lock: Mapping[str, Any], wanted: Mapping[str, Any], now: datetime, *, bypass: bool
) -> Lock:
    """The retention that takes the place of a lock's.

    :param wanted: Retention, as PutObjectRetention has it; empty to remove it.
    :param bypass: BypassGovernanceRetention.
    :raises AwsError: MalformedXML, InvalidArgument; AccessDenied where the old retention forbids it.
    """
    mode, until = wanted.get("Mode"), wanted.get("RetainUntilDate")
    if (mode is None) is not (until is None) or (mode is not None and mode not in _MODES):
        raise errors.MALFORMED_XML(hint=f"the retention is {dict(wanted)!r}")
    if until is not None:
        _check_future(until, now, "RetainUntilDate")
    if _is_retained(lock, now, bypass=bypass) and (
        until is None or until < lock[UNTIL] or mode != lock[MODE]
    ):
        raise errors.OBJECT_LOCKED()
    return {} if mode is None else {MODE: mode, UNTIL: until}


def check_deletable(lock: Mapping[str, Any], now: datetime, *, bypass: bool) -> None:
    """Refuse to delete a version that is locked.

    :raises AwsError: AccessDenied.
    """
    if lock.get(HOLD) == "ON" or _is_retained(lock, now, bypass=bypass):
        raise errors.OBJECT_LOCKED()


def _is_retained(lock: Mapping[str, Any], now: datetime, *, bypass: bool) -> bool:
    if UNTIL not in lock or lock[UNTIL] <= now:
        return False
    return not (bypass and lock[MODE] == "GOVERNANCE")


def _check_future(until: datetime, now: datetime, argument: str) -> None:
    if until <= now:
        raise errors.RETENTION_IN_THE_PAST(ArgumentName=argument, ArgumentValue=_as_java_prints(until))


def _as_java_prints(moment: datetime) -> str:
    """``Tue Dec 31 16:00:00 PST 2019``: AWS shows the date in the time of its own home (RECORDED)."""
    try:
        local = moment.astimezone(ZoneInfo("America/Los_Angeles"))
    except ZoneInfoNotFoundError:  # a system without a time zone database
        local = moment.astimezone(timezone(timedelta(hours=-8), "PST"))
    days, months = (
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    )
    return f"{days[local.weekday()]} {months[local.month - 1]} {local:%d %H:%M:%S %Z %Y}"
