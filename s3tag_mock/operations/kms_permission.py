"""Whether the caller may use the key of KMS that an object is encrypted with.

Policies of keys aren't modelled: each is taken for the one that KMS gives new keys, which leaves it to IAM,
so that the caller's own policies decide (ASSUMED). Which actions a call needs is DOCUMENTED by its operation
in the model; AccessDenied names the key without quotes (OBSERVED).
"""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import authorization
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params
from s3tag_mock.rules.encryption import Encryption
from s3tag_mock.rules.partitions import host


def check(call: CallContext, params: Params, encryption: Encryption, *actions: str) -> None:
    """Refuse a caller who may not use the key.

    :param encryption: of what is read or stored.
    :param actions: such as ``"kms:Decrypt"``, in the order in which they are asked for (ASSUMED).
    :raises AwsError: AccessDenied; to a call that nobody signed ASSUMED.
    """
    if call.caller.is_administrator or encryption.kms_key_id is None:
        return
    if call.caller.is_anonymous:
        raise errors.ACCESS_DENIED(hint=f"nobody signed the call, which needs {encryption.kms_key_id}")
    if encryption.has_key_of_s3:
        return
    through = {
        "kms:viaservice": f"s3.{host(call.region)}",
        "kms:calleraccount": call.account,
    }
    for action in actions:
        authorization.check(call, action, encryption.kms_key_id, params, is_quoted=False, further=through)
