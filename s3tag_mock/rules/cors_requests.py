"""CORS requests: which rule of a bucket lets a browser's request in, and what the answer says then.

Sources: RECORDED, LS test_cors_match_origins, test_cors_match_methods, test_cors_match_headers,
test_cors_options_match_partial_origin, test_cors_expose_headers, test_put_cors_default_values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

Rule = Mapping[str, Any]
_ANY: Final = "*"
_VARY: Final = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"


def headers_of_answer(
    rules: Sequence[Rule], method: str, request: Mapping[str, str]
) -> dict[str, str] | None:
    """The headers that an answer gets.

    :param rules: of the bucket, in boto3's shape.
    :param method: of the request; Access-Control-Request-Method counts in its place, where it is given.
    :param request: the request's headers, by their names in lower case.
    :return: of the first rule that matches; None where none does.
    """
    origin = request.get("origin", "")
    method = request.get("access-control-request-method", method)
    listed = request.get("access-control-request-headers", "").lower().split(",")
    wanted = [name.strip() for name in listed if name.strip()]
    for rule in rules:
        pattern = next((one for one in rule["AllowedOrigins"] if _matches(one, origin)), None)
        names = [name.lower() for name in rule.get("AllowedHeaders", ())]
        is_allowed = all(any(_matches(name, one) for name in names) for one in wanted)
        if pattern is not None and method in rule["AllowedMethods"] and is_allowed:
            return _described(rule, pattern, origin, wanted)
    return None


def _matches(pattern: str, text: str) -> bool:
    before, wildcard, after = pattern.partition(_ANY)
    if not wildcard:
        return text == pattern
    is_long_enough = len(text) >= len(before) + len(after)
    return is_long_enough and text.startswith(before) and text.endswith(after)


def _described(rule: Rule, pattern: str, origin: str, wanted: Sequence[str]) -> dict[str, str]:
    found = {
        "Access-Control-Allow-Origin": _ANY if pattern == _ANY else origin,
        "Access-Control-Allow-Methods": ", ".join(rule["AllowedMethods"]),
        "Vary": _VARY,
    }
    if pattern != _ANY:
        found["Access-Control-Allow-Credentials"] = "true"
    if wanted:
        found["Access-Control-Allow-Headers"] = ", ".join(wanted)
    if "ExposeHeaders" in rule:
        found["Access-Control-Expose-Headers"] = ", ".join(rule["ExposeHeaders"])
    if "MaxAgeSeconds" in rule:
        found["Access-Control-Max-Age"] = str(rule["MaxAgeSeconds"])
    return found
