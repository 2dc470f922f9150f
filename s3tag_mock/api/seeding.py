"""Buckets and objects for a test to start with, put into the world without a call."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from s3tag_mock.api.uncollected import uncollected
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, AwsError, Misuse, did_you_mean
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.rules import encryption, limits
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.directory_buckets import zone_of
from s3tag_mock.rules.names import is_bucket_name, is_key, is_legacy_bucket_name
from s3tag_mock.rules.tags import NO_TAGS, TagRules, Tags
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion
from s3tag_mock.state.properties import Properties

__tracebackhide__ = FROM_TEST_AUTHORS


#: Tags for all keys, or a mapping of keys to their tags, or a function of a key.
TagsOfKeys = Mapping[str, str] | Mapping[str, Mapping[str, str]] | Callable[[str], Mapping[str, str]]


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
        buckets = scope.world.buckets_of(made.region)
        if name in buckets:
            raise Misuse(f"The bucket {name!r} exists already; create_bucket() only makes new ones.")
        buckets[name] = made
    return name


def objects(
    scope: Scope,
    into: Bucket,
    keys: Iterable[str] | Mapping[str, bytes],
    *,
    tags: TagsOfKeys | None,
    body: bytes,
) -> int:
    """Put one or a million objects; ``Handle.put_objects`` describes it."""
    if isinstance(keys, (str, bytes)):
        raise Misuse(f"put_objects() takes keys, not one key. Write put_objects({into.name!r}, [{keys!r}]).")
    if _is_by_key(tags) and not isinstance(keys, Mapping):
        keys = list(keys)  # they are walked twice
    tags_of = _tags_of(keys, tags)
    bodies = keys.items() if isinstance(keys, Mapping) else ((key, body) for key in keys)
    now = scope.world.clock.now().replace(microsecond=0)
    version_id = scope.world.ids.version_id if into.versioning == "Enabled" else lambda: NULL_VERSION
    properties = Properties(
        encryption=encryption.for_new_object({}, into.encryption, into.region, into.owner)
    )
    is_md5 = into.zone is None and properties.encryption.etag_is_md5
    count, md5s = 0, _Md5s()
    with scope.world.lock, uncollected():
        for key, content in bodies:
            if not isinstance(key, str) or not isinstance(content, bytes):
                got = f"{key!r}: {type(content).__name__}"
                raise Misuse(f"put_objects() takes keys as str and bodies as bytes, got {got}.")
            if not is_key(key):
                raise Misuse(
                    f"No object has the key {key!r}: keys have 1 to {limits.KEY_BYTES} bytes in UTF-8."
                )
            etag = md5s[content] if is_md5 else scope.world.ids.etag()
            into.add(key, ObjectVersion(version_id(), now, etag, content, tags_of(key), properties))
            count += 1
    return count


def object_tags(tags: Mapping[str, str] | None) -> Tags:
    """The tags of an object, checked.

    :raises Misuse: for tags that an object can't have.
    """
    return _checked(tags, tag_rules.OBJECT)


def _is_by_key(tags: TagsOfKeys | None) -> bool:
    return isinstance(tags, Mapping) and any(isinstance(value, Mapping) for value in tags.values())


def _tags_of(keys: Iterable[str], tags: Any) -> Callable[[str], Tags]:
    """What gives the tags of a key."""
    if callable(tags):
        return lambda key: object_tags(tags(key))
    if not _is_by_key(tags):
        checked = object_tags(tags)
        return lambda key: checked
    for key in tags.keys() - set(keys):
        near = did_you_mean(key, keys, none_known="No keys are put.")
        raise Misuse(f"tags= names the key {key!r}, which isn't put. {near}")
    return lambda key: object_tags(tags.get(key))


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
