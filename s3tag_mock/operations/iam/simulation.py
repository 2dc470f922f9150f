"""The policy simulator: what policies would decide, with the engine that decides here.

Source: SimulateCustomPolicy, SimulatePrincipalPolicy; RECORDED, LS test_simulate_principle_policy, with its
results for one resource; the examples of the AWS CLI's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations import authorization
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import documents, entities
from s3tag_mock.operations.iam.listing import PAGE, page
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.permissions import actions, document, positions, principal
from s3tag_mock.permissions.conditions import Value
from s3tag_mock.permissions.decision import Decision
from s3tag_mock.permissions.document import InvalidDocument
from s3tag_mock.permissions.evaluation import NamedPolicy, Policies, Request, decide
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.state.aws_policies import managed_policy
from s3tag_mock.state.iam import Document, Entity

_SIMULATED: Final = """
    ActionNames CallerArn ContextEntries PermissionsBoundaryPolicyInputList PolicyInputList ResourceArns
    ResourceOwner ResourcePolicy
"""
_IN_A_RESOURCES_POLICY: Final = ("Effect", "Principal", "Action", "Resource")
#: An account itself, or a group, a role or a user in it.
_ARN: Final = re.compile(
    r"arn:[a-z-]+:iam::(?P<account>\d{12}):(?P<kind>group|role|root|user)(?:/(?:.*/)?(?P<name>[^/]+))?"
)


@operation("iam", "SimulateCustomPolicy", _SIMULATED, PAGE)
def simulate_custom_policy(call: CallContext, params: Params) -> Result:
    """What the policies in the call would decide.

    Source: SimulateCustomPolicy.
    """
    given = _Inputs(dict(named(params, "PolicyInputList")))
    boundaries = dict(named(params, "PermissionsBoundaryPolicyInputList"))
    caller = _caller(params["CallerArn"]) if "CallerArn" in params else None
    return _simulated(call, params, given, boundaries, caller)


@operation("iam", "SimulatePrincipalPolicy", _SIMULATED, "PolicySourceArn", PAGE)
def simulate_principal_policy(call: CallContext, params: Params) -> Result:
    """What the policies of a user, a role or a group, and those in the call, would decide.

    Source: SimulatePrincipalPolicy; RECORDED, LS test_simulate_principle_policy. That keys about
    the principal have their values is ASSUMED.
    """
    entity = source(call, params["PolicySourceArn"])
    found = dict(authorization.documents_of(call.world.identities, entity))
    given = _Inputs({**found, **dict(named(params, "PolicyInputList"))}, of_principal=True)
    boundaries = dict(named(params, "PermissionsBoundaryPolicyInputList"))
    bound = None if entity.boundary is None else managed_policy(call.world.identities, entity.boundary)
    if bound is not None and not boundaries:
        boundaries = {bound.arn: bound.document}
    caller = _caller(params["CallerArn"]) if "CallerArn" in params else _principal(entity)
    return _simulated(call, params, given, boundaries, caller)


@dataclass(frozen=True, slots=True)
class _Inputs:
    """Policies by their names.

    :param of_principal: whether they are somebody's: then answers have more.
    """

    documents: Mapping[str, Document]
    of_principal: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """The condition keys that a simulation has, in lower case."""

    keys: Mapping[str, Value]

    def get(self, key: str, /) -> Value | None:
        """The value of a key; None where it wasn't given."""
        return self.keys.get(key.lower())


def _simulated(
    call: CallContext,
    params: Params,
    given: _Inputs,
    boundaries: Mapping[str, Document],
    caller: Principal | None,
) -> Result:
    resource_policy = _resource_policy(params)
    policies = Policies(
        identity=_for_engine(given.documents),
        boundary=next(iter(_for_engine(boundaries)), None),
        resource=next(iter(_for_engine(resource_policy)), None),
    )
    texts = {**given.documents, **boundaries, **resource_policy}
    owner = params.get("ResourceOwner")
    account = call.account if owner is None else _parts(owner, "root")["account"]
    context = _Context({**({} if caller is None else _keys_of(caller)), **_entries(params)})
    acting = caller or principal.user(call.account, "simulation")
    results = []
    for action in params["ActionNames"]:
        _check_action(action)
        for resource in params.get("ResourceArns") or ["*"]:
            decision = decide(Request(acting, action, resource, context, account), policies)
            results.append(_result(decision, texts, bool(boundaries), of_principal=given.of_principal))
    numbered = [(f"{number:06}", result) for number, result in enumerate(results)]
    return page("EvaluationResults", numbered, params, lambda one: one[0], lambda one: one[1])


def _for_engine(found: Mapping[str, Document]) -> Sequence[NamedPolicy]:
    return [NamedPolicy(name, one.policy) for name, one in found.items()]


def _result(
    decision: Decision, texts: Mapping[str, Document], is_bounded: bool, *, of_principal: bool
) -> dict[str, Any]:
    word = "allowed" if decision.allowed else "explicitDeny" if decision.explicit else "implicitDeny"
    matched = list(_matched(decision, texts))
    result: dict[str, Any] = {
        "EvalActionName": decision.action,
        "EvalResourceName": decision.resource,
        "EvalDecision": word,
        "MatchedStatements": matched,
        "MissingContextValues": list(decision.missing),
    }
    if is_bounded:
        allowed = decision.type != "permissions boundary"
        result["PermissionsBoundaryDecisionDetail"] = {"AllowedByPermissionsBoundary": allowed}
    if of_principal:
        result["OrganizationsDecisionDetail"] = {"AllowedByOrganizations": True}
        result["EvalDecisionDetails"] = {}
    if decision.resource != "*":
        of_resource = {"EvalResourceName": decision.resource, "EvalResourceDecision": word}
        of_resource |= {name: result[name] for name in ("MatchedStatements", "MissingContextValues")}
        result["ResourceSpecificResults"] = [of_resource]
    return result


def _matched(decision: Decision, texts: Mapping[str, Document]) -> Iterator[dict[str, Any]]:
    """The statements that made a decision, where they stand. The ids of policies are LIKELY."""
    for match in decision.statements:
        start, end = positions.statements(texts[match.policy].text)[match.statement.number]
        yield {
            "SourcePolicyId": match.policy.rpartition("/")[2].partition(" of ")[0],
            "SourcePolicyType": "IAM Policy",
            "StartPosition": start._asdict(),
            "EndPosition": end._asdict(),
        }


def named(params: Params, name: str) -> Iterator[tuple[str, Document]]:
    """The policies of a parameter, as answers call them.

    :raises AwsError: InvalidInput.
    """
    for number, text in enumerate(params.get(name, ()), 1):
        try:
            yield f"{name}.{number}", documents.inline(text)
        except AwsError as problem:
            raise errors.INVALID_SIMULATED_POLICY(text=problem.message, hint=f"{name}.{number}") from None


def _resource_policy(params: Params) -> Mapping[str, Document]:
    text = params.get("ResourcePolicy")
    if text is None:
        return {}
    try:
        return {"ResourcePolicy": Document(text, document.of(document.read(text), _IN_A_RESOURCES_POLICY))}
    except InvalidDocument as invalid:
        raise errors.INVALID_SIMULATED_POLICY(text="Syntax errors in policy.", hint=str(invalid)) from None


def _check_action(action: str) -> None:
    service, colon, name = action.partition(":")
    if not (service and colon and name) or (service.lower() == "s3" and not actions.is_known(action)):
        raise errors.INVALID_SIMULATED_ACTION(action=action)


def _entries(params: Params) -> dict[str, Value]:
    """The keys that the call gives."""
    found: dict[str, Value] = {}
    for entry in params.get("ContextEntries", ()):
        values = entry.get("ContextKeyValues", [])
        is_list = entry.get("ContextKeyType", "").endswith("List")
        if values and "ContextKeyName" in entry:
            found[entry["ContextKeyName"].lower()] = tuple(values) if is_list else values[0]
    return found


def _keys_of(caller: Principal) -> dict[str, Value]:
    """The keys about the principal."""
    keys: dict[str, Value] = {
        "aws:principalaccount": caller.account,
        "aws:principalarn": caller.principal_arn,
        "aws:principaltype": caller.kind,
        **{f"aws:principaltag/{key.lower()}": value for key, value in caller.tags.items()},
    }
    if caller.user_id:
        keys["aws:userid"] = caller.user_id
    if caller.user_name is not None:
        keys["aws:username"] = caller.user_name
    return keys


def _caller(arn: str) -> Principal:
    parts = _parts(arn, "user")
    return Principal("User", parts["account"], arn)


def _principal(entity: Entity) -> Principal:
    """Whoever acts with the policies of a user, a role or a group."""
    if entity.kind == "role":
        return principal.session(entity.arn, "simulation", entity.id, entity.tags)
    return Principal("User", entity.account, entity.arn, None, entity.id, entity.tags)


def source(call: CallContext, arn: str) -> Entity:
    """The user, role or group whose policies are asked about.

    :raises AwsError: InvalidInput, NoSuchEntity.
    """
    parts = _parts(arn, "group", "role", "user")
    if parts["account"] != call.account:
        raise errors.INVALID_SIMULATED_ARN(arn=arn)
    return entities.named(call, {f"{parts['kind'].capitalize()}Name": parts["name"]})


def _parts(arn: str, *kinds: str) -> re.Match[str]:
    """The parts of an ARN of IAM's.

    :param kinds: those it may be of.
    :raises AwsError: InvalidInput.
    """
    parts = _ARN.fullmatch(arn)
    if parts is None or parts["kind"] not in kinds:
        raise errors.INVALID_SIMULATED_ARN(arn=arn)
    return parts
