"""Why a job fails whose manifest can't be read."""

from __future__ import annotations

import pytest

from s3tag_mock.rules import job_failures


@pytest.mark.parametrize(
    ("error", "code", "reason"),
    [
        ("NoSuchBucket", "ManifestNotFound", "Manifest object was not found"),
        ("NoSuchVersion", "ManifestNotFound", "Manifest object was not found"),
        ("AccessDenied", "AccessDenied", "Reading the manifest is forbidden: AccessDenied"),
        ("InvalidRange", "ManifestReadFailed", "Reading the manifest failed: InvalidRange"),
    ],
)
def test_an_error_of_the_manifest(error: str, code: str, reason: str) -> None:
    failure = job_failures.of_manifest(error, "photos/list.csv")
    assert (failure.code, failure.told) == (code, f"{reason} | photos/list.csv")
