"""The kinds of findings: what a mock may notice in a test whose calls all succeeded."""

from __future__ import annotations

from enum import Enum
from typing import Literal

#: The names that ``fail_on`` and ``allow`` take, for editors and type checkers.
FindingName = Literal[
    "all",
    "lost_tags",
    "lost_update",
    "not_served",
    "unencoded_manifest",
    "unseen_job",
    "failed_function",
    "unwritten_inventory",
    "lost_results",
    "unfinished_job",
    "unused_fault",
    "real_credentials",
    "foreign_endpoint",
    "trusted_role",
    "went_out",
]


class Kind(Enum):
    """A kind of finding, under the name that ``fail_on`` and ``allow`` take. The most serious come first.

    A new kind is a row here (which is also its row in docs/findings.md) and a module in
    :mod:`s3tag_mock.findings.checks` that looks for it.

    :param text: what it means, as docs/findings.md says it.
    :param is_note: whether it appears only in the report of a failed test, and is not warned about.
    """

    text: str
    is_note: bool

    lost_tags = (
        "`put_object_tagging`, `put_bucket_tagging`, `put_job_tagging` or a job of S3PutObjectTagging erased "
        "tags that nobody had successfully read"
    )
    lost_update = "a writer erased tags that another client or thread had put after this one's read"
    not_served = (
        "a call got the mock's own `NotImplemented` (501) or `NotSupported`, which AWS doesn't answer, and "
        "the test went on"
    )
    unencoded_manifest = (
        "tasks failed because the keys in a manifest were not URL-encoded: there are objects under the keys "
        "as they were written"
    )
    unseen_job = (
        "a job failed, wholly or in part, or didn't run, and nobody looked at it after `create_job`, which "
        "succeeds anyway"
    )
    failed_function = "a function of `@aws.lambda_function` raised an exception at an event, three times"
    unwritten_inventory = "an inventory was due that its destination refused, or whose format isn't written"
    lost_results = (
        "a `S3ComputeObjectChecksum` job had no report of the tasks that succeeded, and its checksums are "
        "nowhere else"
    )
    unfinished_job = 'with `job_progress="manual"`, nobody ran a job'
    unused_fault = "a fault was never hit, or an answer of `aws.answers` never given"
    real_credentials = (
        "a client's access key looks real (a note: shown when the test fails; `fail_on` makes it a failure)",
        True,
    )
    foreign_endpoint = "a client's `endpoint_url` isn't AWS's, and the mock answered (also a note)", True
    trusted_role = "a job or a session had a role that nobody made, with all rights (also a note)", True
    went_out = (
        "a child process was about to connect to AWS past the mock's server, and was refused (also a note)",
        True,
    )

    def __init__(self, text: str, is_note: bool = False) -> None:
        self.text = text
        self.is_note = is_note
