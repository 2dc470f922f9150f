"""``--save``: what a mock remembers, in a file from one run to the next.

The first line says what the file is, with a digest of the second, which is the world in JSON. Nothing in a
file is ever run. One that wasn't written here, or is damaged, is refused and left as it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from s3tag_mock.exceptions import Misuse
from s3tag_mock.state import plain
from s3tag_mock.state.world import World

#: The version of the format.
_FORMAT: Final = 1
_NAME: Final = "s3tag_mock"
_LEFT_ALONE: Final = "It is left as it is; name another file."


@contextmanager
def kept(world: World, path: Path) -> Iterator[bool]:
    """Let a world remember what a file holds, and write it there at the end, also after an exception.

    :return: for ``as``: whether there was such a file.
    :raises Misuse: for a file that can't be read or written; it is left as it is.
    """
    path = path.resolve()
    was_there = path.exists()
    if was_there:
        _load(world, path)
    elif not os.access(path.parent, os.W_OK):
        raise Misuse(f"--save: {path.parent} is no folder that can be written to.")
    try:
        yield was_there
    finally:
        _write(world.copy(), path)


def _load(world: World, path: Path) -> None:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError as problem:
        raise Misuse(f"--save: {path}: {problem.strerror}.") from None
    described = _json(head)
    found = described.get("format") if isinstance(described, dict) and _NAME in described else None
    if found is None:
        raise Misuse(f"--save: {path} is no file of s3tag-mock's. {_LEFT_ALONE}")
    if found != _FORMAT:
        raise Misuse(f"--save: {path} has the format {found}; this version knows {_FORMAT}. {_LEFT_ALONE}")
    try:
        if described.get("sha256") != hashlib.sha256(body).hexdigest():
            raise plain.Unreadable("its digest is another")
        plain.restore(world, _json(body))
    except plain.Unreadable as problem:
        raise Misuse(f"--save: {path} is damaged ({problem}). {_LEFT_ALONE}") from None


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _write(world: World, path: Path) -> None:
    """Write a world that nobody else uses: all of it, or nothing."""
    body = json.dumps(plain.written(world), separators=(",", ":")).encode()
    digest = hashlib.sha256(body).hexdigest()
    head = json.dumps({_NAME: "what a mock remembers", "format": _FORMAT, "sha256": digest})
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with open(descriptor, "wb") as file:
                file.write(head.encode() + b"\n" + body)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
    except OSError as problem:
        raise Misuse(f"--save: {path}: {problem.strerror}; nothing was saved.") from None
