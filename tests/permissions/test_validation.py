"""What PutBucketPolicy refuses, and in which words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing
from s3tag_mock.exceptions import AwsError
from s3tag_mock.permissions.iam_validation import identity_policy, trust_policy
from s3tag_mock.permissions.validation import BucketPolicy, access_point_policy, bucket_policy
from s3tag_mock.rules import limits

ARN = "arn:aws:s3:::photos"
STATEMENT = {
    "Effect": "Allow",
    "Principal": {"AWS": "123456789012"},
    "Action": "s3:GetObject",
    "Resource": f"{ARN}/*",
}


def put(*statements: Any, arn: str = ARN, **elements: Any) -> BucketPolicy:
    document = {"Version": "2012-10-17", **elements, "Statement": list(statements)}
    return bucket_policy(json.dumps(document), arn)


def refused(*statements: Any, **elements: Any) -> str:
    with pytest.raises(AwsError) as caught:
        put(*statements, **elements)
    assert (caught.value.code, caught.value.status) == ("MalformedPolicy", 400)
    return caught.value.message


def changed(**changes: Any) -> dict[str, Any]:
    """The statement with changes; None takes a field out."""
    return {name: value for name, value in {**STATEMENT, **changes}.items() if value is not None}


@pytest.mark.parametrize("effect", ["allow", "deny", "", ["Allow"], {}, 1, None, True])
def test_effects_that_are_none(effect: Any) -> None:
    message = refused({**STATEMENT, "Effect": effect})
    assert message == f"Invalid effect: {effect}"


@pytest.mark.parametrize("field", ["Effect", "Principal", "Action", "Resource"])
def test_fields_that_every_statement_has(field: str) -> None:
    assert refused(changed(**{field: None})) == f"Missing required field {field}"


def test_there_is_no_negated_effect() -> None:
    assert refused({**changed(Effect=None), "NotEffect": "Allow"}) == "Missing required field Effect"


@pytest.mark.parametrize("statements", [1, "x", None, [1], [[]], [None], True])
def test_statements_of_other_types(statements: Any) -> None:
    with pytest.raises(AwsError, match="Invalid policy syntax"):
        bucket_policy(json.dumps({"Statement": statements}), ARN)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"Action": "s3:PutObjectTags"}, "Policy has invalid action"),
        ({"Action": "PutObjectTagging"}, "Policy has invalid action"),
        ({"Action": "s3:Foo*"}, "Policy has invalid action"),
        ({"Action": "ec2:*"}, "Policy has invalid action"),
        ({"Action": ["s3:GetObject", "s3:CreateBucket"]}, "Policy has invalid action"),
        ({"Action": "s3:CreateJob"}, "Policy has invalid action"),
        ({"Action": []}, "Missing required field Action"),
        ({"Action": None, "NotAction": []}, "Missing required field Action"),
        ({"Action": 1}, "Invalid policy syntax."),
        ({"Action": None, "NotAction": "s3:Nothing"}, "Policy has invalid action"),
        ({"NotAction": "s3:*"}, "Invalid policy syntax."),
        ({"Resource": "*"}, "Policy has invalid resource"),
        ({"Resource": "arn:aws:s3:::others/*"}, "Policy has invalid resource"),
        ({"Resource": "arn:aws:s3:::photography/*"}, "Policy has invalid resource"),
        ({"Resource": [f"{ARN}/*", "arn:aws:sns:us-east-1:1:t"]}, "Policy has invalid resource"),
        ({"Resource": f"{ARN}/"}, "Policy has invalid resource"),
        ({"Resource": "photos/*"}, "Policy has invalid resource"),
        ({"Resource": None, "NotResource": "arn:aws:s3:::others"}, "Policy has invalid resource"),
        ({"Resource": ARN}, "Action does not apply to any resource(s) in statement"),
        ({"Action": "s3:ListBucket"}, "Action does not apply to any resource(s) in statement"),
        (
            {"Action": ["s3:GetObject", "s3:ListBucket"]},
            "Action does not apply to any resource(s) in statement",
        ),
        ({"Principal": {"AWS": "foo"}}, "Invalid principal in policy"),
        ({"Principal": {"AWS": "12345"}}, "Invalid principal in policy"),
        ({"Principal": {"AWS": "arn:aws:iam::123456789012:role/*"}}, "Invalid principal in policy"),
        ({"Principal": {"AWS": "arn:aws:iam::123456789012:group/x"}}, "Invalid principal in policy"),
        ({"Principal": {"Service": "s3"}}, "Invalid principal in policy"),
        ({"Principal": {"CanonicalUser": "abc"}}, "Invalid principal in policy"),
        ({"Principal": {"Aws": "*"}}, "Invalid principal in policy"),
        ({"Principal": 5}, "Invalid principal in policy"),
        ({"Principal": "123456789012"}, "Invalid principal in policy"),
        (
            {"Effect": "Deny", "Principal": None, "NotPrincipal": {"AWS": "foo"}},
            "Invalid principal in policy",
        ),
        ({"Principal": {}}, "Missing required field Principal cannot be empty!"),
        ({"Principal": {"AWS": []}}, "Missing required field Principal cannot be empty!"),
        ({"Principal": {"AWS": [1]}}, "Invalid policy syntax."),
        (
            {"Principal": None, "NotPrincipal": {"AWS": "123456789012"}},
            "Allow with NotPrincipal is not allowed.",
        ),
        ({"Condition": {"StringEqual": {"aws:username": "x"}}}, "Invalid Condition type : StringEqual"),
        ({"Condition": {"StringEquals": {"s3:ExistingTag/x": "y"}}}, "Policy has an invalid condition key"),
        ({"Condition": {"StringEquals": {"team": "y"}}}, "Policy has an invalid condition key"),
        (
            {"Action": "s3:PutObject", "Condition": {"StringEquals": {"s3:ExistingObjectTag/x": "y"}}},
            "Conditions do not apply to combination of actions and resources in statement",
        ),
        (
            {
                "Action": ["s3:GetObject", "s3:DeleteObject"],
                "Condition": {"StringEquals": {"s3:ExistingObjectTag/x": "y"}},
            },
            "Conditions do not apply to combination of actions and resources in statement",
        ),
        (
            {"Condition": {"StringEquals": {"s3:prefix": "y"}}},
            "Conditions do not apply to combination of actions and resources in statement",
        ),
        ({"Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.300"}}}, "Invalid IP address in Conditions"),
        ({"Condition": []}, "Invalid policy syntax."),
        ({"Condition": {"StringEquals": "x"}}, "Invalid policy syntax."),
        ({"Condition": {"StringEquals": {"aws:username": {}}}}, "Invalid policy syntax."),
        ({"Sid": 1}, "Invalid policy syntax."),
        ({"Comment": "x"}, "Invalid policy syntax."),
    ],
)
def test_statements_that_are_refused(changes: dict[str, Any], message: str) -> None:
    assert refused(changed(**changes)) == message


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"Sid": 1}, "Sid"),
        ({"Comment": "x"}, "Comment"),
        ({"NotPrincipal": "*"}, "Principal"),
        ({"NotAction": "s3:*"}, "Action"),
        ({"NotResource": ARN}, "Resource"),
        ({"Action": None, "NotAction": 1}, "NotAction"),
        ({"Resource": None, "NotResource": 1}, "NotResource"),
        ({"Condition": []}, "Condition"),
        ({"Condition": {"StringEquals": "x"}}, "StringEquals"),
        ({"Condition": {"StringEquals": {"aws:username": {}}}}, "aws:username"),
    ],
)
def test_the_hint_names_the_element(changes: dict[str, Any], about: str) -> None:
    with pytest.raises(AwsError) as caught:
        put(changed(**changes))
    assert caught.value.hint == f"about {about}"


@pytest.mark.parametrize(
    "changes",
    [
        {"Principal": "*"},
        {"Principal": {"AWS": ["*"]}},
        {"Principal": {"AWS": "arn:aws:iam::123456789012:root"}},
        {"Principal": {"AWS": "arn:aws:iam::123456789012:user/path/anna"}},
        {"Principal": {"AWS": "arn:aws:sts::123456789012:assumed-role/r/s"}},
        {"Principal": {"Service": "logging.s3.amazonaws.com"}},
        {"Principal": {"CanonicalUser": "a" * 64}},
        {"Effect": "Deny", "Principal": None, "NotPrincipal": {"AWS": "123456789012"}},
        {"Action": "*"},
        {"Action": "S3:getobject*"},
        {"Action": ["s3:ListBucket", "s3:GetObject"], "Resource": [ARN, f"{ARN}/*"]},
        {"Action": ["s3:ListBucket", "s3:GetObject"], "Resource": f"{ARN}*"},
        {"Resource": f"{ARN}?a"},
        {"Resource": f"{ARN}/\ud800"},
        {"Action": "s3:*", "Resource": ARN},
        {"Action": None, "NotAction": "s3:Get*"},
        {"Resource": None, "NotResource": f"{ARN}/a"},
        {"Sid": "any text", "Condition": {"Bool": {"aws:SecureTransport": False}}},
        {"Condition": {"StringEquals": {"S3:existingobjecttag/x": "y", "aws:Whatever": "z"}}},
        {"Action": "s3:Put*", "Condition": {"StringEquals": {"s3:ExistingObjectTag/x": "y"}}},
        {"Action": "s3:Pu?Object", "Condition": {"StringEquals": {"s3:ExistingObjectTag/x": "y"}}},
        {"Action": "s3:PutObject", "Condition": {"Null": {"s3:RequestObjectTag/x": "true"}}},
    ],
)
def test_statements_that_are_taken(changes: dict[str, Any]) -> None:
    assert len(put(changed(**changes)).policy.statements) == 1


class TestTheWholeDocument:
    @pytest.mark.parametrize("version", ["2020-10-17", "", 2012, None])
    def test_versions(self, version: Any) -> None:
        assert refused(STATEMENT, Version=version) == "The policy must contain a valid version string"

    def test_without_a_version_it_is_the_older_one(self) -> None:
        assert bucket_policy(json.dumps({"Statement": STATEMENT}), ARN).policy.version == "2008-10-17"

    def test_names_of_statements_are_there_once(self) -> None:
        assert refused(changed(Sid="a"), changed(Sid="b"), changed(Sid="a")) == (
            "Statement IDs (SID) in a single policy must be unique."
        )
        assert len(put(changed(Sid=""), changed(Sid=""), STATEMENT).policy.statements) == 3

    def test_other_elements(self) -> None:
        assert refused(STATEMENT, Comment="x") == "Invalid policy syntax."
        assert json.loads(put(STATEMENT, Id="x").text)["Id"] == "x"

    def test_no_statement(self) -> None:
        assert refused() == "Could not parse the policy: Statement is empty!"

    @pytest.mark.parametrize("text", ["{", '{"Statement": ', "{}x", '{"a":' + "[" * 100_000])
    def test_broken_json(self, text: str) -> None:
        with pytest.raises(AwsError, match="This policy contains invalid Json"):
            bucket_policy(text, ARN)

    def test_size_is_that_of_the_text_without_blanks(self) -> None:
        resources = [f"{ARN}/{'x' * 180}{number:03}" for number in range(100)]
        assert refused(changed(Resource=resources)) == (
            "Normalized policy document exceeds the maximum allowed size of 20480 bytes"
        )
        text = json.dumps({"Statement": [changed(Resource=resources[:90])]}, indent=60)
        assert len(text) > 20480
        left = limits.BUCKET_POLICY_BYTES - len(bucket_policy(text, ARN).text)
        whole = [*resources[:90], f"{ARN}/{'x' * (left - len(ARN) - 4)}"]
        assert len(bucket_policy(json.dumps({"Statement": [changed(Resource=whole)]}), ARN).text) == 20480
        assert refused(changed(Resource=[*whole[:-1], f"{whole[-1]}x"]), Version="2012-10-17")

    def test_it_is_given_back_in_s3s_own_layout(self) -> None:
        mixed = {"Resource": f"{ARN}/é", **changed(Resource=None), "Sid": "a"}
        text = json.dumps({"Statement": mixed, "Version": "2012-10-17", "Id": "i"}, indent=2)
        assert bucket_policy(text, ARN).text == (
            '{"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"a","Effect":"Allow","Principal":{"AWS":'
            '"123456789012"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/é"}]}'
        )


def test_directory_buckets_have_actions_of_their_own() -> None:
    arn = "arn:aws:s3express:us-east-1:123456789012:bucket/b--use1-az4--x-s3"
    taken = changed(Action="s3express:CreateSession", Resource=arn)
    assert put(taken, arn=arn).policy.statements
    with pytest.raises(AwsError, match="Policy has invalid action"):
        put(changed(Action="s3:GetObject", Resource=arn), arn=arn)


def test_objects_of_access_points_have_a_word_before_their_keys() -> None:
    arn = "arn:aws:s3:us-east-1:123456789012:accesspoint/p"
    for field in ("Resource", "NotResource"):
        taken, not_taken = (
            json.dumps({"Statement": changed(**{"Resource": None, field: f"{arn}/{key}"})})
            for key in ("object/a", "a")
        )
        assert access_point_policy(taken, arn).policy.statements
        with pytest.raises(AwsError, match="Policy has invalid resource"):
            access_point_policy(not_taken, arn)


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["*", "Allow", "s3:*", ARN]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["AWS", "StringEquals"]), inner)
    ),
    max_leaves=5,
)


@fuzzing(300)
@given(
    st.dictionaries(
        st.sampled_from(
            [*STATEMENT, "Sid", "NotPrincipal", "NotAction", "NotResource", "Condition", "NotEffect"]
        ),
        ODD,
    ),
    ODD,
)
def test_every_document_is_taken_or_refused(statement: dict[str, Any], version: Any) -> None:
    """By S3, and by IAM, which takes principals in trust policies alone."""
    for document in ({**STATEMENT, **statement}, statement):
        text = json.dumps({"Version": version, "Statement": document}, default=str)
        try:
            assert json.loads(bucket_policy(text, ARN).text)["Statement"]
        except AwsError as error:
            assert error.code == "MalformedPolicy"
        for validate in (identity_policy, trust_policy):
            try:
                assert validate(text).statements
                assert ("Principal" in document) == (validate is trust_policy) or "NotPrincipal" in document
            except AwsError as error:
                assert error.code == "MalformedPolicyDocument"
