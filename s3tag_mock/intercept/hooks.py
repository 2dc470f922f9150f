"""What a mock changes in the process that it is entered in, so that it answers the process's own clients."""

from __future__ import annotations

from typing import Final

from s3tag_mock.intercept import (
    aiobotocore_client,
    aiohttp_connector,
    botocore_client,
    credentials_guard,
    environment,
    file_guard,
    http_client,
    httpx_transport,
    moto,
    moto_contents,
    moto_stacks,
    network_guard,
    retry_sleep,
    signing_keys,
    urllib3_pool,
)
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.cache import models
from s3tag_mock.intercept.patching import patch_when_imported
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.intercept.undo import Undo

#: What wraps other packages' functions once they are imported, by the place of what it wraps.
WRAPPERS: Final = {
    **moto.WRAPPERS,
    **moto_contents.WRAPPERS,
    **moto_stacks.WRAPPERS,
    **network_guard.WRAPPERS,
    **aiobotocore_client.WRAPPERS,
    **aiohttp_connector.WRAPPERS,
    **httpx_transport.WRAPPERS,
    **signing_keys.WRAPPERS,
    **retry_sleep.WRAPPERS,
}


def install(undo: Undo, scope: Scope) -> None:
    """Change the process; ``undo`` puts everything back."""
    scope.replaced = environment.install(undo, scope.settings)
    models.install(undo, ACTIVE.models)
    ACTIVE.clients.install(undo)
    ACTIVE.sessions.install(undo)
    network_guard.install(undo)
    file_guard.install(undo)
    credentials_guard.install(undo, ACTIVE.made_inside)
    botocore_client.install(undo)
    urllib3_pool.install(undo)
    http_client.install(undo)
    signing_keys.install(undo)
    retry_sleep.install(undo)
    patch_when_imported(undo, WRAPPERS)
