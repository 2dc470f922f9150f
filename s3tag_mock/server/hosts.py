"""The hosts under which a server is reached: which part of a Host header is the server's own.

What stands before it is a bucket, or an account. AWS's own hosts, which a proxy is asked for, are taken apart
in :mod:`s3tag_mock.protocol.address`.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from s3tag_mock.intercept.http1 import Head
from s3tag_mock.protocol.address import endpoint_label
from s3tag_mock.protocol.signing import requests
from s3tag_mock.rules.partitions import DOMAINS
from s3tag_mock.rules.services import BY_HOST

#: A host for S3 Control's endpoint that no name server knows: a proxy is asked for it. S3 Control puts the
#: account before its endpoint's host, where an address can't stand.
CONTROL_HOST: Final = "s3-control.s3tag-mock.test"
#: Hosts of this machine, and of the server's own, behind which nothing else is.
_OWN: Final = re.compile(
    r"(?:.+?\.)??(?P<own>(?:s3\.)?localhost|127\.0\.0\.1|\[::1\]|"
    + re.escape(CONTROL_HOST)
    + r")(?P<port>:\d+)?"
)
_PORT: Final = re.compile(r":\d*$")
_AWS: Final = re.compile(rf"(?:^|\.)(?:{DOMAINS})$")


def url_of(host: str, target: str) -> str:
    """The whole URL of a request.

    What comes to a host of this machine counts as if it had come by https; what a client asks a proxy for is
    what it says.

    :param host: of its Host header, with a port or without.
    :param target: a path and a query, or a whole URL.
    """
    if target.startswith("/"):
        scheme = "http" if endpoint_label(_name(host)) else "https"
        return f"{scheme}://{host.lower()}{target}"
    scheme, _, rest = target.partition("://")
    return f"https://{rest}" if _is_own(urlsplit(target).netloc) else target


def is_control(url: str) -> bool:
    """Whether a URL is of the host that is S3 Control's alone."""
    own = _OWN.fullmatch(urlsplit(url).netloc)
    return own is not None and own["own"] == CONTROL_HOST


def endpoint_of(url: str) -> str:
    """The endpoint that a URL belongs to, as a client would have it."""
    parts = urlsplit(url)
    own = _OWN.fullmatch(parts.netloc.lower())
    return f"{parts.scheme}://{parts.netloc if own is None else own['own'] + (own['port'] or '')}"


def is_for_server(head: Head, port: int) -> bool:
    """Whether a request is for the server itself, and not one that it is asked to pass on as a proxy.

    It answers for AWS's hosts, and what is signed for a service of ours whatever its host.

    :param port: at which the server listens.
    """
    if head.method == "CONNECT":
        return _is_at(head.target, port)
    if head.target.startswith("/") or head.target == "*":
        return True
    parts = urlsplit(head.target)
    is_signed = requests.is_for_s3(parts.query, head.headers)
    if is_signed or is_aws(parts.netloc) or _is_at(parts.netloc, port):
        return True
    signed = requests.scope_of(parts.query, head.headers)
    return signed is not None and signed[1] in BY_HOST


def is_aws(host: str) -> bool:
    """Whether this is a host of AWS's, with a port or without."""
    return _AWS.search(_name(host.lower())) is not None


def _is_at(host: str, port: int) -> bool:
    """Whether this is a host of the server's own, and not of another on this machine."""
    own = _OWN.fullmatch(host.lower())
    return own is not None and (own["own"] == CONTROL_HOST or own["port"] == f":{port}")


def _is_own(host: str) -> bool:
    return _OWN.fullmatch(host.lower()) is not None


def _name(host: str) -> str:
    """A host's name alone, without a user, a port (which may be empty) and a final dot."""
    return _PORT.sub("", host.rpartition("@")[2]).rstrip(".")
