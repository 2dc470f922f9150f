"""What must be gone before a user, a role or a group can be deleted."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.state.iam import Entity


def check_deletable(entity: Entity) -> None:
    """Refuse to delete what has policies. That attached ones are looked at first is ASSUMED.

    :raises AwsError: DeleteConflict.
    """
    if entity.attached:
        raise errors.CANNOT_DELETE_ENTITY(first="detach all policies", hint=", ".join(entity.attached))
    if entity.inline:
        raise errors.CANNOT_DELETE_ENTITY(first="delete policies", hint=", ".join(entity.inline))
