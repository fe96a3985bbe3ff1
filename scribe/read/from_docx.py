"""Word documents (.docx): the words of the body in reading order, tables row by row, tracked insertions kept, deletions left out."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from scribe.errors import MissingDependency, UnreadableNote, UnsupportedFormat
from scribe.read.limits import check_unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({_W + "del", _W + "moveFrom", _FALLBACK, _W + "instrText", _W + "pict"})
_CHARACTERS = {
    _W + "tab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "-",
    _W + "softHyphen": "",
}
_BODY = "word/document.xml"
_SCHEMA_MARKS = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))
_HEAD = 4096
_ENCRYPTED = 0x1
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MEND = "open it in a word processor and save it again"


def read_docx(raw: bytes, name: str) -> str:
    """Return the text of a Word document: header of the first page, then the body.

    Args:
        raw: The whole file.
        name: How messages call the input.

    Raises:
        NoteError: Damaged, locked, too large when unpacked, another kind of ZIP file, or python-docx is missing.
    """
    _check_package(raw, name)
    try:
        import docx
    except ImportError:
        msg = f"{name}: Word documents need python-docx; install opnote-scribe[audit]"
        raise MissingDependency(msg) from None
    try:
        document = docx.Document(io.BytesIO(raw))
        header = _header(document)
        blocks = [*header, *_blocks(document.element.body)]
    except Exception as error:  # noqa: BLE001 - a damaged document fails in many ways, and messages may hold words of it
        msg = f"{name}: damaged Word document ({type(error).__name__}); {_MEND}"
        raise UnreadableNote(msg) from None
    return "\n".join(blocks) + "\n" if any(blocks) else ""


def read_compound(raw: bytes, name: str) -> str:
    """Refuse an old Word document, or a new one behind a password: both come in the same kind of file.

    Raises:
        UnreadableNote: The document is protected by a password.
        UnsupportedFormat: It is an old Word document.
    """
    if _LOCKED in raw:
        msg = f"{name}: protected by a password; remove it and save the document again"
        raise UnreadableNote(msg)
    msg = f"{name}: old Word document, which scribe does not read; save it as .docx or plain text and try again"
    raise UnsupportedFormat(msg)


def _check_package(raw: bytes, name: str) -> None:
    """Look at the directory of the ZIP file before any of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            entries = package.infolist()
            if any(each.flag_bits & _ENCRYPTED for each in entries):
                msg = f"{name}: protected by a password; remove it and save the document again"
                raise UnreadableNote(msg)
            if _BODY not in package.namelist():
                msg = f"{name}: Word document or other ZIP file without a Word text; save the note as .docx or plain text and try again"
                raise UnsupportedFormat(msg)
            check_unpacked([(each.compress_size, each.file_size) for each in entries], name)
            for each in entries:
                if each.filename.endswith((".xml", ".rels")):
                    _refuse_schema(package.open(each).read(_HEAD), name)
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        KeyError,
    ) as error:
        msg = f"{name}: damaged Word document or other ZIP file ({type(error).__name__}); {_MEND}"
        raise UnreadableNote(msg) from None
    except zipfile.zlib.error:  # type: ignore[attr-defined]
        msg = f"{name}: damaged Word document (bad compression); {_MEND}"
        raise UnreadableNote(msg) from None


def _refuse_schema(head: bytes, name: str) -> None:
    """Refuse a document type of its own: no word processor writes one, and entities can grow without end."""
    if any(mark in head for mark in _SCHEMA_MARKS):
        msg = f"{name}: Word document with XML entities, which is not safe to read; {_MEND}"
        raise UnreadableNote(msg)


def _header(document: Any) -> list[str]:
    section = next(iter(document.sections), None)
    if section is None or section.header.is_linked_to_previous:
        return []
    return [each for each in _blocks(section.header._element) if each.strip()]


def _blocks(parent: Any) -> Iterator[str]:
    """Yield paragraphs and table rows, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _W + "p":
            yield _words(child)
        elif child.tag == _W + "tbl":
            for row in child.iter(_W + "tr"):
                cells = [" ".join(_blocks(cell)).strip() for cell in row.iterchildren(_W + "tc")]
                yield "\t".join(cells)
        else:
            yield from _blocks(child)


def _words(paragraph: Any) -> str:
    return "".join(_pieces(paragraph))


def _pieces(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag != _W + "pPr":
            yield from _pieces(child)
