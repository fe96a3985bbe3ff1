"""Letters stand for the one name of the note that begins with them, and for no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.types.note import Note

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

HEAD = "PROCEDURE: Free second metatarsal flap to the mandible.\nDESCRIPTION: "


def meant(parser: Parser, told: str, letters: str) -> set[str]:
    """Return what letters mean in a note that tells something."""
    read = parser.parse(
        Note(id="n", text=f"{HEAD}{told} It went to {letters}.", format="text", sha256="")
    )
    return {
        concept.value
        for sentence in read.sentences
        for item in sentence.items
        if item.word == letters.lower()
        for concept in item.concepts
    }


def test_letters_of_a_name_that_is_spelled_out_are_read(parser: Parser) -> None:
    told = "The superficial temporal artery was found."
    assert meant(parser, told, "STA") == {"superficial temporal artery"}


def test_letters_of_no_name_are_left_alone(parser: Parser) -> None:
    assert not meant(parser, "The facial artery was found.", "STA")


def test_letters_of_two_names_are_left_alone(parser: Parser) -> None:
    told = "The superficial temporal artery and the superior thyroid artery were found."
    assert not meant(parser, told, "STA")


def test_letters_that_the_vocabulary_has_keep_their_meaning(parser: Parser) -> None:
    assert meant(parser, "The dorsalis pedis artery was found.", "DPA") == {"dorsalis pedis artery"}
