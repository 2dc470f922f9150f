"""Who may use the control API: this machine's own programs, and no page of another site in its browser.

A page can send requests anywhere. It is known by its Origin, by Sec-Fetch-Site, by a host whose name was made
to lead here (DNS rebinding), and by content types that need no leave.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from s3tag_mock.intercept.http1 import Head

_OWN_HOST: Final = re.compile(r"(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?::\d+)?", re.IGNORECASE)


class Refused(Exception):
    """A request that is refused.

    :param status: of the answer.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def check(head: Head, served_at: str) -> None:
    """Refuse a request that a page of another site may have sent.

    :param served_at: the host at which the server listens, with its port. Where it isn't this machine's own,
        other machines were let in on purpose, under an address.
    :raises Refused: for one.
    """
    host = head.headers.get("host", "")
    is_open = not _OWN_HOST.fullmatch(served_at)
    if not _OWN_HOST.fullmatch(host) and not (is_open and _ADDRESS.fullmatch(host)):
        raise Refused(403, f"The control API isn't reached under the name {host!r}.")
    origin = head.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        raise Refused(403, f"The control API takes no requests from pages of {origin}.")
    if head.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        raise Refused(403, "The control API takes no requests from pages of other sites.")
    kind = head.headers.get("content-type", "").partition(";")[0].strip()
    if head.method not in {"GET", "HEAD"} and kind != "application/json":
        raise Refused(415, "Send JSON, with Content-Type: application/json.")
