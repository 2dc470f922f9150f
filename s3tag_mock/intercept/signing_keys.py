"""The keys that clients of this process sign with: remembered, to check the signatures of plain HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.credentials_guard import fakes
from s3tag_mock.intercept.patching import patch
from s3tag_mock.intercept.undo import Undo


def install(undo: Undo) -> None:
    """Remember the keys that clients sign with, for as long as the mock is active; ``undo`` stops it.

    Clients without credentials sign URLs and forms too: inside a mock all have some.
    """
    patch(undo, "botocore.signers:RequestSigner.get_auth_instance", _remembering)


def _remembering(original: Callable[..., Any]) -> Callable[..., Any]:
    def get_auth_instance(self: Any, *args: Any, **options: Any) -> Any:
        return _remembered(original(self, *args, **options))

    return get_auth_instance


def _remembering_async(original: Callable[..., Any]) -> Callable[..., Any]:
    async def get_auth_instance(self: Any, *args: Any, **options: Any) -> Any:
        return _remembered(await original(self, *args, **options))

    return get_auth_instance


#: By the place of what they wrap, once aiobotocore is imported.
WRAPPERS: Final = {"aiobotocore.signers:AioRequestSigner.get_auth_instance": _remembering_async}


def _remembered(auth: Any) -> Any:
    """What signs, which always has some credentials inside a mock."""
    scope = ACTIVE.current
    if scope is not None and hasattr(auth, "credentials"):
        auth.credentials = auth.credentials or fakes().get_frozen_credentials()
        scope.secrets.setdefault(auth.credentials.access_key, set()).add(auth.credentials.secret_key)
    return auth
