"""The keys that clients of this process sign with: remembered, to check the signatures of plain HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.credentials_guard import fakes


def _remembering(original: Callable[..., Any]) -> Callable[..., Any]:
    def get_auth_instance(self: Any, *args: Any, **options: Any) -> Any:
        return _remembered(original(self, *args, **options))

    return get_auth_instance


def _remembering_async(original: Callable[..., Any]) -> Callable[..., Any]:
    async def get_auth_instance(self: Any, *args: Any, **options: Any) -> Any:
        return _remembered(await original(self, *args, **options))

    return get_auth_instance


#: Around what signs: clients without credentials sign URLs and forms, too, and inside a mock all have some.
WRAPPERS: Final = {"botocore.signers:RequestSigner.get_auth_instance": _remembering}
OF_IMPORTED: Final = {"aiobotocore.signers:AioRequestSigner.get_auth_instance": _remembering_async}


def _remembered(auth: Any) -> Any:
    """What signs, which always has some credentials inside a mock."""
    scope = ACTIVE.current
    if scope is not None and hasattr(auth, "credentials"):
        auth.credentials = auth.credentials or fakes().get_frozen_credentials()
        scope.secrets.setdefault(auth.credentials.access_key, set()).add(auth.credentials.secret_key)
    return auth
