"""An AWS error as data (`ErrorSpec`) and the one exception that carries it (`AwsError`).

The rows themselves stand in :mod:`s3tag_mock.errors`. Raising is calling::

    raise errors.NO_SUCH_KEY(Key=key)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
        hint: str | None = None,
        headers: Mapping[str, str] | None = None,
        elements: Mapping[str, str] | None = None,
        **holes: str,
    ) -> AwsError:
        """The exception to raise.

        :param hint: what AWS keeps silent about, for the call log; never sent.
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


class AwsError(Exception):
    """An error as AWS sends it. Code under test never sees it: botocore makes a ClientError of it.

    :param code: such as ``"NoSuchKey"``.
    :param status: the HTTP status.
    :param message: AWS's text.
    :param elements: further elements of ``<Error>``, such as ``{"Key": "a.txt"}``.
    :param headers: response headers beside the usual ones.
    :param hint: for the test's author only; stands in the call log, not in the answer.
    """

    def __init__(
        self,
        code: str,
        status: int,
        message: str,
        elements: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = str(code)
        self.status = int(status)
        self.message = message
        self.elements = dict(elements or {})
        self.headers = dict(headers or {})
        self.hint = hint
