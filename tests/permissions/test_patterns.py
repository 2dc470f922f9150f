"""Wildcards and policy variables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing
from s3tag_mock.permissions.patterns import PolicyText, variables_of


def like(pattern: str, text: str) -> bool:
    """What ``*`` and ``?`` mean, said as shortly as can be."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return like(pattern[1:], text) or (bool(text) and like(pattern, text[1:]))
    return bool(text) and pattern[0] in {"?", text[0]} and like(pattern[1:], text[1:])


@fuzzing(500)
@given(st.text("ab*?.", max_size=8), st.text("ab.\n", max_size=8))
def test_wildcards_mean_what_they_mean(pattern: str, text: str) -> None:
    assert PolicyText(pattern).is_like(text) is like(pattern, text)


@given(st.text(max_size=20))
def test_a_text_without_wildcards_matches_itself_alone(text: str) -> None:
    plain = text.replace("*", "").replace("?", "")
    assert PolicyText(plain).is_like(plain)
    assert not PolicyText(plain).is_like(f"{plain}x")


@pytest.mark.parametrize("stars", [10, 1000, 9000])
def test_many_wildcards_are_matched_in_bounded_steps(stars: int) -> None:
    """By trial and error this would take longer than the universe has been there."""
    assert not PolicyText("*a" * stars + "*b").is_like("a" * 1000)
    assert not PolicyText("*a?" * stars + "*b").is_like("a" * 1000)


class TestArns:
    @pytest.mark.parametrize(
        ("pattern", "arn"),
        [
            ("*", "arn:aws:s3:::photos/a"),
            ("arn:aws:s3:::photos/*", "arn:aws:s3:::photos/a/b:c"),
            ("arn:aws:s3:::photos*", "arn:aws:s3:::photos"),
            ("arn:*:s3:::photos/?", "arn:aws-cn:s3:::photos/a"),
            ("arn:aws:iam::*:role/x", "arn:aws:iam::123456789012:role/x"),
        ],
    )
    def test_matches(self, pattern: str, arn: str) -> None:
        assert PolicyText(pattern).is_like_arn(arn)

    @pytest.mark.parametrize(
        ("pattern", "arn"),
        [
            ("arn:aws:s3:::photos/*", "arn:aws:s3:::photos"),
            ("arn:aws:s3:::Photos/*", "arn:aws:s3:::photos/a"),
            ("arn:aws:*:role/x", "arn:aws:iam::123456789012:role/x"),
            ("arn:aws:s3:::photos/?", "arn:aws:s3:::photos/ab"),
            ("arn:aws:s3:::photos/a", "photos/a"),
            ("", "arn:aws:s3:::photos"),
        ],
    )
    def test_does_not_match(self, pattern: str, arn: str) -> None:
        """A wildcard doesn't go beyond its part of the ARN, but in the last one, where it crosses all."""
        assert not PolicyText(pattern).is_like_arn(arn)


VALUES = {"aws:username": "anna", "aws:userid": "AROA:x*"}


class TestVariables:
    def like(self, pattern: str, text: str) -> bool:
        return PolicyText(pattern, has_variables=True).is_like(text, VALUES.get)

    def test_stand_for_the_values_of_keys(self) -> None:
        assert self.like("home/${aws:username}/*", "home/anna/a.txt")
        assert not self.like("home/${aws:username}/*", "home/bob/a.txt")
        arn = PolicyText("arn:aws:s3:::b/${aws:userid}/*", has_variables=True)
        assert arn.is_like_arn("arn:aws:s3:::b/AROA:x*/k", VALUES.get)

    def test_wildcards_in_a_value_are_literal(self) -> None:
        assert not self.like("${aws:userid}", "AROA:xyz")
        assert self.like("${aws:userid}", "AROA:x*")

    def test_without_a_value_nothing_matches_but_by_default(self) -> None:
        assert not self.like("${aws:PrincipalTag/team}*", "x")
        assert not self.like("*${aws:PrincipalTag/team}", "x")
        assert self.like("team-${aws:PrincipalTag/team, 'none'}", "team-none")
        assert PolicyText("${a:b}", has_variables=True).literally(VALUES.get) is None

    @pytest.mark.parametrize("character", "*?$")
    def test_literal_characters(self, character: str) -> None:
        assert self.like(f"a${{{character}}}", f"a{character}")
        assert not self.like(f"a${{{character}}}", "ab")

    def test_are_literal_text_in_policies_of_the_older_version(self) -> None:
        assert PolicyText("home/${aws:username}").is_like("home/${aws:username}", VALUES.get)

    def test_are_found(self) -> None:
        assert variables_of("a/${aws:username}/${aws:PrincipalTag/team, 'x'}/${*}") == [
            "aws:username",
            "aws:PrincipalTag/team",
        ]


def test_actions_are_compared_without_case() -> None:
    assert PolicyText("S3:Get*tagging", ignores_case=True).is_like("s3:GetObjectTagging")
