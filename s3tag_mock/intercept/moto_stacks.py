"""Buckets of moto's CloudFormation stacks: made here too, since S3 is ours.

moto has no public way for that: the three class methods are wrapped by which its stacks make, change and
delete a bucket. Its own S3 goes on with the same bucket, of which its stacks say name and ARN.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any, Final

from s3tag_mock.exceptions import AwsError, Misuse, TaggingMockWarning
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Run
from s3tag_mock.operations.s3.bucket_encryption import put_bucket_encryption
from s3tag_mock.operations.s3.buckets import create_bucket, delete_bucket
from s3tag_mock.operations.s3.public_access import put_bucket_ownership_controls, put_public_access_block
from s3tag_mock.operations.s3.versioning import put_bucket_versioning
from s3tag_mock.operations.tag_sets import pairs, retag
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.regions import US_EAST_1

Properties = Mapping[str, Any]


def _encryption(value: Any) -> Params:
    rules = [
        {("ApplyServer" + name[6:] if name.startswith("Server") else name): one for name, one in rule.items()}
        for rule in value["ServerSideEncryptionConfiguration"]
    ]
    return {"ServerSideEncryptionConfiguration": {"Rules": rules}}


def _block(value: Any) -> Params:
    blocked = {name: str(one).lower() == "true" for name, one in value.items()}
    return {"PublicAccessBlockConfiguration": blocked}


#: Properties of AWS::S3::Bucket to the operation that puts them, with its parameter.
_PUTS: Final[Mapping[str, tuple[Run, Callable[[Any], Params]]]] = {
    "VersioningConfiguration": (put_bucket_versioning, lambda value: {"VersioningConfiguration": value}),
    "OwnershipControls": (put_bucket_ownership_controls, lambda value: {"OwnershipControls": value}),
    "PublicAccessBlockConfiguration": (put_public_access_block, _block),
    "BucketEncryption": (put_bucket_encryption, _encryption),
}
_HONOURED: Final = _PUTS.keys() | {"BucketName", "BucketNamespace", "Tags"}


def _creating(original: Any) -> Any:
    def create(cls: Any, /, name: str, template: Any, account: str, region: str, **further: Any) -> Any:
        scope = ACTIVE.current
        if scope is not None:
            properties = template.get("Properties", {})
            with scope.world.lock:
                call = _call(scope, region)
                wanted: dict[str, Any] = {"Bucket": name}
                if region != US_EAST_1:
                    wanted["CreateBucketConfiguration"] = {"LocationConstraint": region}
                if "BucketNamespace" in properties:
                    wanted["BucketNamespace"] = properties["BucketNamespace"]
                _do(call, create_bucket, wanted)
                _configure(call, name, properties, _own_tags(further))
        return original.__func__(cls, name, template, account, region, **further)

    return classmethod(create)


def _updating(original: Any) -> Any:
    def update(cls: Any, /, **given: Any) -> Any:
        scope, region, before = ACTIVE.current, given["region_name"], given["original_resource"].name
        bucket = None if scope is None else scope.world.buckets_of(region).get(before)
        updated = original.__func__(cls, **given)  # with another name, it is another bucket
        if scope is not None and bucket is not None:
            with scope.world.lock:
                properties = given["cloudformation_json"].get("Properties", {})
                own = tag_rules.system_tags(bucket.tags)
                _configure(_call(scope, region), updated.name, properties, own)
        return updated

    return classmethod(update)


def _deleting(original: Any) -> Any:
    def delete(cls: Any, /, name: str, template: Any, account: str, region: str) -> Any:
        scope = ACTIVE.current
        if scope is not None and name in scope.world.buckets_of(region):
            with scope.world.lock:
                _do(_call(scope, region), delete_bucket, {"Bucket": name})
        return original.__func__(cls, name, template, account, region)

    return classmethod(delete)


def _call(scope: Scope, region: str) -> CallContext:
    return CallContext(scope.world, scope.world.clock.now(), Caller(scope.settings.account_id), region)


def _do(call: CallContext, operation: Run, params: Params) -> None:
    try:
        operation(call.calling(operation), params)
    except AwsError as error:
        raise Misuse(
            f"At AWS the stack with the bucket {params['Bucket']!r} fails, and moto's can't: {error}"
        ) from None


def _configure(call: CallContext, name: str, properties: Properties, own_tags: Mapping[str, str]) -> None:
    for member, (put, convert) in _PUTS.items():
        if member in properties:
            _do(call, put, {"Bucket": name, **convert(properties[member])})
    retag(call.buckets[name], {**own_tags, **dict(pairs(properties.get("Tags", ())))})
    ignored = sorted(properties.keys() - _HONOURED)
    if ignored:
        warnings.warn(
            f"The bucket {name!r} of a CloudFormation stack was made without {', '.join(ignored)}, which "
            "s3tag_mock doesn't take from templates. Put them by a call of S3's.",
            TaggingMockWarning,
            stacklevel=2,
        )


def _own_tags(further: Mapping[str, Any]) -> dict[str, str]:
    """The tags that CloudFormation itself puts on a bucket (user guide, "Resource tag")."""
    if "StackId" not in further:
        return {}  # one in the place of another, whose tags it gets
    stack: str = further["StackId"]
    return {
        "aws:cloudformation:stack-name": stack.rpartition(":stack/")[2].partition("/")[0],
        "aws:cloudformation:stack-id": stack,
        "aws:cloudformation:logical-id": further["LogicalId"],
    }


#: By the place of what they wrap, once moto's S3 is imported.
OF_IMPORTED: Final = {
    "moto.s3.models:FakeBucket.create_from_cloudformation_json": _creating,
    "moto.s3.models:FakeBucket.update_from_cloudformation_json": _updating,
    "moto.s3.models:FakeBucket.delete_from_cloudformation_json": _deleting,
}
