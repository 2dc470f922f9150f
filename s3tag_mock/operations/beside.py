"""Users and roles of moto's, where moto is active: known by their ARNs and by their credentials.

Their policies decide here too. One without any has all rights, and a role whose trust policy is none trusts
everybody, unless the test author wants roles to be strict.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.caller import Caller, session_caller
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.permissions import document, principal
from s3tag_mock.permissions.document import InvalidDocument, Policy
from s3tag_mock.permissions.evaluation import ADMINISTRATOR
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.rules import dates
from s3tag_mock.rules.regions import US_EAST_1
from s3tag_mock.rules.tags import Tags
from s3tag_mock.state import aws_policies
from s3tag_mock.state.iam import Document, Role, Session, User
from s3tag_mock.state.world import World

_ARN: Final = re.compile(r"arn:[\w-]+:iam::(?P<account>\d{12}):(?P<kind>role|user)/(?P<name>.+)")
_SESSION: Final = re.compile(r"arn:[\w-]+:sts::(?P<account>\d{12}):assumed-role/(?P<role>[^/]+)/(?P<name>.+)")
_NOBODY: Final = Document("{}", Policy(document.WITH_VARIABLES, ()))
_EVERYTHING: Final = Document("{}", ADMINISTRATOR)
_EVERYBODY: Final = Document(
    "{}", document.of({"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:*"}}, ("Effect",))
)


def role_of(world: World, arn: str) -> Role | None:
    """The role that has this very ARN: ours or moto's."""
    found = world.identities.role_of(arn) or _of_moto(world, arn)
    return found if isinstance(found, Role) else None


def user_of(world: World, arn: str) -> User | None:
    """The user that has this very ARN, likewise."""
    found = world.identities.user_of(arn) or _of_moto(world, arn)
    return found if isinstance(found, User) else None


def caller_of(world: World, key: str) -> Caller | None:
    """Whose access key it is that moto gave out; None for one that it didn't."""
    answer = _asked(world, "GetCallerIdentity", {}, service="sts", key=key)
    arn = "" if answer is None else str(answer["Arn"])
    session = _SESSION.fullmatch(arn)
    if session is None:
        user = user_of(world, arn)
        return None if user is None else user_as_caller(user)
    account, name = session["account"], session["role"]
    arn = f"arn:aws:iam::{account}:role/{name}"
    # The session's ARN has nothing of the role's path.
    role = world.identities.role_of(arn) or _described(world, account, "Role", name)
    assert not isinstance(role, User)
    noted = world.identities.sessions_of_moto.get(key)
    if noted is not None:
        return session_caller(noted, role)
    if role is not None:
        return role_as_caller(role, session["name"])
    # A role of another account, or one that nobody made, which moto lets assume too.
    made = principal.session(arn, session["name"])
    return Caller(made.account, made)


def note_session(
    world: World, params: Mapping[str, Any], answer: Mapping[str, Any], calling: str | None
) -> None:
    """Remember with what a role of moto's was assumed: its policies and tags, which moto doesn't tell.

    :param params: of the call of STS, in boto3's shape.
    :param answer: moto's, likewise.
    :param calling: the access key that signed the call, whose session may pass tags on.
    """
    identities, given = world.identities, answer["Credentials"]
    before = identities.sessions_of_moto.get(calling or "")
    kept = frozenset() if before is None else before.transitive
    own = {} if before is None else before.principal.tags
    passed_on = {key: value for key, value in own.items() if key.lower() in kept}
    tags = {**passed_on, **dict(pairs(params.get("Tags", ())))}
    made = principal.session(params["RoleArn"], params["RoleSessionName"], "", tags)
    described = params.get("PolicyArns", ())
    policies = [_document(params["Policy"]) or _NOBODY] if "Policy" in params else []
    policies += [_managed(world, one["arn"]) for one in described]
    now = world.clock.now()
    identities.sessions_of_moto[given["AccessKeyId"]] = Session(
        access_key=given["AccessKeyId"],
        secret=given["SecretAccessKey"],
        token=given["SessionToken"],
        principal=replace(made, user_id=answer["AssumedRoleUser"]["AssumedRoleId"]),
        source=params["RoleArn"],
        source_id="",
        created=now,
        expires=dates.later(now, seconds=params.get("DurationSeconds", 3600)),
        policies=policies or None,
        transitive=kept | {key.lower() for key in params.get("TransitiveTagKeys", ())},
        identity=params.get("SourceIdentity", None if before is None else before.identity),
        used_mfa="TokenCode" in params,
    )


def user_as_caller(user: User) -> Caller:
    """A user who was made in IAM."""
    return Caller(user.account, Principal("User", user.account, user.arn, None, user.id, user.tags), user)


def role_as_caller(role: Role, session: str) -> Caller:
    """A session of a role."""
    return Caller(role.account, principal.session(role.arn, session, role.id, role.tags), role)


def _of_moto(world: World, arn: str) -> Role | User | None:
    named = _ARN.fullmatch(arn)
    if named is None:
        return None
    name = named["name"].rpartition("/")[2]
    found = _described(world, named["account"], named["kind"].capitalize(), name)
    return None if found is None or found.arn != arn else found


def _described(world: World, account: str, kind: str, name: str) -> Role | User | None:
    """moto's role or user of a name, where it is of this account.

    :param kind: ``"Role"`` or ``"User"``.
    """
    answer = _asked(world, f"Get{kind}", {f"{kind}Name": name})
    if answer is None or answer[kind]["Arn"].split(":")[4] != account:
        return None
    found = answer[kind]
    policies = dict(_policies(world, kind, name))
    if not policies and world.identities.trusts_roles:
        policies = {"trusted": _EVERYTHING}
    boundary = found.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    common: dict[str, Any] = {
        "account": account,
        "arn": found["Arn"],
        "id": found[f"{kind}Id"],
        "name": name,
        "path": found["Path"],
        "created": found["CreateDate"],
        "tags": _tags(found),
        "inline": policies,
        "boundary": boundary,
        "moto_boundary": None if boundary is None else _managed(world, boundary),
    }
    if kind == "User":
        return User("user", **common)
    trust = _document(found["AssumeRolePolicyDocument"])
    if trust is None:
        trust = _EVERYBODY if world.identities.trusts_roles else _NOBODY
    return Role("role", **common, trust=trust)


def _tags(found: Mapping[str, Any]) -> Tags:
    return {tag["Key"]: tag["Value"] for tag in found.get("Tags", ())}


def _policies(world: World, kind: str, name: str) -> Iterator[tuple[str, Document]]:
    """Inline and managed policies, by name and ARN; a user's groups' too."""
    if kind == "User":
        for group in (_asked(world, "ListGroupsForUser", {"UserName": name}) or {}).get("Groups", ()):
            for policy, document_of_group in _policies(world, "Group", group["GroupName"]):
                # Two groups may have inline policies of one name.
                is_managed = policy.startswith("arn:")
                yield policy if is_managed else f"{policy} of group {group['GroupName']}", document_of_group
    named = {f"{kind}Name": name}
    for policy in (_asked(world, f"List{kind}Policies", named) or {}).get("PolicyNames", ()):
        answer = _asked(world, f"Get{kind}Policy", {**named, "PolicyName": policy})
        yield policy, _document((answer or {}).get("PolicyDocument")) or _NOBODY
    for one in (_asked(world, f"ListAttached{kind}Policies", named) or {}).get("AttachedPolicies", ()):
        yield one["PolicyArn"], _managed(world, one["PolicyArn"])


def _managed(world: World, arn: str) -> Document:
    known = aws_policies.of(arn)
    if known is not None:
        return known.document
    described = _asked(world, "GetPolicy", {"PolicyArn": arn}) or {}
    version = {"PolicyArn": arn, "VersionId": described.get("Policy", {}).get("DefaultVersionId", "v1")}
    found = (_asked(world, "GetPolicyVersion", version) or {}).get("PolicyVersion", {})
    return _document(found.get("Document")) or _NOBODY


def _document(given: Any) -> Document | None:
    """A policy as moto has it, which needn't be one."""
    try:
        read = document.read(given) if isinstance(given, str) else given
        return Document(json.dumps(read), document.of(read, ("Effect",)))
    except (InvalidDocument, TypeError):
        return None


def _asked(
    world: World, operation: str, params: Mapping[str, Any], *, service: str = "iam", key: str | None = None
) -> Mapping[str, Any] | None:
    try:
        return world.ask_beside(service, US_EAST_1, operation, params, key)
    except AwsError:
        return None
