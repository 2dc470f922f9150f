"""Access control lists: canned ones, grants in headers, and documents.

Sources: S3 user guide, "Access control list (ACL) overview"; RECORDED, LS test_s3_bucket_acl_exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.rules.ownership import BUCKET_OWNER_ENFORCED

Grants = list[dict[str, Any]]

#: Parameters that give an ACL in headers.
GRANT_HEADERS: Final[dict[str, tuple[str, str]]] = {
    "GrantFullControl": ("x-amz-grant-full-control", "FULL_CONTROL"),
    "GrantRead": ("x-amz-grant-read", "READ"),
    "GrantReadACP": ("x-amz-grant-read-acp", "READ_ACP"),
    "GrantWrite": ("x-amz-grant-write", "WRITE"),
    "GrantWriteACP": ("x-amz-grant-write-acp", "WRITE_ACP"),
}
_EVERYBODY: Final = "http://acs.amazonaws.com/groups/global/AllUsers"
_AUTHENTICATED: Final = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
_LOG_DELIVERY: Final = "http://acs.amazonaws.com/groups/s3/LogDelivery"
_GROUPS: Final = frozenset({_EVERYBODY, _AUTHENTICATED, _LOG_DELIVERY})
PERMISSIONS: Final = frozenset(permission for _, permission in GRANT_HEADERS.values())
#: The one canned ACL that storing calls may give in a bucket without ACLs.
BUCKET_OWNER_FULL_CONTROL: Final = "bucket-owner-full-control"
#: Canned ACL to what it grants beside the owner's full control.
_CANNED: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "private": (),
    "public-read": ((_EVERYBODY, "READ"),),
    "public-read-write": ((_EVERYBODY, "READ"), (_EVERYBODY, "WRITE")),
    "authenticated-read": ((_AUTHENTICATED, "READ"),),
    "aws-exec-read": (),
    "bucket-owner-read": (),
    BUCKET_OWNER_FULL_CONTROL: (),
    "log-delivery-write": ((_LOG_DELIVERY, "WRITE"), (_LOG_DELIVERY, "READ_ACP")),
}
#: Canned ACLs that objects may have (ObjectCannedACL): logs are delivered to buckets.
OBJECT_CANNED: Final = frozenset(_CANNED) - {"log-delivery-write"}
_TYPES: Final = frozenset({"AmazonCustomerByEmail", "CanonicalUser", "Group"})
_PAIR: Final = re.compile(r'\s*(\w+)="?([^",]*)"?\s*')
_CANONICAL_ID: Final = re.compile("[0-9a-f]{64}")


def owners_alone(owner: str) -> Grants:
    """The ACL that everything has at first.

    :param owner: a canonical user id.
    """
    return [{"Grantee": {"ID": owner, "Type": "CanonicalUser"}, "Permission": "FULL_CONTROL"}]


def given(params: Mapping[str, Any], owner: str, bucket_owner: str | None = None) -> Grants | None:
    """The ACL that a call gives, as grants; None when it gives none.

    :param owner: of the object or bucket, a canonical user id.
    :param bucket_owner: of the bucket that the object is in, where that is another.

    :raises AwsError: what AWS answers to an invalid one.
    """
    canned = params.get("ACL")
    headers = [name for name in GRANT_HEADERS if name in params]
    document = params.get("AccessControlPolicy")
    if canned is not None and headers:
        raise errors.CANNED_ACL_AND_GRANTS()
    if document is not None and (canned is not None or headers):
        raise errors.UNEXPECTED_CONTENT()
    if canned is not None:
        return [*_canned(canned, owner), *_to_bucket_owner(canned, bucket_owner)]
    if headers:
        return [grant for name in headers for grant in _in_header(name, params[name])]
    return None if document is None else _in_document(document)


def check_ownership(grants: Grants | None, owner: str, ownership: str) -> None:
    """Refuse to take the ACL away from a bucket whose ACL gives others something.

    :param owner: the bucket owner's canonical user id.
    :param ownership: the ObjectOwnership that is wanted.
    :raises AwsError: InvalidBucketAclWithObjectOwnership (DOCUMENTED, user guide, "Error codes" of object
        ownership).
    """
    others = [grant for grant in grants or () if grant["Grantee"].get("ID") != owner]
    if ownership == BUCKET_OWNER_ENFORCED and others:
        raise errors.BUCKET_ACL_WITH_OWNERSHIP(hint=f"the bucket's ACL grants {others!r}")


def check(grants: Grants | None, ownership: str | None, *, closed: bool) -> None:
    """Refuse an ACL that a bucket doesn't take.

    :param ownership: the bucket's ObjectOwnership.
    :param closed: whether a bucket without ACLs refuses even the owner's alone, as Put*Acl does, and storing
        calls do for a canned ACL other than ``bucket-owner-full-control`` (DOCUMENTED, user guide,
        "Controlling ownership of objects"), or than ``private`` from the bucket owner's account (OBSERVED,
        flysystem #1874 and #1904, redpanda-data/connect PR 4372).
    :raises AwsError: AccessControlListNotSupported.
    """
    if grants is None:
        return
    if ownership == BUCKET_OWNER_ENFORCED and (closed or len(grants) > 1 or _groups(grants)):
        raise errors.NO_ACLS(
            hint="new buckets have no ACLs since April 2023; put_bucket_ownership_controls with ObjectWriter "
            "gives them back"
        )


def is_public(grants: Grants | None) -> bool:
    """Whether an ACL grants something to everybody, as Block Public Access has it."""
    return grants is not None and not {_EVERYBODY, _AUTHENTICATED}.isdisjoint(_groups(grants))


def _groups(grants: Grants) -> set[str]:
    return {grant["Grantee"]["URI"] for grant in grants if "URI" in grant["Grantee"]}


def _to_bucket_owner(name: str, bucket_owner: str | None) -> Grants:
    permission = {"bucket-owner-read": "READ", BUCKET_OWNER_FULL_CONTROL: "FULL_CONTROL"}.get(name)
    if permission is None or bucket_owner is None:
        return []
    return [{"Grantee": {"ID": bucket_owner, "Type": "CanonicalUser"}, "Permission": permission}]


def _canned(name: str, owner: str) -> Grants:
    if name not in _CANNED:
        raise errors.INVALID_ARGUMENT(message="", ArgumentName="x-amz-acl", ArgumentValue=name)
    groups = [
        {"Grantee": {"Type": "Group", "URI": uri}, "Permission": permission}
        for uri, permission in _CANNED[name]
    ]
    return [*owners_alone(owner), *groups]


def _in_header(name: str, text: str) -> Grants:
    header, permission = GRANT_HEADERS[name]
    return [{"Grantee": _grantee(header, pair), "Permission": permission} for pair in text.split(",") if pair]


def _grantee(header: str, pair: str) -> dict[str, str]:
    match = _PAIR.fullmatch(pair)
    if match is None or match[1] not in {"id", "uri", "emailAddress"}:
        raise errors.INVALID_ARGUMENT(
            message="Argument format not recognized", ArgumentName=header, ArgumentValue=pair.strip()
        )
    kind, value = match.groups()
    if kind == "emailAddress":
        raise errors.UNRESOLVABLE_GRANT()
    return _group(value, "uri") if kind == "uri" else _user(value, "id")


def _in_document(document: Mapping[str, Any]) -> Grants:
    grants: Grants = document.get("Grants", [])
    if "Owner" not in document:
        raise errors.MALFORMED_ACL(hint="there is no Owner")
    _user(document["Owner"].get("ID", ""), "CanonicalUser/ID")
    for grant in grants:
        grantee, permission = grant.get("Grantee", {}), grant.get("Permission")
        if grantee.get("Type") not in _TYPES:
            raise errors.MALFORMED_ACL(hint=f"the Type of the grantee is {grantee.get('Type')!r}")
        if permission not in PERMISSIONS or not ("ID" in grantee or "URI" in grantee):
            raise errors.MALFORMED_ACL(hint=f"the grant is {grant!r}")
        if "URI" in grantee:
            _group(grantee["URI"], "Group/URI")
        else:
            _user(grantee["ID"], "CanonicalUser/ID")
    return grants


def _group(uri: str, argument: str) -> dict[str, str]:
    if uri not in _GROUPS:
        raise errors.INVALID_ARGUMENT(message="Invalid group uri", ArgumentName=argument, ArgumentValue=uri)
    return {"Type": "Group", "URI": uri}


def _user(canonical_id: str, argument: str) -> dict[str, str]:
    if _CANONICAL_ID.fullmatch(canonical_id) is None:
        raise errors.INVALID_ARGUMENT(message="Invalid id", ArgumentName=argument, ArgumentValue=canonical_id)
    return {"Type": "CanonicalUser", "ID": canonical_id}


#: The actions that a permission of an object's or a bucket's ACL allows (S3 user guide, "Mapping of ACL
#: permissions and access policy permissions"). Who may write objects into a bucket says what their ACLs are.
_OF_OBJECT: Final[Mapping[str, str]] = {
    "s3:GetObject": "READ",
    "s3:GetObjectVersion": "READ",
    "s3:GetObjectAcl": "READ_ACP",
    "s3:GetObjectVersionAcl": "READ_ACP",
    "s3:PutObjectAcl": "WRITE_ACP",
    "s3:PutObjectVersionAcl": "WRITE_ACP",
}
_OF_BUCKET: Final[Mapping[str, str]] = {
    "s3:GetBucketAcl": "READ_ACP",
    "s3:ListBucket": "READ",
    "s3:ListBucketMultipartUploads": "READ",
    "s3:ListBucketVersions": "READ",
    "s3:PutBucketAcl": "WRITE_ACP",
    "s3:PutObject": "WRITE",
}


def allows(
    action: str,
    caller: str | None,
    *,
    of_object: Grants | None,
    of_bucket: Grants | None,
    stores: bool,
    ignores_public: bool,
) -> bool:
    """Whether ACLs let another account, or anybody, do something.

    :param action: such as ``"s3:GetObject"``.
    :param caller: a canonical user id; None for a call that nobody signed.
    :param of_object: the grants of the object that the call is about; None for its owner's alone.
    :param of_bucket: the grants of the bucket, likewise.
    :param stores: whether the call stores an object, whose ACL it may give.
    :param ignores_public: the bucket's IgnorePublicAcls.
    """
    if stores and action == "s3:PutObjectAcl":
        action = "s3:PutObject"
    if action in _OF_OBJECT:
        grants, wanted = of_object, _OF_OBJECT[action]
    else:
        grants, wanted = of_bucket, _OF_BUCKET.get(action, "")
    groups = set() if ignores_public else {_EVERYBODY} if caller is None else {_EVERYBODY, _AUTHENTICATED}
    return any(
        grant["Permission"] in {wanted, "FULL_CONTROL"}
        and (grant["Grantee"].get("ID", "") == caller or grant["Grantee"].get("URI") in groups)
        for grant in (grants or ())
        if wanted
    )
