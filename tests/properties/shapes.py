"""Strategies for values that fit a shape of botocore's models, as far as the wire can carry them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape
from hypothesis import strategies as st

from s3tag_mock.protocol.model import DOCUMENT_ENUMS

#: XML can't carry control characters; headers only printable ASCII without blanks around.
_CHARACTERS = st.characters(min_codepoint=0x20, max_codepoint=0x1FFFF, exclude_categories=("Cs", "Cc", "Cn"))
BODY_TEXT = st.text(_CHARACTERS | st.sampled_from("\t\n"), max_size=8)
#: botocore's serialiser alone writes carriage returns bare; only answers may hold them.
ANSWER_TEXT = st.text(_CHARACTERS | st.sampled_from("\t\n\r"), max_size=8)
HEADER_TEXT = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters=',"'), min_size=1
)
PLAIN_TEXT = st.text(st.sampled_from("abcXYZ019-_./"), min_size=1, max_size=8)
PATH_TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=timezone.utc)
)
NUMBERS = {"integer": st.integers(0, 2**31 - 1), "long": st.integers(0, 2**53)}


def fitting(shape: Shape, text: st.SearchStrategy[str] = BODY_TEXT) -> st.SearchStrategy[Any]:
    """Values of a shape, where text is of this kind."""
    if isinstance(shape, StructureShape):
        return structure(shape, text)
    if isinstance(shape, ListShape):
        return st.lists(fitting(shape.member, text), max_size=3)
    if isinstance(shape, MapShape):
        return st.dictionaries(fitting(shape.key, text), fitting(shape.value, text), max_size=3)
    if shape.name in DOCUMENT_ENUMS:
        return st.sampled_from(shape.metadata["enum"])
    if shape.type_name in NUMBERS:
        return NUMBERS[shape.type_name]
    return {
        "boolean": st.booleans(),
        "timestamp": MOMENTS,
        "blob": st.binary(max_size=8),
        "double": st.floats(0, 1e6, allow_nan=False),
        "float": st.floats(0, 1e6, allow_nan=False, width=32),
        "string": text,
        "character": text,
    }[shape.type_name]


def structure(
    shape: StructureShape, text: st.SearchStrategy[str] = BODY_TEXT
) -> st.SearchStrategy[dict[str, Any]]:
    """Dicts of a structure: what is required, and some of the rest; of a union, one."""
    members = {name: _member(member, text) for name, member in shape.members.items()}
    if getattr(shape, "is_tagged_union", False):
        return st.sampled_from(sorted(members)).flatmap(
            lambda name: st.fixed_dictionaries({name: members[name]})
        )
    required = {name: members.pop(name) for name in list(members) if name in shape.required_members}
    some = st.lists(st.sampled_from(sorted(members)), max_size=4, unique=True) if members else st.just([])
    return some.flatmap(
        lambda names: st.fixed_dictionaries({**required, **{name: members[name] for name in names}})
    )


def _member(member: Shape, text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    location = member.serialization.get("location")
    if member.serialization.get("hostLabel"):
        return st.from_regex(r"[0-9]{12}", fullmatch=True)
    if member.serialization.get("flattened"):
        return fitting(member, text).filter(bool)  # an empty one leaves no trace
    if location == "headers":
        names = st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True)
        return st.dictionaries(names, HEADER_TEXT, min_size=1, max_size=3)
    if location == "header":
        items = fitting(member, HEADER_TEXT)
        return items.filter(bool) if isinstance(member, ListShape) else items
    if location == "uri":
        return fitting(member, text if text is PLAIN_TEXT else PATH_TEXT)
    if location == "querystring" and member.serialization["name"].startswith("response-"):
        return fitting(member, HEADER_TEXT)  # it becomes a header of the answer
    if location == "querystring" and isinstance(member, (ListShape, MapShape)):
        return fitting(member, text).filter(bool)
    return fitting(member, text)
