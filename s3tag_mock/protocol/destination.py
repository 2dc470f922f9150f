"""Which service a request of plain HTTP is for: by its host, its signature's scope, its path, its parameters.

S3 and S3 Control sign for the same service, so where the host is none of AWS's the path decides between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs, urlsplit

from s3tag_mock.protocol.address import endpoint_label
from s3tag_mock.protocol.signing import requests
from s3tag_mock.rules.partitions import DOMAINS
from s3tag_mock.rules.services import BY_HOST, CONTROL_PATH

#: Hosts at which S3 and S3 Control both are.
_OF_BOTH: Final = frozenset({"s3-outposts"})
_AWS: Final = re.compile(rf"\.(?:{DOMAINS})$")
_FORM: Final = "application/x-www-form-urlencoded"


def service_of(method: str, url: str, headers: Mapping[str, str]) -> str:
    """botocore's name of the service that a request is for; of one that isn't ours, what its host or its
    signature calls it.

    :param headers: names in lower case.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    label = endpoint_label(host)
    if label is not None and label not in _OF_BOTH:
        return BY_HOST[label]
    signed = requests.scope_of(parts.query, headers)
    if label is not None:
        name = label
    elif signed is not None:
        name = signed[1]
    else:
        name = _unsigned(method, host, parts.path, parts.query, headers)
    service = BY_HOST.get(name, name)
    return "s3control" if service == "s3" and parts.path.startswith(CONTROL_PATH) else service


def _unsigned(method: str, host: str, path: str, query: str, headers: Mapping[str, str]) -> str:
    """What a request says of its service that nobody signed, or by version 2, which is S3's alone."""
    if _AWS.search(host):
        return host.partition(".")[0]
    target = headers.get("x-amz-target", "")
    if target:
        return target.partition(".")[0].partition("_")[0]
    is_form = method == "POST" and headers.get("content-type", "").startswith(_FORM)
    return "sts" if path in {"", "/"} and (is_form or "Action" in parse_qs(query)) else "s3"
