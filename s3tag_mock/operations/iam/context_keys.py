"""The condition keys that policies name: what a simulation wants values of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from s3tag_mock.operations import authorization
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam.simulation import named, source
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.permissions.patterns import variables_of
from s3tag_mock.state.iam import Document


@operation("iam", "GetContextKeysForCustomPolicy", "PolicyInputList")
def get_context_keys_for_custom_policy(call: CallContext, params: Params) -> Result:
    """The condition keys of the policies in the call.

    Source: GetContextKeysForCustomPolicy; DOCUMENTED, the AWS CLI's example, which has variables too.
    """
    return _keys(document for _, document in named(params, "PolicyInputList"))


@operation("iam", "GetContextKeysForPrincipalPolicy", "PolicyInputList PolicySourceArn")
def get_context_keys_for_principal_policy(call: CallContext, params: Params) -> Result:
    """The condition keys of the policies of a user, a role or a group, and of those in the call.

    Source: GetContextKeysForPrincipalPolicy.
    """
    entity = source(call, params["PolicySourceArn"])
    own = [document for _, document in authorization.documents_of(call.world.identities, entity)]
    return _keys([*own, *(document for _, document in named(params, "PolicyInputList"))])


def _keys(documents: Iterable[Document]) -> Result:
    found = (key for document in documents for key in _keys_of(document))
    return {"ContextKeyNames": list({key.lower(): key for key in found}.values())}


def _keys_of(document: Document) -> Iterator[str]:
    for statement in document.policy.statements:
        for resource in (*(statement.resources or ()), *(statement.not_resources or ())):
            yield from variables_of(resource.text) if resource.has_variables else ()
        for condition in statement.conditions:
            yield condition.key
            for value in condition.values:
                yield from variables_of(value.text) if value.has_variables else ()
