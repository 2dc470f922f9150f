"""Names of other packages that are private, undocumented or replaced by us, as one table.

A new version of botocore may rename any of them. Each row says what the name is used for and what happens
when it is gone:

- ``required``: what answers calls, or guards credentials and the network. Entering a mock (or, for what only
  instances have, the first call) raises :class:`NotSupported`, which names the versions that are known.
- ``optional``: what saves time or is a convenience. The mock works without it.
- ``warned``: moto's. Entering warns, since a call may then be answered by both mocks.

``tests/intercept/test_private_names.py`` renames each of them, and compares this table with the code.
Nothing is imported here, since pytest's plugin reads this module in every run.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from types import ModuleType
from typing import Any, Final, Literal

from s3tag_mock.exceptions import NotSupported, TaggingMockWarning

IfGone = Literal["required", "optional", "warned"]

#: The versions that the tests are run with, by the package's name.
KNOWN_VERSIONS: Final[Mapping[str, str]] = {
    "aiobotocore": "2.11 to 3.10",
    "aiohttp": "3.8 to 3.14",
    "boto3": "1.34 to 1.44",
    "botocore": "1.34 to 1.44",
    "httpx": "0.18 to 0.28",
    "moto": "5.0 to 5.2",
    "pytest": "7.0 to 9.2",
    "urllib3": "1.26 to 2.8",
}


@dataclass(frozen=True)
class PrivateName:
    """One name of somebody else's.

    :param place: ``module:name``, or ``module:Class.name``.
    :param used_for: what we do with it.
    :param if_gone: what happens without it.
    :param is_of_instances: whether only instances of the class have it, so that it is looked for in a call.
    """

    place: str
    used_for: str
    if_gone: IfGone
    is_of_instances: bool = False

    @property
    def package(self) -> str:
        """The package that it belongs to."""
        return self.place.partition(":")[0].partition(".")[0]

    @cached_property
    def name(self) -> str:
        """The attribute's own name."""
        return self.place.rpartition(":")[2].rpartition(".")[2]


def _rows(
    if_gone: IfGone, used_for: str, *places: str, of_instances: tuple[str, ...] = ()
) -> tuple[PrivateName, ...]:
    return (
        *(PrivateName(place, used_for, if_gone) for place in places),
        *(PrivateName(place, used_for, if_gone, is_of_instances=True) for place in of_instances),
    )


_ROWS: Final = (
    # Answering.
    *_rows(
        "required",
        "answering the calls of clients",
        "botocore.endpoint:Endpoint.make_request",
        of_instances=("botocore.endpoint:Endpoint._event_emitter", "botocore.endpoint:Endpoint.host"),
    ),
    *_rows(
        "required",
        "knowing whose call it is",
        of_instances=(
            "botocore.signers:RequestSigner._credentials",
            "botocore.credentials:RefreshableCredentials._access_key",
        ),
    ),
    *_rows(
        "required",
        "answering plain HTTP to S3",
        "urllib3.connectionpool:HTTPConnectionPool.urlopen",
    ),
    *_rows(
        "optional",
        "letting slow answers run into the client's read timeout",
        of_instances=("botocore.httpsession:URLLib3Session._timeout",),
    ),
    # Guarding the network and the user's credentials.
    *_rows(
        "required",
        "keeping requests from the network",
        "botocore.httpsession:URLLib3Session.send",
        "socket:getaddrinfo",
        "socket:gethostbyname",
        "socket:gethostbyname_ex",
        "http.client:HTTPConnection.set_tunnel",
        "http.client:HTTPConnection.putrequest",
        "botocore.client:BaseClient._make_api_call",
        of_instances=(
            "botocore.client:BaseClient._endpoint",
            "botocore.endpoint:Endpoint.http_session",
        ),
    ),
    *_rows(
        "required",
        "keeping the requests of asynchronous clients from the network",
        "aiobotocore.httpsession:AIOHTTPSession.send",
        "aiobotocore.httpxsession:HttpxSession.send",
    ),
    *_rows(
        "required",
        "keeping other libraries' requests to S3 from a proxy",
        "httpx:HTTPTransport.handle_request",
        "httpx:AsyncHTTPTransport.handle_async_request",
        "aiohttp:ClientSession._request",
    ),
    *_rows(
        "required",
        "checking signatures, and presigning by clients without credentials",
        "botocore.signers:RequestSigner.get_auth_instance",
    ),
    *_rows(
        "required",
        "keeping the user's files unread",
        "botocore.configloader:load_config",
        "botocore.configloader:raw_config_parse",
        "botocore.loaders:Loader._potential_locations",
        "botocore.loaders:Loader.CUSTOMER_DATA_PATH",
        "botocore.utils:JSONFileCache._convert_cache_key",
        "botocore.utils:JSONFileCache.__setitem__",
    ),
    *_rows(
        "required",
        "keeping the user's credentials unused",
        "botocore.session:Session.__init__",
        "botocore.session:Session.get_credentials",
        "botocore.credentials:create_credential_resolver",
        "botocore.credentials:CredentialResolver.load_credentials",
        "botocore.credentials:BotoProvider",
        "botocore.credentials:ContainerProvider",
        "botocore.credentials:EnvProvider",
        "botocore.credentials:InstanceMetadataProvider",
        "botocore.credentials:OriginalEC2Provider",
        of_instances=("botocore.session:Session._credentials",),
    ),
    *_rows("required", "keeping transfers from awscrt's own network", "boto3.s3.transfer:_should_use_crt"),
    *_rows("required", "giving each mock a default session of its own", "boto3:DEFAULT_SESSION"),
    # Saving time.
    *_rows(
        "optional",
        "retries without sleeping",
        "botocore.endpoint:time",
        "botocore.retries.bucket:TokenBucket._sleep_amount",
        of_instances=("botocore.retries.bucket:TokenBucket._current_capacity",),
    ),
    *_rows(
        "optional",
        "reading models and endpoint rules, making methods and events' names once in a process",
        "botocore.session:create_loader",
        "botocore.regions:EndpointProvider",
        "botocore.client:ServiceModel",
        "botocore.client:ClientCreator._create_methods",
        "botocore.hooks:EventAliaser.__copy__",
        of_instances=("botocore.loaders:Loader._cache", "botocore.hooks:EventAliaser._alias_name_cache"),
    ),
    *_rows(
        "optional",
        "keeping the default session for the next mock",
        "boto3:setup_default_session",
        "botocore.handlers:BUILTIN_HANDLERS",
        of_instances=(
            "boto3.session:Session._session",
            "botocore.session:Session._components",
            "botocore.session:Session._events",
            "botocore.session:Session._last_client_region_used",
            "botocore.session:Session._session_instance_vars",
            "botocore.session:ComponentLocator._components",
            "botocore.hooks:EventAliaser._emitter",
            "botocore.hooks:HierarchicalEmitter._lookup_cache",
        ),
    ),
    *_rows(
        "optional", "reading headers without a copy", of_instances=("botocore.awsrequest:HeadersDict._dict",)
    ),
    *_rows("optional", "holding signals back quickly", "_signal:signal", "_signal:getsignal"),
    # Conveniences.
    *_rows("optional", "naming the line that entered a mock", "sys:_getframe"),
    *_rows(
        "optional",
        "putting the mock's fixtures in their place among the test's",
        of_instances=("pytest:Function._fixtureinfo",),
    ),
    *_rows(
        "optional",
        "colours in the report of a failed test",
        of_instances=("_pytest.terminal:TerminalReporter._tw",),
    ),
    *_rows(
        "optional",
        "reporting no findings of a test that failed anyway",
        of_instances=("unittest:TestCase._outcome",),
    ),
    # moto, active at the same time.
    *_rows(
        "warned",
        "answering each call once beside moto",
        "moto.core.botocore_stubber:BotocoreStubber.__call__",
        "moto.core.responses_custom_registry:CustomRegistry.find",
    ),
)

#: Place to row.
NAMES: Final[Mapping[str, PrivateName]] = {row.place: row for row in _ROWS}


@cache
def owner_of(place: str) -> Any:
    """The module or class that has (or had) a name; None where that is gone itself.

    :param place: of a row.
    """
    module, _, path = place.partition(":")
    try:
        owner: Any = import_module(module)
    except ImportError:
        return None
    for name in path.split(".")[:-1]:
        owner = getattr(owner, name, None)
    return owner


def find(place: str) -> Any:
    """What a name stands for.

    :param place: of a row.
    :return: None where it is gone and may be.
    :raises NotSupported: where it is required.
    """
    row = NAMES[place]
    found = getattr(owner_of(place), row.name, None)
    if found is None:
        missing(place)
    return found


def missing(place: str) -> None:
    """Do what a row says for the case that its name is gone.

    :raises NotSupported: where it is required.
    """
    row = NAMES[place]
    if row.if_gone == "required":
        raise unknown(place)
    if row.if_gone == "warned":
        warnings.warn(
            f"{_what_is_gone(row)} Calls may be answered twice, by both mocks.",
            TaggingMockWarning,
            stacklevel=2,
        )


def unknown(place: str) -> NotSupported:
    """The exception for a required name that is gone.

    :param place: of a row.
    """
    return NotSupported(f"{_what_is_gone(NAMES[place])} Install one of those, or a newer s3tag_mock.")


def _what_is_gone(row: PrivateName) -> str:
    package = sys.modules.get(row.package)
    installed = f"{row.package} {_version(package)}"
    known = KNOWN_VERSIONS.get(row.package)
    if known is None:
        known, installed = "3.10 to 3.14", f"Python {sys.version.partition(' ')[0]}"
    gone = row.place.replace(":", ".")
    return (
        f"s3tag_mock {_version(sys.modules.get('s3tag_mock'))} doesn't know {installed}: {gone}, which it "
        f"needs for {row.used_for}, is gone; it knows {known}."
    )


def _version(module: ModuleType | None) -> str:
    return str(getattr(module, "__version__", "of an unknown version"))
