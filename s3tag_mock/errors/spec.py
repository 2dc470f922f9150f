"""An AWS error as data (`ErrorSpec`); the one exception that carries it is `AwsError`.

The rows themselves stand in :mod:`s3tag_mock.errors`. Raising is calling::

    raise errors.NO_SUCH_KEY(Key=key)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from s3tag_mock.exceptions import AwsError, Hint


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """One situation in which AWS answers with an error.

    :param code: what AWS writes into ``<Code>``, and botocore into ``Error.Code``.
    :param status: the HTTP status.
    :param message: AWS's text; holes are written ``{so}`` and filled from the call's keywords.
    :param elements: the elements beside Code and Message, in AWS's order.
    :param source: where the row comes from, with its certainty
        (RECORDED, OBSERVED, DOCUMENTED, REPORTED, ASSUMED).
    """

    code: str
    status: int
    message: str
    elements: tuple[str, ...] = ()
    source: str = ""

    def __call__(
        self,
        *,
        hint: Hint | None = None,
        headers: Mapping[str, str] | None = None,
        elements: Mapping[str, str] | None = None,
        **holes: str,
    ) -> AwsError:
        """The exception to raise.

        :param hint: what AWS doesn't say, for the call log; never sent.
        :param headers: response headers that AWS sends with this error.
        :param elements: values of elements whose names are no Python identifiers.
        :param holes: values of the other elements, and of the holes in the message.
        """
        values = {**holes, **(elements or {})}
        return AwsError(
            code=self.code,
            status=self.status,
            message=self.message.format_map(values) if "{" in self.message else self.message,
            elements={name: values[name] for name in self.elements},
            headers=headers or {},
            hint=hint,
        )
