"""What moto reads from S3 for its other services: code of functions and layers, templates, definitions.

moto looks into its own S3, which stays empty. So its reading finds the objects of the buckets here, whether a
call, a template or another template names them. Whether the caller may read them isn't asked.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.state.bucket import Bucket


class _Content(NamedTuple):
    """An object, as far as moto reads it."""

    value: bytes
    size: int


def _reading(original: Callable[..., Any]) -> Callable[..., Any]:
    def get_object(
        self: Any, bucket_name: str, key_name: str, version_id: str | None = None, *given: Any, **named: Any
    ) -> Any:
        scope = _scope()
        bucket = None if scope is None else scope.world.any_bucket(bucket_name, scope.settings.region)
        if bucket is None:
            return original(self, bucket_name, key_name, version_id, *given, **named)
        body = _read(bucket, key_name, version_id)
        if body is None:  # moto leaves the key as the URL of a template has it
            body = _read(bucket, unquote(key_name), version_id)
        if body is None:
            raise import_module("moto.s3.exceptions").MissingKey(key=key_name)
        return _Content(body, len(body))

    return get_object


def _setting_code(original: Callable[..., Any]) -> Callable[..., Any]:
    def set_function_code(self: Any, updated_spec: Mapping[str, Any]) -> Any:
        return original(self, _with_code(updated_spec, self.region))

    return set_function_code


def _making_layer(original: Callable[..., Any]) -> Callable[..., Any]:
    def init(self: Any, spec: Mapping[str, Any], account_id: str, region: str) -> None:
        original(self, {**spec, "Content": _with_code(spec["Content"], region)}, account_id, region)

    return init


def _with_code(place: Mapping[str, Any], region: str) -> Mapping[str, Any]:
    """The code itself in place of where it is: in a bucket of the same region (Lambda, CreateFunction)."""
    scope = _scope()
    bucket = None if scope is None else scope.world.buckets_of(region).get(place.get("S3Bucket", ""))
    if bucket is None:
        return place
    if bucket.region != region:
        raise _refused(
            "PermanentRedirect",
            f"The bucket is in this region: {bucket.region}. Please use this region to retry the request",
        )
    version_id = place.get("S3ObjectVersion")
    body = _read(bucket, place.get("S3Key", ""), version_id)
    if body is None and version_id is not None:
        raise _refused("NoSuchVersion", "The specified version does not exist.")
    if body is None:
        raise _refused("NoSuchKey", "The specified key does not exist.")
    return {**place, "ZipFile": base64.b64encode(body).decode()}


def _refused(code: str, message: str) -> Exception:
    """How Lambda answers what S3 refused."""
    text = f"Error occurred while GetObject. S3 Error Code: {code}. S3 Error Message: {message}"
    refused: Exception = import_module("moto.awslambda.exceptions").InvalidParameterValueException(text)
    return refused


def _scope() -> Scope | None:
    scope = ACTIVE.current
    return None if scope is None or "s3" in scope.settings.passthrough else scope


def _read(bucket: Bucket, key: str, version_id: str | None) -> bytes | None:
    version = bucket.named(key, version_id)
    return None if version is None or version.is_delete_marker else version.body


#: By the place of what they wrap, once moto's S3 and Lambda are imported.
OF_IMPORTED: Final = {
    "moto.awslambda.models:LambdaFunction._set_function_code": _setting_code,
    "moto.awslambda.models:LayerVersion.__init__": _making_layer,
    "moto.s3.models:S3Backend.get_object": _reading,
}
