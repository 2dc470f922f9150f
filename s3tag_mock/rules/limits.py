"""Every number that AWS limits something to, with its unit and source; CreateJob's are in ``job_bounds``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Tags on one object (PutObjectTagging).
OBJECT_TAGS: Final = 10
#: Tags on one bucket (S3 user guide, cost allocation tags).
BUCKET_TAGS: Final = 50
#: Tags on one S3 Batch Operations job (PutJobTagging).
JOB_TAGS: Final = 50
#: A tag's key, in UTF-16 code units (object tagging, user guide).
TAG_KEY_UNITS: Final = 128
#: A tag's value, in UTF-16 code units (object tagging, user guide).
TAG_VALUE_UNITS: Final = 256
#: An object's key, in bytes of UTF-8 (user guide, object keys).
KEY_BYTES: Final = 1024
#: An object's user metadata, keys and values, in bytes of UTF-8 (user guide, object metadata).
METADATA_BYTES: Final = 2048
#: A bucket's name, in characters (bucket naming rules).
BUCKET_NAME_CHARACTERS: Final = (3, 63)
#: A bucket's name in us-east-1 until March 2018, in characters (bucket naming rules).
LEGACY_BUCKET_NAME_CHARACTERS: Final = (3, 255)
#: Part numbers of a multipart upload (UploadPart).
PART_NUMBERS: Final = (1, 10_000)
#: A part that isn't the last, in bytes (user guide, multipart upload limits).
PART_BYTES: Final = 5 * 1024 * 1024
#: Rules in one lifecycle configuration (PutBucketLifecycleConfiguration).
LIFECYCLE_RULES: Final = 1000
#: A rule's ID, in lifecycle and replication configurations, in characters (PutBucketLifecycleConfiguration).
RULE_ID_CHARACTERS: Final = 255
#: Noncurrent versions that a lifecycle rule may keep (NoncurrentVersionExpiration).
NEWER_NONCURRENT_VERSIONS: Final = 100
#: Sizes in a lifecycle rule's filter, in bytes (OBSERVED in an error's text).
LIFECYCLE_OBJECT_SIZE: Final = 1_099_511_627_776_000
#: Rules in one CORS configuration (PutBucketCors).
CORS_RULES: Final = 100
#: Routing rules of a website (user guide, "Configuring a webpage redirect").
ROUTING_RULES: Final = 50
#: Event notification configurations of a bucket (S3 quotas).
NOTIFICATION_CONFIGURATIONS: Final = 100
#: Inventory, metrics, analytics or tiering configurations of a bucket, each (the model's documentation).
CONFIGURATIONS_OF_A_KIND: Final = 1000
#: Days before objects move to an archive tier, at least and at most (user guide, S3 Intelligent-Tiering).
TIERING_DAYS: Final = {"ARCHIVE_ACCESS": 90, "DEEP_ARCHIVE_ACCESS": 180}
TIERING_DAYS_MOST: Final = 730
#: Rules in one replication configuration (PutBucketReplication).
REPLICATION_RULES: Final = 1000
#: Objects in one DeleteObjects call.
OBJECTS_TO_DELETE: Final = 1000
#: A bucket's default retention at most, in each unit (user guide, "Object Lock considerations").
DEFAULT_RETENTION: Final[Mapping[str, int]] = MappingProxyType({"Days": 36_500, "Years": 100})
#: The greatest integer that S3 takes as an argument (RECORDED family, maxKeys).
INTEGER: Final = 2147483647
#: Entries in one page of a listing (ListObjectsV2, ListObjectVersions).
LISTING_PAGE: Final = 1000
#: Buckets in one page of ListBuckets, at least and at most (the model's range).
BUCKETS_PAGE: Final = (1, 10_000)
#: A job's priority (CreateJob, the model's range).
JOB_PRIORITY: Final = (0, 2147483647)
#: UpdateJobStatus's reason, in characters (the model's range).
JOB_STATUS_REASON_CHARACTERS: Final = 256
#: More jobs than a mock will ever have: what their numbers are counted down from.
JOBS_EVER: Final = 10**18
#: How long a job waits to be confirmed, in days (user guide, creating a job).
JOB_CONFIRMATION_DAYS: Final = 30
#: How long a job that ended can be found, in days (ListJobs; user guide; one line of the model says 30).
JOB_RETENTION_DAYS: Final = 90
#: Resources in one page of GetResources when nothing is said (ASSUMED), and the range of what may be said
#: (its documentation); the same of tags, of which there is no default.
TAGGED_RESOURCES_PAGE: Final = 50
TAGGED_RESOURCES_PER_PAGE: Final = (1, 100)
TAGS_PER_PAGE: Final = (100, 500)
#: Keys or values in one page of GetTagKeys and GetTagValues (ASSUMED).
TAG_WORDS_PAGE: Final = 100
#: How long a PaginationToken is valid, in minutes (PaginationTokenExpiredException).
PAGINATION_TOKEN_MINUTES: Final = 15
#: How often a Lambda function is called for an event, at most: once, and twice more (Lambda's developer
#: guide, "How Lambda handles errors and retries with asynchronous invocation").
ASYNCHRONOUS_ATTEMPTS: Final = 3
#: How many events may lead to one another before a loop is taken to be endless (the mock's own).
EVENT_CHAIN: Final = 100
#: How often a job is described without any change before a loop is taken to be endless (the mock's own).
POLLS_WITHOUT_CHANGE: Final = 1000
#: Tasks after which a job can fail for its failures (user guide, tracking job failure).
JOB_FAILURE_FLOOR_TASKS: Final = 1000
#: An inventory file when it is unpacked, and one of its lines, in characters: this mock's own limits, so that
#: no file fills the memory.
INVENTORY_FILE_SIZE: Final = 1 << 28
INVENTORY_LINE_CHARACTERS: Final = 1 << 16
#: Rows of an inventory report: this mock's own limit (AWS takes a thousand million and more).
MANIFEST_ROWS: Final = 5_000_000
#: How often a task's Lambda function is called before a temporary failure is a permanent one (ASSUMED).
LAMBDA_ATTEMPTS: Final = 5
#: What a report keeps of a function's resultString, in characters (REPORTED by a published solution's guide).
LAMBDA_RESULT_CHARACTERS: Final = 1024
#: Share of failed tasks above which such a job fails (user guide, tracking job failure).
JOB_FAILURE_SHARE: Final = 0.5
#: A bucket's policy without the blanks between its elements, in bytes (user guide, bucket policies).
BUCKET_POLICY_BYTES: Final = 20480
