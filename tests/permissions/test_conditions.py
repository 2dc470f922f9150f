"""Every condition operator, with and without a value for its key."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s3tag_mock.permissions import conditions, document
from s3tag_mock.permissions.conditions import OPERATOR_NAMES, operator_of


class Keys(dict[str, Any]):
    """Condition keys as a context gives them, whatever the case of their names."""

    def get(self, key: str, default: Any = None) -> Any:
        return {name.lower(): value for name, value in self.items()}.get(key.lower(), default)


def holds(operator: str, wanted: Any, *values: Any, version: str = "2012-10-17", **keys: Any) -> bool:
    """Whether an operator holds for the key ``k``.

    :param wanted: the policy's value or values.
    :param values: of the request; none for a request without the key.
    """
    block = {operator: {"K": wanted}}
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": block}
    policy = document.of({"Version": version, "Statement": statement})
    (condition,) = policy.statements[0].conditions
    return condition.holds(Keys({**({"k": values[0]} if values else {}), **keys}))


@pytest.mark.parametrize(
    ("operator", "wanted", "fits", "unfit"),
    [
        ("StringEquals", "Red", "Red", "red"),
        ("StringEquals", ["a", "b"], "b", "c"),
        ("StringEquals", "a*", "a*", "ab"),
        ("StringEqualsIgnoreCase", "Red", "rED", "blue"),
        ("StringLike", "a?c*", "abcd", "Abcd"),
        ("NumericEquals", "10", "10.0", "11"),
        ("NumericEquals", 10, "10", "ten"),
        ("NumericLessThan", "10", "9", "10"),
        ("NumericLessThanEquals", "10", "10", "10.5"),
        ("NumericGreaterThan", "10", "100", "10"),
        ("NumericGreaterThanEquals", "10", "10", "9"),
        ("DateEquals", "2026-01-01T00:00:00z", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:01Z"),
        ("DateLessThan", "2026-01-01", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z"),
        ("DateLessThanEquals", "2026-01-01T00:00:00Z", "1767225600", "1767225601"),
        ("DateGreaterThan", "1767225600", "2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z"),
        ("DateGreaterThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
        ("Bool", "true", "True", "false"),
        ("Bool", True, "true", "false"),
        ("BinaryEquals", "YQ==", "YQ==", "Yg=="),
        ("BinaryEquals", "YQ==", "YQ==", "Y Q=="),
        ("IpAddress", "10.0.0.0/8", "10.1.2.3", "11.1.2.3"),
        ("IpAddress", "10.1.2.3/8", "10.0.0.1", "11.1.2.3"),
        ("IpAddress", "2001:db8::/32", "2001:db8::1", "10.1.2.3"),
        ("IpAddress", "127.0.0.1", "127.0.0.1", "somewhere"),
        ("ArnEquals", "arn:aws:iam::*:role/a*", "arn:aws:iam::123456789012:role/ab", "arn:aws:iam::1:user/a"),
        ("ArnLike", "arn:aws:s3:::b", "arn:aws:s3:::b", "arn:aws:s3:::bb"),
    ],
)
class TestOperators:
    def test_with_a_value(self, operator: str, wanted: Any, fits: str, unfit: str) -> None:
        assert holds(operator, wanted, fits)
        assert not holds(operator, wanted, unfit)

    def test_without_one(self, operator: str, wanted: Any, fits: str, unfit: str) -> None:
        assert not holds(operator, wanted)
        assert holds(f"{operator}IfExists", wanted)
        assert not holds(f"{operator}IfExists", wanted, unfit)

    def test_of_several_values(self, operator: str, wanted: Any, fits: str, unfit: str) -> None:
        several = (fits, unfit)
        assert not holds(operator, wanted, several), "a key with several values needs a quantifier"
        assert holds(f"ForAnyValue:{operator}", wanted, several)
        assert not holds(f"ForAllValues:{operator}", wanted, several)
        assert not holds(f"ForAnyValue:{operator}", wanted)
        assert holds(f"ForAllValues:{operator}", wanted)
        assert holds(f"ForAllValues:{operator}", wanted, ())
        assert not holds(f"ForAnyValue:{operator}", wanted, ())
        assert holds(f"ForAnyValue:{operator}IfExists", wanted, ())


@pytest.mark.parametrize(
    ("operator", "wanted", "unfit", "fits"),
    [
        ("StringNotEquals", ["a", "b"], "b", "c"),
        ("StringNotEqualsIgnoreCase", "a", "A", "b"),
        ("StringNotLike", "a*", "ab", "b"),
        ("NumericNotEquals", "1", "1.0", "2"),
        ("DateNotEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
        ("NotIpAddress", "10.0.0.0/8", "10.0.0.1", "11.0.0.1"),
        ("ArnNotEquals", "arn:aws:s3:::b", "arn:aws:s3:::b", "arn:aws:s3:::c"),
        ("ArnNotLike", "arn:aws:s3:::b*", "arn:aws:s3:::bc", "arn:aws:s3:::c"),
    ],
)
def test_negated_operators_hold_without_a_value(operator: str, wanted: Any, unfit: str, fits: str) -> None:
    assert holds(operator, wanted, fits)
    assert not holds(operator, wanted, unfit)
    assert holds(operator, wanted)
    assert holds(f"ForAnyValue:{operator}", wanted, (unfit, fits))
    assert not holds(f"ForAllValues:{operator}", wanted, (unfit, fits))
    assert not holds(f"ForAnyValue:{operator}", wanted)


def test_null_asks_whether_the_key_is_there() -> None:
    assert holds("Null", "true")
    assert not holds("Null", "true", "x")
    assert holds("Null", "false", "")
    assert not holds("Null", False)


def test_a_quantifier_on_one_value_sees_a_list_of_one() -> None:
    assert holds("ForAnyValue:StringEquals", ["QA", "Production"], "QA")
    assert not holds("ForAllValues:StringEquals", ["QA", "Production"], "Test")


@pytest.mark.parametrize("operator", ["DateEquals", "NumericEquals", "IpAddress", "BinaryEquals"])
def test_what_is_none_of_its_kind_equals_nothing(operator: str) -> None:
    assert not holds(operator, "so on", "so on")
    assert not holds(operator, "Y Q==", "YQ==")


class TestVariables:
    def test_in_texts_and_arns(self) -> None:
        team = {"aws:PrincipalTag/Team": "red"}
        assert holds("StringEquals", "${aws:PrincipalTag/Team}", "red", **team)
        assert not holds("StringEquals", "${aws:PrincipalTag/Team}", "blue", **team)
        assert holds("ArnLike", "arn:aws:s3:::${aws:PrincipalTag/Team}-*", "arn:aws:s3:::red-1", **team)

    def test_without_a_value(self) -> None:
        assert not holds("StringEquals", "${aws:PrincipalTag/Team}", "red")
        assert holds("StringNotEquals", "${aws:PrincipalTag/Team}", "red")

    def test_not_in_the_older_version(self) -> None:
        assert holds("StringEquals", "${aws:username}", "${aws:username}", version="2008-10-17")


@pytest.mark.parametrize(
    "name",
    [
        "StringEqual",
        "stringEquals",
        "ForSomeValues:StringEquals",
        ":StringEquals",
        "NullIfExists",
        "",
        "ForAllValues:",
        "IfExists",
        "StringEquals:ForAnyValue",
    ],
)
def test_operators_that_there_are_not(name: str) -> None:
    assert operator_of(name) is None


@given(
    st.sampled_from(sorted(OPERATOR_NAMES)),
    st.sampled_from(["", "ForAllValues:", "ForAnyValue:"]),
    st.lists(st.text(max_size=10) | st.integers() | st.booleans() | st.floats(), max_size=3),
    st.none() | st.text(max_size=10) | st.lists(st.text(max_size=10), max_size=3).map(tuple),
)
def test_every_operator_decides_over_anything(name: str, quantifier: str, wanted: Any, value: Any) -> None:
    result = holds(f"{quantifier}{name}", wanted, *([] if value is None else [value]))
    assert isinstance(result, bool)
    if not quantifier and isinstance(value, str):
        opposite = {"StringEquals": "StringNotEquals", "IpAddress": "NotIpAddress"}.get(name)
        if opposite is not None:
            assert holds(opposite, wanted, value) is not result


def test_what_is_a_range_of_addresses() -> None:
    assert conditions.network_of("10.0.0.0/8") is not None
    assert conditions.network_of("10.0.0.300") is None
