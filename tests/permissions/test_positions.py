"""Where statements stand in a policy's text, however it is written."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing
from s3tag_mock.permissions.positions import Position, statements

TEXTS = st.text(st.sampled_from('a"\\{}[]:,\n é'), max_size=5)
STATEMENTS = st.lists(
    st.dictionaries(st.sampled_from(["Sid", "Action", "Statement"]), TEXTS, max_size=3), max_size=3
)
#: Members of a policy before and behind its statements.
OTHERS = st.dictionaries(st.sampled_from(["Id", "Version"]), TEXTS | st.lists(TEXTS, max_size=2), max_size=2)


def offset(text: str, position: Position) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: position.Line - 1]) + position.Column - 1


@fuzzing(100)
@given(
    before=OTHERS,
    found=STATEMENTS,
    behind=OTHERS,
    indent=st.sampled_from([None, 0, 3]),
    separators=st.sampled_from([(",", ":"), (" , ", " : ")]),
)
def test_the_text_there_is_the_statement(
    before: dict[str, Any],
    found: list[Any],
    behind: dict[str, Any],
    indent: int | None,
    separators: tuple[str, str],
) -> None:
    given_as: Any = found[0] if len(found) == 1 else found
    policy = {**before, "Statement": given_as, **behind}
    text = json.dumps(policy, indent=indent, separators=separators, ensure_ascii=False)
    places = statements(text)
    assert [json.loads(text[offset(text, start) - 1 : offset(text, end)]) for start, end in places] == found
