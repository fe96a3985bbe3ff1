"""RTF files: the words without the formatting."""

from __future__ import annotations

import re

from scribe.errors import MissingDependency, UnreadableNote

_ESCAPED = re.compile(rb"\\[\\{}]")
_BINARY = re.compile(rb"\\bin[0-9]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MEND = "open it in a word processor and save it again"


def read_rtf(raw: bytes, name: str) -> str:
    """Return the text of an RTF file.

    Args:
        raw: The whole file.
        name: How messages call the input.

    Raises:
        NoteError: Damaged, cut off, or striprtf is missing.
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        msg = f"{name}: RTF files need striprtf; install opnote-scribe[audit]"
        raise MissingDependency(msg) from None
    _check_whole(raw, name)
    try:
        text: str = rtf_to_text(raw.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except Exception as error:  # noqa: BLE001 - a damaged file fails in many ways, and messages may hold words of it
        msg = f"{name}: damaged RTF ({type(error).__name__}); {_MEND}"
        raise UnreadableNote(msg) from None
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def _check_whole(raw: bytes, name: str) -> None:
    """Refuse a file whose groups do not close: it was cut off, and half a note looks like a note with gaps."""
    if _BINARY.search(raw):
        return  # embedded bytes may hold braces of their own
    bare = _ESCAPED.sub(b"", raw)
    if bare.count(b"{") > bare.count(b"}"):
        msg = f"{name}: damaged RTF, its end is missing; {_MEND}"
        raise UnreadableNote(msg)
