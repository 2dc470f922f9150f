"""The condition operators of policies.

Source: IAM user guide, "IAM JSON policy elements: Condition operators" and "Creating a condition with
multiple keys or values". A key that is missing makes positive operators false and negated ones true.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import operator as compare
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal, Protocol

from s3tag_mock.permissions.patterns import Lookup, PolicyText

#: What a request has for a condition key: one text, or several for a key that may have many.
Value = str | tuple[str, ...]
Quantifier = Literal["ForAllValues", "ForAnyValue"]
_QUANTIFIERS: Final[Mapping[str, Quantifier | None]] = {
    "": None,
    "ForAllValues": "ForAllValues",
    "ForAnyValue": "ForAnyValue",
}
#: Whether one value of a request matches one of a policy.
Test = Callable[[str, PolicyText, Lookup], bool]


class Context(Protocol):
    """The condition keys of a request."""

    def get(self, key: str, /) -> Value | None:
        """The value of a key, whatever the case of its name; None where the request has none."""


@dataclass(frozen=True, slots=True)
class Operator:
    """A condition operator.

    :param base: its name in lower case, without quantifier and IfExists.
    """

    base: str
    quantifier: Quantifier | None = None
    if_exists: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One key under one operator: it holds when one of the values matches, or for a negated operator none.

    :param key: as the policy has it.
    """

    operator: Operator
    key: str
    values: tuple[PolicyText, ...]

    def holds(self, context: Context) -> bool:
        """Whether it holds for a request."""
        value = context.get(self.key)
        if self.operator.base == "null":
            is_missing = value is None or value == ()
            return any(text.text.lower() == str(is_missing).lower() for text in self.values)
        if value is None:
            return self._holds_without_value()
        lookup = lookup_in(context)
        if self.operator.quantifier is None:
            # A key with many values needs a quantifier (LIKELY).
            return isinstance(value, str) and self._matches(value, lookup)
        values = (value,) if isinstance(value, str) else value
        if not values and self.operator.if_exists:
            return True
        quantified = all if self.operator.quantifier == "ForAllValues" else any
        return quantified(self._matches(one, lookup) for one in values)

    def _holds_without_value(self) -> bool:
        if self.operator.if_exists or self.operator.quantifier is not None:
            return self.operator.if_exists or self.operator.quantifier == "ForAllValues"
        _, is_negated = _OPERATORS[self.operator.base]
        return is_negated

    def _matches(self, value: str, lookup: Lookup) -> bool:
        test, is_negated = _OPERATORS[self.operator.base]
        return any(test(value, text, lookup) for text in self.values) is not is_negated


def operator_of(name: str) -> Operator | None:
    """The operator of a name; None for one that there isn't."""
    quantifier, separator, rest = name.rpartition(":")
    base = rest.removesuffix("IfExists")
    if base not in OPERATOR_NAMES or quantifier not in _QUANTIFIERS:
        return None
    if bool(separator) is not bool(quantifier) or (base == "Null" and base != rest):
        return None
    return Operator(base.lower(), _QUANTIFIERS[quantifier], base != rest)


def takes_variables(operator: Operator) -> bool:
    """Whether policy variables are allowed in an operator's values."""
    return operator.base.startswith(("string", "arn"))


def lookup_in(context: Context) -> Lookup:
    """What policy variables stand for in a request: condition keys with one value."""

    def lookup(key: str) -> str | None:
        value = context.get(key)
        return value if isinstance(value, str) else None

    return lookup


def _string_equals(value: str, wanted: PolicyText, lookup: Lookup) -> bool:
    return value == wanted.literally(lookup)


def _string_equals_without_case(value: str, wanted: PolicyText, lookup: Lookup) -> bool:
    literal = wanted.literally(lookup)
    return literal is not None and value.lower() == literal.lower()


def _string_like(value: str, wanted: PolicyText, lookup: Lookup) -> bool:
    return wanted.is_like(value, lookup)


def _arn_like(value: str, wanted: PolicyText, lookup: Lookup) -> bool:
    return wanted.is_like_arn(value, lookup)


def _bool(value: str, wanted: PolicyText, lookup: Lookup) -> bool:
    return value.lower() == wanted.text.lower()


def _binary(value: str, wanted: PolicyText, lookup: Lookup) -> bool:
    try:
        return base64.b64decode(value, validate=True) == base64.b64decode(wanted.text, validate=True)
    except (binascii.Error, ValueError):
        return False


def _ip_address(value: str, wanted: PolicyText, lookup: Lookup) -> bool:
    network = network_of(wanted.text)
    try:
        return network is not None and ipaddress.ip_address(value) in network
    except ValueError:
        return False


def network_of(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """The addresses of a CIDR, or one alone; None for what is neither."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _date(text: str) -> Decimal | None:
    """Seconds since 1970 of an ISO 8601 date, or the number itself; None for what is no date."""
    number = _number(text)
    if number is not None:
        return number
    try:
        date = datetime.fromisoformat(text.replace("Z", "+00:00").replace("z", "+00:00"))
    except ValueError:
        return None
    aware = date if date.tzinfo is not None else date.replace(tzinfo=timezone.utc)
    try:
        return Decimal(str(aware.timestamp()))
    except OverflowError:
        return None


def _compared(read: Callable[[str], Decimal | None], comparison: Callable[[Any, Any], bool]) -> Test:
    def test(value: str, wanted: PolicyText, lookup: Lookup) -> bool:
        left, right = read(value), read(wanted.text)
        return left is not None and right is not None and comparison(left, right)

    return test


#: Operator to its test, and whether it is the opposite of that.
_TESTS: Final[Mapping[str, tuple[Test, bool]]] = {
    "StringEquals": (_string_equals, False),
    "StringNotEquals": (_string_equals, True),
    "StringEqualsIgnoreCase": (_string_equals_without_case, False),
    "StringNotEqualsIgnoreCase": (_string_equals_without_case, True),
    "StringLike": (_string_like, False),
    "StringNotLike": (_string_like, True),
    "NumericEquals": (_compared(_number, compare.eq), False),
    "NumericNotEquals": (_compared(_number, compare.eq), True),
    "NumericLessThan": (_compared(_number, compare.lt), False),
    "NumericLessThanEquals": (_compared(_number, compare.le), False),
    "NumericGreaterThan": (_compared(_number, compare.gt), False),
    "NumericGreaterThanEquals": (_compared(_number, compare.ge), False),
    "DateEquals": (_compared(_date, compare.eq), False),
    "DateNotEquals": (_compared(_date, compare.eq), True),
    "DateLessThan": (_compared(_date, compare.lt), False),
    "DateLessThanEquals": (_compared(_date, compare.le), False),
    "DateGreaterThan": (_compared(_date, compare.gt), False),
    "DateGreaterThanEquals": (_compared(_date, compare.ge), False),
    "Bool": (_bool, False),
    "BinaryEquals": (_binary, False),
    "IpAddress": (_ip_address, False),
    "NotIpAddress": (_ip_address, True),
    "ArnEquals": (_arn_like, False),
    "ArnLike": (_arn_like, False),
    "ArnNotEquals": (_arn_like, True),
    "ArnNotLike": (_arn_like, True),
}
#: The names of all operators, without quantifiers and IfExists.
OPERATOR_NAMES: Final = frozenset({*_TESTS, "Null"})
_OPERATORS: Final[Mapping[str, tuple[Test, bool]]] = {name.lower(): row for name, row in _TESTS.items()}
