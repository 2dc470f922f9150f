"""Characters beyond ASCII in headers: what S3 makes of them on their way in and out.

Sources: RECORDED, LS test_system_metadata_with_unicode (bytes are Latin-1),
test_user_metadata_rfc2047_encoded, test_post_object_with_unicode_metadata; S3 user guide, "Working with
object metadata".
"""

from __future__ import annotations

import base64
from typing import Final

_ENCODED: Final = "=?"
#: Characters that stand as they are in the Q encoding of RFC 2047; a blank becomes an underscore.
_PLAIN: Final = frozenset(map(chr, range(0x21, 0x7F))) - set("=_?")


def from_bytes(value: str | bytes) -> str:
    """The text of a header as it arrived."""
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return text.strip(" \t")


def to_latin1(text: str) -> str:
    """The text of a header as it is answered: a blank for each character that Latin-1 doesn't have."""
    if text.isascii():
        return text
    return "".join(character if character <= "\xff" else " " for character in text)


def decode_metadata(text: str) -> str:
    """A value of user metadata as it is stored: out of the encoding of RFC 2047, where it is in it."""
    if _ENCODED not in text:
        return text
    from email.errors import HeaderParseError
    from email.header import decode_header

    try:
        return "".join(
            part if isinstance(part, str) else part.decode(charset or "latin-1")
            for part, charset in decode_header(text)
        )
    except (HeaderParseError, LookupError, ValueError):
        return text


def encode_metadata(text: str) -> str:
    """A value of user metadata as it is answered: in the encoding of RFC 2047 unless it is plain.

    Q where most characters are plain, else B, as recorded. That a long value is one encoded word, too, is
    ASSUMED.
    """
    plain = sum(" " <= character <= "~" or character in "\t\r\n" for character in text)
    if plain == len(text):
        return text
    encoded = text.encode("utf-8", "surrogateescape")
    if plain <= len(text) - plain:
        return f"=?UTF-8?B?{base64.b64encode(encoded).decode()}?="
    return f"=?UTF-8?Q?{''.join(map(_q_encoded, encoded))}?="


def _q_encoded(byte: int) -> str:
    character = chr(byte)
    if character == " ":
        return "_"
    return character if character in _PLAIN else f"={byte:02X}"
