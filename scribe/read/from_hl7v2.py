"""The document that an HL7 v2 message carries, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.errors import EmptyNote
from scribe.read.hl7v2 import read_document

if TYPE_CHECKING:
    from collections.abc import Callable


def read_hl7v2(
    raw: bytes, name: str, inner: Callable[[bytes, str], str]
) -> tuple[str, tuple[int, ...]]:
    """Return the text of the OBX segments, decoded, and where it looks cut off; attached documents are read by ``inner``.

    Raises:
        UnreadableNote: The message is damaged.
        EmptyNote: It carries no document.
    """
    text, cut_at = read_document(raw, name, inner)
    if not text.strip():
        msg = f"{name}: the message carries no document; send OBX segments of type TX, FT, ST or ED"
        raise EmptyNote(msg)
    return text, cut_at
