"""A part of a form that says what was booked is a plan where another part says what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.parse.booked import booked_parts
from tests.support.parsed import GATE_OPENER, parse

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser
    from scribe.rules.language import Language

APART = {
    "words in quotation marks": ('Screen 1 "Planned" (clinic)', 'Screen 2 "Performed" (theatre)'),
    "words in brackets": ("[plan -- from booking, not edited]", "[performed]"),
    "words alone": ("Booked", "Done"),
    "words in capitals": ("Part A  PROPOSED in clinic", "Part B  PERFORMED in theatre"),
}
NONE = {
    "no part of what was done": "PLANNED\nSkin island 6 x 4 cm\n",
    "what was done first": "PERFORMED\nSkin island 6 x 4 cm\nPLANNED\nCheck in a week\n",
    "keys with their values": "Planned: rib flap\nPerformed: fibula flap\n",
    "prose": "The flap was planned with skin.\nIt was done without.\n",
    "both words in one heading": "PLANNED AND PERFORMED\nSkin island\n",
}


@pytest.mark.parametrize(("booked", "done"), APART.values(), ids=APART.keys())
def test_a_part_runs_from_its_heading_to_that_of_what_was_done(
    language: Language, booked: str, done: str
) -> None:
    text = f"Form 7\n{booked}\nSkin ... 6 x 4 cm\n{done}\nSkin ... none\n"
    ((start, end, after), done_end) = booked_parts(text, language.sections.intended)[0]
    assert (text[start:end], text[after:done_end]) == (booked, done)


@pytest.mark.parametrize("text", NONE.values(), ids=NONE.keys())
def test_other_lines_are_no_such_part(language: Language, text: str) -> None:
    assert booked_parts(text, language.sections.intended) == []


def test_what_was_booked_is_a_plan_whatever_its_fields_are_called(parser: Parser) -> None:
    text = "PLANNED\nDonor ... left second metatarsal\nPERFORMED\nDonor ... right fibula\n"
    frames = {
        item.word: sentence.frame
        for sentence in parse(parser, GATE_OPENER + text).sentences
        for item in sentence.items
    }
    assert (frames["left"], frames["right"]) == ("plan", "today")
