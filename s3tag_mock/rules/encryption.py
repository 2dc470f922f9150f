"""Server-side encryption: with S3's keys, with KMS's, with the customer's own.

Nothing is really encrypted, and no key has to exist. Sources: S3 user guide, "Protecting data with
encryption"; RECORDED, LS test_put_object_validation_sse_c, test_object_retrieval_sse_c,
test_copy_object_with_sse_c.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.rules import json_documents
from s3tag_mock.rules.partitions import partition_of

#: What a storing call may say of encryption.
PARAMETERS: Final = (
    "BucketKeyEnabled",
    "SSECustomerAlgorithm",
    "SSECustomerKey",
    "SSECustomerKeyMD5",
    "SSEKMSEncryptionContext",
    "SSEKMSKeyId",
    "ServerSideEncryption",
)
#: What a call must say to read an object that is encrypted with the customer's own key.
CUSTOMER_KEY: Final = ("SSECustomerAlgorithm", "SSECustomerKey", "SSECustomerKeyMD5")
_KMS: Final = frozenset({"aws:kms", "aws:kms:dsse"})
_METHODS: Final = _KMS | {"AES256"}
_HEADER: Final = "x-amz-server-side-encryption"
_AES_KEY_BYTES: Final = 32

#: A bucket's configuration as it is at first (S3 user guide, "Default encryption").
DEFAULT: Final[Mapping[str, Any]] = {
    "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}]
}


@dataclass(frozen=True, slots=True)
class Encryption:
    """How an object is encrypted.

    :param method: ServerSideEncryption; None with the customer's own key.
    :param kms_key_id: the key's ARN.
    :param kms_context: SSEKMSEncryptionContext, as it was given.
    :param customer_key_md5: of the customer's own key, in base64.
    """

    method: str | None = "AES256"
    kms_key_id: str | None = None
    kms_context: str | None = None
    bucket_key: bool = False
    customer_key_md5: str | None = None

    def fields(self) -> dict[str, Any]:
        """It as answers show it, under boto3's names."""
        shown = {
            "ServerSideEncryption": self.method,
            "SSEKMSKeyId": self.kms_key_id,
            "SSEKMSEncryptionContext": self.kms_context,
            "BucketKeyEnabled": self.bucket_key or None,
            "SSECustomerAlgorithm": None if self.customer_key_md5 is None else "AES256",
            "SSECustomerKeyMD5": self.customer_key_md5,
        }
        return {name: value for name, value in shown.items() if value is not None}

    @property
    def has_key_of_s3(self) -> bool:
        """Whether the key is the account's own for S3, which everybody in the account uses through S3 (KMS
        developer guide, "AWS managed keys").
        """
        key = self.kms_key_id or ""
        if key.count(":") < 5:
            return False
        region, account = key.split(":")[3:5]
        return key in {_key_arn(None, region, account), _key_arn("alias/aws/s3", region, account)}

    @property
    def etag_is_md5(self) -> bool:
        """Whether an ETag is the MD5 of what was stored (PutObject; RECORDED, LS
        test_s3_copy_object_in_place_with_encryption, test_put_object_default_checksum_with_sse_c).
        """
        return self.method == "AES256"


#: How objects are encrypted where nothing else is said.
WITH_S3_KEYS: Final = Encryption()


def for_new_object(
    params: Mapping[str, Any], default: Mapping[str, Any] | None, region: str, account: str
) -> Encryption:
    """How an object that is stored is encrypted: as the call says, else as the bucket says.

    :param default: the bucket's ServerSideEncryptionConfiguration; None for SSE-S3.
    :raises AwsError: InvalidArgument, InvalidEncryptionAlgorithmError; AccessDenied for the customer's own
        key in a bucket that blocks SSE-C (DOCUMENTED user guide, "Blocking or unblocking SSE-C").
    """
    rule = (default or DEFAULT)["Rules"][0]
    method: str | None = params.get("ServerSideEncryption")
    if method is not None and any(name in params for name in CUSTOMER_KEY):
        raise errors.CUSTOMER_KEY_AND_METHOD(ArgumentName=_HEADER, ArgumentValue=method)
    own = customer_key(params)
    if own is not None:
        if "SSE-C" in rule.get("BlockedEncryptionTypes", {}).get("EncryptionType", ()):
            raise errors.ACCESS_DENIED(hint="the bucket's encryption configuration blocks SSE-C")
        return Encryption(method=None, customer_key_md5=own)
    if method is not None and method not in _METHODS:
        raise errors.UNKNOWN_ENCRYPTION(ArgumentName=_HEADER, ArgumentValue=method)
    context = _kms_context(params)
    if method not in _KMS and (params.get("SSEKMSKeyId") or (method is not None and context)):
        raise errors.KMS_KEY_OF_OTHER_METHOD(ArgumentName=_HEADER)
    key = params.get("SSEKMSKeyId")
    if method is None:
        by_default = rule.get("ApplyServerSideEncryptionByDefault", {})
        method, key = by_default.get("SSEAlgorithm", "AES256"), by_default.get("KMSMasterKeyID")
    if method not in _KMS:
        return WITH_S3_KEYS
    bucket_key = params.get("BucketKeyEnabled", rule.get("BucketKeyEnabled", False))
    return Encryption(method, _key_arn(key or None, region, account), context, bucket_key)


def check_configuration(rules: Sequence[Mapping[str, Any]]) -> None:
    """Refuse the rules of a ServerSideEncryptionConfiguration that AWS doesn't take.

    Source: RECORDED, LS test_s3_default_bucket_encryption_exc; that a rule that says nothing is malformed
    is ASSUMED.

    :raises AwsError: MalformedXML, InvalidArgument.
    """
    if len(rules) != 1 or not rules[0]:
        raise errors.MALFORMED_XML(hint=f"the rules are {list(rules)!r}")
    by_default = rules[0].get("ApplyServerSideEncryptionByDefault")
    if by_default is None:
        return
    if by_default.get("SSEAlgorithm") not in _METHODS:
        raise errors.MALFORMED_XML(hint=f"SSEAlgorithm is {by_default.get('SSEAlgorithm')!r}")
    if "KMSMasterKeyID" in by_default and by_default["SSEAlgorithm"] not in _KMS:
        raise errors.KMS_KEY_WITHOUT_KMS(ArgumentName="ApplyServerSideEncryptionByDefault")


def _kms_context(params: Mapping[str, Any]) -> str | None:
    """The call's SSEKMSEncryptionContext, as it was given: a map of strings as JSON in base64."""
    given: str | None = params.get("SSEKMSEncryptionContext") or None
    if given is None:
        return None
    try:
        pairs = json_documents.read(base64.b64decode(given, validate=True))
    except ValueError:
        pairs = None
    if not isinstance(pairs, dict) or not all(isinstance(value, str) for value in pairs.values()):
        raise errors.INVALID_KMS_CONTEXT(ArgumentName=f"{_HEADER}-context", ArgumentValue=given)
    return given


def default_kms_key(default: Mapping[str, Any] | None) -> str | None:
    """The key of KMS that a bucket's configuration names; None for one that names none."""
    rule = (default or DEFAULT)["Rules"][0]
    key: str | None = rule.get("ApplyServerSideEncryptionByDefault", {}).get("KMSMasterKeyID")
    return key


def _key_arn(key: str | None, region: str, account: str) -> str:
    if key is not None and key.startswith("arn:"):
        return key
    # Without a key it is the account's own for S3, which always has the same id.
    from uuid import UUID  # which takes long to import

    own = UUID(bytes=hashlib.sha256(f"aws/s3 {region} {account}".encode()).digest()[:16], version=4)
    name = key if key is not None and key.startswith("alias/") else f"key/{key or own}"
    return f"arn:{partition_of(region).name}:kms:{region}:{account}:{name}"


def customer_key(
    params: Mapping[str, Any], prefix: str = "", invalid: errors.ErrorSpec = errors.CUSTOMER_KEY_INVALID
) -> str | None:
    """The MD5 of the customer's key that a call gives; None when it gives none.

    :param prefix: ``"CopySource"`` for a copy's source.
    :param invalid: what is answered to a key that is none of AES-256.
    :raises AwsError: InvalidArgument, InvalidEncryptionAlgorithmError for an invalid one.
    """
    algorithm, key, md5 = (params.get(f"{prefix}{name}") for name in CUSTOMER_KEY)
    if algorithm is None and key is None:
        return None
    if algorithm is None:
        raise errors.CUSTOMER_KEY_WITHOUT_ALGORITHM(ArgumentName=_HEADER)
    if key is None:
        raise errors.CUSTOMER_KEY_MISSING(ArgumentName=_HEADER)
    if algorithm != "AES256":
        raise errors.CUSTOMER_KEY_ALGORITHM(ArgumentName=_HEADER, ArgumentValue=algorithm)
    try:
        raw = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _AES_KEY_BYTES:
        raise invalid(ArgumentName=_HEADER)
    found = base64.b64encode(hashlib.md5(raw).digest()).decode()
    if md5 != found:
        raise errors.CUSTOMER_KEY_MD5(ArgumentName=_HEADER)
    return found


def check_upload_key(encryption: Encryption, params: Mapping[str, Any], *, required: bool = True) -> None:
    """Refuse a call with another key than its upload was begun with.

    :param required: whether it must give the key, as those must that store a part.
    :raises AwsError: InvalidRequest (RECORDED, LS test_multipart_upload_sse_c_validation).
    """
    given, wanted = customer_key(params), encryption.customer_key_md5
    if given is None and not required:
        return
    if (given is None) is not (wanted is None):
        raise errors.CUSTOMER_KEY_OF_UPLOAD()
    if given != wanted:
        raise errors.CUSTOMER_KEY_OF_UPLOAD_WRONG()


def check_readable(encryption: Encryption, params: Mapping[str, Any], prefix: str = "") -> None:
    """Refuse to read an object without the key that it was stored with.

    :param encryption: of the object.
    :raises AwsError: InvalidRequest without the key, or with one that isn't wanted; AccessDenied for
        another key.
    """
    wanted = encryption.customer_key_md5
    if f"{prefix}SSECustomerKey" in params and f"{prefix}SSECustomerKeyMD5" not in params:
        # RECORDED, LS test_object_retrieval_sse_c: a key without its MD5 is no right one.
        raise errors.CUSTOMER_KEY_WRONG()
    # RECORDED, LS test_object_retrieval_sse_c: a key of another length, encoded twice, is a wrong one, too.
    given = customer_key(params, prefix, invalid=errors.CUSTOMER_KEY_WRONG)
    if given is None and wanted is not None:
        raise errors.CUSTOMER_KEY_WANTED()
    if given is not None and wanted is None:
        raise errors.CUSTOMER_KEY_NOT_WANTED()
    if given != wanted:
        raise errors.CUSTOMER_KEY_WRONG()
