"""Which format the bytes are, told by what they begin with and never by a file name."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import dataclass

from scribe.errors import UnreadableNote, UnsupportedFormat
from scribe.read.from_ccda import read_ccda
from scribe.read.from_docx import read_compound, read_docx
from scribe.read.from_fhir import read_fhir
from scribe.read.from_hl7v2 import read_hl7v2
from scribe.read.from_html import read_html
from scribe.read.from_pdf import read_pdf
from scribe.read.from_rtf import read_rtf
from scribe.read.from_text import read_text
from scribe.read.hl7v2 import is_batch, is_message

_HEAD = 4096
_PLAIN = "save the note as plain text (.txt) and try again"
_DOCUMENT = re.compile(rb"<(?:\w+:)?ClinicalDocument[\s>]")
_JSON = re.compile(rb'[\[{]\s*["\[{]')
_RESOURCE = b'"resourceType"'

Reader = Callable[[bytes, str], str | tuple[str, tuple[int, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of input.

    Attributes:
        name: What ``note.source_format`` says.
        label: What messages say.
        matches: Tells the format by the first bytes behind leading blanks.
        holds: What has to stand somewhere beside, where the first bytes leave it open: the keys of JSON have no order.
        read: Turns the bytes into text, given the name for messages, and tells where it looks cut off, if it can; None where
            this version has no reader.
        mend: What the user can do while there is no reader.
        reported: What ``note.format`` says where that is not the name: the contract knows seven formats.
    """

    name: str
    label: str
    matches: Callable[[bytes], bool]
    holds: bytes = b""
    read: Reader | None = None
    mend: str = _PLAIN
    reported: str | None = None


# What may carry documents of other formats, and may not carry one another.
_CARRIERS = frozenset({"hl7v2", "fhir"})


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _is_json(head: bytes) -> bool:
    return bool(_JSON.match(head))


def _is_ccda(head: bytes) -> bool:
    return head.startswith(b"<") and bool(_DOCUMENT.search(head))


def _is_html(head: bytes) -> bool:
    return head[:14].lower().startswith((b"<!doctype html", b"<html"))


def _is_audio(head: bytes) -> bool:
    is_wave = head[:4] == b"RIFF" and head[8:12] == b"WAVE"
    return (
        is_wave
        or head[4:8] == b"ftyp"
        or head.startswith((b"ID3\x02", b"ID3\x03", b"ID3\x04", b"OggS", b"fLaC", b"\xff\xfb"))
    )


# The order is the order of asking; plain text, which matches everything, stands last.
FORMATS: tuple[Format, ...] = (
    Format(name="pdf", label="PDF", matches=_starts(b"%PDF-"), read=read_pdf),
    Format(name="rtf", label="RTF", matches=_starts(b"{\\rtf"), read=read_rtf),
    Format(
        name="docx",
        label="Word document or other ZIP file",
        matches=_starts(b"PK\x03\x04", b"PK\x05\x06"),
        read=read_docx,
    ),
    Format(
        name="doc",
        label="old Word document",
        matches=_starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        read=read_compound,
    ),
    Format(
        name="hl7v2",
        label="HL7 v2 message",
        matches=is_message,
        read=lambda raw, name: read_hl7v2(raw, name, read_attached),
    ),
    Format(
        name="hl7v2 batch",
        label="file of several HL7 v2 messages",
        matches=is_batch,
        mend="give one message at a time, or the file to scribe audit",
    ),
    Format(
        name="fhir",
        label="FHIR resource",
        matches=_is_json,
        holds=_RESOURCE,
        read=lambda raw, name: read_fhir(raw, name, read_attached),
    ),
    Format(
        name="ccda",
        label="C-CDA document",
        matches=_is_ccda,
        read=lambda raw, name: read_ccda(raw, name, read_attached),
    ),
    Format(name="html", label="HTML page", matches=_is_html, read=read_html, reported="text"),
    Format(name="markup", label="XML document of another kind", matches=_starts(b"<?xml")),
    Format(
        name="image",
        label="picture",
        matches=_starts(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"),
        mend="scribe does not recognise text in pictures; give the note as text",
    ),
    Format(
        name="audio",
        label="sound recording",
        matches=_is_audio,
        mend="transcribe the dictation first and give the text",
    ),
    Format(
        name="archive",
        label="compressed file",
        matches=_starts(b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"BZh"),
        mend="unpack it and give the note itself",
    ),
    Format(name="text", label="plain text", matches=lambda _: True, read=read_text),
)


def read_attached(raw: bytes, name: str) -> str:
    """Return the text of a document that another one carries; one level deep.

    Raises:
        NoteError: No reader understands it, or it is damaged.
    """
    kind = detect(raw)
    if kind.name in _CARRIERS:
        msg = f"{name}: a message inside a message; send the inner one alone"
        raise UnreadableNote(msg)
    return read_as(kind, raw, name)[0]


def read_as(kind: Format, raw: bytes, name: str) -> tuple[str, tuple[int, ...]]:
    """Return the text of a document of a known format, and the offsets at which it looks cut off.

    Raises:
        NoteError: No reader understands it, or it is damaged.
    """
    if kind.read is None:
        msg = f"{name}: {kind.label}, which scribe does not read; {kind.mend}"
        raise UnsupportedFormat(msg)
    read = kind.read(raw, name)
    return (read, ()) if isinstance(read, str) else read


def detect(raw: bytes) -> Format:
    """Return the format of the bytes; what no other format claims is plain text."""
    head = raw.removeprefix(BOM_UTF8).lstrip()[:_HEAD]
    return next(each for each in FORMATS if each.matches(head) and each.holds in raw)
