"""CORS rules: what a CORS configuration may say (S3 API reference, PutBucketCors)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.rules import limits

_METHODS: Final = frozenset({"DELETE", "GET", "HEAD", "POST", "PUT"})


def check(configuration: Mapping[str, Any]) -> None:
    """Refuse CORS rules that AWS refuses: within a rule methods first, then origins and headers (LIKELY).

    :param configuration: in boto3's shape.
    :raises AwsError: InvalidRequest. A rule without methods or origins doesn't get here: it is no valid XML.
    """
    rules = configuration["CORSRules"]
    if len(rules) > limits.CORS_RULES:
        raise errors.TOO_MANY_CORS_RULES()
    for rule in rules:
        for method in rule["AllowedMethods"]:
            if method not in _METHODS:
                raise errors.UNSUPPORTED_CORS_METHOD(method=method)
        _check_wildcards("AllowedOrigin", rule["AllowedOrigins"])
        _check_wildcards("AllowedHeader", rule.get("AllowedHeaders", ()))
        for header in rule.get("ExposeHeaders", ()):
            if "*" in header:
                raise errors.CORS_EXPOSED_WILDCARD(header=header)


def _check_wildcards(element: str, texts: Sequence[str]) -> None:
    for text in texts:
        if text.count("*") > 1:
            raise errors.SEVERAL_CORS_WILDCARDS(element=element, text=text)
