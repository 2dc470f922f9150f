"""Buckets and who may use them."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

# Buckets

NO_SUCH_BUCKET = ErrorSpec(
    "NoSuchBucket",
    404,
    "The specified bucket does not exist",
    ("BucketName",),
    "RECORDED LS test_bucket_tagging_exc",
)
BUCKET_ALREADY_OWNED_BY_YOU = ErrorSpec(
    "BucketAlreadyOwnedByYou",
    409,
    "Your previous request to create the named bucket succeeded and you already own it.",
    ("BucketName",),
    "RECORDED LS test_create_bucket_with_existing_name",
)
BUCKET_ALREADY_EXISTS = ErrorSpec(
    "BucketAlreadyExists",
    409,
    "The requested bucket name is not available. The bucket namespace is shared by all users of the "
    "system. Please select a different name and try again.",
    ("BucketName",),
    "DOCUMENTED S3 error responses",
)
BUCKET_NOT_EMPTY = ErrorSpec(
    "BucketNotEmpty",
    409,
    "The bucket you tried to delete is not empty",
    ("BucketName",),
    "RECORDED LS test_delete_bucket_with_objects",
)
BUCKET_NOT_EMPTY_OF_VERSIONS = ErrorSpec(
    "BucketNotEmpty",
    409,
    "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
    ("BucketName",),
    "RECORDED LS test_delete_versioned_bucket_with_objects",
)
INVALID_BUCKET_NAME = ErrorSpec(
    "InvalidBucketName",
    400,
    "The specified bucket is not valid.",
    ("BucketName",),
    "RECORDED LS test_s3_uppercase_bucket_name",
)
MISSING_NAMESPACE_HEADER = ErrorSpec(
    "MissingNamespaceHeader",
    400,
    "The requested bucket is an account-regional namespace bucket, but your request is missing the required "
    "x-amz-bucket-namespace header.",
    ("Header",),
    "OBSERVED ansible amazon.aws #2935; the status ASSUMED",
)
INVALID_NAMESPACE_HEADER = ErrorSpec(
    "InvalidNamespaceHeader",
    400,
    "The requested bucket name did not include the account-regional namespace suffix, but the provided "
    "x-amz-bucket-namespace header value is account-regional. Specify {suffix} as the bucket name suffix to "
    "create a bucket in your account-regional namespace, or remove the header.",
    (),
    "ASSUMED, as moto PR 9871 has it",
)
ILLEGAL_LOCATION_CONSTRAINT = ErrorSpec(
    "IllegalLocationConstraintException",
    400,
    "The {constraint} location constraint is incompatible for the region specific endpoint this request "
    "was sent to.",
    (),
    "RECORDED LS test_different_location_constraint",
)
INVALID_LOCATION_CONSTRAINT = ErrorSpec(
    "InvalidLocationConstraint",
    400,
    "The specified location-constraint is not valid",
    ("LocationConstraint",),
    "RECORDED LS test_create_bucket_with_invalid_location_constraint",
)
NOT_A_REGION = ErrorSpec(
    "InvalidArgument",
    400,
    "Argument value {region} is not a valid AWS Region",
    ("ArgumentName",),
    "RECORDED LS test_list_buckets_region_validation",
)
VERSIONING_STATUS_MISSING = ErrorSpec(
    "IllegalVersioningConfigurationException",
    400,
    "The Versioning element must be specified",
    (),
    "RECORDED LS test_bucket_versioning_crud",
)
MFA_WANTED = ErrorSpec(
    "AccessDenied",
    403,
    "Mfa Authentication must be used for this request",
    (),
    "OBSERVED cloudposse/terraform-aws-codebuild #76",
)

# Who may

ACCESS_DENIED = ErrorSpec(
    "AccessDenied",
    403,
    "Access Denied",
    (),
    "RECORDED LS test_delete_bucket_policy_expected_bucket_owner",
)
PERMANENT_REDIRECT = ErrorSpec(
    "PermanentRedirect",
    301,
    "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all "
    "future requests to this endpoint.",
    ("Bucket", "Endpoint"),
    "REPORTED boto3#81, s3-bash#5; the form of Endpoint ASSUMED",
)
SIGNED_FOR_ANOTHER_REGION = ErrorSpec(
    "AuthorizationHeaderMalformed",
    400,
    "The authorization header is malformed; the region '{wrong}' is wrong; expecting '{right}'",
    ("Region",),
    "RECORDED LS test_create_bucket_aws_global",
)
INVALID_EXPECTED_OWNER = ErrorSpec(
    "InvalidBucketOwnerAWSAccountID",
    400,
    "The value of the expected bucket owner parameter must be an AWS Account ID... [{owner}]",
    (),
    "RECORDED LS test_get_bucket_policy_invalid_account_id",
)

# Policy, public access, ownership

NO_SUCH_BUCKET_POLICY = ErrorSpec(
    "NoSuchBucketPolicy",
    404,
    "The bucket policy does not exist",
    ("BucketName",),
    "RECORDED LS test_bucket_policy_crud",
)
EMPTY_PUBLIC_ACCESS_BLOCK = ErrorSpec(
    "InvalidRequest",
    400,
    "Must specify at least one configuration.",
    (),
    "RECORDED LS test_empty_public_access_block",
)
NO_SUCH_PUBLIC_ACCESS_BLOCK = ErrorSpec(
    "NoSuchPublicAccessBlockConfiguration",
    404,
    "The public access block configuration was not found",
    ("BucketName",),
    "RECORDED LS test_crud_public_access_block",
)
NO_SUCH_ACCOUNT_PUBLIC_ACCESS_BLOCK = ErrorSpec(
    "NoSuchPublicAccessBlockConfiguration",
    404,
    "The public access block configuration was not found",
    ("AccountId",),
    "RECORDED LS test_crud_public_access_block",
)
NO_OWNERSHIP_CONTROLS = ErrorSpec(
    "OwnershipControlsNotFoundError",
    404,
    "The bucket ownership controls were not found",
    ("BucketName",),
    "RECORDED LS test_crud_bucket_ownership_controls",
)
INVALID_OWNERSHIP = ErrorSpec(
    "InvalidArgument",
    400,
    "Invalid x-amz-object-ownership header: {given}",
    ("ArgumentName",),
    "RECORDED LS test_bucket_ownership_controls_exc",
)

# Access points, outposts, directory buckets

NO_SUCH_ACCESS_POINT = ErrorSpec(
    "NoSuchAccessPoint",
    404,
    "The specified accesspoint does not exist",
    ("AccessPointName",),
    "RECORDED LS test_access_point_lifecycle; ASSUMED for S3's own calls",
)
NO_SUCH_ACCESS_POINT_POLICY = ErrorSpec(
    "NoSuchAccessPointPolicy",
    404,
    "The specified accesspoint policy does not exist",
    ("AccessPointName",),
    "REPORTED moto, terraform-provider-aws, aws-controllers-k8s/s3control-controller (the code)",
)
ACCESS_POINT_ALREADY_OWNED = ErrorSpec(
    "AccessPointAlreadyOwnedByYou",
    409,
    "Your previous request to create the named accesspoint succeeded and you already own it.",
    (),
    "RECORDED LS test_access_point_already_exists",
)
ACCESS_POINT_WITHOUT_BUCKET = ErrorSpec(
    "InvalidRequest",
    400,
    "Amazon S3 AccessPoint can only be created for existing bucket",
    (),
    "RECORDED LS test_access_point_bucket_not_exists",
)
BUCKET_HAS_ACCESS_POINTS = ErrorSpec(
    "BucketHasAccessPointsAttached",
    400,
    "The bucket you tried to delete has access points attached. Delete your access points before deleting "
    "your bucket.",
    (),
    "DOCUMENTED S3 error responses",
)
OUTPOST_NEEDS_VPC = ErrorSpec(
    "InvalidRequest",
    400,
    "VpcConfiguration is required for access points of buckets on Outposts",
    (),
    "DOCUMENTED CreateAccessPoint; code and text ASSUMED",
)
NO_SUCH_OUTPOST = ErrorSpec(
    "NoSuchOutpost",
    404,
    "The specified Outpost does not exist",
    (),
    "DOCUMENTED S3 error responses, S3 on Outposts; the text ASSUMED",
)
NOT_FOR_DIRECTORY_BUCKETS = ErrorSpec(
    "NotImplemented",
    501,
    "This operation is not supported for directory buckets.",
    (),
    "DOCUMENTED that it isn't supported; code, status and text ASSUMED",
)
