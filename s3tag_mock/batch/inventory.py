"""S3 inventory reports: read as manifests, and written by manifest generators.

Source: user guide, "Locating your inventory list": manifest.json names gzip CSV files with the MD5 of each,
and their columns; keys are URL-encoded, in the form style (OBSERVED, linz).
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, Final
from urllib.parse import unquote_plus

from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.s3.objects import put_object
from s3tag_mock.operations.s3.reading import get_object
from s3tag_mock.rules import arns, checksums, inventories, job_failures, json_documents, limits
from s3tag_mock.state.job import Row

#: How much of a file is unpacked at once, in characters.
_PIECE: Final = 1 << 16


def rows_of(call: CallContext, body: bytes, *, needed: tuple[str, ...] = ()) -> list[Row]:
    """The rows of an inventory report.

    :param body: of its manifest.json.
    :param needed: columns that it must have, beside Bucket and Key.
    :raises JobFailure: when it isn't one, or one of its files can't be read or isn't what it should be; when
        it is larger than this mock reads.
    """
    manifest = _manifest(body)
    bucket = arns.bucket_of(manifest["destinationBucket"]) or manifest["destinationBucket"]
    columns = [name.strip() for name in manifest["fileSchema"].split(",")]
    missing = [name for name in ("Bucket", "Key", *needed) if name not in columns]
    if missing:
        raise job_failures.missing_columns(", ".join(missing))
    of_files = (_rows(_file(call, bucket, file), columns, file["key"]) for file in manifest["files"])
    rows = list(islice(chain.from_iterable(of_files), limits.MANIFEST_ROWS + 1))
    if len(rows) > limits.MANIFEST_ROWS:
        raise job_failures.too_many_keys(f"this mock reads {limits.MANIFEST_ROWS:,} rows at most")
    return rows


def _manifest(body: bytes) -> dict[str, Any]:
    try:
        manifest: Any = json_documents.read(body)
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict):
        raise job_failures.invalid_content("the inventory's manifest.json is no JSON object")
    files: Any = manifest.get("files")
    has_files = isinstance(files, list) and all(_has_texts(file, "key", "MD5checksum") for file in files)
    if not has_files or not _has_texts(manifest, "destinationBucket", "fileFormat", "fileSchema"):
        raise job_failures.invalid_content("the inventory's manifest.json lacks members")
    if manifest["fileFormat"] != "CSV":
        raise job_failures.invalid_content(f"an inventory of the format {manifest['fileFormat']}, not CSV")
    return manifest


def _has_texts(thing: Any, *names: str) -> bool:
    return isinstance(thing, dict) and all(isinstance(thing.get(name), str) for name in names)


def _file(call: CallContext, bucket: str, file: Mapping[str, Any]) -> bytes:
    try:
        body: bytes = get_object(call.calling(get_object), {"Bucket": bucket, "Key": file["key"]})["Body"]
    except AwsError as error:
        raise job_failures.of_manifest(error.code, f"{bucket}/{file['key']}: {error}") from None
    if hashlib.md5(body).hexdigest() != file["MD5checksum"]:
        raise job_failures.invalid_content(f"{file['key']} hasn't the MD5 that manifest.json names")
    return body


def _rows(packed: bytes, columns: list[str], name: str) -> Iterator[Row]:
    bucket_at, key_at = columns.index("Bucket"), columns.index("Key")
    version_at = columns.index("VersionId") if "VersionId" in columns else None
    try:
        for cells in csv.reader(_lines(packed, name), strict=True):
            if len(cells) != len(columns):
                raise job_failures.manifest_not_proper(f"{name} has a row of {len(cells)} columns")
            version = None if version_at is None else cells[version_at]
            yield cells[bucket_at], unquote_plus(cells[key_at]), cells[key_at], version
    except (csv.Error, UnicodeDecodeError) as problem:
        raise job_failures.manifest_not_proper(f"{name}: {problem}") from None
    except (OSError, EOFError, zlib.error):
        raise job_failures.manifest_not_proper(f"{name} is no gzip file") from None


def _lines(packed: bytes, name: str) -> Iterator[str]:
    """The lines of a gzip file. It is unpacked piece by piece, and no further than the limits go."""
    rest, left, longest = "", limits.INVENTORY_FILE_SIZE, limits.INVENTORY_LINE_CHARACTERS
    with gzip.open(io.BytesIO(packed), "rt", encoding="utf-8", newline="") as text:
        while piece := text.read(_PIECE):
            left -= len(piece)
            *lines, rest = io.StringIO(rest + piece, newline="")
            if left < 0 or max(map(len, [rest, *lines])) > longest:
                raise job_failures.manifest_not_proper(f"{name} is larger than this mock reads")
            yield from lines
    if rest:
        yield rest


def write(
    call: CallContext, rows: Iterable[Row], source: str, bucket: str, folder: str, **owner: str
) -> dict[str, str]:
    """Write rows down as an inventory report, which a next job can take as its manifest.

    :param folder: what the keys begin with, without a slash at the end. The layout is ASSUMED.
    :return: the Location of its manifest.json.
    :raises AwsError: when the bucket can't be written to.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    versioned = False
    for name, _, encoded_key, version_id in rows:
        versioned = versioned or version_id is not None
        writer.writerow([name, encoded_key, *([] if version_id is None else [version_id])])
    data = gzip.compress(text.getvalue().encode(), mtime=0)
    data_key = f"{folder}/data/{call.world.ids.result_file_id()}.csv.gz"
    schema = (*inventories.ALWAYS, "VersionId") if versioned else inventories.ALWAYS
    arn = arns.bucket(bucket, call.region)
    manifest = inventories.manifest(source, arn, schema, {data_key: data}, call.now)
    writing = call.calling(put_object)
    # As for reports, with a checksum that is quick to calculate.
    checksum = checksums.calculate("CRC32", data).fields()
    put_object(writing, {"Bucket": bucket, "Key": data_key, "Body": data, **checksum, **owner})
    key = f"{folder}/manifest.json"
    answer = put_object(writing, {"Bucket": bucket, "Key": key, "Body": manifest, **owner})
    location = {"ObjectArn": f"{arn}/{key}", "ETag": answer["ETag"].strip('"')}
    return {**location, **({"ObjectVersionId": answer["VersionId"]} if "VersionId" in answer else {})}
