"""The tag rules against a second, naive description of them: Unicode's categories, one by one."""

from __future__ import annotations

import unicodedata
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import tags as tag_rules

KINDS = [tag_rules.OBJECT, tag_rules.BUCKET, tag_rules.CREATE_BUCKET, tag_rules.JOB]
#: Text that is often allowed, often just not.
TEXT = st.text(
    st.sampled_from("aA:ws\u0345,\t\n \u2028𐐀環é²Ⅷ_+-=@/.!") | st.characters(exclude_categories=("Cs",)),
    max_size=6,
)


def allowed(text: str) -> bool:
    return all(unicodedata.category(one)[0] in "LZN" or one in "_.:/=+-@" for one in text)


def test_every_character_of_unicode() -> None:
    wrong = [
        hex(code)
        for code in range(0x110000)
        if not 0xD800 <= code < 0xE000
        and allowed(chr(code)) != (tag_rules._CHARACTERS.fullmatch(chr(code)) is not None)
    ]
    assert wrong == []


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
@pytest.mark.parametrize("rules", KINDS)
def test_what_is_allowed(rules: tag_rules.TagRules, pairs: list[tuple[str, str]]) -> None:
    keys = [key for key, _ in pairs]
    fine = (
        len(set(keys)) == len(keys)
        and all(keys)
        and all(allowed(text) for pair in pairs for text in pair)
        and not any(key.lower().startswith("aws:") for key in keys)
    )
    try:
        assert list(rules.check(pairs).items()) == pairs
        assert fine
    except AwsError as error:
        assert not fine
        assert error.status == (500 if error.code == "InternalError" else 400)


@pytest.mark.parametrize(("text", "units"), [("", 0), ("abc", 3), ("é", 1), ("𐐀", 2), ("a𐐀é", 4)])
def test_utf16_units(text: str, units: int) -> None:
    assert tag_rules.utf16_units(text) == units


@pytest.mark.parametrize(
    ("key", "value", "refused"),
    [
        ("k" * 128, "v" * 256, None),
        ("𐐀" * 64, "𐐀" * 128, None),
        ("𐐀" * 65, "", "The TagKey you have provided is invalid"),
        ("k", "𐐀" * 129, "The TagValue you have provided is invalid"),
    ],
)
def test_lengths_count_utf16_units(key: str, value: str, refused: str | None) -> None:
    try:
        tag_rules.OBJECT.check([(key, value)])
        assert refused is None
    except AwsError as error:
        assert error.message == refused


@pytest.mark.parametrize("rules", KINDS)
def test_counts(rules: tag_rules.TagRules) -> None:
    rules.check((f"k{number}", "") for number in range(rules.most))
    with pytest.raises(AwsError):
        rules.check((f"k{number}", "") for number in range(rules.most + 1))


def test_the_first_bad_tag_wins() -> None:
    with pytest.raises(AwsError, match="TagValue"):
        tag_rules.OBJECT.check([("a", "1"), ("b", ","), ("a", "2"), ("aws:", "")])


@given(
    st.dictionaries(
        st.text("abc +&=%ü/", min_size=1, max_size=4), st.text("abc +&=%ü/", max_size=4), max_size=4
    )
)
def test_the_header_round_trip(tags: dict[str, str]) -> None:
    """What is URL-encoded comes back, or is refused for its characters."""
    header = "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in tags.items())
    bad = any("&" in text or "%" in text for pair in tags.items() for text in pair)
    try:
        assert dict(tag_rules.from_header(header)) == tags
        assert not bad
    except AwsError as error:
        assert bad
        assert error.code == "InvalidTag"


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("wrongquery&wrongagain", {"wrongquery": "", "wrongagain": ""}),
        ("key1&&&key2", {"key1": "", "key2": ""}),
        ("&", {}),
        ("key=&", {"key": ""}),
        ("a+b=c+d", {"a b": "c d"}),
        ("a%20b=c%2Bd", {"a b": "c+d"}),
        ("key%2E=value%2F", {"key.": "value/"}),
    ],
)
def test_headers_that_are_taken(header: str, tags: dict[str, str]) -> None:
    assert tag_rules.from_header(header) == tags


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("key1=val1&key1=val2", "InvalidArgument"),
        ("key1=val1,key2=val2", "InvalidArgument"),
        ("=", "InvalidArgument"),
        ("=v", "InvalidArgument"),
        ("&=v", "InvalidArgument"),
        ("key%", "InvalidArgument"),
        ("%ZZ=v", "InvalidArgument"),
        ("k=%A", "InvalidArgument"),
        ("k=%FF", "InvalidTag"),
        ("key!=val", "InvalidTag"),
        ("key=val!", "InvalidTag"),
        ("aws:x=y", "InvalidTag"),
        ("&".join(f"k{number}=" for number in range(11)), "BadRequest"),
    ],
)
def test_headers_that_are_refused(header: str, code: str) -> None:
    with pytest.raises(AwsError) as caught:
        tag_rules.from_header(header)
    assert (caught.value.code, caught.value.status) == (code, 400)
    if code == "InvalidArgument":
        assert caught.value.elements == {"ArgumentName": "x-amz-tagging", "ArgumentValue": header}


TWICE = [("a", "1"), ("a", "2")]
RESERVED = (
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" '
    "from your tag keys and try again."
)
INVALID = (
    "This request contains a tag key or value that isn't valid. Valid characters include the following: "
    "[a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain up to 256 characters."
)


class TestAnswers:
    """What is answered to tags that can't be, to the letter."""

    @pytest.mark.parametrize("rules", [tag_rules.OBJECT, tag_rules.BUCKET])
    @pytest.mark.parametrize(
        ("pairs", "message", "elements"),
        [
            (TWICE, "Cannot provide multiple Tags with the same key", {"TagKey": "a"}),
            ([("a,", "1")], "The TagKey you have provided is invalid", {"TagKey": "a,"}),
            ([("", "1")], "The TagKey you have provided is invalid", {"TagKey": ""}),
            (
                [("a", "1,")],
                "The TagValue you have provided is invalid",
                {"TagKey": "a", "TagValue": "1,"},
            ),
        ],
    )
    def test_elements(self, rules: Any, pairs: Any, message: str, elements: dict[str, str]) -> None:
        self.check(rules, pairs, "InvalidTag", message, elements, None)

    @pytest.mark.parametrize(
        ("rules", "key", "message"),
        [
            (tag_rules.OBJECT, "aws:x", "Your TagKey cannot be prefixed with aws:"),
            (tag_rules.OBJECT, "AWS:x", "Your TagKey cannot be prefixed with aws:"),
            (tag_rules.BUCKET, "aws:x", "System tags cannot be added/updated by requester"),
            (
                tag_rules.BUCKET,
                "AWS:x",
                'Invalid Tag. Tags cannot start with "aws:"(case insensitive) unless they are System Tags '
                'that start with "aws:"(case sensitive)',
            ),
        ],
    )
    def test_elements_of_reserved_keys(self, rules: Any, key: str, message: str) -> None:
        self.check(rules, [(key, "1")], "InvalidTag", message, {"TagKey": key}, None)

    @pytest.mark.parametrize(
        ("rules", "pairs", "code", "message", "hint"),
        [
            (
                tag_rules.CREATE_BUCKET,
                TWICE,
                "InternalError",
                "We encountered an internal error. Please try again.",
                "the tag 'a' = '2'",
            ),
            (tag_rules.CREATE_BUCKET, [("aws:x", "1")], "InvalidTag", RESERVED, "the tag 'aws:x' = '1'"),
            (
                tag_rules.JOB,
                TWICE,
                "InvalidTag",
                "There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.",
                "the tag 'a' = '2'",
            ),
            (tag_rules.JOB, [("aws:x", "1")], "InvalidTag", RESERVED, "the tag 'aws:x' = '1'"),
            (tag_rules.JOB, [("AWS:x", "1")], "InvalidTag", INVALID, "the tag 'AWS:x' = '1'"),
            (tag_rules.JOB, [("a,", "1")], "InvalidTag", INVALID, "the tag 'a,' = '1'"),
            (tag_rules.JOB, [("a", "1,")], "InvalidTag", INVALID, "the tag 'a' = '1,'"),
        ],
    )
    def test_hints(self, rules: Any, pairs: Any, code: str, message: str, hint: str) -> None:
        """Where AWS doesn't say which tag it was."""
        self.check(rules, pairs, code, message, {}, hint)

    def check(
        self, rules: Any, pairs: Any, code: str, message: str, elements: dict[str, str], hint: str | None
    ) -> None:
        with pytest.raises(AwsError) as caught:
            rules.check(pairs)
        error = caught.value
        assert (error.code, error.message, error.elements, error.hint) == (code, message, elements, hint)
