"""Letters stand for the one name of the note that begins with them, and for no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.types.note import Note

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

HEAD = "PROCEDURE: Free second metatarsal flap to the mandible.\nDESCRIPTION: "


def read(parser: Parser, text: str, letters: str) -> set[str]:
    """Return what letters mean in a note."""
    parsed = parser.parse(Note(id="n", text=text, format="text", sha256=""))
    return {
        concept.value
        for sentence in parsed.sentences
        for item in sentence.items
        if item.word == letters.lower()
        for concept in item.concepts
    }


def meant(parser: Parser, told: str, letters: str) -> set[str]:
    """Return what letters mean in a note that tells something."""
    return read(parser, f"{HEAD}{told} It went to {letters}.", letters)


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


NERVE = "The inferior alveolar nerve was kept."


@pytest.mark.parametrize(
    "told",
    [
        "The IAN was found.",
        "It was joined to IAN with 8-0 nylon.",
        "Nerve: IAN",
        "IAN repaired.",
        "it was joined to the ian.",
        "joined to ian, end to end.",
        "nerve: ian",
        "ARTERY: NONE, NERVE: IAN",
        "THE BRANCH WENT TO THE IAN WITH NYLON.",
    ],
)
def test_letters_are_written_as_letters_are(parser: Parser, told: str) -> None:
    assert read(parser, f"{HEAD}{NERVE}\n{told}\n", "IAN") == {"inferior alveolar nerve"}


@pytest.mark.parametrize(
    "told",
    [
        "Ian Foster held the leg.",
        "The leg was held by Ian.",
        "Assisted by ian foster.",
        "Assistant: Ian",
        "Assistant: Ian Foster",
        "assistant: ian foster",
        "DR IAN FOSTER HELD THE LEG.",
        "I thank Ian.",
    ],
)
def test_a_name_of_a_person_is_no_letters(parser: Parser, told: str) -> None:
    assert read(parser, f"{HEAD}{NERVE}\n{told}\n", "IAN") == set()


def test_a_note_without_capitals_has_letters(parser: Parser) -> None:
    text = (
        "free second metatarsal flap to the mandible. the superficial temporal artery was found. "
        "the flap artery was joined to the sta end to end."
    )
    assert read(parser, text, "sta") == {"superficial temporal artery"}
