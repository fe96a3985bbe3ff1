"""Word, PDF and RTF files give their words; what is damaged, locked or scanned is refused in one line."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from scribe.errors import EmptyNote, NoteError, NoteTooLarge, UnreadableNote, UnsupportedFormat
from scribe.read import read_note
from scribe.read.limits import MAX_PAGES
from tests.support.documents import (
    lock_pdf,
    lock_zip,
    make_docx,
    make_pdf,
    make_rtf,
    make_scan,
    make_zip,
)

LINES = ["OPERATIVE REPORT", "SURGEON: A. Bravo, MD", "FINDINGS: skin paddle 6 x 4 cm"]
ACCENTED = ["État du lambeau: 37°, “pink”"]
PART = "word/document.xml"


def with_part(raw: bytes, name: str, content: bytes) -> bytes:
    """Return the package with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    return make_zip({**parts, name: content})


MADE = {"docx": make_docx, "pdf": make_pdf, "rtf": make_rtf}


@pytest.mark.parametrize("kind", MADE)
def test_the_lines_come_as_they_stand(kind: str) -> None:
    note = read_note(MADE[kind](LINES))
    assert (note.format, note.text.splitlines()) == (kind, LINES)


@pytest.mark.parametrize("kind", ["docx", "rtf"])
def test_letters_beyond_ascii_are_kept(kind: str) -> None:
    assert read_note(MADE[kind](ACCENTED)).text.splitlines() == ACCENTED


def test_the_name_of_a_file_does_not_matter() -> None:
    assert read_note(make_pdf(LINES), name="note.docx").format == "pdf"


def test_a_table_is_read_row_by_row_with_tabs() -> None:
    raw = make_docx(LINES[:1], rows=[("Blood loss", "50 mL"), ("Drains", "none")])
    assert read_note(raw).text.splitlines()[1:] == ["Blood loss\t50 mL", "Drains\tnone"]


def tracked(tag: str) -> bytes:
    """Return a document in which words stand inside a mark of tracked changes."""
    document = docx.Document()
    paragraph = document.add_paragraph("The paddle was ")
    run = paragraph.add_run("not taken")
    mark = OxmlElement(tag)
    run._element.addprevious(mark)
    mark.append(run._element)
    if tag == "w:del":
        run._element.find(qn("w:t")).tag = qn("w:delText")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_tracked_insertion_is_read() -> None:
    assert read_note(tracked("w:ins")).text == "The paddle was not taken\n"


def test_a_tracked_deletion_is_not_read() -> None:
    assert read_note(tracked("w:del")).text == "The paddle was \n"


def test_a_content_control_is_read() -> None:
    control = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:sdt><w:sdtContent>'
        "<w:p><w:r><w:t>In a field</w:t></w:r></w:p></w:sdtContent></w:sdt></w:body></w:document>"
    )
    assert read_note(with_part(make_docx([]), PART, control.encode())).text == "In a field\n"


def test_a_header_is_read_before_the_body() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Date of operation: 2026-01-05"
    document.add_paragraph(LINES[0])
    file = io.BytesIO()
    document.save(file)
    assert read_note(file.getvalue()).text.splitlines() == [
        "Date of operation: 2026-01-05",
        LINES[0],
    ]


def test_pages_follow_each_other() -> None:
    lines = [f"line {number}" for number in range(120)]
    assert read_note(make_pdf(lines)).text.splitlines() == lines


def test_a_pdf_that_is_only_locked_against_changes_is_read() -> None:
    assert read_note(lock_pdf(make_pdf(LINES), "", "owner")).text.splitlines() == LINES


BOMB = make_zip({PART: b" " * (200 * 1024 * 1024)})
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)
DEEP = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    + b"<w:body>" * 3000
    + b"</w:body>" * 3000
    + b"</w:document>"
)
DOCX = make_docx(LINES * 50)
PDF = make_pdf(LINES)
RTF = make_rtf(LINES)

REFUSED = {
    "docx cut off": (DOCX[: len(DOCX) // 2], UnreadableNote, "damaged"),
    "docx without words": (make_docx([]), EmptyNote, "empty"),
    "docx behind a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        UnreadableNote,
        "password",
    ),
    "docx with locked parts": (lock_zip(DOCX), UnreadableNote, "password"),
    "docx bomb": (BOMB, NoteTooLarge, "unpacks"),
    "docx of very many parts": (
        make_zip({PART: b"<x/>"} | {f"{n}.xml": b"" for n in range(2001)}),
        NoteTooLarge,
        "unpacks",
    ),
    "docx with entities": (with_part(DOCX, PART, ENTITIES), UnreadableNote, "entities"),
    "docx with entities in wide letters": (
        with_part(DOCX, PART, ENTITIES.decode().encode("utf-16")),
        UnreadableNote,
        "entities",
    ),
    "docx nested without end": (with_part(DOCX, PART, DEEP), UnreadableNote, "damaged"),
    "docx of broken markup": (with_part(DOCX, PART, b"<w:document"), UnreadableNote, "damaged"),
    "another zip": (make_zip({"a.txt": b"a"}), UnsupportedFormat, "Word"),
    "pdf cut off": (PDF[: len(PDF) // 2], UnreadableNote, "end is missing"),
    "pdf of nothing": (b"%PDF-1.7\n%%EOF", UnreadableNote, "damaged"),
    "pdf behind a password": (lock_pdf(PDF, "secret"), UnreadableNote, "password"),
    "pdf scanned": (make_scan(), UnreadableNote, "page 2 of 2 is scanned"),
    "pdf with one scanned page": (make_scan(LINES), UnreadableNote, "page 2 of 2 is scanned"),
    "pdf without words": (make_pdf([]), EmptyNote, "empty"),
    "pdf of very many pages": (
        make_pdf(["x"] * 55 * (MAX_PAGES + 1)),
        NoteTooLarge,
        f"limit of {MAX_PAGES}",
    ),
    "rtf cut off": (RTF[: len(RTF) // 2], UnreadableNote, "end is missing"),
    "rtf without words": (b"{\\rtf1 }", EmptyNote, "empty"),
}


@pytest.mark.parametrize(("data", "error", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_used_is_refused_in_one_line(
    data: bytes, error: type[NoteError], words: str
) -> None:
    with pytest.raises(error, match=words) as refusal:
        read_note(data, name="ward/note 7")
    message = str(refusal.value)
    assert message.startswith("ward/note 7: ")
    assert ";" in message
    assert "\n" not in message
    assert "Bravo" not in message
