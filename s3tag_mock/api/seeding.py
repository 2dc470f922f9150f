"""Buckets and objects for a test to start with, put into the world without a call."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from s3tag_mock.exceptions import AwsError, Misuse
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.rules import encryption
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.directory_buckets import zone_of
from s3tag_mock.rules.names import is_bucket_name, is_legacy_bucket_name
from s3tag_mock.rules.tags import NO_TAGS, TagRules, Tags
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion
from s3tag_mock.state.properties import Properties


def bucket(
    scope: Scope, name: str, *, region: str | None, versioning: bool, tags: Mapping[str, str] | None
) -> str:
    """Make a bucket; ``Handle.create_bucket`` describes it."""
    if not (is_bucket_name(name) or is_legacy_bucket_name(name)):
        raise Misuse(f"{name!r} is not a valid bucket name: 3 to 63 of a-z, 0-9, '.' and '-'.")
    made = Bucket(
        name,
        region or scope.settings.region,
        scope.settings.account_id,
        created=scope.world.clock.now().replace(microsecond=0),
        zone=zone_of(name),
        versioning="Enabled" if versioning else None,
        tags=_checked(tags, tag_rules.BUCKET, system=True),
    )
    with scope.world.lock:
        if name in scope.world.buckets:
            raise Misuse(f"The bucket {name!r} exists already; create_bucket() only makes new ones.")
        scope.world.buckets[name] = made
    return name


def objects(
    scope: Scope,
    into: Bucket,
    keys: Iterable[str] | Mapping[str, bytes],
    *,
    tags: Mapping[str, str] | None,
    body: bytes,
) -> int:
    """Put one or a million objects; ``Handle.put_objects`` describes it."""
    if isinstance(keys, (str, bytes)):
        raise Misuse(f"put_objects() takes keys, not one key. Write put_objects({into.name!r}, [{keys!r}]).")
    checked = _checked(tags, tag_rules.OBJECT)
    bodies = keys.items() if isinstance(keys, Mapping) else ((key, body) for key in keys)
    now = scope.world.clock.now().replace(microsecond=0)
    version_id = scope.world.ids.version_id if into.versioning == "Enabled" else lambda: NULL_VERSION
    properties = Properties(
        encryption=encryption.for_new_object({}, into.encryption, into.region, into.owner)
    )
    is_md5 = into.zone is None and properties.encryption.etag_is_md5
    count, md5s = 0, _Md5s()
    with scope.world.lock:
        for key, content in bodies:
            if not isinstance(key, str) or not isinstance(content, bytes):
                got = f"{key!r}: {type(content).__name__}"
                raise Misuse(f"put_objects() takes keys as str and bodies as bytes, got {got}.")
            etag = md5s[content] if is_md5 else scope.world.ids.etag()
            into.add(key, ObjectVersion(version_id(), now, etag, content, checked, properties))
            count += 1
    return count


class _Md5s(dict[bytes, str]):
    """Body to its MD5, each calculated once."""

    def __missing__(self, body: bytes) -> str:
        digest = self[body] = hashlib.md5(body).hexdigest()
        return digest


def _checked(tags: Mapping[str, str] | None, rules: TagRules, *, system: bool = False) -> Tags:
    if tags is None:
        return NO_TAGS
    if not isinstance(tags, Mapping):
        raise Misuse(f"tags={tags!r} is not a mapping. Write tags={{'team': 'blue'}}.")
    try:
        return rules.check(tags.items(), tag_rules.system_tags(tags) if system else NO_TAGS)
    except AwsError as error:
        raise Misuse(f"tags={dict(tags)!r}: {error.message}.") from None
