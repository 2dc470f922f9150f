"""AWS's partitions: groups of regions with ARNs and host names of their own (AWS, China, GovCloud, ...).

Source: botocore's partitions.json and endpoints.json; a test compares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Partition:
    """One partition.

    :param name: as ARNs have it.
    :param region: what the names of its regions look like.
    :param domains: that its hosts end with: the usual one, and that of dual-stack hosts.
    """

    name: str
    region: re.Pattern[str]
    domains: tuple[str, str]


AWS: Final = Partition(
    "aws", re.compile(r"(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+"), ("amazonaws.com", "api.aws")
)
PARTITIONS: Final = (
    AWS,
    Partition("aws-cn", re.compile(r"cn-\w+-\d+"), ("amazonaws.com.cn", "api.amazonwebservices.com.cn")),
    Partition("aws-eusc", re.compile(r"eusc-(de)-\w+-\d+"), ("amazonaws.eu", "api.amazonwebservices.eu")),
    Partition("aws-iso", re.compile(r"us-iso-\w+-\d+"), ("c2s.ic.gov", "api.aws.ic.gov")),
    Partition("aws-iso-b", re.compile(r"us-isob-\w+-\d+"), ("sc2s.sgov.gov", "api.aws.scloud")),
    Partition("aws-iso-e", re.compile(r"eu-isoe-\w+-\d+"), ("cloud.adc-e.uk", "api.cloud-aws.adc-e.uk")),
    Partition("aws-iso-f", re.compile(r"us-isof-\w+-\d+"), ("csp.hci.ic.gov", "api.aws.hci.ic.gov")),
    Partition("aws-us-gov", re.compile(r"us-gov-\w+-\d+"), ("amazonaws.com", "api.aws")),
)


@lru_cache(maxsize=256)
def partition_of(region: str) -> Partition:
    """The partition of a region; AWS's first one for a name that is none."""
    return next((one for one in PARTITIONS if one.region.fullmatch(region)), AWS)


def host(region: str) -> str:
    """What the hosts of a region end with: ``eu-west-1.amazonaws.com``."""
    return f"{region}.{partition_of(region).domains[0]}"


#: All that hosts of AWS's end with, as a pattern.
DOMAINS: Final = "|".join(sorted({re.escape(domain) for one in PARTITIONS for domain in one.domains}))
