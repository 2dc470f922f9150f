"""What a call is about, as far as tags are concerned."""

from __future__ import annotations

from typing import Final, Literal

from s3tag_mock.dispatch.call import Call
from s3tag_mock.findings.finding import use_of_tags
from s3tag_mock.state.world import World

Resource = tuple[str, ...]
#: Parameters that name the resource whose tags a call replaces.
_NAMING: Final = ("Bucket", "Key", "JobId", "ConfigId")


def does(call: Call, what: Literal["reads", "replaces"]) -> bool:
    """Whether a call reads tags, or replaces them, and does nothing else."""
    use = use_of_tags(call)
    return use is not None and use.does == what


def named(call: Call) -> str:
    """The resource, as the call's parameters name it."""
    return " ".join(f"{name}={call.params[name]!r}" for name in _NAMING if name in call.params)


def resource_of(call: Call, world: World) -> Resource | None:
    """The resource that a call is about; None if it has no tags of its own."""
    params = call.params
    if "JobId" in params or call.operation == "CreateJob":
        return ("job", params.get("JobId", call.response.get("JobId", "")))
    if "ResourceArn" in params:
        return ("bucket", params["ResourceArn"].rpartition(":")[2])
    if "ConfigId" in params:
        return ("storage lens", params["ConfigId"])
    if "Bucket" not in params:
        return None
    bucket = _bucket(params["Bucket"], world)
    return ("object", bucket, params["Key"]) if "Key" in params else ("bucket", bucket)


def _bucket(name: str, world: World) -> str:
    """A bucket's name, where it may be an access point's ARN or alias."""
    point = world.access_points.get(name) or world.access_point_of_alias(name)
    return name if point is None else point.bucket.name
