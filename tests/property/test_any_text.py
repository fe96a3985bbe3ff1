"""Any text gives a result, and none takes for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

OPENER = "PROCEDURE: Free second metatarsal flap, anastomosis end-to-end.\nDESCRIPTION: "
SIZE = 50_000
PIECES = {
    "double quotes": '"',
    "single quotes": "'",
    "typographic quotes": "\u201c",
    "spaces": " ",
    "tabs": "\t",
    "line breaks": "\n",
    "windows line breaks": "\r\n",
    "one letter": "a",
    "one capital": "A",
    "digits": "7",
    "numbers": "7 ",
    "sizes without end": "7 x ",
    "hyphens": "-",
    "stars": "*",
    "underscores": "_",
    "brackets": "[",
    "closed brackets": "[ ]",
    "braces": "{",
    "full stops": ".",
    "commas": ",",
    "colons": "a: ",
    "the the the": "the ",
    "ruled lines": "-" * 60 + "\n",
    "points said": "at one point 2.5 ",
    "tags": "skin paddle ",
    "vessels": "dorsalis pedis artery to radial artery ",
    "headings": "FINDINGS: none\n",
    "bullets": "- \n",
    "a wide character": "\U0001f9b4",
    "a combining mark": "e\u0301",
    "a word of one sound": "doors alice ",
}
KNOWN_WORDS = {
    "no no no": "no ",
    "cues": "not without ",
    "corrections": "no left right ",
    "tags and lengths": "pedicle 6 cm ",
}
SOME = 1_500
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
ANY_BUT_RAISED = st.text(st.characters(exclude_categories=["Cs", "No"]), max_size=300)
WORDS_OF_NUMBERS = (
    "0 1 2.5 12,5 250 9999999999999 one two twenty hundred",
    "point and a half quarter tenths / x cm at",
)
NUMBER_WORDS = st.lists(st.sampled_from(" ".join(WORDS_OF_NUMBERS).split()), max_size=12).map(
    " ".join
)
RAISED = {
    "a power of ten": "Platelets 250 x 10\u2079/L.",
    "a footnote": "The flap was raised \u00b9.",
    "a number in a circle": "\u2460 The flap was raised.",
}


@given(ANY.filter(str.strip))
@example("\u0130stanbul \u212a 6 \u212bcm")
@example("\ufeff\u200b\u200d metatarsal")
@example("\u00bd \u2075 \u2460 \u0664 cm")
def test_any_text_gives_a_result(analyzer: Analyzer, text: str) -> None:
    assert analyzer.analyze(text).note.text == text


@settings(max_examples=100)
@given(ANY_BUT_RAISED)
@example("\u00bd cm x \u00bc cm")
@example("\u0664 cm x \u0665 cm")
@example("\u00bd\u00bc")
@example("\u0660\u0661:\u0662\u0663")
@example("1,234,567 cm x 1,2,3 mm")
@example("9" * 400 + " cm")
@example("two hundred hundred hundred and and half point point five")
def test_any_text_within_an_operation_gives_a_result(analyzer: Analyzer, text: str) -> None:
    note = f"{OPENER}{text}\nThe pedicle was divided."
    places = [place for fact in analyzer.analyze(note).facts for place in fact.evidence]
    assert all(note[place.start : place.end] == place.text for place in places)


@given(NUMBER_WORDS)
@example("At one point 2.5 x loupes")
@example("3 point 2.5 cm")
@example("9" * 400 + " point 1 half cm")
def test_any_row_of_number_words_gives_a_result(analyzer: Analyzer, text: str) -> None:
    assert analyzer.analyze(f"{OPENER}The bone segment, {text}, was raised.").facts


@pytest.mark.parametrize("text", RAISED.values(), ids=RAISED.keys())
def test_a_raised_digit_gives_a_result(analyzer: Analyzer, text: str) -> None:
    assert analyzer.analyze(OPENER + text).facts


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_a_long_run_comes_to_an_end(analyzer: Analyzer, piece: str) -> None:
    text = OPENER + piece * (SIZE // len(piece))
    assert analyzer.analyze(text).note.text == text


@pytest.mark.parametrize("piece", KNOWN_WORDS.values(), ids=KNOWN_WORDS.keys())
def test_a_run_of_known_words_comes_to_an_end(analyzer: Analyzer, piece: str) -> None:
    text = OPENER + piece * (SOME // len(piece))
    assert analyzer.analyze(text).note.text == text
