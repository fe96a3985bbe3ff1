"""PDF files: the text layer, page by page. A scanned page is an error, since half a note would look like a note with gaps."""

from __future__ import annotations

import io
import logging
from typing import Any

from scribe.errors import EmptyNote, MissingDependency, NoteError, NoteTooLarge, UnreadableNote
from scribe.read.limits import MAX_PAGES
from scribe.types.note import MAX_BYTES

_TAIL = 2048
_END = b"%%EOF"
_MEND = "print it to PDF again from its source, or give the note as text"


def read_pdf(raw: bytes, name: str) -> str:
    """Return the text layer of a PDF file; pages follow each other with a line end.

    Args:
        raw: The whole file.
        name: How messages call the input.

    Raises:
        NoteError: Damaged, cut off, locked, scanned, over the limit of pages, or pypdf is missing.
    """
    try:
        import pypdf
    except ImportError:
        msg = f"{name}: PDF files need pypdf; install opnote-scribe[audit]"
        raise MissingDependency(msg) from None
    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL + 1
    )  # its warnings may hold words of the file
    if _END not in raw[-_TAIL:]:
        msg = f"{name}: damaged PDF, its end is missing; {_MEND}"
        raise UnreadableNote(msg)
    try:
        return _text(pypdf.PdfReader(io.BytesIO(raw)), name)
    except NoteError:
        raise
    except (Exception, RecursionError) as error:  # noqa: BLE001 - a damaged file fails in many ways, and messages may hold words of it
        msg = f"{name}: damaged PDF ({type(error).__name__}); {_MEND}"
        raise UnreadableNote(msg) from None


def _text(reader: Any, name: str) -> str:
    if reader.is_encrypted and not _is_open_without_password(reader):
        msg = f"{name}: protected by a password; remove it and save the PDF again"
        raise UnreadableNote(msg)
    count = len(reader.pages)
    if count > MAX_PAGES:
        msg = f"{name}: {count} pages, over the limit of {MAX_PAGES}; give one operative note at a time"
        raise NoteTooLarge(msg)
    pages: list[str] = []
    size = 0
    for number, page in enumerate(reader.pages, 1):
        words = page.extract_text()
        size += len(words)
        if size > MAX_BYTES:
            msg = f"{name}: more text than 10 MiB; give one operative note at a time"
            raise NoteTooLarge(msg)
        if words.strip():
            pages.append(words.rstrip("\n"))
        elif _has_picture(page):
            msg = (
                f"{name}: page {number} of {count} is scanned, without a text layer; "
                "scribe does not recognise text in pictures; give the note as text"
            )
            raise UnreadableNote(msg)
    if not pages:
        msg = f"{name}: empty PDF, no page has a text layer; give the note as text"
        raise EmptyNote(msg)
    # Half of a surrogate pair, from a broken font table, can stand in no file: show it as unreadable.
    return ("\n".join(pages) + "\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_open_without_password(reader: Any) -> bool:
    """Try the empty password: many files are only locked against changes."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001 - a cipher that is not installed is as closed as a password
        return False


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    return any(
        each.get_object().get("/Subtype") in ("/Image", "/Form")
        for each in objects.get_object().values()
    )
