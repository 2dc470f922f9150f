"""Whether the caller may do what an operation does to a bucket or an object.

The caller's own policies decide, the bucket's, and where it has ACLs, they.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.operations import authorization
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.record import Params, of_version
from s3tag_mock.permissions import actions
from s3tag_mock.permissions.decision import Decision
from s3tag_mock.permissions.document import Policy
from s3tag_mock.permissions.evaluation import NamedPolicy, Policies, Request, decide
from s3tag_mock.permissions.keys import AccessPoint, Tags
from s3tag_mock.rules import acl, encryption
from s3tag_mock.rules.names import canonical_user_id
from s3tag_mock.rules.ownership import BUCKET_OWNER_ENFORCED
from s3tag_mock.state import access_point as state
from s3tag_mock.state.bucket import Bucket, ObjectVersion


def check(call: CallContext, owner: Bucket, params: Params) -> None:
    """Refuse a call, unless all actions that it needs are allowed.

    :raises AwsError: AccessDenied; also for another account that doesn't offer to pay a bucket whose
        requesters pay.
    """
    if is_decided(call, owner, params):
        return
    for action in call.operation.actions_on(params):
        _refuse_unless(call, owner, params, action)
    if call.account == owner.owner:
        return
    offers = params.get("RequestPayer") == "requester" and not call.caller.is_anonymous
    if owner.payer == "Requester" and not offers:
        raise errors.ACCESS_DENIED(hint="the bucket's requesters pay, and RequestPayer isn't 'requester'")


def allows(call: CallContext, owner: Bucket, params: Params, action: str) -> bool:
    """Whether the caller may also do something that changes an answer, but that no call is refused for.

    :param action: such as ``"s3:GetObjectTagging"``; its twin for versions is meant where one is named.
    """
    return (
        is_decided(call, owner, params) or decision(call, owner, params, of_version(params, action)).allowed
    )


def check_action(call: CallContext, owner: Bucket, params: Params, action: str) -> None:
    """Refuse an action that a call needs beside those of its record.

    :raises AwsError: AccessDenied.
    """
    if not is_decided(call, owner, params):
        _refuse_unless(call, owner, params, action)


def check_listing(call: CallContext, owner: Bucket, params: Params) -> None:
    """Refuse to say that a key isn't there to a caller who may not list it (GetObject, HeadObject:
    DOCUMENTED; GetObjectTagging OBSERVED; others LIKELY).

    :raises AwsError: AccessDenied, about s3:ListBucket.
    """
    listing = {"Bucket": params["Bucket"], "Prefix": params["Key"]}
    check_action(call, owner, listing, "s3:ListBucket")


def blocks(call: CallContext, owner: Bucket, setting: str) -> bool:
    """Whether a bucket blocks a kind of public access, by its own settings or by its account's.

    :param setting: such as ``"BlockPublicAcls"``.
    """
    account = call.world.account_public_access_blocks.get(owner.owner, {})
    return owner.public_access_block.get(setting, False) or account.get(setting, False)


def is_decided(call: CallContext, owner: Bucket, params: Params) -> bool:
    """Whether the caller may do everything with a bucket: its own, with all rights, and without a policy."""
    is_own = owner.policy is None and call.account == owner.owner and call.caller.is_administrator
    if is_own and owner.ownership != BUCKET_OWNER_ENFORCED and "Key" in params:
        is_own = owner.owner_of(_named_version(owner, params)) == owner.owner
    point = _point(call, params) if is_own and call.world.access_points else None
    return is_own and (point is None or point.policy is None)


def _refuse_unless(call: CallContext, owner: Bucket, params: Params, action: str) -> None:
    request, policies = _asked(call, owner, params, action)
    decided = (
        _restricted(call, owner, request)
        or _refused_by_access_point(call, params, request)
        or decide(request, policies)
    )
    if decided.allowed or _acls_allow(call, owner, params, request, policies, decided):
        return
    # Of directory buckets, too, the text is the short one (DOCUMENTED).
    if call.account == request.account and owner.zone is None:
        raise authorization.denied(call, decided, decided.resource)
    raise errors.ACCESS_DENIED(hint=_explained(call, owner, decided))


def _acls_allow(
    call: CallContext,
    owner: Bucket,
    params: Params,
    request: Request,
    policies: Policies,
    decided: Decision,
) -> bool:
    """Whether the bucket has ACLs, and they allow what no policy denies: to everybody, or to a caller of
    another account whose own policies allow it too.
    """
    if decided.explicit or owner.ownership == BUCKET_OWNER_ENFORCED:
        return False
    version = _named_version(owner, params)
    is_own = call.account == request.account
    if request.action == "s3:PutObject" and version is not None and owner.owner_of(version) != call.account:
        # Whoever may write into the bucket may not overwrite what is another's (OBSERVED argmin).
        return False
    # Grants to the owner's account are no grants to its users.
    canonical = "" if is_own else canonical_user_id(call.account)
    granted = acl.allows(
        request.action,
        None if call.caller.is_anonymous else canonical,
        of_object=None if version is None else version.properties.grants,
        of_bucket=owner.grants,
        stores="Body" in params,
        ignores_public=blocks(call, owner, "IgnorePublicAcls"),
    )
    if not granted or is_own or call.caller.is_anonymous:
        return granted
    return decide(replace(request, account=call.account), replace(policies, resource=None)).allowed


def _explained(call: CallContext, owner: Bucket, decided: Decision) -> str:
    if decided.explicit and not decided.statements:
        return f"the policy of {owner.name} is public, and RestrictPublicBuckets keeps other accounts out"
    if decided.explicit or decided.type != "resource-based policy":
        return decided.explanation
    if call.caller.is_anonymous:
        whose = "nobody signed the call"
    else:
        whose = f"the bucket is {owner.owner}'s, the call {call.account}'s"
    missing = f"; the request has no {', '.join(decided.missing)}" if decided.missing else ""
    silent = "access point" if ":accesspoint/" in decided.resource else "bucket"
    return f"{whose}, and no policy of the {silent} allows {decided.action}{missing}"


def decision(call: CallContext, owner: Bucket, params: Params, action: str, **more: Any) -> Decision:
    """What policies decide over an action; ACLs are left out.

    :param more: what else the condition keys are made of.
    """
    request, policies = _asked(call, owner, params, action, **more)
    refusal = _restricted(call, owner, request) or _refused_by_access_point(call, params, request)
    return refusal or decide(request, policies)


def _restricted(call: CallContext, owner: Bucket, request: Request) -> Decision | None:
    """The decision over a bucket whose policy is public and that keeps others out; None for any other."""
    if owner.policy is None or not owner.policy.is_public or call.account == owner.owner:
        return None
    if not blocks(call, owner, "RestrictPublicBuckets"):
        return None
    return Decision(request.action, "resource-based policy", explicit=True, resource=request.resource)


def _refused_by_access_point(call: CallContext, params: Params, request: Request) -> Decision | None:
    """The decision of the policy of the access point that a call came through, where it denies, or doesn't
    allow another account (user guide, "Configuring IAM policies for using access points"); else None. One
    without a policy allows other accounts nothing.
    """
    point = _point(call, params)
    if point is None:
        return None
    asked = replace(request, resource=request.own_resource or request.resource, account=point.account)
    policy = None if point.policy is None else NamedPolicy(point.name, point.policy.policy)
    decided = decide(asked, Policies(authorization.ALL_RIGHTS, resource=policy))
    return None if decided.allowed else decided


def _asked(
    call: CallContext, owner: Bucket, params: Params, action: str, **more: Any
) -> tuple[Request, Policies]:
    if owner.zone is not None:
        action = _express(action)
    context = authorization.context_of(
        call,
        action,
        params,
        resource_account=owner.owner,
        existing_tags=lambda: _existing_tags(owner, params),
        resource_tags=owner.tags if owner.abac else {},
        access_point=lambda: _access_point(call, params),
        default_kms_key=lambda: encryption.default_kms_key(owner.encryption),
        **more,
    )
    account = _owner_of_resource(call, owner, params, action)
    request = Request(
        call.principal,
        action,
        _resource(owner, params, action),
        context,
        account=account,
        own_resource=_resource_at_access_point(call, params, action),
    )
    policy = None if owner.policy is None else NamedPolicy(owner.name, owner.policy.policy)
    if policy is not None and account != owner.owner:
        # The bucket's owner can deny access to what isn't its own, and allow none (DOCUMENTED).
        denials = tuple(one for one in policy.policy.statements if one.effect == "Deny")
        policy = NamedPolicy(owner.name, Policy(policy.policy.version, denials))
    return request, authorization.policies_of(call.world.identities, call.caller, policy)


#: What is done to an object by right of the bucket's owner, whoever owns the object (S3 user guide, "How
#: Amazon S3 authorizes a request for an object operation"; for restores "Object Ownership").
_BY_BUCKET_OWNER: Final = frozenset(
    {
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:InitiateReplication",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
        "s3:RestoreObject",
    }
)


#: Beside copies, whose sources are asked about too.
_STORING: Final = frozenset({"CreateMultipartUpload", "PostObject", "PutObject"})


def _owner_of_resource(call: CallContext, owner: Bucket, params: Params, action: str) -> str:
    """The account whose a bucket, or an object in it, is."""
    if actions.resource_of(action) != "object" or action in _BY_BUCKET_OWNER or _is_stored(call, params):
        return owner.owner
    return owner.owner_of(_named_version(owner, params))


def _is_stored(call: CallContext, params: Params) -> bool:
    """Whether these parameters are of an object that the call puts, not of one that was there before."""
    return call.operation.name in _STORING or "CopySource" in params


def _express(action: str) -> str:
    """The action of S3 Express for one of S3: calls of objects and lists need a session alone."""
    kind = actions.resource_of(action)
    named = action.replace("s3:", "s3express:", 1)
    is_named = kind == "bucket" and actions.resource_of(named) == "bucket"
    return named if is_named else "s3express:CreateSession"


def _resource(owner: Bucket, params: Params, action: str) -> str:
    """The ARN of what an action is done to; of every object where the call names none."""
    arn = owner.arn
    return f"{arn}/{params.get('Key', '*')}" if actions.resource_of(action) == "object" else arn


def _resource_at_access_point(call: CallContext, params: Params, action: str) -> str | None:
    """The ARN by which the caller's own policies know a resource that is reached through an access point
    (LIKELY; pasted for session policies); None for any other.
    """
    point = _point(call, params)
    if point is None:
        return None
    is_object = actions.resource_of(action) == "object"
    return f"{point.arn}/object/{params.get('Key', '*')}" if is_object else point.arn


def _existing_tags(owner: Bucket, params: Params) -> Tags | None:
    version = _named_version(owner, params)
    return None if version is None or version.is_delete_marker else version.tags


def _named_version(owner: Bucket, params: Params) -> ObjectVersion | None:
    key = params.get("Key")
    return None if key is None else owner.named(key, params.get("VersionId"))


def _access_point(call: CallContext, params: Params) -> AccessPoint | None:
    """The access point that a call came through, as policies see it."""
    point = _point(call, params)
    if point is None:
        return None
    origin = "Internet" if point.vpc is None else "VPC"
    return AccessPoint(point.arn, point.account, origin, point.tags)


def _point(call: CallContext, params: Params) -> state.AccessPoint | None:
    """The access point that a call came through; buckets' names are looked up first."""
    name = params.get("Bucket", "")
    if name in call.buckets:
        return None
    return call.world.access_points.get(name) or call.world.access_point_of_alias(name)
