"""What would lead out of the process past botocore's HTTP: the user's own credentials, and awscrt."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final
from weakref import WeakSet

import botocore.configloader
import botocore.credentials
from botocore.compat import HAS_CRT
from botocore.credentials import (
    BotoProvider,
    ContainerProvider,
    CredentialResolver,
    Credentials,
    EnvProvider,
    InstanceMetadataProvider,
    OriginalEC2Provider,
)
from botocore.session import Session

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.patching import patch
from s3tag_mock.rules.access_keys import FAKE

#: Where botocore looks last: in files of the user's that no variable names, and on the network.
_BEYOND: Final = (OriginalEC2Provider, BotoProvider, ContainerProvider, InstanceMetadataProvider)


def install(undo: ExitStack, made_inside: WeakSet[Any]) -> None:
    """Stand before both; ``undo`` steps aside.

    :param made_inside: sessions and their resolvers that were made inside a mock, this one or another.
    """
    _guard_files(undo)
    _guard_credentials(undo, made_inside)
    if HAS_CRT:
        _guard_transfers(undo)


def _guard_files(undo: ExitStack) -> None:
    """Have nobody read the user's own files, also when the test has cleared the environment."""
    home = os.path.join(os.path.expanduser("~"), ".aws", "")

    def reading(read: Callable[..., Any]) -> Callable[..., Any]:
        def of_the_test(path: str, *args: Any, **options: Any) -> Any:
            is_users = ACTIVE.current is not None and os.path.expanduser(path).startswith(home)
            return read(os.devnull if is_users else path, *args, **options)

        return of_the_test

    for name in ("load_config", "raw_config_parse"):
        patch(undo, botocore.configloader, name, reading(vars(botocore.configloader)[name]))


def _guard_credentials(undo: ExitStack, made_inside: WeakSet[Any]) -> None:
    """Let sessions that are made inside find what the test provides, and others look at variables alone.

    One that was made before may have read the user's profiles, which name programs to run and services to
    ask.
    """
    make, find = Session.__init__, Session.get_credentials
    make_resolver, load = botocore.credentials.create_credential_resolver, CredentialResolver.load_credentials

    def made(self: Any, *args: Any, **options: Any) -> None:
        if ACTIVE.current is not None:
            made_inside.add(self)
        make(self, *args, **options)

    def create_credential_resolver(session: Any, *args: Any, **options: Any) -> Any:
        resolver = make_resolver(session, *args, **options)
        if session in made_inside:
            made_inside.add(resolver)
        return resolver

    def load_credentials(self: Any) -> Any:
        if ACTIVE.current is None:
            return load(self)
        return _provided(self) if self in made_inside else EnvProvider().load() or _fakes()

    def get_credentials(self: Any) -> Any:
        had = self._credentials
        found = find(self)
        if had is None and ACTIVE.current is not None and self not in made_inside:
            # Afterwards it looks for its own again.
            self._credentials = None
        return found

    patch(undo, Session, "__init__", made)
    patch(undo, Session, "get_credentials", get_credentials)
    patch(undo, botocore.credentials, "create_credential_resolver", create_credential_resolver)
    patch(undo, CredentialResolver, "load_credentials", load_credentials)


def _provided(resolver: CredentialResolver) -> Credentials | None:
    """What the test provides; where AWS would give a machine its role's, fakes."""
    for provider in resolver.providers:
        found: Credentials | None = None if isinstance(provider, _BEYOND) else provider.load()
        if found is not None:
            return found
    is_off = os.environ.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true"
    return None if is_off else _fakes()


def _fakes() -> Credentials:
    return Credentials(FAKE, FAKE, FAKE, method="s3tag_mock")


def _guard_transfers(undo: ExitStack) -> None:
    """Have uploads and downloads go through the client: awscrt's own has a network of its own."""
    transfer = importlib.import_module("boto3.s3.transfer")
    original = transfer._should_use_crt

    def should_use_crt(config: Any) -> bool:
        return bool(original(config)) and ACTIVE.current is None

    patch(undo, transfer, "_should_use_crt", should_use_crt)
