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


def manifest_unreadable(error_code: str, hint: str) -> JobFailure:
    """The manifest object can't be read. The phrase is DOCUMENTED for AccessDenied ("Reading the
    manifest is forbidden: AccessDenied"); the code, and the phrase for other errors, are ASSUMED.
    """
    verb = "is forbidden" if error_code == "AccessDenied" else "failed"
    return JobFailure("ManifestReadFailed", f"Reading the manifest {verb}: {error_code}", hint)


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
