"""XML to nested dicts and back: the only user of xmltodict.

A node is what xmltodict makes of an element: None (empty), text, or a dict of child name to node,
with attributes under ``@name`` and text beside children under ``#text``; children of one name that
stand more than once are a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

Node = str | dict[str, Any] | list[Any] | None
#: A document to be written: element to its text, or to the elements in it.
Tree = Mapping[str, Any]

TEXT = "#text"
#: What no document of XML 1.0 can hold, in any spelling.
_NO_CHARACTER: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotXml(ValueError):
    """Bytes that aren't a well-formed XML document in UTF-8, or with a document type."""


def read(document: bytes) -> tuple[str, Node]:
    """Root name (without its prefix) and root node of a document.

    :raises NotXml: for anything else.
    """
    if b"<!DOCTYPE" in document.replace(b"\0", b""):
        # No request of AWS has one, and it could declare entities that grow without end; in UTF-16, too.
        raise NotXml("a document type")
    from xml.parsers.expat import ExpatError

    import xmltodict  # which takes long, and many requests have no document

    try:
        # White space is kept: it may be all there is of a tag's value.
        parsed = xmltodict.parse(document.strip(), encoding="utf-8", strip_whitespace=False)
    except (ExpatError, ValueError) as problem:
        raise NotXml(str(problem)) from None
    ((root, node),) = parsed.items()
    return local_name(root), node


def write(root: str, node: Tree) -> bytes:
    """A small document, an error's say."""
    return document(_element(root, node))


def document(element: str) -> bytes:
    """A document as AWS writes it: a declaration, a line end, everything else on one line.

    Written here and by :mod:`s3tag_mock.protocol.nodes`, as :func:`xmltodict.unparse` would: that took most
    of the time of a long list.
    """
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{element}'.encode("utf-8", "surrogatepass")


def well_formed(document: bytes) -> bytes:
    """A document with U+FFFD in place of what is no character of XML.

    S3 writes such characters into its documents, which clients then can't read; other services are ASSUMED
    not to.
    """
    text = document.decode("utf-8", "surrogatepass")
    return _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def _element(name: str, node: str | Tree | None) -> str:
    if isinstance(node, Mapping):
        content = "".join(_element(child, inner) for child, inner in node.items())
    else:
        content = escaped(node or "")
    return f"<{name}>{content}</{name}>"


def attributes(values: Mapping[str, str]) -> str:
    """Attributes as they stand in an element's start, a blank before each."""
    return "".join(f' {name}="{_in_attribute(value)}"' for name, value in values.items())


def _in_attribute(text: str) -> str:
    # A bare tabulator or line end would be read back as a blank.
    return escaped(text).replace("\t", "&#9;").replace("\n", "&#10;")


def escaped(text: str) -> str:
    """Text as it stands in a document."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A bare carriage return would be read back as a line feed.
    return text.replace('"', "&quot;").replace("\r", "&#13;")


def local_name(name: str) -> str:
    """An element's name without its namespace prefix."""
    return name.rpartition(":")[2]
