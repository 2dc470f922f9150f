"""Clients that were not made for a test: with credentials that look real, or for another endpoint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.rules.access_keys import account_of
from s3tag_mock.rules.finding_kinds import Kind
from s3tag_mock.rules.partitions import DOMAINS

_REAL: Final = re.compile(r"A[KS]IA[A-Z2-7]{16}")
_AWS_HOST: Final = re.compile(rf"(^|\.)({DOMAINS}|aws)$")


def findings(run: MockRun) -> Iterator[Finding]:
    """A note for each access key that looks real, and for each endpoint that isn't AWS's."""
    known = run.world.identities
    given_out = {*known.keys, *known.sessions, *known.gone, *known.lent, *known.of_moto}
    keys = {key for key, _ in run.callers if key is not None and looks_real(key)}
    for key in sorted(keys - given_out):
        yield Finding(
            Kind.real_credentials,
            f"a client has the access key {key[:4]}...{key[-4:]}, which looks real. Nothing was sent, but a "
            "test doesn't need one: clients that are made inside the mock get credentials of their own.",
        )
    for host in sorted({urlsplit(url).netloc for _, url in run.callers} - {""}):
        if not _AWS_HOST.search(host.partition(":")[0]):
            yield Finding(
                Kind.foreign_endpoint,
                f"a client has endpoint_url set to {host}; the mock answered instead.",
            )


def looks_real(key: str) -> bool:
    """Whether an access key could belong to somebody."""
    return bool(_REAL.fullmatch(key)) and "EXAMPLE" not in key and account_of(key) is None
