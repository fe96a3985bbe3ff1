"""Real files of every format, made for a test: what a word processor, a printer or an archive would write."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LINES_A_PAGE = 55
WIDEST = 95


def make_docx(lines: Iterable[str], *, rows: Iterable[tuple[str, ...]] = ()) -> bytes:
    """Return a Word document with a paragraph a line and, after them, one table."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    for row in rows:
        table = document.add_table(rows=1, cols=len(row))
        for cell, words in zip(table.rows[0].cells, row, strict=True):
            cell.text = words
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make_pdf(lines: Iterable[str]) -> bytes:
    """Return a PDF with a text layer; long lines are wrapped as on paper."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    at = 0
    for line in wrapped(lines):
        if at == LINES_A_PAGE:
            canvas.showPage()
            at = 0
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 790 - 13 * at, line)
        at += 1
    canvas.save()
    return file.getvalue()


def wrapped(lines: Iterable[str]) -> Iterable[str]:
    """Yield lines that fit on a page."""
    for line in lines:
        rest = line
        while len(rest) > WIDEST:
            cut = rest.rfind(" ", 0, WIDEST)
            yield rest[:cut]
            rest = rest[cut + 1 :]
        yield rest


def make_scan(lines: Iterable[str] = ()) -> bytes:
    """Return a PDF whose last page is a picture; the lines stand on a page before it."""
    from PIL import Image

    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for at, line in enumerate(lines):
        canvas.drawString(50, 790 - 13 * at, line)
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (20, 20), 128)), 0, 0, 500, 700)
    canvas.save()
    return file.getvalue()


def lock_pdf(raw: bytes, password: str, owner: str | None = None) -> bytes:
    """Return the PDF behind a password."""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(raw)))
    writer.encrypt(password, owner, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def make_rtf(lines: Iterable[str]) -> bytes:
    """Return an RTF file with a paragraph a line."""
    body = "\\par\n".join(
        "".join(f"\\{c}" if c in "\\{}" else c if c.isascii() else f"\\u{ord(c)}?" for c in line)
        for line in lines
    )
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}{\\*\\generator Test;}\\f0\\fs22 "
    )
    return (head + body + "\\par\n}").encode("ascii")


def make_zip(
    members: Mapping[str, bytes], *, date: tuple[int, ...] = (2026, 1, 1, 0, 0, 0)
) -> bytes:
    """Return a ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, date), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def lock_zip(raw: bytes) -> bytes:
    """Return the ZIP archive with every part marked as encrypted."""
    data = bytearray(raw)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)
