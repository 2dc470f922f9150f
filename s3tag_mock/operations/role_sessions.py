"""Who may assume a role: AssumeRole of STS, and jobs of S3 Batch Operations.

A role that nobody made may be assumed by whoever may assume roles, unless the test author wants otherwise.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from s3tag_mock.operations import authorization, beside
from s3tag_mock.operations.context import CallContext
from s3tag_mock.permissions import document, principal
from s3tag_mock.permissions.decision import Decision
from s3tag_mock.permissions.evaluation import NamedPolicy, Request, decide
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.state.iam import Role

#: The longest session that a role of any kind gives, in seconds; one that nobody made gives it.
_LONGEST: Final = 43_200


@dataclass(frozen=True, slots=True)
class Assumable:
    """A role that may be assumed, perhaps.

    :param role: None for one that nobody made.
    :param id: ``AROA...``
    :param trust: who may assume it.
    """

    arn: str
    role: Role | None
    id: str
    trust: NamedPolicy
    max_session: int

    @property
    def account(self) -> str:
        """Whose it is."""
        return self.arn.split(":")[4]

    def session(self, name: str, tags: Mapping[str, str] | None = None) -> Principal:
        """A session of it."""
        return principal.session(self.arn, name, self.id, tags)


def find(call: CallContext, arn: str, *trusted: Principal) -> Assumable | None:
    """The role of an ARN; None for one that nobody made and that isn't trusted.

    :param trusted: who may assume a role that nobody made.
    """
    role = beside.role_of(call.world, arn)
    if role is not None:
        trust = NamedPolicy(f"role {role.name}", role.trust.policy)
        return Assumable(arn, role, role.id, trust, role.max_session)
    if not call.world.identities.trusts_roles:
        return None
    return Assumable(arn, None, _made_up_id(arn), NamedPolicy(arn, _trusting(*trusted)), _LONGEST)


def note_use(call: CallContext, found: Assumable) -> None:
    """Remember a role that nobody made and that was assumed."""
    if found.role is None:
        call.world.identities.trusted.add(found.arn)


def _made_up_id(arn: str) -> str:
    """The same for a role each time."""
    return f"AROA{base64.b32encode(hashlib.sha256(arn.encode()).digest()).decode()[:17]}"


def _trusting(*trusted: Principal) -> document.Policy:
    kinds = {"Service": "Service", "WebIdentity": "Federated"}
    named = {kinds.get(one.kind, "AWS"): one.arn if one.kind in kinds else one.account for one in trusted}
    return document.of({"Statement": {"Effect": "Allow", "Principal": named, "Action": "sts:*"}}, ("Effect",))


def may_assume(
    call: CallContext,
    found: Assumable,
    who: Principal,
    action: str,
    params: Mapping[str, Any],
    **further: Any,
) -> Decision | None:
    """None if somebody may assume a role, else the decision against it. The role's trust policy must allow it
    by itself; where it allows the account, the caller's policies must, too (OBSERVED).

    :param action: such as ``"sts:AssumeRole"``.
    :param further: condition keys of STS.
    """
    tags = {} if found.role is None else found.role.tags
    context = authorization.context_of(
        call,
        action,
        params,
        principal=who,
        resource_account=found.account,
        resource_tags=tags,
        further=further,
    )
    request = Request(who, action, found.arn, context, account=found.account)
    own = authorization.policies_of(call.world.identities, call.caller, found.trust)
    decision = decide(request, own)
    return None if decision.allowed else decision
