"""RestoreObject: a copy of an archived object that can be read for some days."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.exceptions import NotSupported
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.happenings import note
from s3tag_mock.operations.registry import VERSION, Params, Result, operation
from s3tag_mock.rules import archives
from s3tag_mock.state.happening import Restoring


@operation("s3", "RestoreObject", VERSION, "RestoreRequest", access_points=True)
def restore_object(call: CallContext, params: Params) -> Result:
    """Begin to restore an archived object, or keep one longer that is restored.

    How long it takes goes by the mock's clock (``aws.clock.advance(hours=12)``). Source: RestoreObject;
    user guide, "Restoring an archived object".
    """
    bucket = require.bucket(call, params)
    version = require.tagged_version(call, params, bucket, shown_key=params["Key"])
    request = params.get("RestoreRequest", {})
    if "SelectParameters" in request or "OutputLocation" in request:
        raise NotSupported(
            "RestoreObject was called to select from an archive, which s3tag_mock doesn't support."
        )
    restore = archives.start_restore(version.properties.storage_class, request, call.now)
    earlier = version.restore
    if earlier is not None and call.now < earlier[0]:
        raise errors.RESTORE_IN_PROGRESS()
    if earlier is not None and call.now < earlier[1]:
        version.restore = (earlier[0], archives.expiry(call.now, request["Days"]))
        return {"ResponseMetadata": {"HTTPStatusCode": 200}}
    version.restore = restore
    call.world.restores.append(Restoring(bucket.region, bucket.name, params["Key"], version.version_id))
    call.world.due = min(call.world.due or restore[0], restore[0])
    details = {"detail": {"source-storage-class": version.properties.storage_class}}
    note(call, bucket, "ObjectRestore:Post", params["Key"], version, details=details)
    return {}
