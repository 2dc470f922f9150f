"""Which bucket (or access point) and which region a request is for: from its URL alone.

Every form that botocore writes is a case here (tests/recorded/captured_requests.json holds them):
virtual-host and path style, dual-stack, FIPS, accelerate, access points by ARN and alias, Object
Lambda, multi-region access points, S3 on Outposts, directory buckets, and custom endpoints. All
end as the path-style path that the service model's URI template describes.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Final, Literal
from urllib.parse import quote, unquote, urlsplit

from s3tag_mock.rules.partitions import DOMAINS, partition_of
from s3tag_mock.rules.services import SERVICES

_DOMAIN: Final = f"(?:{DOMAINS})"
_AWS_HOST: Final = re.compile(
    r"(?:(?P<label>.+)\.)?"
    rf"(?P<endpoint>{'|'.join(re.escape(host) for service in SERVICES.values() for host in service.hosts)})"
    r"(?:-fips)?(?:-[a-z0-9-]+-az\d+)?(?:\.dualstack)?(?:\.(?P<region>[a-z0-9-]+))?\." + _DOMAIN
)
_NEAR_S3: Final = re.compile(r"(?:.+\.)?(?:iam|s3|sts|tagging)[a-z0-9-]*\.(?:[a-z0-9.-]+\.)?" + _DOMAIN)
#: Where machines at AWS ask for what they are, and for credentials: EC2's and ECS's addresses, and EKS's.
_OF_MACHINE: Final = frozenset(
    {"169.254.169.254", "fd00:ec2::254", "instance-data", "169.254.170.2", "169.254.170.23", "fd00:ec2::23"}
)
#: The region of hosts that name none.
_GLOBAL: Final = {"iam": "us-east-1", "s3": "us-east-1", "sts": "us-east-1"}
_NAMED_OTHERWISE: Final[Mapping[str | None, str]] = {
    "aws-global": "us-east-1",
    "s3-external-1": "us-east-1",
    "us-gov": "us-gov-west-1",
}
_ACCESS_POINT: Final = re.compile(r"(?P<name>.+)-(?P<account>\d{12})")
_OUTPOST_ACCESS_POINT: Final = re.compile(r"(?P<name>[^.]+?)(?:-(?P<account>\d{12}))?\.(?P<outpost>op-[^.]+)")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a request goes.

    :param path: percent-encoded, in path style: ``/bucket/key``. An access point stands in it as
        the (encoded) ARN that boto3's caller gave as Bucket.
    :param query: percent-encoded, without ``?``.
    :param region: None where the URL doesn't tell.
    :param endpoint: ``"regional"`` for a region's own; ``"global"`` where the bucket's name alone leads
        to its region; ``"custom"`` for one that isn't AWS's, which may serve every region.
    """

    path: str
    query: str
    region: str | None
    endpoint: Literal["regional", "global", "custom"] = "custom"

    @property
    def bucket(self) -> str:
        """What stands in the bucket's place; nothing where there is none."""
        return unquote(self.path.split("/")[1])


_S3: Final = frozenset(
    {"accesspoint.s3-global", "s3", "s3-accelerate", "s3-accesspoint", "s3-outposts", "s3express"}
)


def is_s3(host: str) -> bool:
    """Whether this is a host of S3's own, of whatever form."""
    aws = _aws_host(host.lower())
    return aws is not None and aws["endpoint"] in _S3


def endpoint_label(host: str) -> str | None:
    """What a host of AWS's is called in front of its region, such as ``"s3-control"``; None for any other."""
    aws = _aws_host(host.lower())
    return None if aws is None else aws["endpoint"]


def is_near_s3(host: str) -> bool:
    """Whether this is a host of S3's, S3 Control's, IAM's, STS's or the Resource Groups Tagging API's, of
    whatever form, old ones too.
    """
    return _NEAR_S3.fullmatch(host.lower().rstrip(".")) is not None


def is_of_machine(host: str) -> bool:
    """Whether a machine at AWS asks there for its metadata or for credentials.

    Source: DOCUMENTED, EC2's user guide (instance metadata), ECS's and EKS's (credentials of tasks and pods).
    """
    return _usual_form(host.lower().rstrip(".")) in _OF_MACHINE


def _usual_form(host: str) -> str:
    """An address as it is usually written: ``169.254.43518`` and ``::ffff:169.254.169.254`` are the same.

    What is no address is left as it is.
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        with suppress(OSError, ValueError):
            return socket.inet_ntoa(socket.inet_aton(host))
        return host
    return str(getattr(address, "ipv4_mapped", None) or address)


def locate(
    url: str, *, names_bucket: bool, endpoint_url: str | None = None, region: str | None = None
) -> Address:
    """Take a request's URL apart.

    :param url: as botocore was about to call it.
    :param names_bucket: whether the operation's path begins with a bucket, which may then stand in
        the host instead; S3 Control's hosts begin with an account.
    :param endpoint_url: the endpoint that the client was made for; distinguishes a host label that is a
        bucket from one that belongs to a custom endpoint.
    :param region: for which the request is signed, for URLs that don't name one.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    aws = _aws_host(host)
    if aws is None:
        label, path = _under_custom_endpoint(host, parts.path, endpoint_url)
        bucket = _bucket_of_label(label, region) if names_bucket else None
        return Address(_path_style(bucket, path), parts.query, _real(region))
    is_global = aws["label"] is not None and aws["region"] is None
    signed = region if is_global else None
    named = _real(aws["region"] or signed or _GLOBAL.get(aws["endpoint"], region))
    bucket = _bucket_at_aws(aws["endpoint"], aws["label"], named) if names_bucket else None
    return Address(_path_style(bucket, parts.path), parts.query, named, "global" if is_global else "regional")


@lru_cache(maxsize=256)
def _aws_host(host: str) -> re.Match[str] | None:
    return _AWS_HOST.fullmatch(host)


def _real(region: str | None) -> str | None:
    # us-east-1 has names without a region, and botocore the pseudo-region aws-global for it.
    # So has us-gov-west-1, at IAM.
    return _NAMED_OTHERWISE.get(region, region)


def _path_style(bucket: str | None, path: str) -> str:
    return path or "/" if bucket is None else f"/{quote(bucket, safe='')}{path or '/'}"


def _bucket_at_aws(endpoint: str, label: str | None, region: str | None) -> str | None:
    if endpoint in {"s3-accesspoint", "s3-object-lambda", "s3-outposts"}:
        return _bucket_of_label(label, region, service=endpoint)
    return label


def _bucket_of_label(label: str | None, region: str | None, service: str = "s3") -> str | None:
    """The bucket, or the ARN of the access point, whose host label this is."""
    if label is None:
        return None
    outpost = _OUTPOST_ACCESS_POINT.fullmatch(label)
    if outpost is not None:
        if outpost["account"] is None:
            return outpost["name"]
        owner = f"arn:{partition_of(region or '').name}:s3-outposts:{region}:{outpost['account']}"
        return f"{owner}:outpost/{outpost['outpost']}/accesspoint/{outpost['name']}"
    point = _ACCESS_POINT.fullmatch(label)
    if point is not None:
        namespace = "s3-object-lambda" if service == "s3-object-lambda" else "s3"
        owner = f"arn:{partition_of(region or '').name}:{namespace}:{region}:{point['account']}"
        return f"{owner}:accesspoint/{point['name']}"
    return label


def _under_custom_endpoint(host: str, path: str, endpoint_url: str | None) -> tuple[str | None, str]:
    """What stands before the custom endpoint's own host, and the path after the endpoint's own."""
    if endpoint_url is None:
        return None, path
    endpoint = urlsplit(endpoint_url)
    own_host, own_path = endpoint.hostname, endpoint.path.rstrip("/")
    label = host[: -len(own_host) - 1] if own_host and host.endswith(f".{own_host}") else None
    return label, path[len(own_path) :] if f"{path}/".startswith(f"{own_path}/") else path
