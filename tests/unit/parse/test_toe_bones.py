"""A metatarsal that is told by its toe is one, and a number alone is once the note has said what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.types.note import Note

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

HEAD = "DESCRIPTION: The flap was raised on the dorsalis pedis artery. "
KNOWN = {
    "behind its toe": ("We took the bone behind the second toe.", "bone"),
    "words between": ("We took the bone that stands right behind his fourth toe.", "bone"),
    "the big toe": ("The bone behind the big toe stayed.", "bone"),
    "a number, once a toe was named": (
        "Not the bone behind the second toe. Used the one behind the third.",
        "one",
    ),
}
UNKNOWN = {
    "no toe": ("A plate lay on the bone behind the joint.", "bone"),
    "a toe that is only near": ("The bone was cut and the second toe was pink.", "bone"),
    "a number before any toe": (
        "The second metatarsal bled. Used the one behind the third.",
        "one",
    ),
}


def tags(parser: Parser, text: str, word: str) -> list[str]:
    """Return the tags of the last place of a word."""
    note = Note(id="n", text=HEAD + text, format="text", sha256="")
    items = [item for s in parser.parse(note).sentences for item in s.items]
    return [[c.tag for c in item.concepts] for item in items if item.word == word][-1]


@pytest.mark.parametrize(("text", "word"), KNOWN.values(), ids=KNOWN.keys())
def test_a_bone_told_by_its_toe_is_a_metatarsal(parser: Parser, text: str, word: str) -> None:
    assert tags(parser, text, word) == ["MT"]


@pytest.mark.parametrize(("text", "word"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_another_bone_is_none(parser: Parser, text: str, word: str) -> None:
    assert "MT" not in tags(parser, text, word)
