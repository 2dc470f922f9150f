"""What would lead out of the process past botocore's HTTP: the user's own credentials, and awscrt."""

from __future__ import annotations

import importlib
import os
from contextlib import ExitStack
from typing import Any, Final
from weakref import WeakSet

from botocore.compat import HAS_CRT
from botocore.credentials import (
    BotoProvider,
    ContainerProvider,
    CredentialResolver,
    Credentials,
    InstanceMetadataProvider,
    OriginalEC2Provider,
)
from botocore.session import Session

from s3tag_mock.hook.activation import ACTIVE
from s3tag_mock.hook.patching import patch

#: Where botocore looks last: in files of the user's that no variable names, and on the network.
_BEYOND: Final = (OriginalEC2Provider, BotoProvider, ContainerProvider, InstanceMetadataProvider)
_FILES: Final = ("config_file", "credentials_file")


def install(undo: ExitStack, made_inside: WeakSet[Session]) -> None:
    """Stand before both; ``undo`` steps aside.

    :param made_inside: sessions that were made inside a mock, this one or another.
    """
    _guard_credentials(undo, made_inside)
    if HAS_CRT:
        _guard_transfers(undo)


def _guard_credentials(undo: ExitStack, made_inside: WeakSet[Session]) -> None:
    """Let sessions that are made inside find what the test provides, and others look for nothing.

    One that was made before may have read the user's profiles, which name programs to run and services to
    ask. One that is made inside must not read them either when the test has cleared the environment.
    """
    make, find = Session.__init__, Session.get_credentials

    def made(self: Any, *args: Any, **options: Any) -> None:
        make(self, *args, **options)
        if ACTIVE.current is not None:
            made_inside.add(self)
            _hide_files(self)

    def get_credentials(self: Any) -> Any:
        if ACTIVE.current is None or self._credentials is not None:
            return find(self)
        if self not in made_inside:
            return _fakes()
        self._credentials = _found(self.get_component("credential_provider"))
        return self._credentials

    patch(undo, Session, "__init__", made)
    patch(undo, Session, "get_credentials", get_credentials)


def _hide_files(session: Any) -> None:
    """Have a session read the files that the environment names, and no others."""
    for name in _FILES:
        setting, variable, default, convert = session.session_var_map[name]
        if str(default).startswith("~"):
            session.session_var_map[name] = (setting, variable, os.devnull, convert)


def _found(resolver: CredentialResolver) -> Credentials | None:
    """What the test provides; where AWS would give a machine its role's, fakes."""
    provided = [provider for provider in resolver.providers if not isinstance(provider, _BEYOND)]
    credentials = CredentialResolver(provided).load_credentials()
    is_off = os.environ.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true"
    return credentials if credentials is not None or is_off else _fakes()


def _fakes() -> Credentials:
    return Credentials("testing", "testing", "testing", method="s3tag_mock")


def _guard_transfers(undo: ExitStack) -> None:
    """Have uploads and downloads go through the client: awscrt's own has a network of its own."""
    transfer = importlib.import_module("boto3.s3.transfer")
    original = transfer._should_use_crt

    def should_use_crt(config: Any) -> bool:
        return bool(original(config)) and ACTIVE.current is None

    patch(undo, transfer, "_should_use_crt", should_use_crt)
