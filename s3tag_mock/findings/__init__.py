"""What a mock noticed that its test was not written to notice, told when the outermost mock ends.

A finding is a warning by default; ``fail_on`` makes it a failure, ``allow`` says that it is meant. Nothing
here is AWS's: the calls succeeded.
"""

from __future__ import annotations

from s3tag_mock.findings import clients, faults, jobs, lost_tags
from s3tag_mock.findings.finding import Finding as Finding
from s3tag_mock.findings.finding import Seen as Seen


def findings(seen: Seen) -> list[Finding]:
    """All findings, the gravest first.

    :param seen: what there is to judge.
    """
    found = [
        *lost_tags.findings(seen),
        *jobs.findings(seen),
        *faults.findings(seen),
        *clients.findings(seen),
    ]
    return [finding for finding in found if finding.kind not in seen.allow]
