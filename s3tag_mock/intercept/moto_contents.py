"""What moto reads from S3 for its other services: code of functions, and templates by URL.

moto looks into its own S3, which stays empty. So a call that says where its code or template is gets the
content itself in its parameters, where that is in a bucket here, as if the caller had sent it. Whether the
caller may read it isn't asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote

from s3tag_mock.intercept.ours import is_moto_active
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.protocol.address import locate
from s3tag_mock.state.bucket import Bucket

#: Operation of Lambda to the parameter that says where its code is; None where the call itself does.
_CODE: Final[Mapping[str, str | None]] = {
    "CreateFunction": "Code",
    "PublishLayerVersion": "Content",
    "UpdateFunctionCode": None,
}
#: The services that are asked to read something.
_READERS: Final = frozenset({"cloudformation", "lambda"})
_PLACE: Final = frozenset({"S3Bucket", "S3Key", "S3ObjectVersion"})


def with_contents(scope: Scope, client: Any, operation: str, params: Any) -> Any:
    """The parameters of a call, with what is to be read from a bucket here in place of where it is.

    What isn't there is left to moto, which answers as AWS does.

    :param params: as the client was given them; they aren't changed.
    """
    service = client.meta.service_model.service_name
    if service not in _READERS or service in scope.settings.passthrough or not is_moto_active():
        return params
    with scope.world.lock:
        if service == "cloudformation":
            return _with_template(scope, client.meta.region_name, params)
        return _with_code(scope, client.meta.region_name, operation, params)


def _with_code(scope: Scope, region: str, operation: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
    member = _CODE.get(operation, "")
    if member == "":
        return params
    place = params if member is None else params.get(member)
    if not isinstance(place, Mapping) or not {"S3Bucket", "S3Key"} <= place.keys():
        return params
    bucket = scope.world.buckets_of(region).get(place["S3Bucket"])
    # A function's code must be in its region (CreateFunction, Code).
    code = _read(bucket, place["S3Key"], place.get("S3ObjectVersion")) if _is_in(bucket, region) else None
    if code is None:
        return params
    given = {**{name: one for name, one in place.items() if name not in _PLACE}, "ZipFile": code}
    return given if member is None else {**params, member: given}


def _is_in(bucket: Bucket | None, region: str) -> bool:
    return bucket is not None and bucket.region == region


def _with_template(scope: Scope, region: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
    url = params.get("TemplateURL")
    if not isinstance(url, str):
        return params
    _, name, *key = locate(url, names_bucket=True, region=region).path.split("/", 2)
    bucket = scope.world.buckets_of(region).get(unquote(name))
    template = _read(bucket, unquote("".join(key)), None)
    if template is None:
        return params
    given = {name: one for name, one in params.items() if name != "TemplateURL"}
    return {**given, "TemplateBody": template.decode()}


def _read(bucket: Bucket | None, key: str, version_id: str | None) -> bytes | None:
    version = None if bucket is None else bucket.named(key, version_id)
    return None if version is None or version.is_delete_marker else version.body
