"""A piece that a note names once by its shape and what it is made of is known again by the shape alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.types.note import Note

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

HEAD = "DESCRIPTION: The second metatarsal flap was raised on the dorsalis pedis artery. "
KNOWN = {
    "of skin": ("A leaf of skin was raised with it. The leaf bled.", "leaf", "PADDLE"),
    "the other way round": (
        "A skin spindle was raised with it. The spindle bled.",
        "spindle",
        "PADDLE",
    ),
    "of the skin's other words": (
        "A sail of dorsal integument was raised. The sail bled.",
        "sail",
        "PADDLE",
    ),
    "over the first web": (
        "An oval, 7 by 5 cm, was drawn over the first web. The oval bled.",
        "oval",
        "PADDLE",
    ),
    "of a bone": (
        "A 5 cm rod of the second metatarsal was lifted. The rod bled.",
        "rod",
        "SEG",
    ),
}
UNKNOWN = {
    "a shape that the note never gave": ("The leaf bled.", "leaf"),
    "skin that was lost": ("A strip of skin was missing. A leaf was lost with it.", "leaf"),
    "a name given only later": ("The leaf bled. Then a leaf of skin was raised.", "leaf"),
}


def tags(parser: Parser, text: str, word: str) -> list[str]:
    """Return the tags of a word that stands alone, where it is first met."""
    note = Note(id="n", text=HEAD + text, format="text", sha256="")
    items = [item for s in parser.parse(note).sentences for item in s.items]
    return next([c.tag for c in item.concepts] for item in items if item.word == word)


@pytest.mark.parametrize(("text", "word", "tag"), KNOWN.values(), ids=KNOWN.keys())
def test_a_short_name_means_what_the_note_gave_it(
    parser: Parser, text: str, word: str, tag: str
) -> None:
    assert tags(parser, text, word) == [tag]


@pytest.mark.parametrize(("text", "word"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_a_shape_without_a_name_stays_a_word(parser: Parser, text: str, word: str) -> None:
    assert tags(parser, text, word) == []
