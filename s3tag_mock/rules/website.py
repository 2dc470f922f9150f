"""Website configurations (S3 API reference, PutBucketWebsite; RECORDED, LS
test_validate_website_configuration).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.rules import limits

_PROTOCOLS: Final = frozenset({"http", "https"})
_REDIRECT_CODE: Final = re.compile("3(?!00)[0-9]{2}")
_ERROR_CODE: Final = re.compile("[45][0-9]{2}")


def check(document: Mapping[str, Any]) -> None:
    """Refuse a WebsiteConfiguration that AWS refuses.

    :raises AwsError: InvalidArgument, InvalidRequest, MalformedXML.
    """
    if "RedirectAllRequestsTo" in document:
        if len(document) > 1:
            raise errors.REDIRECT_ALL_AND_MORE(ArgumentName="RedirectAllRequestsTo", ArgumentValue="not null")
        _check_protocol(document["RedirectAllRequestsTo"])
        return
    if "IndexDocument" not in document:
        raise errors.INDEX_DOCUMENT_MISSING(ArgumentName="IndexDocument", ArgumentValue="null")
    suffix = document["IndexDocument"]["Suffix"]
    if not suffix or "/" in suffix:
        raise errors.INDEX_SUFFIX_MALFORMED(ArgumentName="IndexDocument", ArgumentValue=suffix)
    if "RoutingRules" in document:
        if not 0 < len(document["RoutingRules"]) <= limits.ROUTING_RULES:
            raise errors.MALFORMED_XML(hint=f"{len(document['RoutingRules'])} routing rules")
        for rule in document["RoutingRules"]:
            _check_rule(rule)


def _check_rule(rule: Mapping[str, Any]) -> None:
    redirect = rule["Redirect"]
    _check_protocol(redirect)
    if "ReplaceKeyPrefixWith" in redirect and "ReplaceKeyWith" in redirect:
        raise errors.TWO_KEY_REPLACEMENTS()
    if "Condition" in rule and not rule["Condition"]:
        raise errors.EMPTY_ROUTING_CONDITION()
    code = redirect.get("HttpRedirectCode", "301")
    if not _REDIRECT_CODE.fullmatch(code):
        raise errors.INVALID_REDIRECT_CODE(code=code)
    code = rule.get("Condition", {}).get("HttpErrorCodeReturnedEquals", "404")
    if not _ERROR_CODE.fullmatch(code):
        raise errors.INVALID_HTTP_ERROR_CODE(code=code)


def _check_protocol(redirect: Mapping[str, Any]) -> None:
    if redirect.get("Protocol", "http") not in _PROTOCOLS:
        raise errors.INVALID_REDIRECT_PROTOCOL()
