"""Bytes become notes, unchanged; what cannot be a note is refused with its mend."""

from __future__ import annotations

import codecs
import hashlib

import pytest

from scribe.errors import EmptyNote, NoteError, NoteTooLarge, UnreadableNote, UnsupportedFormat
from scribe.read import note_from_text, read_note
from scribe.read.detect import FORMATS, Format
from scribe.types.note import MAX_BYTES

TEXT = "FINDINGS: 6 × 4 cm “paddle”\r\nÉtat: fine\ttab\n"
CP1252_TEXT = "6 × 4 cm – “paddle”, 37°"

ENCODINGS = {
    "utf-8": TEXT.encode("utf-8"),
    "utf-8 with mark": codecs.BOM_UTF8 + TEXT.encode("utf-8"),
    "utf-16 little endian with mark": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16 big endian with mark": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
}


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_every_encoding_gives_the_same_text_with_its_line_ends(data: bytes) -> None:
    assert read_note(data).text == TEXT


def test_windows_1252_is_the_fallback() -> None:
    assert read_note(CP1252_TEXT.encode("cp1252")).text == CP1252_TEXT


def test_a_mark_inside_the_text_is_text() -> None:
    assert read_note("a\ufeffb".encode()).text == "a\ufeffb"


def test_the_hash_is_of_the_text_and_not_of_the_bytes() -> None:
    digest = hashlib.sha256(TEXT.encode("utf-8")).hexdigest()
    assert {read_note(data).sha256 for data in ENCODINGS.values()} == {digest}


def test_without_a_name_the_id_is_the_start_of_the_hash() -> None:
    note = read_note(b"a note")
    assert note.id == note.sha256[:12]


def test_a_given_id_is_kept() -> None:
    assert read_note(b"a note", note_id="case-17").id == "case-17"


def test_markdown_is_text_with_its_marks() -> None:
    note = read_note(b"# Operative note\n\n**Surgeon:** A. B.\n")
    assert (note.format, note.text[:2]) == ("text", "# ")


def test_the_largest_note_is_read() -> None:
    assert len(read_note(b"a" * MAX_BYTES).text) == MAX_BYTES


REFUSED = {
    "empty": (b"", EmptyNote, "empty"),
    "only white space": (b" \r\n\t", EmptyNote, "empty"),
    "only a mark": (codecs.BOM_UTF8, EmptyNote, "empty"),
    "too large": (b"a" * (MAX_BYTES + 1), NoteTooLarge, "10 MiB"),
    "zero bytes": (b"abc\0\1\2", UnreadableNote, "binary"),
    "control characters": (b"\x01\x02\x03\x04text\x05\x06", UnreadableNote, "binary"),
    "utf-16 without mark": ("a note".encode("utf-16-le"), UnreadableNote, "UTF-16"),
    "utf-16 cut off": (codecs.BOM_UTF16_LE + b"a\0b", UnreadableNote, "UTF-16"),
    "utf-32": ("a note".encode("utf-32"), UnreadableNote, "UTF-32"),
    "utf-8 mark and then not": (codecs.BOM_UTF8 + b"caf\xe9", UnreadableNote, "UTF-8"),
    "damaged utf-8": ("é à ü ".encode() + b"\xff", UnreadableNote, "damaged"),
    "no encoding we know": (b"caf\x81", UnreadableNote, "encoding"),
    "zip": (b"PK\x03\x04 ...", UnreadableNote, "Word"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UnsupportedFormat, "Word"),
    "hl7v2 without a document": (b"MSH|^~\\&|A|B", EmptyNote, "no document"),
    "hl7v2 batch": (b"FHS|^~\\&|A|B", UnsupportedFormat, "one message"),
    "fhir without a note": (b'{"resourceType": "Bundle"}', EmptyNote, "no note"),
    "damaged ccda": (b'<?xml version="1.0"?><ClinicalDocument xmlns="x">', UnreadableNote, "XML"),
    "html without a word": (b"<!DOCTYPE html><p>", EmptyNote, "empty"),
    "another xml": (b"<?xml version='1.0'?><a/>", UnsupportedFormat, "XML"),
    "picture": (b"\x89PNG\r\n\x1a\n", UnsupportedFormat, "picture"),
    "sound": (b"RIFF\x00\x00\x00\x00WAVEfmt ", UnsupportedFormat, "sound"),
}


@pytest.mark.parametrize(("data", "error", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_note_is_refused(data: bytes, error: type[NoteError], words: str) -> None:
    with pytest.raises(error, match=words):
        read_note(data)


@pytest.mark.parametrize(("data", "error", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_names_the_input_and_the_mend_in_one_line(
    data: bytes, error: type[NoteError], words: str
) -> None:
    with pytest.raises(error) as refusal:
        read_note(data, name="ward/note 7.txt")
    message = str(refusal.value)
    assert message.startswith("ward/note 7.txt: ")
    assert ";" in message
    assert "\n" not in message
    assert words in message


LOOK_ALIKES = {
    "a body mass index is no bitmap": b"BMI 24. Free flap.",
    "a placeholder is no FHIR": b'{Surgeon} "resourceType"',
    "a bracket is no JSON": b"[ ] time-out done",
    "an angle is no page": b"<5 mL blood loss",
    "a message header inside": b"Copied:\nMSH|^~\\&|A",
    "a note about PDF": b"see %PDF-1.7",
}


@pytest.mark.parametrize("data", LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys())
def test_look_alikes_are_text(data: bytes) -> None:
    assert read_note(data).text == data.decode("ascii")


def test_a_text_is_taken_as_it_is() -> None:
    assert note_from_text("\ufeff a \r\n").text == "\ufeff a \r\n"


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(UnreadableNote, match="code point 2"):
        note_from_text("ab\ud800")


def test_the_text_of_a_note_is_not_in_its_repr() -> None:
    assert "secret" not in repr(note_from_text("secret words"))


KNOWN = {"text", "docx", "pdf", "rtf", "hl7v2", "fhir", "ccda"}


@pytest.mark.parametrize(
    "kind", [each for each in FORMATS if each.read], ids=lambda each: each.name
)
def test_every_format_that_is_read_is_one_of_the_contract(kind: Format) -> None:
    assert (kind.reported or kind.name) in KNOWN | {"doc"}  # whose reader only says what to do


def test_a_page_is_text_and_its_finer_name_is_kept() -> None:
    note = read_note(b"<html><p>seen</p></html>")
    assert (note.format, note.source_format) == ("text", "html")
