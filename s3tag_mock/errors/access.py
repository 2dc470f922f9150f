"""Access control lists, object lock, encryption."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

# Access control lists

CANNED_ACL_AND_GRANTS = ErrorSpec(
    "InvalidRequest",
    400,
    "Specifying both Canned ACLs and Header Grants is not allowed",
    (),
    "RECORDED LS test_s3_bucket_acl_exceptions",
)
UNEXPECTED_CONTENT = ErrorSpec(
    "UnexpectedContent",
    400,
    "This request does not support content",
    (),
    "RECORDED LS test_s3_bucket_acl_exceptions",
)
MALFORMED_ACL = ErrorSpec(
    "MalformedACLError",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema",
    (),
    "RECORDED LS test_s3_bucket_acl_exceptions",
)
UNRESOLVABLE_GRANT = ErrorSpec(
    "UnresolvableGrantByEmailAddress",
    400,
    "The email address you provided does not match any account on record.",
    (),
    "DOCUMENTED S3 error responses",
)
NO_ACLS = ErrorSpec(
    "AccessControlListNotSupported",
    400,
    "The bucket does not allow ACLs",
    (),
    "DOCUMENTED user guide, Controlling ownership of objects; the text REPORTED",
)
BUCKET_ACL_WITH_OWNERSHIP = ErrorSpec(
    "InvalidBucketAclWithObjectOwnership",
    400,
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    (),
    "DOCUMENTED CreateBucket; the text REPORTED",
)
BUCKET_ACL_WITH_PUBLIC_BLOCK = ErrorSpec(
    "InvalidBucketAclWithBlockPublicAccessError",
    400,
    "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
    (),
    "OBSERVED emgarten/Sleet #180, for the text; the code REPORTED",
)

# Object lock

NO_OBJECT_LOCK = ErrorSpec(
    "InvalidRequest",
    400,
    "Bucket is missing Object Lock Configuration",
    (),
    "RECORDED LS test_put_object_legal_hold_exc",
)
NO_LOCK_CONFIGURATION = ErrorSpec(
    "ObjectLockConfigurationNotFoundError",
    404,
    "Object Lock configuration does not exist for this bucket",
    ("BucketName",),
    "RECORDED LS test_get_object_lock_configuration_exc",
)
NO_OBJECT_LOCK_ON_OBJECT = ErrorSpec(
    "NoSuchObjectLockConfiguration",
    404,
    "The specified object does not have a ObjectLock configuration",
    (),
    "RECORDED LS test_put_get_object_legal_hold",
)
LOCK_NEEDS_VERSIONING = ErrorSpec(
    "InvalidBucketState",
    409,
    "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    (),
    "RECORDED LS test_put_object_lock_configuration_on_existing_bucket",
)
LOCK_KEEPS_VERSIONING = ErrorSpec(
    "InvalidBucketState",
    409,
    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
    (),
    "RECORDED LS test_disable_versioning_on_locked_bucket",
)
LOCK_HALF_GIVEN = ErrorSpec(
    "InvalidArgument",
    400,
    "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
    ("ArgumentName",),
    "RECORDED LS test_s3_object_lock_mode_validation",
)
UNKNOWN_LOCK_MODE = ErrorSpec(
    "InvalidArgument",
    400,
    "Unknown wormMode directive.",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_s3_object_lock_mode_validation",
)
RETENTION_IN_THE_PAST = ErrorSpec(
    "InvalidArgument",
    400,
    "The retain until date must be in the future!",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_s3_object_retention_exc",
)
OBJECT_LOCKED = ErrorSpec(
    "AccessDenied",
    403,
    "Access Denied because object protected by object lock.",
    (),
    "RECORDED LS test_delete_locked_object",
)
BYPASS_WITHOUT_LOCK = ErrorSpec(
    "InvalidArgument",
    400,
    "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
    ("ArgumentName",),
    "RECORDED LS test_delete_object_with_no_locking",
)
DEFAULT_RETENTION_NOT_POSITIVE = ErrorSpec(
    "InvalidArgument",
    400,
    "Default retention period must be a positive integer value.",
    ("ArgumentName",),
    "OBSERVED versitygw #1738, storj/edge #528",
)
DEFAULT_RETENTION_TOO_LARGE = ErrorSpec(
    "InvalidArgument",
    400,
    "Default retention period too large.",
    ("ArgumentName",),
    "OBSERVED versitygw #1738, storj/edge #528; from which number on DOCUMENTED",
)

# Encryption

UNKNOWN_ENCRYPTION = ErrorSpec(
    "InvalidArgument",
    400,
    "The encryption method specified is not supported",
    ("ArgumentName", "ArgumentValue"),
    "OBSERVED aws-sdk-cpp #1771; the elements ASSUMED",
)
KMS_KEY_WITHOUT_KMS = ErrorSpec(
    "InvalidArgument",
    400,
    "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
    ("ArgumentName",),
    "RECORDED LS test_s3_default_bucket_encryption_exc",
)
KMS_KEY_OF_OTHER_METHOD = ErrorSpec(
    "InvalidArgument",
    400,
    "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : "
    "aws:kms",
    ("ArgumentName",),
    "OBSERVED aws-cli #1431, amazonica #338; the element REPORTED",
)
INVALID_KMS_CONTEXT = ErrorSpec(
    "InvalidArgument",
    400,
    "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON "
    "which represents a string-string map",
    ("ArgumentName", "ArgumentValue"),
    "OBSERVED https://issues.apache.org/jira/browse/HADOOP-19197; the code ASSUMED",
)
CUSTOMER_KEY_AND_METHOD = ErrorSpec(
    "InvalidArgument",
    400,
    "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_copy_object_with_sse_c",
)
CUSTOMER_KEY_WITHOUT_ALGORITHM = ErrorSpec(
    "InvalidArgument",
    400,
    "Requests specifying Server Side Encryption with Customer provided keys must provide a valid "
    "encryption algorithm.",
    ("ArgumentName",),
    "RECORDED LS test_put_object_validation_sse_c",
)
CUSTOMER_KEY_MISSING = ErrorSpec(
    "InvalidArgument",
    400,
    "Requests specifying Server Side Encryption with Customer provided keys must provide an "
    "appropriate secret key.",
    ("ArgumentName",),
    "RECORDED LS test_put_object_validation_sse_c",
)
CUSTOMER_KEY_ALGORITHM = ErrorSpec(
    "InvalidEncryptionAlgorithmError",
    400,
    "The Encryption request you specified is not valid. Supported value: AES256.",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_copy_object_with_sse_c",
)
CUSTOMER_KEY_INVALID = ErrorSpec(
    "InvalidArgument",
    400,
    "The secret key was invalid for the specified algorithm.",
    ("ArgumentName",),
    "RECORDED LS test_object_retrieval_sse_c",
)
CUSTOMER_KEY_MD5 = ErrorSpec(
    "InvalidArgument",
    400,
    "The calculated MD5 hash of the key did not match the hash that was provided.",
    ("ArgumentName",),
    "RECORDED LS test_object_retrieval_sse_c",
)
CUSTOMER_KEY_WANTED = ErrorSpec(
    "InvalidRequest",
    400,
    "The object was stored using a form of Server Side Encryption. The correct parameters must be "
    "provided to retrieve the object.",
    (),
    "RECORDED LS test_copy_object_with_sse_c",
)
CUSTOMER_KEY_NOT_WANTED = ErrorSpec(
    "InvalidRequest",
    400,
    "The encryption parameters are not applicable to this object.",
    (),
    "OBSERVED boto3 #982",
)
CUSTOMER_KEY_WRONG = ErrorSpec(
    "AccessDenied",
    403,
    "Requests specifying Server Side Encryption with Customer provided keys must provide the "
    "correct secret key.",
    (),
    "RECORDED LS test_object_retrieval_sse_c",
)
CUSTOMER_KEY_OF_UPLOAD = ErrorSpec(
    "InvalidRequest",
    400,
    "The multipart upload initiate requested encryption. Subsequent part requests must include the "
    "appropriate encryption parameters.",
    (),
    "RECORDED LS test_multipart_upload_sse_c_validation",
)
CUSTOMER_KEY_OF_UPLOAD_WRONG = ErrorSpec(
    "InvalidRequest",
    400,
    "The provided encryption parameters did not match the ones used originally.",
    (),
    "RECORDED LS test_multipart_upload_sse_c_validation",
)
