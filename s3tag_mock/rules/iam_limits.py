"""The numbers that IAM limits something to. Source: IAM user guide, "IAM and AWS STS quotas".

Lengths of single parameters stand in botocore's model, and are checked after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: A trust policy, in characters that aren't white space.
TRUST_POLICY_SIZE: Final = 2048
#: A managed policy, in the same.
MANAGED_POLICY_SIZE: Final = 6144
#: All inline policies of one, by its kind, in the same.
INLINE_POLICIES_SIZE: Final[Mapping[str, int]] = {"group": 5120, "role": 10240, "user": 2048}
#: Managed policies that are attached to one role, user or group.
ATTACHED_POLICIES: Final = 10
#: Versions of one managed policy.
POLICY_VERSIONS: Final = 5
#: Access keys of one user.
ACCESS_KEYS: Final = 2
#: Groups that one user is in.
GROUPS_OF_USER: Final = 10
#: Roles in one instance profile.
ROLES_OF_PROFILE: Final = 1
#: Instance profiles of one account.
INSTANCE_PROFILES: Final = 1000
#: Tags of one role, user, policy or instance profile.
TAGS: Final = 50
#: Entries in one page of a list, where the call doesn't say.
PAGE: Final = 100


def size(document: str) -> int:
    """How long a document is: white space doesn't count."""
    return len("".join(document.split()))
