"""Which operation a request of plain HTTP is, of services beside S3.

S3 Control's operations differ by method and path; the Query protocol names its operation in a parameter, the
JSON protocol in a header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from s3tag_mock.protocol.parse import path_pattern
from s3tag_mock.rules.services import SERVICES

if TYPE_CHECKING:
    from botocore.model import OperationModel, ServiceModel

_LABEL: Final = re.compile(r"\{\w+\+?\}")


@dataclass(frozen=True)
class Operations:
    """The operations of one service.

    :param paths: method and path of each, the most literal first; none where the protocol doesn't tell
        operations by their paths.
    """

    model: ServiceModel
    paths: tuple[tuple[str, re.Pattern[str], OperationModel], ...]

    @classmethod
    def of(cls, model: ServiceModel) -> Operations:
        """Read them from a service's model."""
        if SERVICES[model.service_name].errors != "wrapped":
            return cls(model, ())
        operations = [model.operation_model(name) for name in model.operation_names]
        operations.sort(key=lambda one: len(_LABEL.sub("", one.http["requestUri"])), reverse=True)
        found = ((one.http["method"], path_pattern(one.http["requestUri"]), one) for one in operations)
        return cls(model, tuple(found))

    def by_path(self, method: str, path: str) -> OperationModel | None:
        """The operation of a method and a path, percent-encoded."""
        return next((one for verb, at, one in self.paths if verb == method and at.fullmatch(path)), None)

    def by_name(self, name: str) -> OperationModel | None:
        """The operation of a name."""
        return self.model.operation_model(name) if name in self.model.operation_names else None


def name_of(query: str, headers: Mapping[str, str], body: bytes) -> str:
    """The operation that a request names: in the header of the JSON protocol, or in a parameter of the Query
    protocol, which stands in the body or in the query.

    :param headers: names in lower case.
    :return: nothing where it names none.
    """
    target = headers.get("x-amz-target", "")
    if target:
        return target.rpartition(".")[2]
    given = parse_qs(query) | parse_qs(body.decode("utf-8", "replace"))
    return given.get("Action", [""])[0]
