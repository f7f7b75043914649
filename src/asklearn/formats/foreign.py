"""Bytes and characters that no text may hold, in words."""

from __future__ import annotations

from asklearn.formats.encoding import FOREIGN


def say_foreign(text: str, encoding: str) -> str:
    """Why a text with an undecodable byte, or half a character, cannot be taken."""
    found = FOREIGN.search(text)
    byte = ord(found.group()) - 0xDC00 if found else -1
    if not 0 <= byte < 256:
        return "it holds half of a surrogate pair, which is no character"
    return f"byte 0x{byte:02X} is not {encoding}; mend it, or name the file's encoding"
