"""Names of aiobotocore, which matter where somebody has imported it."""

from __future__ import annotations

from typing import Final

from s3tag_mock.intercept.private_names.row import rows

ROWS: Final = (
    *rows(
        "required",
        "answering the calls of asynchronous clients",
        "aiobotocore.client:AioBaseClient._make_api_call",
        "aiobotocore.awsrequest:AioAWSResponse",
        "aiobotocore.awsrequest:HttpxAWSResponse",
        "aiobotocore.httpxsession:httpx",
    ),
    *rows(
        "required",
        "keeping the requests of asynchronous clients from the network",
        "aiobotocore.httpsession:AIOHTTPSession.send",
        "aiobotocore.httpxsession:HttpxSession.send",
    ),
    *rows(
        "required",
        "keeping the user's credentials unused by asynchronous clients",
        "aiobotocore.session:AioSession.get_credentials",
        "aiobotocore.session:create_credential_resolver",
        "aiobotocore.credentials:AioCredentialResolver.load_credentials",
        "aiobotocore.credentials:AioCredentials",
        "aiobotocore.credentials:AioDeferredRefreshableCredentials.__init__",
        "aiobotocore.credentials:AioEnvProvider",
    ),
    # Newer versions inherit it.
    *rows(
        "optional",
        "keeping the user's credentials from being renewed for asynchronous clients",
        "aiobotocore.credentials:AioDeferredRefreshableCredentials.refresh_needed",
    ),
    *rows(
        "required",
        "checking signatures, and presigning by asynchronous clients without credentials",
        "aiobotocore.signers:AioRequestSigner.get_auth_instance",
    ),
    *rows(
        "optional",
        "retries of asynchronous clients without sleeping",
        "aiobotocore.endpoint:asyncio",
        "aiobotocore.endpoint:AnyioEndpoint._sleep",
        "aiobotocore.retries.bucket:AsyncTokenBucket._sleep_amount",
        of_instances=("aiobotocore.retries.bucket:AsyncTokenBucket._current_capacity",),
    ),
)
