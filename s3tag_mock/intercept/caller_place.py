"""Which line of the test, or of the code that it tests, is at work."""

from __future__ import annotations

from typing import Any, Final

from s3tag_mock.intercept import private_names

#: The first part of the names of modules that are between a call and whoever wants it.
_BETWEEN: Final = frozenset(
    {
        __name__.partition(".")[0],
        *("aioboto3", "aiobotocore", "boto3", "botocore", "requests", "s3transfer", "urllib3"),
        *("aiohttp", "anyio", "fsspec", "http", "httpx", "httpx2", "s3fs", "urllib"),
        *("asyncio", "concurrent", "contextlib", "threading"),
    }
)
#: Not every Python has it.
_GET_FRAME: Final[Any] = private_names.find("sys:_getframe")


def find(ours: int = 1) -> tuple[str, int] | None:
    """File and line of the innermost caller outside this package, botocore and the like; None for none.

    :param ours: how many of the innermost calls, this one among them, are certainly this package's.
    """
    if _GET_FRAME is None:
        return None
    frame = _GET_FRAME(ours)
    while frame is not None:
        if frame.f_globals.get("__name__", "").partition(".")[0] not in _BETWEEN:
            return frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
    return None
