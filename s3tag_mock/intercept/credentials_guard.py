"""What would lead out of the process past botocore's HTTP: the user's own credentials, and awscrt."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from botocore.credentials import Credentials
from botocore.exceptions import ProfileNotFound

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.ours import may_botocore_send
from s3tag_mock.intercept.patching import Wrappers
from s3tag_mock.intercept.private_names import find, unknown
from s3tag_mock.rules.access_keys import FAKE

#: Where botocore looks last: in files of the user's that no variable names, and on the network.
_BEYOND: Final = (
    "botocore.credentials:BotoProvider",
    "botocore.credentials:ContainerProvider",
    "botocore.credentials:InstanceMetadataProvider",
    "botocore.credentials:OriginalEC2Provider",
)
_VARIABLES: Final = "botocore.credentials:EnvProvider"
#: What a mock isn't entered without, beside what it wraps.
REQUIRED: Final = (*_BEYOND, _VARIABLES)


def _noting_init(original: Callable[..., None]) -> Callable[..., None]:
    """Note sessions, and credentials that are fetched when they are needed, that are made inside."""

    def made(instance: Any, *args: Any, **options: Any) -> None:
        if ACTIVE.current is not None:
            ACTIVE.made_inside.add(instance)
        original(instance, *args, **options)

    return made


def _around_get_credentials(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def get_credentials(session: Any) -> Any:
        with _looking_anew(session):
            return original(session)

    return get_credentials


def _around_get_credentials_async(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    async def get_credentials(session: Any) -> Any:
        with _looking_anew(session):
            return await original(session)

    return get_credentials


@contextmanager
def _looking_anew(session: Any) -> Iterator[None]:
    """Have a session that was made before look for its own credentials again afterwards."""
    if session in ACTIVE.made_inside:
        yield
        return
    try:
        had = session._credentials
    except AttributeError:
        raise unknown("botocore.session:Session._credentials") from None
    yield
    if had is None:
        session._credentials = None


def _around_create_credential_resolver(original: Callable[..., Any]) -> Callable[..., Any]:
    def create_credential_resolver(session: Any, *args: Any, **options: Any) -> Any:
        resolver = original(session, *args, **options)
        if session in ACTIVE.made_inside:
            ACTIVE.made_inside.add(resolver)
        return resolver

    return create_credential_resolver


def _around_load_credentials(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def load_credentials(resolver: Any) -> Any:
        if ACTIVE.current is None:
            return original(resolver)
        for provider in _providers(resolver, find(_VARIABLES)):
            found = provider.load()
            if found is not None:
                return found
        return _otherwise(resolver, Credentials)

    return load_credentials


def _around_load_credentials_async(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    async def load_credentials(resolver: Any) -> Any:
        if ACTIVE.current is None:
            return await original(resolver)
        for provider in _providers(resolver, find("aiobotocore.credentials:AioEnvProvider")):
            found = await provider.load()
            if found is not None:
                return found
        return _otherwise(resolver, find("aiobotocore.credentials:AioCredentials"))

    return load_credentials


def _providers(resolver: Any, variables: Callable[[], Any]) -> Iterable[Any]:
    """What may provide credentials inside."""
    if resolver not in ACTIVE.made_inside:
        return [variables()]
    beyond = tuple(map(find, _BEYOND))
    inside = [provider for provider in resolver.providers if not isinstance(provider, beyond)]
    if _chose_a_profile():
        # The mock's own variables don't hide it.
        inside.sort(key=lambda provider: isinstance(provider, find(_VARIABLES)))
    return inside


def _otherwise(resolver: Any, make: Callable[..., Any]) -> Any:
    """Fakes, where AWS would give a machine its role's credentials, and for what was made before."""
    is_off = os.environ.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true"
    return None if is_off and resolver in ACTIVE.made_inside else fakes(make)


def _chose_a_profile() -> bool:
    """Whether the test has set a variable to a profile of the mock's, and no access key of its own."""
    scope, variables = ACTIVE.current, os.environ
    chosen = variables.get("AWS_DEFAULT_PROFILE") or variables.get("AWS_PROFILE")
    if scope is None or variables.get("AWS_ACCESS_KEY_ID") != FAKE:
        return False
    return any(name == chosen for name, _ in scope.settings.profiles)


def fakes(make: Callable[..., Any] = Credentials) -> Any:
    """Credentials that are nobody's.

    :param make: makes them.
    """
    return make(FAKE, FAKE, FAKE, method="s3tag_mock")


def _with_advice(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def get_scoped_config(session: Any) -> Any:
        try:
            return original(session)
        except ProfileNotFound as error:
            scope = ACTIVE.current
            if scope is not None and hasattr(error, "add_note"):  # Python 3.11
                name = session.get_config_variable("profile")
                option = scope.form.format(f"profiles=[{name!r}]")
                error.add_note(f"s3tag_mock hides the user's own profiles. Write {option} to provide it.")
            raise

    return get_scoped_config


def _around_refresh_needed(original: Callable[..., bool]) -> Callable[..., bool]:
    """Inside, nobody renews credentials of the user's: that runs programs, or asks services."""

    def refresh_needed(credentials: Any, *args: Any, **options: Any) -> bool:
        may_be_renewed = credentials in ACTIVE.made_inside or may_botocore_send()
        return may_be_renewed and original(credentials, *args, **options)

    return refresh_needed


def _around_get_frozen_credentials(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def get_frozen_credentials(credentials: Any) -> Any:
        found = original(credentials)
        # Those of the user's that were never fetched have nothing.
        return fakes().get_frozen_credentials() if found is None and ACTIVE.current is not None else found

    return get_frozen_credentials


def _never_inside(original: Callable[[Any], Any]) -> Callable[[Any], bool]:
    return lambda config: bool(original(config)) and ACTIVE.current is None


#: Around what finds credentials. Sessions that are made inside find what the test provides, and others look
#: at variables alone: one that was made before may have read the user's profiles, which name programs to run
#: and services to ask.
WRAPPERS: Final[Wrappers] = {
    "botocore.session:Session.__init__": _noting_init,
    "botocore.credentials:RefreshableCredentials.__init__": _noting_init,
    "botocore.credentials:RefreshableCredentials.refresh_needed": _around_refresh_needed,
    "botocore.credentials:RefreshableCredentials.get_frozen_credentials": _around_get_frozen_credentials,
    "botocore.credentials:DeferredRefreshableCredentials.__init__": _noting_init,
    "botocore.credentials:DeferredRefreshableCredentials.refresh_needed": _around_refresh_needed,
    "botocore.session:Session.get_credentials": _around_get_credentials,
    "botocore.session:Session.get_scoped_config": _with_advice,
    "botocore.credentials:create_credential_resolver": _around_create_credential_resolver,
    "botocore.credentials:CredentialResolver.load_credentials": _around_load_credentials,
}
OF_IMPORTED: Final[Wrappers] = {
    "aiobotocore.session:AioSession.get_credentials": _around_get_credentials_async,
    "aiobotocore.credentials:AioDeferredRefreshableCredentials.__init__": _noting_init,
    "aiobotocore.credentials:AioDeferredRefreshableCredentials.refresh_needed": _around_refresh_needed,
    "aiobotocore.session:create_credential_resolver": _around_create_credential_resolver,
    "aiobotocore.credentials:AioCredentialResolver.load_credentials": _around_load_credentials_async,
    # Uploads and downloads go through the client: awscrt's own has a network of its own.
    "boto3.s3.transfer:_should_use_crt": _never_inside,
}
