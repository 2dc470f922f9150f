"""PutBucketReplication, GetBucketReplication, DeleteBucketReplication, and replicating by a job.

What is put into a bucket isn't replicated by itself; S3ReplicateObject jobs do it.
"""

from __future__ import annotations

from dataclasses import replace

from s3tag_mock import errors
from s3tag_mock.operations import authorization, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation
from s3tag_mock.rules import archives, arns, replication
from s3tag_mock.rules.rule_filters import with_ids
from s3tag_mock.state.bucket import Bucket, ObjectVersion


@operation(
    "s3",
    "PutBucketReplication",
    BUCKET,
    "ReplicationConfiguration",
    ignores="Token",
    action="PutReplicationConfiguration",
)
def put_bucket_replication(call: CallContext, params: Params) -> Result:
    """Replace a bucket's replication configuration; versioning must be on, here and there.

    A rule without an ID gets one. Whoever puts it passes the role on (DOCUMENTED; that this is asked for last
    is ASSUMED).
    Source: PutBucketReplication; RECORDED, LS test_replication_config and its twin without_filter.
    """
    bucket = require.bucket(call, params)
    configuration = params["ReplicationConfiguration"]
    replication.check(configuration, bucket.name, bucket.region)
    if bucket.versioning != "Enabled":
        raise errors.REPLICATION_NEEDS_VERSIONING()
    for name in replication.targets(configuration):
        target = call.buckets.get(name)
        if target is None or target.versioning != "Enabled":
            raise errors.REPLICA_NEEDS_VERSIONING(hint=name)
    authorization.check_pass_role(call, configuration["Role"], "s3.amazonaws.com", params)
    rules = with_ids(configuration["Rules"], call.world.ids.rule_id)
    bucket.replication = {**configuration, "Rules": rules}
    return {}


@operation("s3", "GetBucketReplication", BUCKET, action="GetReplicationConfiguration")
def get_bucket_replication(call: CallContext, params: Params) -> Result:
    """A bucket's replication configuration.

    Source: GetBucketReplication; RECORDED, LS test_replication_config.
    """
    bucket = require.bucket(call, params)
    if bucket.replication is None:
        raise errors.NO_REPLICATION(BucketName=bucket.name)
    return {"ReplicationConfiguration": bucket.replication}


@operation("s3", "DeleteBucketReplication", BUCKET, action="PutReplicationConfiguration")
def delete_bucket_replication(call: CallContext, params: Params) -> Result:
    """Replicate no more; no configuration to remove is no error.

    Source: DeleteBucketReplication.
    """
    require.bucket(call, params).replication = None
    return {}


def replicate_object(call: CallContext, params: Params) -> None:
    """Put a replica of a version into its rule's bucket, under the same version id: what a task does.

    :raises AwsError: SrcObjectNotEligible (OBSERVED in a report) for what no enabled rule means, a delete
        marker, a replica, an archived object, or when the target can't be written to (ASSUMED).
    """
    bucket = require.bucket(call, params)
    version = require.readable_version(call, params, bucket)
    rule = replication.rule_for(bucket.replication, params["Key"], version.tags)
    target = None if rule is None else call.buckets.get(arns.bucket_of(rule["Destination"]["Bucket"]) or "")
    if rule is None or target is None or target.versioning != "Enabled" or not _is_eligible(version):
        raise errors.NOT_ELIGIBLE_FOR_REPLICATION()
    storage_class = rule["Destination"].get("StorageClass")
    source = version.properties
    properties = replace(
        source, storage_class=storage_class or source.storage_class, replication_status="REPLICA"
    )
    _put(target, params["Key"], replace(version, properties=properties, restore=None))
    version.properties = replace(source, replication_status="COMPLETED")


def _is_eligible(version: ObjectVersion) -> bool:
    properties = version.properties
    return properties.replication_status != "REPLICA" and not archives.is_archived(properties.storage_class)


def _put(target: Bucket, key: str, replica: ObjectVersion) -> None:
    target.remove(key, replica.version_id)
    target.add(key, replica)
