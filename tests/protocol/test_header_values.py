"""Characters beyond ASCII in headers."""

from __future__ import annotations

from email.header import decode_header, make_header
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s3tag_mock.protocol import header_values
from tests.web import Web, presign


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ("=?utf-8?q?test=5F=E2=80=94=5F2=3F=2Epdf?=", "=?UTF-8?Q?test=5F=E2=80=94=5F2=3F.pdf?="),
        ("=?UTF-8?Q?actually-ascii?=", "actually-ascii"),
        ("=?UTF-8?B?YWJj?=", "abc"),
        ("=?utf-8?b?AAECAw==?=", "=?UTF-8?B?AAECAw==?="),
        ("=?utf-8?b?77+977+9?=", "=?UTF-8?B?77+977+9?="),
        ("=?none?q?abc?=", "=?none?q?abc?="),
        ("=?UTF-8?B?=GGG?=", "=?UTF-8?B?=GGG?="),
        ("a\tb \t", "a\tb"),
    ],
)
def test_user_metadata(s3: Any, photos: str, sent: str, answered: str) -> None:
    """RECORDED, LS test_user_metadata_rfc2047_encoded; what can't be decoded stays as it is (ASSUMED)."""
    s3.put_object(Bucket=photos, Key="new", Metadata={"a": sent})
    assert s3.head_object(Bucket=photos, Key="new")["Metadata"] == {"a": answered}


def test_system_metadata(s3: Any, photos: str) -> None:
    """Its bytes are Latin-1, whatever was meant. RECORDED, LS test_system_metadata_with_unicode."""
    s3.put_object(Bucket=photos, Key="new", CacheControl="ÄMÄZÕÑ S3", ContentDisposition='filename="—"')
    head = s3.head_object(Bucket=photos, Key="new")
    assert head["CacheControl"] == "Ã\x84MÃ\x84ZÃ\x95Ã\x91 S3"
    assert head["ContentDisposition"] == 'filename="â\x80\x94"'


def test_overrides(s3: Any, photos: str) -> None:
    """RECORDED, LS test_get_response_overrides_unicode_metadata_with_sig_s3."""
    url = presign(s3, "get_object", Bucket=photos, Key="c.jpg", ResponseCacheControl="é")
    assert Web().request("GET", url).headers["Cache-Control"] == "é"
    url = presign(s3, "get_object", Bucket=photos, Key="c.jpg", ResponseCacheControl="—_é")
    assert Web().error("GET", url) == {
        "Status": 400,
        "Code": "InvalidArgument",
        "Message": "Header value cannot be represented using ISO-8859-1.",
        "ArgumentName": "response-cache-control",
        "ArgumentValue": "—_é",
    }


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("a ~\t\r\n", "a ~\t\r\n"),
        ("é", "=?UTF-8?B?w6k=?="),
        ("aé", "=?UTF-8?B?YcOp?="),
        ("a é", "=?UTF-8?Q?a_=C3=A9?="),
        ("\udcff", "=?UTF-8?B?/w==?="),
    ],
)
def test_encoding(text: str, encoded: str) -> None:
    """Q where most characters are plain, else B."""
    assert header_values.encode_metadata(text) == encoded


def test_what_is_not_encoded() -> None:
    assert header_values.from_bytes(b" \t\xe9 \t") == "é"
    assert header_values.to_latin1("\xff\u0100") == "\xff "
    assert header_values.decode_metadata("=?x") == "=?x"
    assert header_values.decode_metadata("é =?UTF-8?Q?b?=") == "é b"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_encoded_can_be_decoded(text: str) -> None:
    encoded = header_values.encode_metadata(text)
    assert encoded.isascii()
    if encoded != text:
        assert str(make_header(decode_header(encoded))) == text
        assert header_values.decode_metadata(encoded) == text
