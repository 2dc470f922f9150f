"""The names of operations, as a test's author writes them: ``"PutObjectTagging"``."""

from __future__ import annotations

from functools import cache
from typing import Final

import botocore.session
from botocore.model import ServiceModel

from s3tag_mock.misuse import Misuse, did_you_mean
from s3tag_mock.operations import SERVED

#: Services whose every operation can be named, served or not.
MODELLED: Final = ("s3", "s3control")


def find(name: str) -> tuple[str | None, str]:
    """The service, where it is said, and the operation that a name means.

    :param name: ``"PutObjectTagging"``; where S3 and S3 Control share one, ``"s3control.PutBucketTagging"``
        says which.
    :raises Misuse: for a name that is no operation's, with the nearest.
    """
    service, _, bare = name.rpartition(".")
    if bare in _of(service, served_only=True) or bare in (known := _of(service, served_only=False)):
        return service or None, bare
    near = did_you_mean(bare, known, none_known=f"s3tag_mock knows no service {service!r}.")
    raise Misuse(
        f"There is no operation {name!r}. {near}\nWrite AWS's name, as the API reference has it, such as "
        "'PutObjectTagging'."
    )


def _of(service: str, *, served_only: bool) -> set[str]:
    owners = [(owner, name) for owner, name in SERVED]
    if not served_only:
        owners += [(owner, name) for owner in MODELLED for name in model(owner).operation_names]
    return {name for owner, name in owners if service in {"", owner}}


@cache
def model(service: str) -> ServiceModel:
    """botocore's model of a service; read at most once in a process."""
    return botocore.session.get_session().get_service_model(service)
