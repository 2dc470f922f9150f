"""What a client's call passes through in botocore, from its parameters to its result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botocore.client import BaseClient
from botocore.endpoint import Endpoint
from botocore.hooks import EventAliaser, HierarchicalEmitter
from botocore.parsers import ResponseParser, ResponseParserFactory
from botocore.regions import EndpointRulesetResolver
from botocore.serialize import BaseRestSerializer

from s3tag_mock.intercept.attributes import Attributes
from s3tag_mock.intercept.patching import is_their_own

#: What makes a request of a call, and a result of its answer; somebody may have replaced one of them.
STEPS: Final[Mapping[type, tuple[str, ...]]] = {
    Endpoint: (
        "make_request",
        "create_request",
        "prepare_request",
        "_send_request",
        "_get_response",
        "_do_get_response",
    ),
    BaseClient: ("_make_request", "_convert_to_request_dict"),
    BaseRestSerializer: ("serialize_to_request",),
    ResponseParserFactory: ("create_parser",),
    ResponseParser: ("parse",),
    EventAliaser: ("emit", "emit_until_response"),
    HierarchicalEmitter: ("_emit",),
    EndpointRulesetResolver: ("construct_endpoint",),
}
_PLACES: Final = tuple((vars(owner), name) for owner, names in STEPS.items() for name in names)


class Steps:
    """The steps as they were when somebody last asked."""

    def __init__(self) -> None:
        self._look()

    def are_their_own(self) -> bool:
        """Whether all of them are botocore's own, and nobody has replaced one."""
        if not self._noted.are_unchanged():
            self._look()
        return self._are_their_own

    def _look(self) -> None:
        self._noted = Attributes(_PLACES)
        self._are_their_own = all(is_their_own(of.get(name)) for of, name in _PLACES)
