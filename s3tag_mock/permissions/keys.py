"""The condition keys of a request, each computed when a policy asks for it.

Source: Service authorization reference, "Actions, resources, and condition keys for Amazon S3"; IAM user
guide, "AWS global condition context keys"; what S3 leaves out is OBSERVED (argmin).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl

from s3tag_mock.permissions import actions
from s3tag_mock.permissions.conditions import Value
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.permissions.sent import IN_PROCESS, Sent

Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AccessPoint:
    """The access point that a request came through.

    :param origin: ``"Internet"`` or ``"VPC"``.
    """

    arn: str
    account: str
    origin: str
    tags: Tags


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Keys:
    """The condition keys of one request.

    :param action: that is decided over; a key that it doesn't have is absent.
    :param operation: the API operation.
    :param params: of the request, in boto3's shape.
    :param existing_tags: gives the tags of the object, before the call; None where there is none.
    :param resource_tags: of what the action is done to; a bucket's only with its ABAC on.
    :param further: other keys, in lower case, to their values.
    :param default_kms_key: of the bucket's encryption.
    """

    principal: Principal
    action: str
    operation: str
    params: Mapping[str, Any]
    now: datetime
    region: str
    resource_account: str
    sent: Sent = IN_PROCESS
    existing_tags: Callable[[], Tags | None] = _nothing
    resource_tags: Tags = field(default_factory=dict)
    further: Mapping[str, Value] = field(default_factory=dict)
    access_point: Callable[[], AccessPoint | None] = _nothing
    default_kms_key: Callable[[], str | None] = _nothing

    def get(self, key: str, /) -> Value | None:
        """The value of a condition key, whatever the case of its name; None where the request has none.

        The keys of objects' tags are case-sensitive (ASSUMED), those of other tags aren't.
        """
        if not actions.has_key(self.action, key):
            return None
        if key.lower() in self.further:
            return self.further[key.lower()]
        family = actions.family_of(key)
        if family.endswith("/"):
            tags, folds = _TAGS.get(family, _NO_TAGS)
            return _tag(tags(self) or {}, key.partition("/")[2], folds=folds)
        compute = _KEYS.get(family)
        return None if compute is None else compute(self)


def _tag(tags: Tags, key: str, *, folds: bool) -> str | None:
    if folds:
        return next((value for name, value in tags.items() if name.lower() == key.lower()), None)
    return tags.get(key)


def _existing_tags(keys: Keys) -> Tags | None:
    # GetObjectAttributes takes the key in a policy, but never has it; the source of a copy neither.
    return None if keys.operation in {"CopyObject", "GetObjectAttributes"} else keys.existing_tags()


def _request_object_tags(keys: Keys) -> Tags:
    tagging = keys.params.get("Tagging")
    if isinstance(tagging, str):
        return dict(parse_qsl(tagging, keep_blank_values=True))
    return _pairs((tagging or {}).get("TagSet", ()))


def _request_tags(keys: Keys) -> Tags:
    if keys.operation == "UntagResource":
        return dict.fromkeys(keys.params.get("TagKeys", ()), "")
    created = keys.params.get("CreateBucketConfiguration", {})
    return _pairs(keys.params.get("Tags", created.get("Tags", ())))


def _pairs(tags: Any) -> Tags:
    return {tag.get("Key", ""): tag.get("Value", "") for tag in tags}


def _resource_tags(keys: Keys) -> Tags:
    return keys.resource_tags


def _bucket_tags(keys: Keys) -> Tags:
    return keys.resource_tags if actions.resource_of(keys.action) in {"bucket", "object"} else {}


def _access_point_tags(keys: Keys) -> Tags:
    point = keys.access_point()
    return {} if point is None else point.tags


def _principal_tags(keys: Keys) -> Tags:
    return keys.principal.tags


def _tag_keys(tags: Callable[[Keys], Tags]) -> Callable[[Keys], Value | None]:
    def compute(keys: Keys) -> Value | None:
        return tuple(tags(keys)) or None

    return compute


def _param(name: str) -> Callable[[Keys], Value | None]:
    def compute(keys: Keys) -> Value | None:
        value = keys.params.get(name)
        return None if value is None else str(value)

    return compute


def _max_keys(keys: Keys) -> Value:
    return str(keys.params.get("MaxKeys", 1000))


_RETAIN_UNTIL: Final = ("ObjectLockRetainUntilDate", "Retention", "RetainUntilDate")


def _given(keys: Keys, name: str, document: str, member: str) -> Any:
    """A part of an object's lock: of a storing call's headers, or of another call's document."""
    return keys.params.get(name, (keys.params.get(document) or {}).get(member))


def _locked(name: str, document: str, member: str) -> Callable[[Keys], Value | None]:
    def compute(keys: Keys) -> Value | None:
        value = _given(keys, name, document, member)
        if isinstance(value, datetime):
            return value.isoformat()
        return None if value is None else str(value)

    return compute


def _remaining_days(keys: Keys) -> Value | None:
    until = _given(keys, *_RETAIN_UNTIL)
    return str((until - keys.now).days) if isinstance(until, datetime) else None


def _kms_key(keys: Keys) -> Value | None:
    """The key that is named, or the bucket's (LIKELY)."""
    key: str | None = keys.params.get("SSEKMSKeyId")
    return keys.default_kms_key() if key is None else key


def _signature_age(keys: Keys) -> Value | None:
    """In milliseconds, of presigned URLs alone."""
    signed_at = keys.sent.signed_at
    return None if signed_at is None else str(int((keys.now - signed_at).total_seconds() * 1000))


def _inventory_fields(keys: Keys) -> Value | None:
    return tuple(keys.params.get("InventoryConfiguration", {}).get("OptionalFields", ())) or None


def _location_constraint(keys: Keys) -> Value | None:
    constraint: str | None = keys.params.get("CreateBucketConfiguration", {}).get("LocationConstraint")
    return constraint


def _creates_object(keys: Keys) -> Value:
    return _bool(keys.operation in {"CompleteMultipartUpload", "CopyObject", "PostObject", "PutObject"})


def _bool(value: bool) -> str:
    return str(value).lower()


def _signed(compute: Callable[[Keys], Value | None]) -> Callable[[Keys], Value | None]:
    """A key that only signed requests have."""

    def of(keys: Keys) -> Value | None:
        return None if keys.principal.kind == "Anonymous" else compute(keys)

    return of


def _of_access_point(compute: Callable[[AccessPoint], str]) -> Callable[[Keys], Value | None]:
    def of(keys: Keys) -> Value | None:
        point = keys.access_point()
        return None if point is None else compute(point)

    return of


_NO_TAGS: Final[tuple[Callable[[Keys], Tags | None], bool]] = (lambda keys: None, False)
#: Keys that have a tag's key after them, to the tags and whether the case of that key doesn't matter.
_TAGS: Final[Mapping[str, tuple[Callable[[Keys], Tags | None], bool]]] = {
    "aws:principaltag/": (_principal_tags, True),
    "aws:requesttag/": (_request_tags, True),
    "aws:resourcetag/": (_resource_tags, True),
    "s3:accesspointtag/": (_access_point_tags, True),
    "s3:buckettag/": (_bucket_tags, True),
    "s3:existingobjecttag/": (_existing_tags, False),
    "s3:requestobjecttag/": (_request_object_tags, False),
}
_OF_S3: Final[Mapping[str, Callable[[Keys], Value | None]]] = {
    "aws:currenttime": lambda keys: keys.now.isoformat(),
    "aws:epochtime": lambda keys: str(int(keys.now.timestamp())),
    # "For anonymous requests, the request context returns anonymous" (DOCUMENTED, IAM user guide).
    "aws:principalaccount": lambda keys: keys.principal.account or keys.principal.user_id or None,
    "aws:principalarn": _signed(lambda keys: keys.principal.principal_arn),
    "aws:principalisawsservice": lambda keys: _bool(keys.principal.kind == "Service"),
    "aws:principaltype": lambda keys: keys.principal.kind,
    "aws:referer": lambda keys: keys.sent.headers.get("referer"),
    "aws:requestedregion": lambda keys: keys.region,
    "aws:resourceaccount": lambda keys: keys.resource_account,
    "aws:securetransport": lambda keys: _bool(keys.sent.is_secure),
    "aws:sourceip": lambda keys: keys.sent.source_ip,
    "aws:tagkeys": _tag_keys(_request_tags),
    "aws:useragent": lambda keys: keys.sent.headers.get("user-agent"),
    "aws:userid": lambda keys: keys.principal.user_id or None,
    "aws:username": lambda keys: keys.principal.user_name,
    "aws:viaawsservice": lambda keys: "false",
    "s3:accesspointnetworkorigin": _of_access_point(lambda point: point.origin),
    "s3:authtype": _signed(lambda keys: keys.sent.auth_type),
    "s3:dataaccesspointaccount": _of_access_point(lambda point: point.account),
    "s3:dataaccesspointarn": _of_access_point(lambda point: point.arn),
    "s3:delimiter": _param("Delimiter"),
    "s3:if-match": _param("IfMatch"),
    "s3:if-none-match": _param("IfNoneMatch"),
    "s3:inventoryaccessibleoptionalfields": _inventory_fields,
    "s3:locationconstraint": _location_constraint,
    "s3:max-keys": _max_keys,
    "s3:object-lock-legal-hold": _locked("ObjectLockLegalHoldStatus", "LegalHold", "Status"),
    "s3:object-lock-mode": _locked("ObjectLockMode", "Retention", "Mode"),
    "s3:object-lock-remaining-retention-days": _remaining_days,
    "s3:object-lock-retain-until-date": _locked(*_RETAIN_UNTIL),
    "s3:objectcreationoperation": _creates_object,
    "s3:prefix": _param("Prefix"),
    "s3:requestjoboperation": lambda keys: next(iter(keys.params.get("Operation", ())), None),
    "s3:requestjobpriority": _param("Priority"),
    "s3:requestobjecttagkeys": _tag_keys(_request_object_tags),
    "s3:resourceaccount": lambda keys: keys.resource_account,
    "s3:signatureage": _signature_age,
    "s3:signatureversion": _signed(lambda keys: "AWS" if keys.sent.has_old_signature else "AWS4-HMAC-SHA256"),
    "s3:tlsversion": lambda keys: "1.3" if keys.sent.is_secure else None,
    "s3:versionid": _param("VersionId"),
    "s3:x-amz-acl": _param("ACL"),
    "s3:x-amz-bucket-namespace": _param("BucketNamespace"),
    "s3:x-amz-content-sha256": lambda keys: keys.sent.headers.get("x-amz-content-sha256"),
    "s3:x-amz-copy-source": _param("CopySource"),
    "s3:x-amz-grant-full-control": _param("GrantFullControl"),
    "s3:x-amz-grant-read": _param("GrantRead"),
    "s3:x-amz-grant-read-acp": _param("GrantReadACP"),
    "s3:x-amz-grant-write": _param("GrantWrite"),
    "s3:x-amz-grant-write-acp": _param("GrantWriteACP"),
    "s3:x-amz-metadata-directive": _param("MetadataDirective"),
    "s3:x-amz-object-ownership": _param("ObjectOwnership"),
    "s3:x-amz-server-side-encryption": _param("ServerSideEncryption"),
    "s3:x-amz-server-side-encryption-aws-kms-key-id": _kms_key,
    "s3:x-amz-server-side-encryption-customer-algorithm": _param("SSECustomerAlgorithm"),
    "s3:x-amz-storage-class": _param("StorageClass"),
    "s3:x-amz-website-redirect-location": _param("WebsiteRedirectLocation"),
}
#: Directory buckets have keys of their own, of which these are as S3's.
_OF_EXPRESS: Final = (
    *("authtype", "resourceaccount", "signatureage", "signatureversion", "tlsversion"),
    "x-amz-content-sha256",
)
_KEYS: Final[Mapping[str, Callable[[Keys], Value | None]]] = {
    **_OF_S3,
    **{f"s3express:{name}": _OF_S3[f"s3:{name}"] for name in _OF_EXPRESS},
    "s3express:sessionmode": _param("SessionMode"),
}
