"""Documents byte by byte."""

from __future__ import annotations

import pytest

from s3tag_mock.protocol import xml


def test_what_is_written() -> None:
    tree = {"Empty": None, "Text": "<&>\"'\r", "In": {"Odd": "\ud800"}}
    assert xml.write("Root", tree) == (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<Root><Empty></Empty><Text>&lt;&amp;&gt;&quot;\'&#13;</Text>'
        b"<In><Odd>\xed\xa0\x80</Odd></In></Root>"
    )
    assert xml.attributes({"a": 'x\ty\nz"', "b": ""}) == ' a="x&#9;y&#10;z&quot;" b=""'
    assert xml.attributes({}) == ""


def test_what_is_read() -> None:
    document = b' <a:Root xmlns:a="x"><b> </b><c>1</c><c/></a:Root> '
    assert xml.read(document) == ("Root", {"@xmlns:a": "x", "b": " ", "c": ["1", None]})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type(encoding: str) -> None:
    """It could declare entities that grow without end."""
    with pytest.raises(xml.NotXml, match="^a document type$"):
        xml.read("<!DOCTYPE a><a/>".encode(encoding))


@pytest.mark.parametrize("document", [b"", b"<a>", b"<a/><b/>", b"text", b"<a>\xff</a>"])
def test_what_is_none(document: bytes) -> None:
    with pytest.raises(xml.NotXml):
        xml.read(document)
