"""Object lock: configuration, retention, legal hold, and what they protect."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import pytest

from tests.support import MALFORMED, refusal, send_raw

LOCKED = {
    "Status": 403,
    "Code": "AccessDenied",
    "Message": "Access Denied because object protected by object lock.",
}
NO_LOCK = {"Status": 400, "Code": "InvalidRequest", "Message": "Bucket is missing Object Lock Configuration"}
NO_OBJECT_LOCK = {
    "Status": 404,
    "Code": "NoSuchObjectLockConfiguration",
    "Message": "The specified object does not have a ObjectLock configuration",
}


@pytest.fixture
def vault(aws: Any, s3: Any) -> str:
    aws.clock.set(datetime(2026, 5, 1, tzinfo=timezone.utc))
    s3.create_bucket(Bucket="vault", ObjectLockEnabledForBucket=True)
    s3.put_object(Bucket="vault", Key="k", Body=b"1")
    return "vault"


def until(days: int) -> datetime:
    return datetime(2026, 5, 1, tzinfo=timezone.utc) + timedelta(days=days)


def retain(s3: Any, days: int, mode: str = "GOVERNANCE", **more: Any) -> Any:
    return s3.put_object_retention(
        Bucket="vault", Key="k", Retention={"Mode": mode, "RetainUntilDate": until(days)}, **more
    )


def version_id(s3: Any) -> str:
    return str(s3.head_object(Bucket="vault", Key="k")["VersionId"])


class TestConfiguration:
    def test_a_bucket_with_lock_has_versioning_for_good(self, s3: Any, vault: str) -> None:
        assert s3.get_object_lock_configuration(Bucket=vault)["ObjectLockConfiguration"] == {
            "ObjectLockEnabled": "Enabled"
        }
        assert s3.get_bucket_versioning(Bucket=vault)["Status"] == "Enabled"
        suspend = lambda: s3.put_bucket_versioning(
            Bucket=vault, VersioningConfiguration={"Status": "Suspended"}
        )
        assert refusal(suspend) == {
            "Status": 409,
            "Code": "InvalidBucketState",
            "Message": "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
        }

    def test_a_bucket_without(self, s3: Any, photos: str) -> None:
        assert refusal(lambda: s3.get_object_lock_configuration(Bucket=photos)) == {
            "Status": 404,
            "Code": "ObjectLockConfigurationNotFoundError",
            "Message": "Object Lock configuration does not exist for this bucket",
            "BucketName": "photos",
        }
        put = lambda: s3.put_object_lock_configuration(
            Bucket=photos, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"}
        )
        assert refusal(put) == {
            "Status": 409,
            "Code": "InvalidBucketState",
            "Message": "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
        }
        for call in (s3.get_object_retention, s3.get_object_legal_hold):
            assert refusal(lambda call=call: call(Bucket=photos, Key="a.jpg")) == NO_LOCK
        locked = lambda: s3.put_object(Bucket=photos, Key="n", ObjectLockLegalHoldStatus="ON")
        assert refusal(locked) == NO_LOCK

    @pytest.mark.parametrize(
        "retention",
        [
            {},
            {"Mode": "SOFT", "Days": 1},
            {"Mode": "GOVERNANCE"},
            {"Mode": "GOVERNANCE", "Days": 1, "Years": 1},
            {"Mode": "governance", "Days": 1},
        ],
    )
    def test_what_is_no_default_retention(self, s3: Any, vault: str, retention: Any) -> None:
        configuration = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}}
        put = lambda: s3.put_object_lock_configuration(Bucket=vault, ObjectLockConfiguration=configuration)
        assert refusal(put)["Code"] == "MalformedXML"

    @pytest.mark.parametrize("unit", ["Days", "Years"])
    def test_periods(self, s3: Any, vault: str, unit: str) -> None:
        """Source: versitygw #1738 and storj/edge #528, which show AWS's answers."""
        longest = {"Days": 36_500, "Years": 100}[unit]
        put = lambda period: s3.put_object_lock_configuration(
            Bucket=vault,
            ObjectLockConfiguration={
                "ObjectLockEnabled": "Enabled",
                "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", unit: period}},
            },
        )
        texts = dict.fromkeys((0, -1, -(2**31)), "Default retention period must be a positive integer value.")
        texts |= dict.fromkeys((longest + 1, 2**31 - 1), "Default retention period too large.")
        for period, text in texts.items():
            assert refusal(lambda period=period: put(period)) == {
                "Status": 400,
                "Code": "InvalidArgument",
                "Message": text,
                "ArgumentName": unit,
            }
        put(longest)
        s3.put_object(Bucket=vault, Key="new", Body=b"")
        assert s3.head_object(Bucket=vault, Key="new")["ObjectLockRetainUntilDate"] == until(36_500)

    def test_a_period_that_ends_beyond_the_calendar(self, aws: Any, s3: Any, vault: str) -> None:
        retention = {"Mode": "GOVERNANCE", "Years": 100}
        s3.put_object_lock_configuration(
            Bucket=vault,
            ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}},
        )
        aws.clock.set(datetime(9950, 1, 1, tzinfo=timezone.utc))
        s3.put_object(Bucket=vault, Key="new", Body=b"")
        assert s3.head_object(Bucket=vault, Key="new")["ObjectLockRetainUntilDate"].year == 9999

    def test_without_a_body(self, s3: Any, vault: str) -> None:
        assert refusal(lambda: s3.put_object_lock_configuration(Bucket=vault)) == {
            "Status": 400,
            "Code": "MissingRequestBodyError",
            "Message": "Request Body is empty",
        }

    def test_default_retention(self, s3: Any, vault: str) -> None:
        configuration = {
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 3}},
        }
        s3.put_object_lock_configuration(Bucket=vault, ObjectLockConfiguration=configuration)
        assert s3.get_object_lock_configuration(Bucket=vault)["ObjectLockConfiguration"] == configuration
        s3.put_object(Bucket=vault, Key="new", Body=b"")
        head = s3.head_object(Bucket=vault, Key="new")
        assert (head["ObjectLockMode"], head["ObjectLockRetainUntilDate"]) == ("COMPLIANCE", until(3))


class TestRetention:
    def test_put_and_get(self, s3: Any, vault: str) -> None:
        assert refusal(lambda: s3.get_object_retention(Bucket=vault, Key="k")) == NO_OBJECT_LOCK
        retain(s3, 5)
        assert s3.get_object_retention(Bucket=vault, Key="k")["Retention"] == {
            "Mode": "GOVERNANCE",
            "RetainUntilDate": until(5),
        }

    def test_a_date_gone_by(self, s3: Any, vault: str) -> None:
        assert refusal(lambda: retain(s3, -121)) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "The retain until date must be in the future!",
            "ArgumentName": "RetainUntilDate",
            "ArgumentValue": "Tue Dec 30 16:00:00 PST 2025",
        }

    def test_a_date_before_there_were_dates(self, s3: Any, vault: str) -> None:
        """It has no date in the time zone of AWS's answer."""
        body = b"<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>0001-01-01T00:00:00Z</RetainUntilDate></Retention>"
        error = refusal(lambda: send_raw(s3, "put_object_retention", body=body, Bucket=vault, Key="k"))
        assert error["Message"] == "The retain until date must be in the future!"

    def test_the_same_again(self, s3: Any, vault: str) -> None:
        for mode in ("GOVERNANCE", "COMPLIANCE"):
            for _ in range(2):
                retain(s3, 5, mode=mode, BypassGovernanceRetention=True)

    def test_it_holds_until_its_very_end(self, aws: Any, s3: Any, vault: str) -> None:
        retain(s3, 5, mode="COMPLIANCE")
        delete = lambda: s3.delete_object(Bucket=vault, Key="k", VersionId=version)
        version = version_id(s3)
        aws.clock.set(until(5) - timedelta(seconds=1))
        assert refusal(delete) == LOCKED
        aws.clock.set(until(5))
        delete()

    def test_it_is_lengthened_freely_and_shortened_by_few(self, s3: Any, vault: str) -> None:
        retain(s3, 5)
        retain(s3, 6)
        assert refusal(lambda: retain(s3, 5)) == LOCKED
        assert refusal(lambda: s3.put_object_retention(Bucket=vault, Key="k", Retention={})) == LOCKED
        retain(s3, 5, BypassGovernanceRetention=True)
        retain(s3, 6, mode="COMPLIANCE", BypassGovernanceRetention=True)
        assert refusal(lambda: retain(s3, 5, mode="COMPLIANCE", BypassGovernanceRetention=True)) == LOCKED

    def test_a_version_is_kept_until_then(self, aws: Any, s3: Any, vault: str) -> None:
        retain(s3, 5)
        delete = lambda **more: s3.delete_object(Bucket=vault, Key="k", VersionId=version, **more)
        version = version_id(s3)
        assert refusal(delete) == LOCKED
        many = s3.delete_objects(Bucket=vault, Delete={"Objects": [{"Key": "k", "VersionId": version}]})
        assert many["Errors"][0]["Message"] == LOCKED["Message"]
        s3.delete_object(Bucket=vault, Key="k")  # a delete marker covers it
        aws.clock.advance(days=6)
        delete()
        assert [one["Key"] for one in s3.list_object_versions(Bucket=vault).get("Versions", [])] == []

    def test_governance_is_bypassed_and_compliance_isnt(self, s3: Any, vault: str) -> None:
        retain(s3, 5, mode="COMPLIANCE")
        delete = lambda: s3.delete_object(
            Bucket=vault, Key="k", VersionId=version_id(s3), BypassGovernanceRetention=True
        )
        assert refusal(delete) == LOCKED
        s3.put_object(Bucket=vault, Key="k", ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=until(2))
        delete()

    def test_bypass_without_lock(self, s3: Any, photos: str) -> None:
        assert refusal(
            lambda: s3.delete_object(Bucket=photos, Key="a.jpg", BypassGovernanceRetention=True)
        ) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
            "ArgumentName": "x-amz-bypass-governance-retention",
        }

    def test_a_delete_marker_has_none(self, s3: Any, vault: str) -> None:
        s3.delete_object(Bucket=vault, Key="k")
        found = refusal(lambda: retain(s3, 1))
        assert (found["Status"], found["Method"], found["ResourceType"]) == (405, "PUT", "DeleteMarker")

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            (
                {"ObjectLockMode": "GOVERNANCE"},
                {
                    "Message": "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
                    "ArgumentName": "x-amz-object-lock-retain-until-date",
                },
            ),
            (
                {"ObjectLockRetainUntilDate": until(1)},
                {
                    "Message": "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
                    "ArgumentName": "x-amz-object-lock-mode",
                },
            ),
            (
                {"ObjectLockMode": "BAD-VALUE", "ObjectLockRetainUntilDate": until(1)},
                {
                    "Message": "Unknown wormMode directive.",
                    "ArgumentName": "x-amz-object-lock-mode",
                    "ArgumentValue": "BAD-VALUE",
                },
            ),
        ],
    )
    def test_storing_with_half_a_lock(self, s3: Any, vault: str, given: Any, error: Any) -> None:
        expected = {"Status": 400, "Code": "InvalidArgument", **error}
        assert refusal(lambda: s3.put_object(Bucket=vault, Key="n", **given)) == expected
        assert refusal(lambda: s3.create_multipart_upload(Bucket=vault, Key="n", **given)) == expected

    @pytest.mark.parametrize(
        "retention",
        [
            {"Mode": "GOVERNANCE"},
            {"RetainUntilDate": datetime(2099, 1, 1)},
            {"Mode": "FREEDOM", "RetainUntilDate": datetime(2099, 1, 1)},
        ],
    )
    def test_what_is_no_retention(self, s3: Any, vault: str, retention: Any) -> None:
        assert (
            refusal(lambda: s3.put_object_retention(Bucket=vault, Key="k", Retention=retention)) == MALFORMED
        )

    def test_a_system_without_time_zones(self, s3: Any, vault: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def none(name: str) -> Any:
            raise ZoneInfoNotFoundError(name)

        monkeypatch.setattr("zoneinfo.ZoneInfo", none)
        past = {"Mode": "GOVERNANCE", "RetainUntilDate": datetime(2020, 1, 1, tzinfo=timezone.utc)}
        assert refusal(lambda: s3.put_object_retention(Bucket=vault, Key="k", Retention=past)) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "The retain until date must be in the future!",
            "ArgumentName": "RetainUntilDate",
            "ArgumentValue": "Tue Dec 31 16:00:00 PST 2019",
        }


class TestLegalHold:
    def test_no_status_comes_before_no_lock(self, s3: Any, photos: str) -> None:
        """Source: LS test_put_object_legal_hold_exc."""
        put = lambda **hold: s3.put_object_legal_hold(Bucket=photos, Key="a.jpg", **hold)
        for hold in ({}, {"LegalHold": {}}, {"LegalHold": {"Status": "MAYBE"}}):
            assert refusal(lambda hold=hold: put(**hold))["Code"] == "MalformedXML"
        assert refusal(lambda: put(LegalHold={"Status": "ON"})) == NO_LOCK

    def test_put_get_and_what_it_holds(self, s3: Any, vault: str) -> None:
        assert refusal(lambda: s3.get_object_legal_hold(Bucket=vault, Key="k")) == NO_OBJECT_LOCK
        version = version_id(s3)
        s3.put_object_legal_hold(Bucket=vault, Key="k", LegalHold={"Status": "ON"})
        assert s3.get_object_legal_hold(Bucket=vault, Key="k")["LegalHold"] == {"Status": "ON"}
        delete = lambda: s3.delete_object(
            Bucket=vault, Key="k", VersionId=version, BypassGovernanceRetention=True
        )
        assert refusal(delete) == LOCKED
        s3.put_object_legal_hold(Bucket=vault, Key="k", LegalHold={"Status": "OFF"})
        delete()

    def test_no_key_and_no_status(self, s3: Any, vault: str) -> None:
        put = lambda key, hold: s3.put_object_legal_hold(Bucket=vault, Key=key, LegalHold=hold)
        assert refusal(lambda: put("nothing", {"Status": "ON"}))["Code"] == "NoSuchKey"
        assert refusal(lambda: put("k", {}))["Code"] == "MalformedXML"

    def test_tags_of_a_locked_version_can_be_changed(self, aws: Any, s3: Any, vault: str) -> None:
        retain(s3, 5, mode="COMPLIANCE")
        s3.put_object_tagging(Bucket=vault, Key="k", Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
        assert aws.object_tags(vault, "k") == {"a": "1"}
