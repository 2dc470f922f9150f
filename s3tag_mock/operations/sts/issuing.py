"""What the operations share that give out temporary credentials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import documents
from s3tag_mock.operations.registry import Params, Result
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.rules import dates
from s3tag_mock.state.aws_policies import managed_policy
from s3tag_mock.state.iam import Document, Role, Session, User

#: How many characters of policies and tags a session can have, packed.
_PACKED: Final = 2048


def policies_of(call: CallContext, params: Params) -> list[Document]:
    """The policies that limit a session.

    :raises AwsError: MalformedPolicyDocument.
    """
    return list(_policies(call, params))


def _policies(call: CallContext, params: Params) -> Iterator[Document]:
    if "Policy" in params:
        yield documents.inline(params["Policy"])
    for described in params.get("PolicyArns", ()):
        found = managed_policy(call.world.identities, described["arn"])
        if found is None:
            raise errors.NO_SUCH_SESSION_POLICY(arn=described["arn"])
        yield found.document


def tags_of(params: Params) -> dict[str, str]:
    """The tags of a session.

    :raises AwsError: InvalidParameterValue for keys that are the same but for their case.
    """
    given = pairs(params.get("Tags", ()))
    if len({key.lower() for key, _ in given}) < len(given):
        raise errors.SESSION_TAGS_REPEATED()
    return dict(given)


def packed_size(params: Params) -> int:
    """How full a session is of policies and tags, in percent; how AWS packs them is ASSUMED."""
    texts = [params.get("Policy", ""), *(text for pair in pairs(params.get("Tags", ())) for text in pair)]
    return min(100, -(-100 * sum(map(len, texts)) // _PACKED))


def issue(
    call: CallContext, principal: Principal, entity: User | Role | None, seconds: int, **more: Any
) -> Result:
    """Give out temporary credentials.

    :param entity: the user or role whose policies decide; None for all rights.
    :param more: what else :class:`Session` has.
    :return: Credentials.
    """
    ids = call.world.ids
    session = Session(
        access_key=ids.access_key("ASIA"),
        secret=ids.secret(),
        token=ids.session_token(),
        principal=principal,
        source=principal.principal_arn if entity is None else entity.arn,
        source_id="" if entity is None else entity.id,
        created=call.now,
        expires=dates.later(call.second, seconds=seconds),
        **more,
    )
    call.world.identities.sessions[session.access_key] = session
    return {
        "AccessKeyId": session.access_key,
        "SecretAccessKey": session.secret,
        "SessionToken": session.token,
        "Expiration": session.expires,
    }
