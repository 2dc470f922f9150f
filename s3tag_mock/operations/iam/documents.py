"""The policies that calls bring along: read, checked, and as they are remembered."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.context import CallContext
from s3tag_mock.permissions import iam_validation
from s3tag_mock.permissions.document import Principals
from s3tag_mock.rules import arns, iam_limits
from s3tag_mock.state.iam import Document


def trust(call: CallContext, text: str) -> Document:
    """Who may assume a role. Its principals must exist, unless roles are trusted that nobody made.

    :raises AwsError: MalformedPolicyDocument, LimitExceeded.
    """
    document = Document(text, iam_validation.trust_policy(text))
    if not call.world.identities.trusts_roles:
        _check_principals(call, document)
    _check_size(text, "ACLSizePerRole", iam_limits.TRUST_POLICY_SIZE)
    return document


def _check_principals(call: CallContext, document: Document) -> None:
    """Refuse users and roles of the account that aren't there; of other accounts nobody knows."""
    identities, own = call.world.identities, Caller(call.account).principal.arn
    for statement in document.policy.statements:
        for arn in (statement.principals or Principals()).aws:
            is_ours = arn.startswith(tuple(_prefix(call, kind) for kind in ("role", "user")))
            if is_ours and arn != own and not (identities.role_of(arn) or identities.user_of(arn)):
                raise errors.TRUST_POLICY_INVALID_PRINCIPAL(kind="AWS", name=arn)


def _prefix(call: CallContext, kind: str) -> str:
    return arns.iam(call.region, call.account, kind, "/", "")


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
