"""What policies decide over a request."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s3tag_mock.permissions import document, principal
from s3tag_mock.permissions.evaluation import (
    ADMINISTRATOR,
    Decision,
    NamedPolicy,
    Policies,
    Request,
    decide,
)
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.rules.names import canonical_user_id

OWN, OTHER = "123456789012", "999999999999"
ROLE = f"arn:aws:iam::{OWN}:role/teams/tagger"
OBJECT = "arn:aws:s3:::photos/a.jpg"
ANNA = principal.user(OWN, "anna")
STRANGER = principal.user(OTHER, "eve")
SESSION = principal.session(ROLE, "run1")
ROOT = principal.root(OWN)
ALL = NamedPolicy("all", ADMINISTRATOR)


def policy(*statements: dict[str, Any]) -> NamedPolicy:
    """A policy whose statements allow everything, but for what is said."""
    whole = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    filled = [
        {name: value for name, value in {**whole, **one}.items() if value is not None} for one in statements
    ]
    return NamedPolicy("p", document.of({"Version": "2012-10-17", "Statement": filled}))


def ask(
    who: Principal,
    *,
    identity: tuple[NamedPolicy, ...] = (),
    action: str = "s3:GetObject",
    resource_arn: str = OBJECT,
    context: dict[str, Any] | None = None,
    **policies: Any,
) -> Decision:
    request = Request(who, action, resource_arn, context or {}, account=OWN)
    return decide(request, Policies(identity=identity, **policies))


def principals(**kinds: Any) -> dict[str, Any]:
    return {"Principal": kinds}


DENY = {"Effect": "Deny", "Principal": "*"}
DENIED = policy({"Effect": "Deny"})


class TestInOneAccount:
    def test_nothing_is_allowed_by_itself(self) -> None:
        decision = ask(ANNA)
        assert not decision.allowed
        assert decision.reason == "because no identity-based policy allows the s3:GetObject action"

    def test_either_kind_of_policy_is_enough(self) -> None:
        assert ask(ANNA, identity=(ALL,)).allowed
        assert ask(ANNA, resource=policy(principals(AWS=ANNA.arn))).allowed
        assert ask(SESSION, resource=policy(principals(AWS=ROLE))).allowed
        assert ask(SESSION, resource=policy(principals(AWS=SESSION.arn))).allowed
        assert ask(ANNA, resource=policy(principals(AWS="*"))).allowed
        assert not ask(SESSION, resource=policy(principals(AWS=ANNA.arn))).allowed

    def test_own_policies_may_know_the_resource_by_another_arn(self) -> None:
        """What is asked for through an access point has its ARN there, and the bucket's policy the bucket's."""
        point = f"arn:aws:s3:us-east-1:{OWN}:accesspoint/p/object/a.jpg"
        request = Request(ANNA, "s3:GetObject", OBJECT, {}, OWN, own_resource=point)
        own, of_bucket = policy({"Resource": point}), policy({**DENY, "Resource": OBJECT})
        assert decide(request, Policies((own,))).allowed
        assert not decide(request, Policies((policy({"Resource": OBJECT}),))).allowed
        assert not decide(request, Policies((own,), resource=of_bucket)).allowed

    @pytest.mark.parametrize("name", [OWN, f"arn:aws:iam::{OWN}:root"])
    def test_naming_the_account_leaves_it_to_the_users_own_policies(self, name: str) -> None:
        assert not ask(ANNA, resource=policy(principals(AWS=name))).allowed
        assert ask(ANNA, identity=(ALL,), resource=policy(principals(AWS=name))).allowed

    def test_boundaries_and_sessions_must_allow_too(self) -> None:
        reads = policy({"Action": "s3:Get*"})
        writes = policy({"Action": "s3:Put*"})
        assert ask(ANNA, identity=(ALL,), boundary=reads).allowed
        assert ask(SESSION, identity=(ALL,), session=(writes, reads)).allowed
        assert ask(ANNA, identity=(ALL,), boundary=writes).reason == (
            "because no permissions boundary allows the s3:GetObject action"
        )
        assert ask(SESSION, identity=(ALL,), session=(writes,)).reason == (
            "because no session policy allows the s3:GetObject action"
        )
        assert not ask(SESSION, identity=(ALL,), session=()).allowed

    def test_a_resource_that_names_a_role_leaves_boundaries_and_sessions_in_force(self) -> None:
        writes = policy({"Action": "s3:Put*"})
        by_role, by_session = policy(principals(AWS=ROLE)), policy(principals(AWS=SESSION.arn))
        assert not ask(SESSION, resource=by_role, boundary=writes).allowed
        assert not ask(SESSION, resource=by_role, session=(writes,)).allowed
        with_id, by_id = principal.session(ROLE, "run1", "AROAEXAMPLE"), policy(principals(AWS="AROAEXAMPLE"))
        assert ask(with_id, resource=by_id).allowed
        assert not ask(with_id, resource=by_id, boundary=writes).allowed
        assert ask(SESSION, resource=by_session, boundary=writes, session=(writes,)).allowed
        assert ask(ANNA, resource=policy(principals(AWS=ANNA.arn)), boundary=writes).allowed

    def test_the_root_user_may_do_everything_that_the_resource_does_not_deny(self) -> None:
        assert ask(ROOT).allowed
        assert ask(ROOT, boundary=DENIED).allowed is False
        assert not ask(ROOT, resource=policy(DENY)).allowed

    @pytest.mark.parametrize("action", ["GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"])
    def test_the_root_user_can_always_mend_the_policy(self, action: str) -> None:
        denied = policy(DENY)
        assert ask(ROOT, action=f"s3:{action}", resource=denied).allowed
        assert not ask(ANNA, identity=(ALL,), action=f"s3:{action}", resource=denied).allowed
        assert not ask(ROOT, action="s3:GetBucketPolicyStatus", resource=denied).allowed


class TestFromAnotherAccount:
    def test_both_must_allow(self) -> None:
        named = policy(principals(AWS=OTHER))
        assert ask(STRANGER, identity=(ALL,), resource=named).allowed
        assert ask(STRANGER, identity=(ALL,)).reason == (
            "because no resource-based policy allows the s3:GetObject action"
        )
        assert ask(STRANGER, resource=named).reason == (
            "because no identity-based policy allows the s3:GetObject action"
        )

    def test_accounts_are_named_by_their_canonical_user_too(self) -> None:
        named = policy(principals(CanonicalUser=canonical_user_id(OTHER)))
        assert ask(STRANGER, identity=(ALL,), resource=named).allowed
        assert not ask(principal.user("111111111111", "x"), identity=(ALL,), resource=named).allowed

    def test_another_accounts_root_needs_the_resource_alone(self) -> None:
        assert ask(principal.root(OTHER), resource=policy(principals(AWS=OTHER))).allowed
        assert not ask(principal.root(OTHER)).allowed

    def test_nobody_is_everybody_alone(self) -> None:
        assert ask(principal.ANONYMOUS, resource=policy({"Principal": "*"})).allowed
        assert not ask(principal.ANONYMOUS, resource=policy(principals(AWS=[OWN, OTHER]))).allowed
        assert not ask(principal.ANONYMOUS).allowed

    def test_an_allow_of_not_principal_is_for_nobody_whom_it_names(self) -> None:
        for name in (ANNA.arn, OWN):
            assert not ask(ANNA, resource=policy({"NotPrincipal": {"AWS": name}})).allowed
        assert ask(ANNA, resource=policy({"NotPrincipal": {"AWS": SESSION.arn}})).allowed

    @pytest.mark.parametrize(("kind", "element"), [("Service", "Service"), ("WebIdentity", "Federated")])
    def test_services_and_identities_of_the_web(self, kind: Any, element: str) -> None:
        who, other = Principal(kind, "", "logging.s3.amazonaws.com"), Principal(kind, "", "s3.amazonaws.com")
        named = policy(principals(**{element: who.arn}))
        assert ask(who, resource=named).allowed
        assert ask(other, resource=named).type == "resource-based policy"
        assert not ask(ANNA, resource=named).allowed
        both = principals(**{element: [who.arn, other.arn]})
        sparing = policy(both, {"Effect": "Deny", "NotPrincipal": {element: who.arn}})
        assert ask(who, resource=sparing).allowed
        assert not ask(other, resource=sparing).allowed


class TestIamAndSts:
    def test_anybody_may_ask_who_they_are(self) -> None:
        decision = ask(ANNA, identity=(DENIED,), action="sts:GetCallerIdentity", resource_arn="*")
        assert (decision.allowed, str(decision)) == (True, "sts:GetCallerIdentity on * is allowed")

    def test_a_role_is_assumed_by_whom_its_trust_policy_allows(self) -> None:
        def may_assume(trusted: str) -> bool:
            trust = policy(principals(AWS=trusted))
            return ask(
                ANNA, identity=(ALL,), action="sts:AssumeRole", resource_arn=ROLE, resource=trust
            ).allowed

        assert may_assume(OWN)
        assert not may_assume(STRANGER.arn)

    @pytest.mark.parametrize(
        ("action", "resource", "is_allowed"),
        [
            ("DeletePolicy", "arn:aws:iam::aws:policy/AmazonS3FullAccess", False),
            ("GetPolicy", "arn:aws:iam::aws:policy/AmazonS3FullAccess", True),
            (
                "PutRolePolicy",
                f"arn:aws:iam::{OWN}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_a",
                False,
            ),
            (
                "ListRoleTags",
                f"arn:aws:iam::{OWN}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_a",
                True,
            ),
            ("PutRolePolicy", ROLE, True),
        ],
    )
    def test_nobody_changes_what_is_of_aws(self, action: str, resource: str, is_allowed: bool) -> None:
        decision = ask(ANNA, identity=(ALL,), action=f"iam:{action}", resource_arn=resource)
        assert decision.allowed is is_allowed


class TestDenials:
    @pytest.mark.parametrize("kind", ["boundary", "resource"])
    def test_outweigh_everything(self, kind: str) -> None:
        denying = policy({"Principal": "*"}, DENY) if kind == "resource" else DENIED
        decision = ask(ANNA, identity=(ALL,), **{kind: denying})
        assert not decision.allowed
        assert decision.explicit

    def test_are_named_by_their_policy(self) -> None:
        both = ask(ANNA, identity=(ALL, DENIED), resource=policy(DENY))
        assert both.reason == "with an explicit deny in an identity-based policy"
        assert ask(ANNA, resource=policy({"Principal": "*"}, {**DENY, "Sid": "No"})).reason == (
            "with an explicit deny in a resource-based policy"
        )
        assert ask(SESSION, identity=(ALL,), session=(ALL, DENIED)).reason == (
            "with an explicit deny in a session policy"
        )
        managed = NamedPolicy("arn:aws:iam::123456789012:policy/No", DENIED.policy)
        assert ask(ANNA, identity=(managed,)).reason == (
            "with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/No"
        )

    def test_the_statements_are_told(self) -> None:
        decision = ask(ANNA, resource=policy({"Principal": "*"}, {**DENY, "Sid": "No"}))
        assert [(one.policy, one.statement.number, one.statement.sid) for one in decision.statements] == [
            ("p", 1, "No")
        ]

    def test_of_the_account_hit_its_users(self) -> None:
        denying = policy({**DENY, **principals(AWS=f"arn:aws:iam::{OWN}:root")})
        assert not ask(ANNA, identity=(ALL,), resource=denying).allowed
        assert not ask(SESSION, identity=(ALL,), resource=denying).allowed

    def test_not_principal_spares_who_is_named_with_account_and_role(self) -> None:
        def spares(who: Principal, *names: str, **others: str) -> bool:
            denying = policy({"Effect": "Deny", "NotPrincipal": {"AWS": list(names), **others}})
            return ask(who, identity=(ALL,), resource=denying).allowed

        assert spares(ANNA, ANNA.arn, OWN)
        assert not spares(ANNA, ANNA.arn)
        assert not spares(ANNA, OWN)
        assert spares(SESSION, SESSION.arn, ROLE, OWN)
        assert not spares(SESSION, ROLE, OWN)
        assert spares(ROOT, OWN)
        assert spares(ANNA, ANNA.arn, CanonicalUser=canonical_user_id(OWN))
        assert spares(ANNA, "*")
        nobodys = policy({"Principal": "*"}, {"Effect": "Deny", "NotPrincipal": {"AWS": OWN}})
        assert not ask(principal.ANONYMOUS, resource=nobodys).allowed


class TestWhatAStatementIsAbout:
    @pytest.mark.parametrize(
        ("changes", "is_about"),
        [
            ({"Action": "s3:getobject"}, True),
            ({"Action": ["s3:Put*", "s3:?etObject"]}, True),
            ({"Action": "s3:GetObjectTagging"}, False),
            ({"Action": None, "NotAction": "s3:Put*"}, True),
            ({"Action": None, "NotAction": ["s3:Get*"]}, False),
            ({"Resource": "arn:aws:s3:::photos/*"}, True),
            ({"Resource": "arn:aws:s3:::photos"}, False),
            ({"Resource": None, "NotResource": "arn:aws:s3:::photos"}, True),
            ({"Resource": None, "NotResource": "arn:aws:s3:::photos/*"}, False),
            ({"Resource": "arn:aws:s3:::${aws:username}/*"}, False),
            ({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, True),
            ({"Condition": {"Bool": {"aws:SecureTransport": "true"}, "Null": {"a:b": "false"}}}, False),
        ],
    )
    def test_fields(self, changes: dict[str, Any], is_about: bool) -> None:
        context = {"aws:SecureTransport": "true"}
        assert ask(ANNA, identity=(policy(changes),), context=context).allowed is is_about

    def test_actions_without_a_resource_need_a_star(self) -> None:
        for resource, is_allowed in (("*", True), ("arn:aws:s3:::*", False)):
            identity = (policy({"Resource": resource}),)
            assert (
                ask(ANNA, identity=identity, action="s3:ListAllMyBuckets", resource_arn="*").allowed
                is is_allowed
            )

    def test_missing_keys_are_told(self) -> None:
        allows = policy(
            {"Condition": {"StringEquals": {"s3:ExistingObjectTag/team": "red", "a:b": "c"}}},
            {"Action": "s3:PutObject", "Condition": {"StringEquals": {"d:e": "f"}}},
        )
        assert ask(ANNA, identity=(allows,), context={"a:b": "c"}).missing == ("s3:ExistingObjectTag/team",)

    def test_statements_that_name_the_action_alone_are_told(self) -> None:
        elsewhere = {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::other/*", "Sid": "Other"}
        own = policy({"Action": "s3:PutObject"}, elsewhere, {**elsewhere, "Effect": "Deny"})
        decision = ask(ANNA, identity=(own,), resource=policy({**elsewhere, **principals(AWS=OTHER)}))
        assert decision.explanation == (
            f"no identity-based policy allows s3:GetObject on {OBJECT}; "
            "statement 1 (Other) of the policy p names the action, but not this resource or condition"
        )

    def test_what_was_decided_as_a_text(self) -> None:
        allowed = ask(ANNA, identity=(ALL, policy({"Sid": "Two"})))
        assert str(allowed) == (
            f"s3:GetObject on {OBJECT} is allowed by statement 0 of the policy all, statement 0 (Two) of the policy p"
        )
        assert str(ask(ANNA, identity=(DENIED,))) == (
            f"s3:GetObject on {OBJECT} is denied with an explicit deny in an identity-based policy: "
            "statement 0 of the policy p denies s3:GetObject"
        )
        missing = policy({"Condition": {"StringEquals": {"a:b": "c", "d:e": "f"}}})
        assert str(ask(ANNA, identity=(missing,))).endswith("; the request has no a:b, d:e")


STATEMENTS = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Deny"]),
        "Action": st.sampled_from(["*", "s3:*", "s3:GetObject", "s3:Put*"]),
        "Resource": st.sampled_from(["*", "arn:aws:s3:::photos/*", "arn:aws:s3:::other/*"]),
        "Principal": st.sampled_from(["*", {"AWS": OWN}, {"AWS": ANNA.arn}, {"AWS": ROLE}]),
        "Condition": st.sampled_from([{}, {"Null": {"a:b": "true"}}, {"Null": {"a:b": "false"}}]),
    }
)
POLICIES = st.lists(STATEMENTS, min_size=1, max_size=4)
CALLERS = st.sampled_from([ANNA, SESSION, STRANGER, ROOT, principal.ANONYMOUS])


@given(CALLERS, POLICIES, POLICIES)
def test_a_denial_always_wins(who: Principal, resource: Any, identity: Any) -> None:
    denial = {"Effect": "Deny", "Principal": "*"}
    assert not ask(who, identity=(policy(*identity), DENIED), resource=policy(*resource)).allowed
    for place in range(len(resource) + 1):
        denying = policy(*resource[:place], denial, *resource[place:])
        assert not ask(who, identity=(policy(*identity),), resource=denying).allowed


@given(CALLERS, POLICIES, POLICIES, STATEMENTS)
def test_adding_an_allow_never_takes_away(who: Principal, resource: Any, identity: Any, more: Any) -> None:
    allow = {**more, "Effect": "Allow"}
    if ask(who, identity=(policy(*identity),), resource=policy(*resource)).allowed:
        assert ask(who, identity=(policy(*identity, allow),), resource=policy(*resource)).allowed
        assert ask(who, identity=(policy(*identity),), resource=policy(allow, *resource)).allowed


@given(CALLERS, POLICIES, POLICIES)
def test_whoever_is_denied_gets_a_reason(who: Principal, resource: Any, identity: Any) -> None:
    decision = ask(who, identity=(policy(*identity),), resource=policy(*resource))
    assert decision.allowed is not bool(decision.reason)
