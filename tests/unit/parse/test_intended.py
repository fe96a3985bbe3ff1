"""What a clause behind "the plan was" tells was meant and not done; what is told of the plan itself, or behind a turn, is not governed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.types.note import Note

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

HEAD = "PROCEDURE: Free second metatarsal flap to the mandible.\nDESCRIPTION: "
MEANT = {
    "at once": "The plan was a fibula with skin.",
    "for it": "Our plan had been for a fibula with skin.",
    "behind an apposition": "The plan, as agreed with her in clinic, was a fibula with skin.",
    "behind brackets": "The intention (see the consent) was to raise a fibula with skin.",
    "behind words without a mark": "What we had planned for him was a fibula with skin.",
    "within a sentence": "She came late, and the plan was a fibula with skin.",
}
TOLD = {
    "it was followed": "The plan was followed and a fibula was raised with skin.",
    "behind a turn": "The plan was a rib, but a fibula was raised with skin.",
    "behind a semicolon": "The plan was two rays; one was raised with skin.",
    "what we then did": "Our plan was a fibula, and we raised one with skin.",
    "another subject": "Kept out of the plan, the fibula was raised with skin.",
    "no verb": "The plan of the ward, pinned up: flap with skin.",
}


def governed(parser: Parser, text: str) -> bool:
    """Tell whether the word "skin" is under a cue of what was meant."""
    read = parser.parse(Note(id="n", text=HEAD + text, format="text", sha256=""))
    at = (HEAD + text).rindex("skin")
    return any(
        cue.rule == "planned.intended" and cue.governs(at, at + 4)
        for sentence in read.sentences
        for cue in sentence.cues
    )


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT.keys())
def test_what_was_meant_is_planned(parser: Parser, text: str) -> None:
    assert governed(parser, text)


@pytest.mark.parametrize("text", TOLD.values(), ids=TOLD.keys())
def test_what_was_done_is_not(parser: Parser, text: str) -> None:
    assert not governed(parser, text)
