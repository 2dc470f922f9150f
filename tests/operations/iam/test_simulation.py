"""The policy simulator: decisions of the engine, with the statements that made them and where they stand."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from conftest import ACCOUNT
from tests.operations.iam.support import allow, policy, refused, trust
from tests.support import OTHER

#: As LS test_simulate_principle_policy recorded it.
RECORDED = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {"Sid": "", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
    }
)
BUCKET = "arn:aws:s3:::bucket"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/batch"


def simulated(iam: Any, *policies: str, **params: Any) -> Any:
    """The one result of a simulation of policies."""
    wanted = {"ActionNames": ["s3:GetObject"], **params}
    [result] = iam.simulate_custom_policy(PolicyInputList=list(policies), **wanted)["EvaluationResults"]
    return result


@pytest.mark.parametrize("kind", ["role", "user", "group"])
def test_as_it_was_recorded(aws: Any, iam: Any, kind: str) -> None:
    arn = iam.create_policy(PolicyName="p", PolicyDocument=RECORDED)["Policy"]["Arn"]
    name = {f"{kind.capitalize()}Name": "it"}
    of_role = {"AssumeRolePolicyDocument": trust()} if kind == "role" else {}
    made = getattr(iam, f"create_{kind}")(**name, **of_role)[kind.capitalize()]
    getattr(iam, f"attach_{kind}_policy")(PolicyArn=arn, **name)
    answer = iam.simulate_principal_policy(
        PolicySourceArn=made["Arn"],
        ActionNames=["s3:PutObject", "s3:GetObjectVersion"],
        ResourceArns=[BUCKET],
    )
    matched = [
        {
            "SourcePolicyId": "p",
            "SourcePolicyType": "IAM Policy",
            "StartPosition": {"Line": 1, "Column": 41},
            "EndPosition": {"Line": 1, "Column": 113},
        }
    ]

    def result(action: str, decision: str, statements: list[Any]) -> dict[str, Any]:
        return {
            "EvalActionName": action,
            "EvalResourceName": BUCKET,
            "EvalDecision": decision,
            "EvalDecisionDetails": {},
            "MatchedStatements": statements,
            "MissingContextValues": [],
            "OrganizationsDecisionDetail": {"AllowedByOrganizations": True},
            "ResourceSpecificResults": [
                {
                    "EvalResourceName": BUCKET,
                    "EvalResourceDecision": decision,
                    "MatchedStatements": statements,
                    "MissingContextValues": [],
                }
            ],
        }

    assert answer["EvaluationResults"] == [
        result("s3:PutObject", "allowed", matched),
        result("s3:GetObjectVersion", "implicitDeny", []),
    ]
    assert answer["IsTruncated"] is False


def test_the_example_of_the_documentation(iam: Any) -> None:
    """AWS CLI, simulate-custom-policy: a condition on a key that the call gives."""
    text = (
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":'
        '{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}'
    )
    entry = {"ContextKeyName": "aws:CurrentTime", "ContextKeyType": "date"}
    action = {"ActionNames": ["dynamodb:CreateBackup"]}
    after = [{**entry, "ContextKeyValues": ["2019-04-25T11:00:00Z"]}]
    [statement] = simulated(iam, text, ContextEntries=after, **action)["MatchedStatements"]
    assert statement["SourcePolicyId"] == "PolicyInputList.1"
    assert (statement["StartPosition"], statement["EndPosition"]["Line"]) == ({"Line": 1, "Column": 38}, 1)
    before = [{**entry, "ContextKeyValues": ["2014-04-25T11:00:00Z"]}]
    assert simulated(iam, text, ContextEntries=before, **action)["EvalDecision"] == "implicitDeny"
    for without in (None, [entry], [{"ContextKeyValues": ["2019-04-25T11:00:00Z"]}]):
        given = {} if without is None else {"ContextEntries": without}
        result = simulated(iam, text, **action, **given)
        assert result["EvalDecision"] == "implicitDeny"
        assert result["MissingContextValues"] == ["aws:CurrentTime"]
        assert (result["EvalResourceName"], "ResourceSpecificResults" in result) == ("*", False)


def test_a_denial_is_the_only_statement_that_is_shown(iam: Any) -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": [allow(), allow(Effect="Deny")]}, indent=2)
    result = simulated(iam, policy(), text)
    [statement] = result["MatchedStatements"]
    assert (result["EvalDecision"], statement["SourcePolicyId"]) == ("explicitDeny", "PolicyInputList.2")
    assert text.splitlines()[statement["StartPosition"]["Line"]].strip() == '"Effect": "Deny",'
    assert statement["EndPosition"] == {"Line": 13, "Column": 6}


def test_tags_of_objects(iam: Any) -> None:
    """What tag conditions are simulated for; a key with several values is given as a list."""
    condition = {"ForAllValues:StringEquals": {"s3:RequestObjectTagKeys": ["team", "stage"]}}
    text = policy(allow(Action="s3:PutObjectTagging", Condition=condition))
    decisions = {
        values: simulated(
            iam,
            text,
            ActionNames=["s3:PutObjectTagging"],
            ContextEntries=[
                {
                    "ContextKeyName": "s3:RequestObjectTagKeys",
                    "ContextKeyValues": list(values),
                    "ContextKeyType": "stringList",
                }
            ],
        )["EvalDecision"]
        for values in (("team",), ("team", "other"))
    }
    assert decisions == {("team",): "allowed", ("team", "other"): "implicitDeny"}


def test_boundaries(iam: Any) -> None:
    bound = {"PermissionsBoundaryPolicyInputList": [policy(allow(Action="s3:PutObject"))]}
    result = simulated(iam, policy(), **bound)
    assert result["EvalDecision"] == "implicitDeny"
    assert result["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    iam.create_role(
        RoleName="batch",
        AssumeRolePolicyDocument=trust(),
        PermissionsBoundary="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
    )
    iam.put_role_policy(RoleName="batch", PolicyName="all", PolicyDocument=policy(allow(Action="s3:*")))

    def decisions(**bound: Any) -> list[str]:
        wanted = {"PolicySourceArn": ROLE, "ActionNames": ["s3:GetObject", "s3:PutObject"], **bound}
        return [one["EvalDecision"] for one in iam.simulate_principal_policy(**wanted)["EvaluationResults"]]

    assert decisions() == ["allowed", "implicitDeny"]
    assert decisions(**bound) == ["implicitDeny", "allowed"]


def test_a_policy_of_the_resource(iam: Any) -> None:
    anna = f"arn:aws:iam::{ACCOUNT}:user/anna"
    of_bucket = policy(allow(Principal={"AWS": anna}, Resource=f"{BUCKET}/*"))
    result = simulated(
        iam,
        policy(allow(Action="s3:ListBucket")),
        ResourcePolicy=of_bucket,
        ResourceArns=[f"{BUCKET}/k"],
        CallerArn=anna,
    )
    assert result["EvalDecision"] == "allowed"
    assert result["MatchedStatements"][0]["SourcePolicyId"] == "ResourcePolicy"


def test_a_resource_of_another_account(iam: Any) -> None:
    for account, decision in ((ACCOUNT, "allowed"), (OTHER, "implicitDeny")):
        owner = f"arn:aws:iam::{account}:root"
        result = simulated(iam, policy(), ResourceArns=[f"{BUCKET}/k"], ResourceOwner=owner)
        assert result["EvalDecision"] == decision


def test_variables_of_the_principal(iam: Any) -> None:
    arn = iam.create_user(UserName="anna")["User"]["Arn"]
    home = policy(allow(Resource="arn:aws:s3:::home/${aws:username}/*"))
    iam.put_user_policy(UserName="anna", PolicyName="home", PolicyDocument=home)
    answer = iam.simulate_principal_policy(
        PolicySourceArn=arn,
        ActionNames=["s3:GetObject"],
        ResourceArns=["arn:aws:s3:::home/anna/k", "arn:aws:s3:::home/bob/k"],
    )
    decisions = [result["EvalDecision"] for result in answer["EvaluationResults"]]
    assert decisions == ["allowed", "implicitDeny"]


def test_keys_about_the_principal(iam: Any) -> None:
    made = iam.create_user(UserName="anna")["User"]
    of_anna = {
        "aws:PrincipalAccount": ACCOUNT,
        "aws:PrincipalArn": made["Arn"],
        "aws:PrincipalType": "User",
        "aws:userid": made["UserId"],
    }
    role = iam.create_role(RoleName="batch", AssumeRolePolicyDocument=trust())["Role"]
    of_role = {
        "aws:PrincipalArn": ROLE,
        "aws:PrincipalType": "AssumedRole",
        "aws:userid": f"{role['RoleId']}:*",
    }
    for source, keys in ((made["Arn"], of_anna), (ROLE, of_role)):
        wanted = {"PolicySourceArn": source, "ActionNames": ["s3:GetObject"]}
        given = [policy(allow(Condition={"StringLike": keys}))]
        [result] = iam.simulate_principal_policy(**wanted, PolicyInputList=given)["EvaluationResults"]
        assert result["EvalDecision"] == "allowed"
    # The id of a user that is given by the ARN isn't known.
    [result] = iam.simulate_principal_policy(
        PolicySourceArn=ROLE,
        CallerArn=made["Arn"],
        ActionNames=["s3:GetObject"],
        PolicyInputList=[policy(allow(Condition={"StringLike": of_anna}))],
    )["EvaluationResults"]
    assert (result["EvalDecision"], result["MissingContextValues"]) == ("implicitDeny", ["aws:userid"])


def test_pages(iam: Any) -> None:
    wanted = {
        "PolicyInputList": [policy()],
        "ActionNames": ["s3:GetObject", "s3:PutObject", "s3:GetObjectAcl"],
    }
    pages = list(
        iam.get_paginator("simulate_custom_policy").paginate(**wanted, PaginationConfig={"PageSize": 2})
    )
    names = [[one["EvalActionName"] for one in page["EvaluationResults"]] for page in pages]
    assert names == [["s3:GetObject", "s3:PutObject"], ["s3:GetObjectAcl"]]


def test_refusals(iam: Any) -> None:
    simulate = iam.simulate_principal_policy
    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/batch/run"
    text = f"Invalid ARN provided in the request: {session}"
    call = {"ActionNames": ["s3:GetObject"]}
    assert refused(lambda: simulate(PolicySourceArn=session, **call)) == (400, "InvalidInput", text)
    missing = (404, "NoSuchEntity", "The role with name batch cannot be found.")
    assert refused(lambda: simulate(PolicySourceArn=ROLE, **call)) == missing
    custom = iam.simulate_custom_policy
    given = {"PolicyInputList": [policy()], **call}
    for changed, text in (
        ({"ActionNames": ["s3:PutObjectTag"]}, "Invalid Entity Action: s3:PutObjectTag"),
        ({"ActionNames": ["GetObject"]}, "Invalid Entity Action: GetObject"),
        ({"CallerArn": ROLE}, f"Invalid ARN provided in the request: {ROLE}"),
        ({"CallerArn": "anna"}, "Invalid ARN provided in the request: anna"),
        ({"ResourceOwner": ACCOUNT}, f"Invalid ARN provided in the request: {ACCOUNT}"),
        ({"ResourcePolicy": policy()}, "Invalid policy: Syntax errors in policy."),
        ({"PolicyInputList": ["{"]}, "Invalid policy: Syntax errors in policy."),
    ):
        assert refused(partial(custom, **{**given, **changed})) == (400, "InvalidInput", text)


def test_condition_keys(aws: Any, iam: Any) -> None:
    homes = {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::homes/${aws:username}/*"}
    homes["Condition"] = {"StringEquals": {"s3:prefix": "${aws:PrincipalTag/team}"}}
    keys = ["aws:username", "s3:prefix", "aws:PrincipalTag/team"]
    given = policy(homes)
    assert iam.get_context_keys_for_custom_policy(PolicyInputList=[given, given])["ContextKeyNames"] == keys
    anna = aws.create_user("anna", json.loads(given))
    late = policy({**homes, "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}})
    found = iam.get_context_keys_for_principal_policy(PolicySourceArn=anna, PolicyInputList=[late])
    assert found["ContextKeyNames"] == [*keys, "aws:SecureTransport"]
