"""What a reference in a step's parameters is when the call is made: things that the world holds by then."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from s3tag_mock.rules import arns
from s3tag_mock.rules.regions import US_EAST_1
from s3tag_mock.state.bucket import Bucket, ObjectVersion
from s3tag_mock.state.buckets import Buckets
from s3tag_mock.state.upload import Upload
from s3tag_mock.state.world import World
from tools.fuzz.values import BUCKETS, KEYS, JsonText, Ref

#: These are found before the others, which depend on them.
_FIRST = ("Bucket", "UploadId", "Key")


T = TypeVar("T")


class References:
    """Puts things of a world in the place of references.

    :param tokens: what earlier answers gave to go on with.
    """

    def __init__(self, world: World, tokens: Sequence[str] = ()) -> None:
        self._world = world
        self._tokens = tokens
        self._params: dict[str, Any] = {}

    def resolved(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters of one call, as they are sent."""
        self._params = {}
        for name in sorted(params, key=lambda one: _FIRST.index(one) if one in _FIRST else len(_FIRST)):
            self._params[name] = self._resolve(params[name])
        return {name: self._params[name] for name in params}

    def _resolve(self, value: Any) -> Any:
        if isinstance(value, Ref):
            return getattr(self, f"_{value.kind.replace(' ', '_')}")(value.index)
        if isinstance(value, JsonText):
            return json.dumps(self._resolve(value.document), default=str)
        if isinstance(value, dict):
            return {key: self._resolve(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._resolve(one) for one in value]
        return value

    def _bucket(self, index: int) -> str:
        return _pick(list(self._buckets()), index, "nothing")

    def _buckets(self) -> Buckets:
        return self._world.buckets_of(US_EAST_1)

    def _any_bucket(self, index: int) -> str:
        return BUCKETS[index % len(BUCKETS)]

    def _outpost_bucket(self, index: int) -> str:
        return _pick(list(self._world.outpost_buckets), index, "nothing")

    def _alias(self, index: int) -> str:
        return _pick([one.alias for one in self._world.access_points.values()], index, "nothing")

    def _key(self, index: int) -> str:
        bucket = self._named_bucket()
        upload = self._named_upload()
        if upload is not None and index < 5:
            return upload.key
        return _pick(list(bucket.keys) if bucket else [], index, "nothing")

    def _any_key(self, index: int) -> str:
        return KEYS[index % len(KEYS)]

    def _version(self, index: int) -> str:
        return _pick([one.version_id for one in self._versions()], index, "nothing")

    def _etag(self, index: int) -> str:
        return _pick([f'"{one.etag}"' for one in self._versions()], index, '"nothing"')

    def _upload(self, index: int) -> str:
        bucket = self._named_bucket()
        return _pick(list(bucket.uploads) if bucket else [], index, "nothing")

    def _parts(self, index: int) -> list[dict[str, Any]]:
        upload = self._named_upload()
        parts = sorted(upload.parts.values(), key=lambda one: one.number) if upload else []
        return [{"PartNumber": one.number, "ETag": f'"{one.etag}"'} for one in parts][index:]

    def _job(self, index: int) -> str:
        return _pick(list(self._world.jobs), index, "nothing")

    def _source(self, index: int) -> str:
        name = self._bucket(index)
        keys = list(self._buckets()[name].keys) if name in self._buckets() else []
        return f"{name}/{quote(_pick(keys, index // 2, 'nothing'))}"

    def _dated_source(self, index: int) -> str:
        name = self._bucket(index)
        bucket = self._buckets().get(name)
        histories = bucket.keys.after("", inclusive=True) if bucket else ()
        versions = [(key, one.version_id) for key, history in histories for one in history]
        key, version = _pick(versions, index, ("k", "null"))
        return f"{name}/{quote(key)}?versionId={version}"

    def _arn(self, index: int) -> str:
        found = [f"arn:aws:s3:::{name}" for name in list(self._buckets())]
        found += [*self._world.access_points, *self._world.outpost_buckets]
        found += [arns.job(one.region, one.account, one.id) for one in self._world.jobs.values()]
        return _pick(found, index, "arn:aws:s3:::nothing")

    def _token(self, index: int) -> str:
        return _pick(self._tokens, -1 - index, "nothing")

    def _manifest_etag(self, index: int) -> str:
        photos = self._buckets().get("photos")
        latest = photos.latest("manifest") if photos else None
        return f'"{latest.etag}"' if latest else '"nothing"'

    def _named_bucket(self) -> Bucket | None:
        name = self._params.get("Bucket")
        if not isinstance(name, str):
            return None
        point = self._world.access_points.get(name)
        return point.bucket if point else self._world.bucket_behind(name, US_EAST_1)

    def _named_upload(self) -> Upload | None:
        bucket, upload = self._named_bucket(), self._params.get("UploadId")
        return bucket.uploads.get(upload) if bucket and isinstance(upload, str) else None

    def _versions(self) -> list[ObjectVersion]:
        bucket, key = self._named_bucket(), self._params.get("Key")
        return list(bucket.keys.get(key) or ()) if bucket and isinstance(key, str) else []


def _pick(things: Sequence[T], index: int, otherwise: T) -> T:
    return things[index % len(things)] if things else otherwise
