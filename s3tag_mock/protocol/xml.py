"""XML to nested dicts and back: the only user of xmltodict.

A node is what xmltodict makes of an element: None (empty), text, or a dict of child name to node,
with attributes under ``@name`` and text beside children under ``#text``; children of one name that
stand more than once are a list.
"""

from __future__ import annotations

from collections.abc import Callable
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
    """A document as AWS writes it: a declaration, a line end, everything else on one line.

    Written here, as :func:`xmltodict.unparse` would: that took most of the time of a long list.
    """
    pieces: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    _write(pieces.append, root, node)
    return "".join(pieces).encode("utf-8", "surrogatepass")


def _write(put: Callable[[str], None], name: str, node: Node) -> None:
    if isinstance(node, str):
        put(f"<{name}>{_escaped(node)}</{name}>")
    elif isinstance(node, dict):
        attributes = "".join(
            f' {key[1:]}="{_escaped(value)}"' for key, value in node.items() if key[0] == "@"
        )
        put(f"<{name}{attributes}>")
        for key, child in node.items():
            if key == TEXT:
                put(_escaped(child))
            elif key[0] != "@":
                _write(put, key, child)
        put(f"</{name}>")
    elif isinstance(node, list):
        for item in node:
            _write(put, name, item)
    else:
        put(f"<{name}></{name}>")


def _escaped(text: str) -> str:
    # A bare carriage return would be read back as a line feed.
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\r", "&#13;")


def local_name(name: str) -> str:
    """An element's name without its namespace prefix."""
    return name.rpartition(":")[2]
