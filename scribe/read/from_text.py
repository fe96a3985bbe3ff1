"""Plain text and Markdown."""

from __future__ import annotations

from scribe.read.decode import decode


def read_text(raw: bytes, name: str) -> str:
    """Return the text exactly as it stands in the file; Markdown is kept with its marks.

    Raises:
        UnreadableNote: The bytes are binary, damaged or wrongly encoded.
    """
    return decode(raw, name)
