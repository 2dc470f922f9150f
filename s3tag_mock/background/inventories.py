"""Inventories: a list of a bucket's objects, written to another bucket as S3 Inventory delivers it.

Sources: user guide, "Amazon S3 Inventory list" and "Locating your inventory list"; rows in quotes without a
header OBSERVED (a fixture of orcabus's, made of a real inventory).
"""

from __future__ import annotations

import base64
import csv
import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.s3.objects import put_object
from s3tag_mock.rules import acl, arns, inventories, lifecycle
from s3tag_mock.rules.dates import iso8601
from s3tag_mock.rules.job_bounds import INVENTORY_FORMAT
from s3tag_mock.rules.names import canonical_user_id
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion
from s3tag_mock.state.world import World

#: What their operations are called behind their verb.
_CONFIGURATIONS: Final = "BucketInventoryConfiguration"


class _Row(NamedTuple):
    """One version in an inventory."""

    bucket: Bucket
    key: str
    version: ObjectVersion
    is_latest: bool


class Wanted(NamedTuple):
    """What an inventory is of.

    :param id: of its configuration, which its keys have.
    :param destination: the bucket that it is written to.
    :param prefix: what its keys begin with, without a slash at the end.
    :param only: what the keys of the objects begin with that it lists.
    :param fields: its optional columns.
    """

    id: str
    destination: Bucket
    prefix: str = ""
    only: str = ""
    versions: bool = False
    fields: tuple[str, ...] = ()


def write(call: CallContext, bucket: Bucket, wanted: Wanted) -> dict[str, Any]:
    """Write an inventory of a bucket as it is now: data, manifest.json, its checksum, the symlink for Hive.

    The objects are the destination's owner's; that bucket needs no policy here.

    :return: the Manifest of a job that takes it.
    :raises AwsError: when they can't be written.
    """
    columns = inventories.columns(versions=wanted.versions, fields=wanted.fields)
    data = gzip.compress(_csv(_rows(bucket, wanted), columns).encode("utf-8", "surrogatepass"), mtime=0)
    folder = "/".join([*([wanted.prefix] if wanted.prefix else []), bucket.name, wanted.id])
    data_key = f"{folder}/data/{call.world.ids.event_id()}.csv.gz"
    owner = replace(call, caller=Caller(wanted.destination.owner))
    target = wanted.destination
    manifest = inventories.manifest(bucket.name, target.arn, columns, {data_key: data}, call.now)
    dated = f"{folder}/{call.now:%Y-%m-%dT%H-%MZ}"
    _put(owner, target, data_key, data)
    _put(
        owner,
        target,
        f"{folder}/hive/dt={call.now:%Y-%m-%d-%H-%M}/symlink.txt",
        f"s3://{target.name}/{data_key}\n".encode(),
    )
    answer = _put(owner, target, f"{dated}/manifest.json", manifest)
    _put(owner, target, f"{dated}/manifest.checksum", hashlib.md5(manifest).hexdigest().encode())
    location = {"ObjectArn": f"{target.arn}/{dated}/manifest.json", "ETag": answer["ETag"].strip('"')}
    if "VersionId" in answer:
        location["ObjectVersionId"] = answer["VersionId"]
    return {"Spec": {"Format": INVENTORY_FORMAT}, "Location": location}


def _put(call: CallContext, bucket: Bucket, key: str, body: bytes) -> dict[str, Any]:
    return put_object(call.calling(put_object), {"Bucket": bucket.name, "Key": key, "Body": body})


def _rows(bucket: Bucket, wanted: Wanted) -> Iterator[_Row]:
    for key, history in bucket.keys.after(wanted.only, inclusive=True):
        if not key.startswith(wanted.only):
            return
        for version in reversed(history):
            is_latest = version is history[-1]
            if wanted.versions or (is_latest and not version.is_delete_marker):
                yield _Row(bucket, key, version, is_latest)


def _csv(rows: Iterable[_Row], columns: Iterable[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    cells = [_CELLS[name] for name in columns]
    writer.writerows([cell(row) for cell in cells] for row in rows)
    return text.getvalue()


def _of_object(cell: Callable[[_Row], str]) -> Callable[[_Row], str]:
    """A cell that is empty for delete markers."""
    return lambda row: "" if row.version.is_delete_marker else cell(row)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _date(moment: datetime | None) -> str:
    return "" if moment is None else iso8601(moment)


def _encryption(row: _Row) -> str:
    encryption = row.version.properties.encryption
    methods = {"AES256": "SSE-S3", "aws:kms": "SSE-KMS", "aws:kms:dsse": "DSSE-KMS"}
    return "SSE-C" if encryption.method is None else methods[encryption.method]


def _acl(row: _Row) -> str:
    grants = row.version.properties.grants or acl.owners_alone(canonical_user_id(row.bucket.owner))
    told = [
        {
            **{
                {"ID": "canonicalId", "URI": "uri"}[name]: grant["Grantee"][name]
                for name in ("ID", "URI")
                if name in grant["Grantee"]
            },
            "type": {"CanonicalUser": "Canonical"}.get(grant["Grantee"]["Type"], grant["Grantee"]["Type"]),
            "permission": grant["Permission"],
        }
        for grant in grants
    ]
    document = {"version": "2022-11-10", "status": "AVAILABLE", "grants": told}
    return base64.b64encode(json.dumps(document).encode()).decode()


def _expires(row: _Row) -> str:
    version = row.version
    due = lifecycle.due(
        row.bucket.lifecycle_rules, row.key, len(version.body), version.tags, version.last_modified
    )
    return "" if due is None or not row.is_latest else iso8601(due[0])


#: Column to what stands in it.
_CELLS: Final[Mapping[str, Callable[[_Row], str]]] = {
    "Bucket": lambda row: row.bucket.name,
    "Key": lambda row: inventories.encoded(row.key),
    "VersionId": lambda row: "" if row.version.version_id == NULL_VERSION else row.version.version_id,
    "IsLatest": lambda row: _flag(row.is_latest),
    "IsDeleteMarker": lambda row: _flag(row.version.is_delete_marker),
    "Size": _of_object(lambda row: str(len(row.version.body))),
    "LastModifiedDate": lambda row: _date(row.version.last_modified),
    "ETag": _of_object(lambda row: row.version.etag),
    "StorageClass": _of_object(lambda row: row.version.properties.storage_class),
    "IsMultipartUploaded": _of_object(lambda row: _flag(bool(row.version.parts))),
    "ReplicationStatus": _of_object(lambda row: row.version.properties.replication_status or ""),
    "EncryptionStatus": _of_object(_encryption),
    "ObjectLockRetainUntilDate": _of_object(lambda row: _date(row.version.properties.lock.until)),
    "ObjectLockMode": _of_object(lambda row: row.version.properties.lock.mode or ""),
    "ObjectLockLegalHoldStatus": _of_object(lambda row: row.version.properties.lock.legal_hold or ""),
    "IntelligentTieringAccessTier": lambda row: "",
    "BucketKeyStatus": _of_object(
        lambda row: "ENABLED" if row.version.properties.encryption.bucket_key else "DISABLED"
    ),
    "ChecksumAlgorithm": _of_object(lambda row: row.version.checksum_algorithm or ""),
    "ObjectAccessControlList": _of_object(_acl),
    "ObjectOwner": _of_object(lambda row: canonical_user_id(row.bucket.owner)),
    "LifecycleExpirationDate": _of_object(_expires),
    "ObjectLockEventHoldStatus": lambda row: "",
    "ObjectLockEventHoldDuration": lambda row: "",
    "IntelligentTieringReferenceDate": lambda row: "",
}


#: Why an inventory in another format isn't written.
_FORMAT: Final = (
    "its format is {}, and the mock writes CSV alone, which is also all that jobs take. Put the "
    "configuration with Format='CSV' in the test, or put the objects that the code reads"
)


def deliver_due(call: CallContext, moment: datetime) -> None:
    """Deliver the inventories of all buckets whose configurations are due at a midnight (UTC).

    Daily ones come every day, weekly ones on Sundays; one whose destination isn't there is lost. Those
    in ORC or Parquet are noted, and not written, and so are those that the destination doesn't take.

    :param call: S3's own, at that time.
    """
    unwritten = call.world.unwritten_inventories
    for bucket in call.world.all_buckets():
        for document in bucket.configurations.get(_CONFIGURATIONS, {}).values():
            is_daily = document["Schedule"]["Frequency"] == "Daily"
            target = document["Destination"]["S3BucketDestination"]
            destination = call.world.buckets_of(bucket.region).get(arns.bucket_of(target["Bucket"]) or "")
            is_due = is_daily or moment.isoweekday() == 7
            if not document["IsEnabled"] or not is_due or destination is None:
                continue
            if target["Format"] == "CSV":
                wanted = Wanted(
                    document["Id"],
                    destination,
                    target.get("Prefix", ""),
                    document.get("Filter", {}).get("Prefix", ""),
                    document["IncludedObjectVersions"] == "All",
                    tuple(document.get("OptionalFields", ())),
                )
                try:
                    write(call, bucket, wanted)
                except AwsError as error:
                    unwritten[bucket.name, document["Id"]] = f"{destination.name!r} refuses it: {error}"
            else:
                unwritten[bucket.name, document["Id"]] = _FORMAT.format(target["Format"])


def are_configured(world: World) -> bool:
    """Whether any bucket has an inventory configuration."""
    return any(bucket.configurations.get(_CONFIGURATIONS) for bucket in world.all_buckets())
