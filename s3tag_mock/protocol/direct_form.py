"""How one operation's calls are answered without a request being written."""

from __future__ import annotations

from typing import NamedTuple

from s3tag_mock.protocol.direct import Direct
from s3tag_mock.protocol.direct_answer import AnswerReader
from s3tag_mock.protocol.wire_format import WireFormat


class DirectForm(NamedTuple):
    """What is compiled of the operation's model for that.

    :param passing: gives its parameters as they would arrive.
    :param read_answer: gives its results as botocore would read them.
    """

    passing: Direct
    wire_format: WireFormat
    read_answer: AnswerReader
