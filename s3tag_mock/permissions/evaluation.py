"""What policies decide over a request: a denial outweighs all, then something must allow.

Source: IAM user guide, "Policy evaluation logic", "Evaluating identity-based policies with resource-based
policies", "Cross-account policy evaluation logic".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from s3tag_mock.permissions.conditions import Condition, Context, lookup_in
from s3tag_mock.permissions.decision import Decision, Match, PolicyType
from s3tag_mock.permissions.document import Policy, Principals, Statement, of
from s3tag_mock.permissions.patterns import PolicyText, no_variables
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.rules.names import canonical_user_id

#: What the root user of a bucket's account may do whatever its policy says (OBSERVED).
_ALWAYS_FOR_ROOT: Final = frozenset({"s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketPolicy"})
#: What nobody needs a permission for, and no policy denies (GetCallerIdentity).
_ALWAYS: Final = "sts:getcalleridentity"
#: How the ARNs begin of managed policies of AWS's, and of roles that AWS made in an account.
_OF_AWS: Final = re.compile(r"arn:[^:]*:iam::(aws:|\d*:role/aws-reserved/)")
#: What the names of IAM's actions begin with that change nothing.
_READS: Final = ("generate", "get", "list", "simulate")
#: A policy that allows everything.
ADMINISTRATOR: Final = of(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
)


class NamedPolicy(NamedTuple):
    """A policy with its name.

    :param name: an inline policy's name, or a managed policy's ARN.
    """

    name: str
    policy: Policy


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies that decide over a request.

    :param identity: of the user or role.
    :param boundary: their permissions boundary.
    :param session: those that a session was made with; None for a session without, and for no session.
    :param resource: of the resource.
    """

    identity: Sequence[NamedPolicy] = ()
    boundary: NamedPolicy | None = None
    session: Sequence[NamedPolicy] | None = None
    resource: NamedPolicy | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to do.

    :param action: such as ``"s3:GetObject"``.
    :param resource: the ARN of what it is done to; ``"*"`` for an action without a resource.
    :param context: the condition keys that the request has.
    :param account: whose the resource is.
    :param own_resource: the ARN by which the caller's own policies know the resource, where that is another.
    """

    principal: Principal
    action: str
    resource: str
    context: Context
    account: str
    own_resource: str | None = None

    def arn_for(self, kind: PolicyType) -> str:
        """The ARN by which a kind of policy knows the resource."""
        return self.resource if kind == "resource-based policy" else self.own_resource or self.resource


class Grant(IntEnum):
    """How directly a statement of a resource's policy names the principal."""

    NONE = 0
    ACCOUNT = 1
    ROLE = 2
    DIRECT = 3


def decide(request: Request, policies: Policies) -> Decision:
    """Whether policies allow a request."""
    if request.action.lower() == _ALWAYS:
        return Decision(request.action, resource=request.resource)
    found = list(_matches(request, policies))
    denials = [match for match, _ in found if match.statement.effect == "Deny"]
    if denials and not _is_always_allowed(request):
        kind = denials[0].type
        first = tuple(one for one in denials if one.type == kind)
        return Decision(request.action, kind, True, first, resource=request.arn_for(kind))
    allows = [(match, grant) for match, grant in found if match.statement.effect == "Allow"]
    lacking = _lacking(request, policies, allows)
    if lacking is None:
        allowing = tuple(match for match, _ in allows)
        return Decision(request.action, statements=allowing, resource=request.resource)
    return _silence(request, policies, lacking)


def _silence(request: Request, policies: Policies, kind: PolicyType) -> Decision:
    """The decision that no policy of a kind allows a request."""
    return Decision(
        request.action,
        kind,
        missing=_missing(request, policies),
        resource=request.arn_for(kind),
        near=tuple(_near(request, policies, kind)),
    )


def _is_always_allowed(request: Request) -> bool:
    is_own_root = request.principal.kind == "Account" and request.principal.account == request.account
    return is_own_root and request.action in _ALWAYS_FOR_ROOT


def _lacking(
    request: Request, policies: Policies, allows: Sequence[tuple[Match, Grant]]
) -> PolicyType | None:
    """The kind of policy that would have to allow and doesn't; None when all that must, do."""
    types = {match.type for match, _ in allows}
    granted = max(
        (grant for match, grant in allows if match.type == "resource-based policy"), default=Grant.NONE
    )
    principal = request.principal
    if principal.kind in {"Anonymous", "Service", "WebIdentity"}:
        return None if granted else "resource-based policy"
    is_own = principal.account == request.account
    # A role's trust policy must allow by itself; and nobody changes what is AWS's own.
    trusts = policies.resource is not None and request.action.lower().startswith("sts:")
    if not granted and (trusts or not is_own or _changes_what_is_of_aws(request)):
        return "resource-based policy"
    if principal.kind == "Account" or (is_own and granted is Grant.DIRECT):
        return None
    if not (is_own and granted is Grant.ROLE) and "identity-based policy" not in types:
        return "identity-based policy"
    if policies.boundary is not None and "permissions boundary" not in types:
        return "permissions boundary"
    if policies.session is not None and "session policy" not in types:
        return "session policy"
    return None


def _changes_what_is_of_aws(request: Request) -> bool:
    """Whether a request would change a managed policy of AWS's, or a role that AWS made in an account (IAM
    user guide, "AWS managed policies"; IAM Identity Center user guide, "Permission sets").
    """
    service, _, name = request.action.lower().partition(":")
    is_of_aws = _OF_AWS.match(request.resource) is not None
    return service == "iam" and is_of_aws and not name.startswith(_READS)


def _all(policies: Policies) -> Iterator[tuple[PolicyType, NamedPolicy]]:
    """In the order in which a denial is looked for."""
    for policy in policies.identity:
        yield "identity-based policy", policy
    if policies.resource is not None:
        yield "resource-based policy", policies.resource
    if policies.boundary is not None:
        yield "permissions boundary", policies.boundary
    for policy in policies.session or ():
        yield "session policy", policy


def _matches(request: Request, policies: Policies) -> Iterator[tuple[Match, Grant]]:
    for kind, (name, policy) in _all(policies):
        for statement in policy.statements:
            grant = _grant(request, kind, statement)
            if grant and _is_about(request, kind, statement) and _hold(statement.conditions, request.context):
                yield Match(kind, name, statement), grant


def _near(request: Request, policies: Policies, lacking: PolicyType) -> Iterator[Match]:
    """The statements of the kind of policy that would have to allow, which name the action at least."""
    for kind, (name, policy) in _all(policies):
        for statement in policy.statements if kind == lacking else ():
            if statement.effect == "Allow" and _names_action(request, statement):
                yield Match(kind, name, statement)


def _missing(request: Request, policies: Policies) -> tuple[str, ...]:
    keys = {
        condition.key
        for kind, (_, policy) in _all(policies)
        for statement in policy.statements
        if _grant(request, kind, statement) and _is_about(request, kind, statement)
        for condition in statement.conditions
        if request.context.get(condition.key) is None
    }
    return tuple(sorted(keys))


def _hold(conditions: Iterable[Condition], context: Context) -> bool:
    return all(condition.holds(context) for condition in conditions)


def _is_about(request: Request, kind: PolicyType, statement: Statement) -> bool:
    """Whether a statement is about a request's action and resource."""
    return _names_action(request, statement) and _names_resource(request, request.arn_for(kind), statement)


def _names_action(request: Request, statement: Statement) -> bool:
    if statement.actions is not None:
        return covers_action(statement.actions, request.action)
    return not covers_action(statement.not_actions or (), request.action)


def _names_resource(request: Request, arn: str, statement: Statement) -> bool:
    lookup = lookup_in(request.context)
    # An action without a resource is covered by "*" alone.
    if statement.resources is not None:
        return any(text.is_like_arn(arn, lookup) for text in statement.resources)
    if statement.not_resources is not None:
        return not any(text.is_like_arn(arn, lookup) for text in statement.not_resources)
    return True  # trust policies have no resource


def covers_action(texts: Iterable[PolicyText], action: str) -> bool:
    """Whether one of the texts matches an action."""
    return any(text.is_like(action, no_variables) for text in texts)


def _grant(request: Request, kind: PolicyType, statement: Statement) -> Grant:
    """How a statement names the principal: in policies other than a resource's, everybody is meant."""
    if kind != "resource-based policy":
        return Grant.DIRECT
    if statement.not_principals is not None:
        spared = statement.not_principals
        if statement.effect == "Allow":
            is_spared = names(spared, request.principal) is not Grant.NONE
        else:
            is_spared = _spares(spared, request.principal)
        return Grant.NONE if is_spared else Grant.DIRECT
    return names(statement.principals or Principals(), request.principal)


def names(principals: Principals, principal: Principal) -> Grant:
    """How directly somebody is named among principals."""
    if principals.is_everybody:
        return Grant.DIRECT
    if principal.kind in {"Service", "WebIdentity"}:
        named = principals.services if principal.kind == "Service" else principals.federated
        return Grant.DIRECT if principal.arn in named else Grant.NONE
    if principal.kind == "Anonymous":
        return Grant.NONE
    if _is_named(principals, principal.arn, principal):
        return Grant.DIRECT
    if principal.role is not None and _is_named(principals, principal.role, principal):
        return Grant.ROLE
    return Grant.ACCOUNT if _names_account(principals, principal) else Grant.NONE


def _is_named(principals: Principals, arn: str, principal: Principal) -> bool:
    """Whether a user or role is among principals, by its ARN or by its id; a session by its ARN alone."""
    is_session = principal.role is not None and arn == principal.arn
    by_id = principal.kind in {"AssumedRole", "User"} and not is_session
    return arn in principals.aws or (by_id and principal.user_id.partition(":")[0] in principals.aws)


def _names_account(principals: Principals, principal: Principal) -> bool:
    account, partition = principal.account, principal.arn.split(":")[1]
    names_it = not {account, f"arn:{partition}:iam::{account}:root"}.isdisjoint(principals.aws)
    return names_it or canonical_user_id(account) in principals.canonical_users


def _spares(principals: Principals, principal: Principal) -> bool:
    """Whether a denial of NotPrincipal leaves somebody out: the account must be named too, and of a session
    the role.
    """
    if principals.is_everybody:
        return True
    if principal.kind in {"Account", "Service", "WebIdentity"}:
        return names(principals, principal) is not Grant.NONE
    own = {principal.arn} if principal.role is None else {principal.arn, principal.role}
    is_named = all(_is_named(principals, arn, principal) for arn in own)
    return is_named and _names_account(principals, principal)
