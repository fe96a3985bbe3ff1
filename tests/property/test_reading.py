"""Readers never crash and never change a text."""

from __future__ import annotations

import codecs

from hypothesis import given
from hypothesis import strategies as st

from scribe.errors import NoteError
from scribe.read import note_from_text, read_note

MARKS = (b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t"), min_size=1
)


def read_or_refuse(data: bytes) -> tuple[str, str]:
    """Return the text and an empty message, or an empty text and the message of the refusal."""
    try:
        return read_note(data, name="input").text, ""
    except NoteError as refusal:
        return "", str(refusal)


@given(st.sampled_from(MARKS), st.binary(max_size=400))
def test_any_bytes_give_a_note_or_a_refusal_in_one_line(mark: bytes, data: bytes) -> None:
    text, message = read_or_refuse(mark + data)
    assert bool(text.strip()) != bool(message)
    assert not message or (message.startswith("input: ") and "\n" not in message)


@given(PLAIN.filter(str.strip))
def test_a_text_is_never_changed(text: str) -> None:
    assert note_from_text(text).text == text


@given(PLAIN.filter(str.strip))
def test_utf_16_gives_back_what_went_in(text: str) -> None:
    assert read_note(codecs.BOM_UTF16_LE + text.encode("utf-16-le")).text == text
