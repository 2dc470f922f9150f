"""``--data``: buckets and objects to begin with, from a folder or a JSON file.

In a folder, each folder is a bucket and each file in it an object. A file ``s3tag_mock.json`` at its top, in
the form of such a JSON file, adds what files can't say: regions, versioning, tags.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from s3tag_mock.api.handle import Handle
from s3tag_mock.exceptions import Misuse, did_you_mean

#: In a folder, what files can't say.
_FURTHER: Final = "s3tag_mock.json"
_OF_BUCKET: Final = ("region", "versioning", "tags", "objects")
_OF_OBJECT: Final = ("text", "base64", "file", "tags")
#: Called with how many objects were put so far.
Progress = Callable[[int], object]


def load(aws: Handle, path: Path, progress: Progress) -> int:
    """Put what a folder or file holds into a mock.

    :return: how many objects.
    :raises Misuse: for a path that isn't there, or content that is invalid.
    """
    if not path.exists():
        raise Misuse(f"--data: there is no {path}.")
    further = path / _FURTHER if path.is_dir() else path
    described = _read(further) if further.exists() else {}
    buckets = {name: dict(found) for name, found in _buckets(described).items()}
    files = _files(path) if path.is_dir() else {}
    for name in sorted(files.keys() | buckets.keys()):
        _make(aws, name, buckets.get(name, {}))
    count = 0
    for name in sorted(files.keys() | buckets.keys()):
        of_files: Mapping[str, Path] = files.get(name, {})
        for key, body, tags in _objects(name, buckets.get(name, {}), of_files, further.parent):
            count += aws.put_objects(name, {key: body}, tags=tags)
            progress(count)
    return count


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise Misuse(f"--data: {path} is no JSON: {problem}.") from None


def _buckets(described: Any) -> Mapping[str, Mapping[str, Any]]:
    _check(described, ("buckets",), "the document")
    buckets: Mapping[str, Any] = described.get("buckets", {})
    _check(buckets, None, "buckets")
    for name, bucket in buckets.items():
        _check(bucket, _OF_BUCKET, f"the bucket {name!r}")
        _check(bucket.get("objects", {}), None, f"objects of the bucket {name!r}")
    return buckets


def _check(found: Any, names: tuple[str, ...] | None, what: str) -> None:
    if not isinstance(found, dict):
        raise Misuse(f"--data: {what} must be an object of JSON, not {found!r}.")
    for name in found if names is not None else ():
        if names is not None and name not in names:
            raise Misuse(f"--data: {what} has {name!r}. {did_you_mean(name, names, none_known='')}")


def _files(folder: Path) -> dict[str, dict[str, Path]]:
    """Bucket to key to file."""
    return {
        bucket.name: {
            file.relative_to(bucket).as_posix(): file for file in sorted(bucket.rglob("*")) if file.is_file()
        }
        for bucket in sorted(folder.iterdir())
        if bucket.is_dir()
    }


def _make(aws: Handle, name: str, bucket: Mapping[str, Any]) -> None:
    aws.create_bucket(
        name,
        region=bucket.get("region"),
        versioning=bool(bucket.get("versioning")),
        tags=bucket.get("tags"),
    )


def _objects(
    bucket: str, described: Mapping[str, Any], files: Mapping[str, Path], folder: Path
) -> Iterator[tuple[str, bytes, Mapping[str, str] | None]]:
    """Key, body and tags of each object."""
    objects: Mapping[str, Any] = described.get("objects", {})
    for key in sorted(files.keys() | objects.keys()):
        found = objects.get(key, {})
        found = {"text": found} if isinstance(found, str) else found
        what = f"the object {key!r} of the bucket {bucket!r}"
        _check(found, _OF_OBJECT, what)
        yield key, _body(found, files.get(key), folder, what), found.get("tags")


def _body(found: Mapping[str, Any], file: Path | None, folder: Path, what: str) -> bytes:
    try:
        if "base64" in found:
            return base64.b64decode(found["base64"], validate=True)
        if "file" in found:
            return (folder / str(found["file"])).read_bytes()
        if "text" in found:
            return str(found["text"]).encode()
        return b"" if file is None else file.read_bytes()
    except (OSError, TypeError, binascii.Error) as problem:
        raise Misuse(f"--data: {what}: {problem}.") from None
