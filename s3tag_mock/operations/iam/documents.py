"""The policies that calls bring along: read, checked, and as they are remembered."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import named_principals
from s3tag_mock.operations.context import CallContext
from s3tag_mock.permissions import iam_validation
from s3tag_mock.rules import iam_limits
from s3tag_mock.state.iam import Document


def trust(call: CallContext, text: str) -> Document:
    """Who may assume a role. Its principals must exist, unless roles are trusted that nobody made.

    :raises AwsError: MalformedPolicyDocument, LimitExceeded.
    """
    policy = iam_validation.trust_policy(text)
    for arn in named_principals.unknown(call, policy):
        raise errors.TRUST_POLICY_INVALID_PRINCIPAL(kind="AWS", name=arn)
    _check_size(text, "ACLSizePerRole", iam_limits.TRUST_POLICY_SIZE)
    return Document(text, named_principals.with_ids(policy, named_principals.ids(call.world, policy)))


def inline(text: str) -> Document:
    """What a user, a role or a group may do.

    :raises AwsError: MalformedPolicyDocument.
    """
    return Document(text, iam_validation.identity_policy(text))


def managed(text: str) -> Document:
    """A version of a managed policy.

    :raises AwsError: MalformedPolicyDocument, LimitExceeded.
    """
    document = Document(text, iam_validation.identity_policy(text, managed=True))
    _check_size(text, "PolicySize", iam_limits.MANAGED_POLICY_SIZE)
    return document


def _check_size(text: str, quota: str, limit: int) -> None:
    if iam_limits.size(text) > limit:
        raise errors.QUOTA_EXCEEDED(quota=quota, limit=str(limit))
