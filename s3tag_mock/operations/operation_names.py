"""The names of operations, as a test author writes them: ``"PutObjectTagging"``."""

from __future__ import annotations

from functools import cache

import botocore.session
from botocore.model import ServiceModel

from s3tag_mock.exceptions import Misuse, did_you_mean
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.rules.services import WHOLE


def find(name: str) -> tuple[str | None, str]:
    """The service, where it is said, and the operation that a name means.

    :param name: ``"PutObjectTagging"``; where S3 and S3 Control share one, ``"s3control.PutBucketTagging"``
        says which.
    :raises Misuse: for a name that is no operation's, with the nearest.
    """
    service, _, bare = name.rpartition(".")
    if bare in _of(service, supported_only=True) or bare in (known := _of(service, supported_only=False)):
        return service or None, bare
    near = did_you_mean(bare, known, none_known=f"s3tag_mock knows no service {service!r}.")
    raise Misuse(
        f"There is no operation {name!r}. {near}\nWrite AWS's name, as the API reference has it, such as "
        "'PutObjectTagging'."
    )


def _of(service: str, *, supported_only: bool) -> set[str]:
    owners = [(owner, name) for owner, name in OPERATIONS]
    if not supported_only:
        owners += [(owner, name) for owner in WHOLE for name in model(owner).operation_names]
    return {name for owner, name in owners if service in {"", owner}}


@cache
def model(service: str) -> ServiceModel:
    """botocore's model of a service; read at most once in a process."""
    return botocore.session.get_session().get_service_model(service)
