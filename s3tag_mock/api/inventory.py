"""Inventories that the test asks for."""

from __future__ import annotations

from typing import Any

from s3tag_mock.background import inventories as background
from s3tag_mock.events import delivery
from s3tag_mock.exceptions import AwsError, Misuse, did_you_mean
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.context import CallContext
from s3tag_mock.rules import inventories
from s3tag_mock.state.bucket import Bucket

#: Stands in the keys, where the id of a configuration does in those of delivered ones.
_ID = "inventory"


def written(
    scope: Scope, source: Bucket, target: Bucket, *, prefix: str, versions: bool, fields: tuple[str, ...]
) -> dict[str, Any]:
    """Write an inventory; ``Handle.inventory`` describes it."""
    for name in fields:
        if name not in inventories.OPTIONAL:
            near = did_you_mean(name, inventories.OPTIONAL, none_known="")
            raise Misuse(f"inventory(): no inventory has a column {name!r}. {near}")
    call = CallContext(scope.world, scope.world.clock.now(), Caller(source.owner), source.region)
    wanted = background.Wanted(_ID, target, prefix, versions=versions, fields=fields)
    try:
        with scope.world.lock:
            manifest = background.write(call, source, wanted)
    except AwsError as error:
        raise Misuse(f"inventory(): {target.name!r} can't be written to: {error.message}.") from None
    delivery.deliver(call)
    return manifest
