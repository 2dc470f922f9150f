"""The services of AWS's that are ours, as one table: every other place reads what it needs here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Form = Literal["flat", "wrapped", "query", "json"]


@dataclass(frozen=True, slots=True)
class Service:
    """One service.

    :param name: botocore's name of it.
    :param event_name: how botocore's events name it.
    :param hosts: the first labels of its hosts, behind a bucket or an account.
    :param errors: how its error documents look: ``<Error>`` alone, or inside ``<ErrorResponse>`` with the
        ids beside it (S3 Control) or with a Type (the Query protocol), or JSON (its protocol, whatever else
        newer models name first).
    :param is_whole: whether every call of it is ours, so that one which isn't supported is answered with
        501; of other services only the calls that are supported are ours.
    """

    name: str
    event_name: str
    hosts: tuple[str, ...]
    errors: Form
    is_whole: bool


_ALL: Final = (
    Service(
        "s3",
        "s3",
        (
            "accesspoint.s3-global",
            "s3express-control",
            "s3express",
            "s3-accelerate",
            "s3-accesspoint",
            "s3-object-lambda",
            "s3-outposts",
            "s3",
        ),
        "flat",
        is_whole=True,
    ),
    Service("s3control", "s3-control", ("s3-control",), "wrapped", is_whole=True),
    Service("iam", "iam", ("iam",), "query", is_whole=True),
    Service("sts", "sts", ("sts",), "query", is_whole=False),
    Service("resourcegroupstaggingapi", "resource-groups-tagging-api", ("tagging",), "json", is_whole=True),
)
#: botocore's name of a service to what is known of it.
SERVICES: Final[Mapping[str, Service]] = {service.name: service for service in _ALL}
#: What a host begins with, or a signature is for, to the service.
BY_HOST: Final[Mapping[str, str]] = {host: service.name for service in _ALL for host in service.hosts}
#: How botocore's events name the services that are ours.
EVENT_NAMES: Final = frozenset(service.event_name for service in _ALL)
#: Services that are moto's where it is active, but for the operations that are named.
MOTOS: Final[Mapping[str, frozenset[str]]] = {
    "iam": frozenset(),
    "sts": frozenset({"GetCallerIdentity"}),
}
#: Services whose every call is ours.
WHOLE: Final = tuple(service.name for service in _ALL if service.is_whole)
#: How the paths of S3 Control's operations begin.
CONTROL_PATH: Final = "/v20180820/"
