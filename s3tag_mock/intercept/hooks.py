"""What a mock changes in the process that it is entered in, so that it answers the process's own clients."""

from __future__ import annotations

from typing import Final

from s3tag_mock.intercept import (
    aiobotocore_client,
    aiohttp_connector,
    botocore_client,
    credentials_guard,
    direct_calls,
    endpoints,
    environment,
    file_guard,
    fork_server,
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
from s3tag_mock.intercept.patching import Table, by_module
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.intercept.undo import Undo

#: What stands in the place of other packages' names while a mock is active.
TABLE: Final = Table(
    wrappers={
        **models.wrappers(ACTIVE.models),
        "boto3:setup_default_session": ACTIVE.sessions.lending,
        **network_guard.WRAPPERS,
        **file_guard.WRAPPERS,
        **credentials_guard.WRAPPERS,
        **botocore_client.WRAPPERS,
        **direct_calls.WRAPPERS,
        **endpoints.WRAPPERS,
        **urllib3_pool.WRAPPERS,
        **http_client.WRAPPERS,
        **signing_keys.WRAPPERS,
        **retry_sleep.WRAPPERS,
    },
    inherited=network_guard.OF_SOCKETS,
    of_imported=by_module(
        {
            **moto.OF_IMPORTED,
            **moto_contents.OF_IMPORTED,
            **moto_stacks.OF_IMPORTED,
            **network_guard.OF_IMPORTED,
            **fork_server.OF_IMPORTED,
            **credentials_guard.OF_IMPORTED,
            **aiobotocore_client.OF_IMPORTED,
            **aiohttp_connector.OF_IMPORTED,
            **httpx_transport.OF_IMPORTED,
            **signing_keys.OF_IMPORTED,
            **retry_sleep.OF_IMPORTED,
        }
    ),
    required=(*file_guard.REQUIRED, *credentials_guard.REQUIRED),
)


def install(undo: Undo, scope: Scope) -> None:
    """Change the process; ``undo`` puts everything back."""
    scope.replaced = environment.install(undo, scope.settings)
    undo.callback(ACTIVE.clients.restore)
    undo.callback(ACTIVE.sessions.take_back)
    ACTIVE.patches.install(undo, TABLE)
    undo.callback(botocore_client.leave_all)
