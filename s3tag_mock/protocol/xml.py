"""XML to nested dicts and back: the only user of xmltodict.

A node is what xmltodict makes of an element: None (empty), text, or a dict of child name to node,
with attributes under ``@name`` and text beside children under ``#text``; children of one name that
stand more than once are a list.
"""

from __future__ import annotations

from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict

Node = str | dict[str, Any] | list[Any] | None

TEXT = "#text"


class NotXml(ValueError):
    """Bytes that aren't a well-formed XML document in UTF-8, or with a document type."""


def read(document: bytes) -> tuple[str, Node]:
    """Root name (without its prefix) and root node of a document.

    :raises NotXml: for anything else.
    """
    if b"<!DOCTYPE" in document:
        # No request of AWS has one, and it could declare entities that grow without end.
        raise NotXml("a document type")
    try:
        # White space is kept: it may be all there is of a tag's value.
        parsed = xmltodict.parse(document.strip(), encoding="utf-8", strip_whitespace=False)
    except (ExpatError, ValueError) as problem:
        raise NotXml(str(problem)) from None
    ((root, node),) = parsed.items()
    return local_name(root), node


def write(root: str, node: Node) -> bytes:
    """A document as AWS writes it: a declaration, a line end, everything else on one line."""
    text: str = xmltodict.unparse({root: node}, encoding="UTF-8")
    # A bare carriage return would be read back as a line feed; in the output it can only be data.
    return text.replace("\r", "&#13;").encode("utf-8", "surrogatepass")


def local_name(name: str) -> str:
    """An element's name without its namespace prefix."""
    return name.rpartition(":")[2]
