"""The IAM actions that operations need, compared with what botocore's own documentation of them names."""

from __future__ import annotations

import re
from typing import Final

import pytest

from conftest import needs_botocore
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.operations.record import Operation
from s3tag_mock.permissions import actions

#: Actions that the documentation names for another reason than that the call needs them.
OTHER_REASONS: Final[dict[str, set[str]]] = {
    # Asked for where the source or the key is looked up, and not on what the operation names.
    "CopyObject": {"s3:getobject"},
    "UploadPartCopy": {"s3:getobject"},
    "GetObject": {"s3:listbucket"},
    "HeadObject": {"s3:listbucket"},
    "GetObjectAttributes": {"s3:listbucket"},
    # What must be denied to keep lifecycle rules from deleting, or objects from being deleted.
    "DeleteObject": {"s3:putlifecycleconfiguration"},
    "PutBucketLifecycle": {"s3:deleteobject", "s3:deleteobjectversion"},
    "PutBucketLifecycleConfiguration": {"s3:deleteobject", "s3:deleteobjectversion"},
    # An event.
    "PutBucketNotificationConfiguration": {"s3:reducedredundancylostobject"},
    # For a call after this one.
    "CreateBucket": {"s3:putbucketpublicaccessblock"},
}
DESCRIBED: Final = [one for one in OPERATIONS.values() if one.action and one.service in {"s3", "s3control"}]


def documented(operation: Operation) -> set[str]:
    """The actions of S3 that botocore's documentation of an operation names, in lower case."""
    model = service_model(operation.service).operation_model(operation.name)
    found = set(re.findall(r"\b(?:s3|s3-outposts):[A-Z]\w+", model.documentation or ""))
    return {action.lower() for action in found}


def needed(operation: Operation) -> set[str]:
    """The actions that an operation's record names, with their twins for versions."""
    named = [str(operation.action), *(need.action for need in operation.also)]
    return {action.lower() for one in named for action in (one, actions.OF_VERSIONS.get(one, one))}


@pytest.mark.parametrize("operation", DESCRIBED, ids=lambda operation: operation.name)
@needs_botocore("1.41.1", "the documentation of all operations")
def test_the_record_agrees_with_the_documentation(operation: Operation) -> None:
    named = documented(operation) - OTHER_REASONS.get(operation.name, set())
    assert named <= needed(operation)
    assert not named or str(operation.action).lower() in named


@pytest.mark.parametrize("name", OTHER_REASONS)
@needs_botocore("1.41.1", "the documentation of all operations")
def test_exceptions_are_in_the_documentation(name: str) -> None:
    assert OTHER_REASONS[name] <= documented(OPERATIONS["s3", name])


@pytest.mark.parametrize("operation", DESCRIBED, ids=lambda operation: operation.name)
def test_every_action_of_s3_is_known(operation: Operation) -> None:
    """And each further one is needed for parameters that the operation honours."""
    for action in needed(operation):
        assert actions.is_known(action) or not action.startswith("s3:")
    for need in operation.also:
        assert operation.honours is not None
        assert {name.partition(".")[0] for name in need.when} - {"CopiedTags"} <= operation.honours
