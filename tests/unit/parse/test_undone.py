"""A sentence that the next one takes back is denied; what follows it otherwise denies nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.types.note import Note

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

HEAD = "PROCEDURE: Free second metatarsal flap to the mandible.\nDESCRIPTION: "
DENIED = {
    "not carried out": "A free flap was meant. This was not carried out.",
    "not performed": "A nerve repair was discussed. It was not performed.",
    "not made": "A monitoring island was discussed. It was not made.",
    "we did not": "Somebody wanted a magnetic resonance scan. We did not get one.",
    "and a reason": "A vein graft was asked for. It was not made as the stalk was long.",
    "none": "Pins were put out. None were used.",
    "abandoned": "A free flap was begun. It was abandoned.",
}
TOLD = {
    "more is said": "A free flap was raised. It was not carried out of the room.",
    "another deed": "A vein was dissected. It was not joined.",
    "another paragraph": "A free flap was raised.\n\nNot done.",
}


def denied(parser: Parser, text: str) -> bool:
    """Tell whether the first sentence of the description is denied by the one behind it."""
    read = parser.parse(Note(id="n", text=HEAD + text, format="text", sha256=""))
    return any(cue.rule == "answered.undone" for s in read.sentences for cue in s.cues)


@pytest.mark.parametrize("text", DENIED.values(), ids=DENIED.keys())
def test_what_was_not_done_is_denied(parser: Parser, text: str) -> None:
    assert denied(parser, text)


@pytest.mark.parametrize("text", TOLD.values(), ids=TOLD.keys())
def test_other_sentences_deny_nothing(parser: Parser, text: str) -> None:
    assert not denied(parser, text)
