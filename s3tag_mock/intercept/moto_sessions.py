"""Sessions that moto's STS gives out. It tells neither their tags nor their policies, so those of the calls
are noted.
"""

from __future__ import annotations

from typing import Any, Final

from s3tag_mock.intercept.in_flight import InFlight
from s3tag_mock.intercept.ours import is_moto_active
from s3tag_mock.operations import beside

_ASSUMING: Final = frozenset({"AssumeRole", "AssumeRoleWithWebIdentity"})


def note(in_flight: InFlight, sent: Any) -> None:
    """Remember a session that moto gave out.

    :param in_flight: any client's call.
    :param sent: what it got: the HTTP answer, and what botocore read from it.
    """
    call, world = in_flight.api_call, in_flight.scope.world
    if in_flight.operation.name not in _ASSUMING or call is None or not is_moto_active():
        return
    _, parsed = sent
    key = parsed.get("Credentials", {}).get("AccessKeyId")  # none in an error
    if key is not None and key not in world.identities.sessions:
        with world.lock:
            beside.note_session(world, call.params, parsed, in_flight.credentials.access_key)
