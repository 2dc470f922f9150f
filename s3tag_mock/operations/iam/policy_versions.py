"""Versions of managed policies."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import documents, entities, shapes
from s3tag_mock.operations.iam.listing import PAGE, page
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.rules import iam_limits
from s3tag_mock.state.iam import ManagedPolicy, PolicyVersion


@operation("iam", "CreatePolicyVersion", "PolicyArn PolicyDocument SetAsDefault")
def create_policy_version(call: CallContext, params: Params) -> Result:
    """Give a managed policy another document.

    Source: CreatePolicyVersion.
    """
    policy = entities.own_policy(call, params)
    document = documents.managed(params["PolicyDocument"])
    if len(policy.versions) >= iam_limits.POLICY_VERSIONS:
        raise errors.TOO_MANY_POLICY_VERSIONS()
    policy.made += 1
    version = PolicyVersion(f"v{policy.made}", document, call.second)
    policy.versions[version.id] = version
    policy.updated = call.second
    if params.get("SetAsDefault"):
        policy.default = version.id
    return {"PolicyVersion": shapes.policy_version(policy, version)}


@operation("iam", "GetPolicyVersion", "PolicyArn VersionId")
def get_policy_version(call: CallContext, params: Params) -> Result:
    """A version of a managed policy, with its document; of AWS's own the one in force is known.

    Source: GetPolicyVersion.
    """
    policy = entities.policy(call, params)
    version = _version(policy, params)
    return {"PolicyVersion": shapes.policy_version(policy, version, with_document=True)}


@operation("iam", "ListPolicyVersions", "PolicyArn", PAGE)
def list_policy_versions(call: CallContext, params: Params) -> Result:
    """The versions of a managed policy, the newest first.

    Source: ListPolicyVersions.
    """
    policy = entities.policy(call, params)
    versions = list(reversed(policy.versions.values()))
    places = {version.id: str(place) for place, version in enumerate(versions)}
    return page(
        "Versions",
        versions,
        params,
        lambda version: places[version.id],
        lambda version: shapes.policy_version(policy, version),
    )


@operation("iam", "SetDefaultPolicyVersion", "PolicyArn VersionId")
def set_default_policy_version(call: CallContext, params: Params) -> Result:
    """Put a version of a managed policy in force.

    Source: SetDefaultPolicyVersion.
    """
    policy = entities.own_policy(call, params)
    policy.default = _version(policy, params).id
    return {}


@operation("iam", "DeletePolicyVersion", "PolicyArn VersionId")
def delete_policy_version(call: CallContext, params: Params) -> Result:
    """Delete a version of a managed policy that isn't in force.

    Source: DeletePolicyVersion.
    """
    policy = entities.own_policy(call, params)
    version = _version(policy, params)
    if version.id == policy.default:
        raise errors.POLICY_VERSION_IS_DEFAULT()
    del policy.versions[version.id]
    return {}


def _version(policy: ManagedPolicy, params: Params) -> PolicyVersion:
    version = policy.versions.get(params["VersionId"])
    if version is None:
        raise errors.NO_SUCH_POLICY_VERSION(arn=policy.arn, version=params["VersionId"])
    return version
