"""A label that names an earlier note as copied heads history, and an earlier operation stays one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.parse.copied import CopiedLabel
from scribe.types.note import Note

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser
    from scribe.rules.language import Language

COPIED = {
    "brought forward": ("Clinic note 7/30, brought forward: 58 y.o., fell.", "indications"),
    "copied from": ("Copied from burn clinic 3/20: 61M, caught in a press.", "indications"),
    "in brackets on its line": ("OFFICE NOTE 3/18 (carried forward)", "indications"),
    "pasted": ("Problem list pasted from clinic: prior surgery", "indications"),
    "an earlier operation": (
        "Prior op note 10/30, pasted: The fibula was raised.",
        "earlier_operation",
    ),
}
OTHER = {
    "an artery": "The dorsalis pedis was carried forward: it became the first dorsal metatarsal artery.",
    "nothing copied": "Nothing copied from the clinic note: all is new.",
    "no colon": "The clinic note was copied into the chart by the clerk and signed there",
    "no such words": "Clinic note 7/30: 58 y.o., fell.",
}


@pytest.fixture
def label(language: Language) -> CopiedLabel:
    return CopiedLabel(language.sections.copied)


@pytest.mark.parametrize(("line", "section"), COPIED.values(), ids=COPIED.keys())
def test_a_copied_note_is_known(label: CopiedLabel, line: str, section: str) -> None:
    found = label.match(line)
    assert found is not None
    assert found[0] == section


@pytest.mark.parametrize("line", OTHER.values(), ids=OTHER.keys())
def test_other_lines_are_none(label: CopiedLabel, line: str) -> None:
    assert label.match(line) is None


def test_an_operation_that_was_copied_is_history(parser: Parser) -> None:
    text = (
        "PROCEDURE: Free second metatarsal flap to the radius.\n"
        "Prior op note 10/30/2024, pasted: The fibula was raised. Pedicle divided at 7 cm. "
        "Peroneal artery end-to-end to the radial artery.\n"
        "DESCRIPTION: The metatarsal was raised.\n"
    )
    read = parser.parse(Note(id="n", text=text, format="text", sha256=""))
    frames = {text[s.start : s.end]: s.frame for s in read.sentences}
    assert frames["Pedicle divided at 7 cm."] == "history"
