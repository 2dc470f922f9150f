"""The environment of a child process: its AWS SDKs reach the server, and nothing of theirs reaches AWS.

Most clients take the endpoint from variables. Those that don't, and S3 Control's, whose endpoint gets an
account in front of its host, are led here by the proxy's variables; hosts that are none of AWS's are reached
through the server as ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from s3tag_mock.dispatch.settings import Settings
from s3tag_mock.intercept import environment
from s3tag_mock.server.hosts import CONTROL_HOST, is_aws

#: What would lead an SDK past the server.
_TAKEN_OUT: Final = (
    "AWS_CA_BUNDLE",
    "AWS_ENDPOINT_URL_IAM",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ENDPOINT_URL_STS",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_USE_FIPS_ENDPOINT",
)
_PROXIES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
#: Loaded by Node, which uses no proxies.
_NODE_PRELOAD: Final = Path(__file__).with_name("node_preload.cjs")


def of_child(parent: Mapping[str, str], settings: Settings, url: str) -> dict[str, str]:
    """The whole environment to start a child with.

    :param parent: this process's own.
    :param settings: the mock's.
    :param url: of the server, with an IP address.
    """
    child = {name: value for name, value in parent.items() if name not in _TAKEN_OUT}
    for name, value in environment.shown(settings.region).items():
        if value is None:
            child.pop(name, None)
        else:
            child[name] = value
    port = url.rpartition(":")[2]
    child |= dict.fromkeys(_PROXIES, url)
    child |= dict.fromkeys(("NO_PROXY", "no_proxy"), _not_proxied(parent))
    child["AWS_ENDPOINT_URL"] = url
    child["AWS_ENDPOINT_URL_S3_CONTROL"] = f"http://{CONTROL_HOST}:{port}"
    child["NODE_OPTIONS"] = f"{parent.get('NODE_OPTIONS', '')} --require {_quoted(_NODE_PRELOAD)}".strip()
    return child


def _not_proxied(parent: Mapping[str, str]) -> str:
    """The hosts that are reached without the server: this machine's address, and the user's but for AWS's."""
    given = f"{parent.get('NO_PROXY', '')},{parent.get('no_proxy', '')}".split(",")
    hosts = dict.fromkeys(("127.0.0.1", "::1", "localhost", *(host.strip() for host in given)))
    return ",".join(host for host in hosts if host and "*" not in host and not is_aws(host))


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
