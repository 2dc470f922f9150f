"""What the policies of a caller decide, and AccessDenied in AWS's words.

The one place that knows which policies are a caller's. The mock's own user, and roles that nobody made, may
do everything in their account (ASSUMED).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.context import CallContext
from s3tag_mock.permissions.conditions import Value
from s3tag_mock.permissions.decision import Decision
from s3tag_mock.permissions.evaluation import ADMINISTRATOR, NamedPolicy, Policies, Request, decide
from s3tag_mock.permissions.keys import Keys
from s3tag_mock.rules.services import SERVICES
from s3tag_mock.state.aws_policies import managed_policy
from s3tag_mock.state.iam import Document, Entity, User
from s3tag_mock.state.identities import Identities

#: The policies of a caller who may do everything.
ALL_RIGHTS: Final = (NamedPolicy("of an administrator", ADMINISTRATOR),)


def policies_of(identities: Identities, caller: Caller, resource: NamedPolicy | None = None) -> Policies:
    """The policies that decide over a call.

    :param resource: the policy of what it is about.
    """
    if caller.is_anonymous:
        return Policies(resource=resource)
    entity, session = caller.entity, caller.session
    limits = None if session is None or session.policies is None else session.policies
    return Policies(
        identity=ALL_RIGHTS if entity is None else _identity(identities, entity),
        boundary=None if entity is None else _boundary(identities, entity),
        session=None if limits is None else [NamedPolicy("of the session", one.policy) for one in limits],
        resource=resource,
    )


def _identity(identities: Identities, entity: Entity) -> Sequence[NamedPolicy]:
    return [NamedPolicy(name, found.policy) for name, found in documents_of(identities, entity)]


def documents_of(identities: Identities, entity: Entity) -> Iterator[tuple[str, Document]]:
    """Name and document of the policies of a user (its groups' too), a role or a group."""
    groups = entity.groups if isinstance(entity, User) else ()
    holders = [entity, *filter(None, (identities.group(entity.account, name) for name in groups))]
    for holder in holders:
        for name, document in holder.inline.items():
            # moto's managed policies are kept with those that have them, by their ARNs.
            yield name if name.startswith("arn:") else f"{name} of {holder.kind} {holder.name}", document
        for arn in holder.attached:
            yield arn, _managed(identities, arn)


def _boundary(identities: Identities, entity: Entity) -> NamedPolicy | None:
    arn = entity.boundary
    return (
        None if arn is None else NamedPolicy(arn, (entity.moto_boundary or _managed(identities, arn)).policy)
    )


def _managed(identities: Identities, arn: str) -> Document:
    found = managed_policy(identities, arn)
    assert found is not None, f"{arn} can't be deleted while it is attached"
    return found.document


def context_of(call: CallContext, action: str, params: Mapping[str, Any], **more: Any) -> Keys:
    """The condition keys of a call.

    :param more: what else :class:`Keys` takes.
    """
    further = {**_of_session(call), **more.pop("further", {})}
    return Keys(
        principal=more.pop("principal", call.principal),
        action=action,
        operation=call.operation.name,
        params=params,
        now=call.now,
        region=call.region,
        resource_account=more.pop("resource_account", call.account),
        sent=call.sent,
        further=further,
        **more,
    )


def _of_session(call: CallContext) -> Mapping[str, Value]:
    """The keys that temporary credentials alone have."""
    session = call.caller.session
    if session is None:
        return {}
    age = int((call.now - session.created).total_seconds())
    return {
        "aws:multifactorauthpresent": str(session.used_mfa).lower(),
        "aws:tokenissuetime": session.created.isoformat(),
        **({"aws:multifactorauthage": str(age)} if session.used_mfa else {}),
        **({} if session.identity is None else {"aws:sourceidentity": session.identity}),
    }


def check(
    call: CallContext,
    action: str,
    resource: str,
    params: Mapping[str, Any],
    *,
    shown: str | None = "",
    is_quoted: bool = True,
    **more: Any,
) -> None:
    """Refuse what the caller's own policies don't allow, on something that has no policy of its own.

    :param resource: the ARN of what the action is done to; ``"*"`` for an action without a resource.
    :param shown: how AccessDenied names the resource, where not by its ARN; None where it names none.
    :param is_quoted: whether it stands in quotes there, as S3's do and no other service's.
    :param more: what else :class:`Keys` takes.
    :raises AwsError: AccessDenied.
    """
    if call.caller.is_administrator:
        return
    decided = decision(call, action, resource, params, **more)
    if not decided.allowed:
        raise denied(call, decided, resource if shown == "" else shown, is_quoted=is_quoted)


def check_pass_role(
    call: CallContext, role: str, service: str, params: Mapping[str, Any], **further: str
) -> None:
    """Refuse a caller who may not pass a role on.

    :param role: its ARN.
    :param service: that is to assume it.
    :param further: condition keys of IAM, without the service's name before them.
    :raises AwsError: AccessDenied.
    """
    keys = {f"iam:{key}": value for key, value in {"passedtoservice": service, **further}.items()}
    check(call, "iam:PassRole", role, params, is_quoted=False, further=keys)


def decision(
    call: CallContext, action: str, resource: str, params: Mapping[str, Any], **more: Any
) -> Decision:
    """What the caller's own policies decide.

    :param more: what else :class:`Keys` takes.
    """
    context = context_of(call, action, params, **more)
    request = Request(call.principal, action, resource, context, account=call.account)
    return decide(request, policies_of(call.world.identities, call.caller))


def denied(call: CallContext, decided: Decision, shown: str | None, *, is_quoted: bool = True) -> AwsError:
    """AccessDenied for a caller of the resource's own account.

    :param shown: how it names the resource; None where it names none.
    """
    on = "" if shown is None else f' on resource: "{shown}"' if is_quoted else f" on resource: {shown}"
    # Jobs call Lambda, whose errors are shown as S3's are.
    service = SERVICES.get(call.operation.service)
    is_json = service is not None and service.errors == "json"
    spec = errors.ACCESS_DENIED_OF_JSON if is_json else errors.ACCESS_DENIED_BY_POLICY
    return spec(
        arn=call.principal.arn,
        action=decided.action,
        on=on,
        reason=decided.reason,
        hint=decided.explanation,
    )
