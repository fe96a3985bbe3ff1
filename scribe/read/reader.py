"""One note from bytes or from a string."""

from __future__ import annotations

import hashlib

from scribe.errors import EmptyNote, UnreadableNote
from scribe.read.detect import detect, read_as
from scribe.read.limits import check_size
from scribe.types.note import Note

_ID_LENGTH = 12


def read_note(data: bytes, *, note_id: str | None = None, name: str | None = None) -> Note:
    """Read one note from the bytes of a file.

    Args:
        data: The whole input.
        note_id: Id of the note; without one, the first 12 hex digits of the hash of its text.
        name: How messages call the input, for example its path.

    Raises:
        NoteError: The input is empty, too large, binary, damaged, or of a format that has no reader yet.
    """
    shown = name or note_id or "the note"
    check_size(len(data), shown)
    if not data:
        raise EmptyNote(_empty(shown))
    kind = detect(data)
    text, cut_at = read_as(kind, data, shown)
    return note_from_text(
        text,
        note_id=note_id,
        format=kind.reported or kind.name,
        source_format=kind.name,
        cut_at=cut_at,
        name=shown,
    )


def note_from_text(
    text: str,
    *,
    note_id: str | None = None,
    format: str = "text",  # noqa: A002
    source_format: str | None = None,
    cut_at: tuple[int, ...] = (),
    name: str | None = None,
) -> Note:
    """Make a note of a text that is already decoded; the text is taken as it is.

    Args:
        text: The whole note.
        note_id: Id of the note; without one, the first 12 hex digits of the hash of its text.
        format: How the text arrived, for example ``text``.
        source_format: The same, finer.
        cut_at: Offsets at which it looks cut off.
        name: How messages call the input.

    Raises:
        NoteError: The text is empty, too large, or holds code points that no encoding can carry.
        TypeError: It is no string.
    """
    if not isinstance(text, str):
        msg = f"text is expected, not {type(text).__name__}; scribe.pipeline.read_note reads a file for Analyzer().analyze_note"
        raise TypeError(msg)
    shown = name or note_id or "the note"
    if not text.strip():
        raise EmptyNote(_empty(shown))
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError as error:
        msg = f"{shown}: code point {error.start} is half of a surrogate pair; decode the text again from its source"
        raise UnreadableNote(msg) from None
    check_size(len(encoded), shown)
    digest = hashlib.sha256(encoded).hexdigest()
    return Note(
        id=note_id or digest[:_ID_LENGTH],
        text=text,
        format=format,
        sha256=digest,
        source_format=source_format,
        cut_at=cut_at,
    )


def _empty(name: str) -> str:
    return f"{name}: empty; give a file that holds the text of one operative note"
