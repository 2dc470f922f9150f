"""Why jobs fail, in the words of DescribeJob's FailureReasons.

Marks: DOCUMENTED (user guide, troubleshooting), ASSUMED where nobody has published AWS's words.
"""

from __future__ import annotations

from typing import Final

_CONTENT: Final = "InvalidManifestContent"
_REPORT: Final = "ReportWriteFailed"


class JobFailure(Exception):
    """A reason for which a whole job fails.

    :param code: FailureCode, at most 64 characters.
    :param reason: FailureReason, at most 256 characters.
    :param hint: what AWS doesn't say, for the test author.
    """

    def __init__(self, code: str, reason: str, hint: str = "") -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.hint = hint

    @property
    def told(self) -> str:
        """The reason and the hint."""
        return " | ".join(filter(None, [self.reason, self.hint]))

    @property
    def is_about_the_report(self) -> bool:
        """Whether it was the report that couldn't be written."""
        return self.code == _REPORT


def of_manifest(error_code: str, hint: str) -> JobFailure:
    """The manifest object, or a file that it names, can't be read. The phrase is DOCUMENTED for AccessDenied
    ("Reading the manifest is forbidden: AccessDenied"); the codes, and the phrase for others, are ASSUMED.
    """
    if error_code in {"NoSuchBucket", "NoSuchKey", "NoSuchVersion"}:
        return manifest_not_found(hint)
    if error_code == "AccessDenied":
        return JobFailure(error_code, f"Reading the manifest is forbidden: {error_code}", hint)
    return JobFailure("ManifestReadFailed", f"Reading the manifest failed: {error_code}", hint)


def role_not_assumed(arn: str, hint: str) -> JobFailure:
    """A role that isn't there, or doesn't trust the service (REPORTED kfrydel/moto)."""
    return JobFailure(
        "AccessDenied",
        f"Could not assume the IAM role: {arn}, Please ensure that a trust policy is attached to the role "
        "that allows batchoperations.s3.amazonaws.com to assume the role",
        hint,
    )


def manifest_not_found(hint: str) -> JobFailure:
    """A manifest that isn't there (REPORTED kfrydel/moto)."""
    return JobFailure("ManifestNotFound", "Manifest object was not found", hint)


def manifest_changed(hint: str) -> JobFailure:
    """A manifest of another ETag (REPORTED kfrydel/moto; the text also in others' notes)."""
    return JobFailure("ManifestNotFound", "Etag mismatch reading manifest", hint)


def manifest_under_kms(hint: str) -> JobFailure:
    """A CSV manifest that is encrypted with a key of KMS (REPORTED kfrydel/moto)."""
    return JobFailure(_CONTENT, "Unsupported encryption type SSE_KMS used for manifest", hint)


def manifest_not_proper(hint: str) -> JobFailure:
    """A manifest whose rows don't fit (DOCUMENTED text; which fault gets which text is ASSUMED)."""
    return JobFailure(_CONTENT, "Manifest file is not properly formatted", hint)


def invalid_key(hint: str) -> JobFailure:
    """A key that isn't one (DOCUMENTED text)."""
    return JobFailure(_CONTENT, "Invalid object key format", hint)


def never_confirmed() -> JobFailure:
    """A job that nobody confirmed for 30 days (DOCUMENTED rule; code and text ASSUMED)."""
    return JobFailure("JobExpired", "The job was not confirmed within 30 days")


def nothing_generated() -> JobFailure:
    """A generator that found no object (DOCUMENTED text; the code ASSUMED)."""
    return JobFailure(
        "ManifestGenerationFailed", "Manifest generation found no keys matching the filter criteria."
    )


def not_generated(hint: str) -> JobFailure:
    """A manifest that couldn't be generated, or not written down (ASSUMED)."""
    return JobFailure("ManifestGenerationFailed", "The manifest could not be generated.", hint)


def invalid_version_id(hint: str) -> JobFailure:
    """A version id that isn't one (DOCUMENTED text)."""
    return JobFailure(_CONTENT, "Invalid version ID format", hint)


def missing_columns(names: str) -> JobFailure:
    """A manifest without the columns of bucket and key (DOCUMENTED text, for its missing fields)."""
    return JobFailure(_CONTENT, f"Required fields are missing in the schema: {names}")


def invalid_content(hint: str) -> JobFailure:
    """A manifest that isn't what its format says (DOCUMENTED text; which fault gets it is ASSUMED)."""
    return JobFailure(_CONTENT, "Invalid Manifest Content", hint)


def too_many_failures() -> JobFailure:
    """More than half of at least 1,000 tasks failed (DOCUMENTED rule; code and text ASSUMED)."""
    return JobFailure(
        "TaskFailureThresholdExceeded",
        "More than 50% of the tasks failed after at least 1,000 tasks had run",
    )


def internal_error(hint: str) -> JobFailure:
    """A job that can't go on, through no fault of its request (ASSUMED, with S3's text of InternalError)."""
    return JobFailure("InternalError", "We encountered an internal error. Please try again.", hint)


def too_many_keys(hint: str) -> JobFailure:
    """A manifest of more rows than a job takes (DOCUMENTED text)."""
    return JobFailure(
        _CONTENT,
        "The S3 Batch Operations job failed because it contains more keys than the maximum allowed in a "
        "single job",
        hint,
    )


def report_not_written(hint: str) -> JobFailure:
    """The report bucket can't be written to (DOCUMENTED text; the code ASSUMED)."""
    return JobFailure(
        _REPORT,
        "The job report could not be written to your report bucket. Please check your permissions.",
        hint,
    )
