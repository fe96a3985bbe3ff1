"""What a template left open is found; what somebody filled in is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.parse.placeholders import PlaceholderReader

if TYPE_CHECKING:
    from scribe.rules.language import Language

OPEN = {
    "three stars": ("Length: *** cm", "blank", "***"),
    "underscores": ("Length: ____ cm", "blank", "____"),
    "braces": ("Vein: {sewn/coupled}", "choice", "Vein: {sewn/coupled}"),
    "the number of a list": (
        "Test: {strip/milking:31107}",
        "choice",
        "Test: {strip/milking:31107}",
    ),
    "options in words": ("{Side: left or right}", "choice", "{Side: left or right}"),
    "a list of options": ("{Side: left, right, both}", "choice", "{Side: left, right, both}"),
    "a request to select": ("{Side: select side}", "choice", "{Side: select side}"),
    "both sides with a stroke": ("Side: L/R", "choice", "Side: L/R"),
    "both sides in words": ("Foot: left or right.", "choice", "Foot: left or right"),
    "both sides of a question": ("Which? Left/Right", "choice", "Which? Left/Right"),
    "three sides": ("Foot: right, left, or both", "choice", "Foot: right, left, or both"),
    "a choice in brackets": ("Side [left/right]", "choice", "[left/right]"),
    "a token": ("Seen by @SURGEON@ today", "blank", "@SURGEON@"),
    "a date mask": ("Date MM/DD/YYYY", "blank", "MM/DD/YYYY"),
    "insert here": ("Findings: insert here", "blank", "insert here"),
    "a list to select from": ("<select vessel>", "blank", "<select vessel>"),
    "a request to verify": ("6 cm [verify]", "doubt", "[verify]"),
    "a question mark": ("6 cm [?]", "doubt", "[?]"),
}
CLOSED = {
    "bold letters": "**Findings** none",
    "a bracketed remark": "It was cut [see above].",
    "a single underscore": "flap_side",
    "a ticked box alone": "[x] skin paddle",
    "an em dash": "raised \u2014 at last",
    "a price of nothing": "none",
    "a choice that was made": "Side: {L / R : R}",
    "a labelled choice that was made": "{Graft: auto / allo : auto}",
    "a label with its answer": "{Ray: 2}",
    "an answer of several words": "{Donor: left foot second ray}",
    "an answer with a number of thousands": "{Heparin: 5,000 units}",
    "a name that begins as a question does": "{Room: OR 4}",
    "a code with a stroke": "Type: sarcoma [8804/3]",
    "one side": "Side: left. Other: right",
    "both sides in a sentence": "He uses the left or right hand.",
    "a side and its reason": "Side: left, right being scarred",
}


@pytest.fixture
def reader(language: Language) -> PlaceholderReader:
    return PlaceholderReader(language.measures, language.words.answers)


@pytest.mark.parametrize(("text", "kind", "words"), OPEN.values(), ids=OPEN.keys())
def test_open_text(reader: PlaceholderReader, text: str, kind: str, words: str) -> None:
    assert [(p.kind, text[p.start : p.end]) for p in reader.find(text)] == [(kind, words)]


@pytest.mark.parametrize("text", CLOSED.values(), ids=CLOSED.keys())
def test_no_open_text(reader: PlaceholderReader, text: str) -> None:
    assert reader.find(text) == ()


def test_boxes_of_which_none_is_ticked_are_a_choice(reader: PlaceholderReader) -> None:
    kinds = {p.kind for p in reader.find("Closure: [ ] primary [ ] graft") if p.end - p.start > 4}
    assert kinds == {"choice"}


def test_an_unticked_box_beside_a_ticked_one_says_no(reader: PlaceholderReader) -> None:
    text = "Closure: [x] primary [ ] graft"
    assert [(p.kind, text[p.start : p.end]) for p in reader.find(text)] == [
        ("unchecked", "[ ] graft")
    ]


def test_a_tick_on_another_line_says_nothing(reader: PlaceholderReader) -> None:
    found = reader.find("[x] primary\n[ ] graft")
    assert "unchecked" not in {p.kind for p in found}


def test_open_text_comes_in_order(reader: PlaceholderReader) -> None:
    starts = [p.start for p in reader.find("___ and *** and {a/b}")]
    assert starts == sorted(starts)


def test_boxes_may_stand_behind_their_options(reader: PlaceholderReader) -> None:
    text = "Skin island: yes [x]  no [ ]"
    assert [text[p.start : p.end] for p in reader.find(text) if p.kind == "unchecked"] == [
        "  no [ ]"
    ]


def test_a_box_at_the_end_of_a_line_may_be_a_field_of_its_own(reader: PlaceholderReader) -> None:
    text = "bone  \u2612 5 cm      muscle  \u2610"
    assert not [p for p in reader.find(text) if p.kind == "unchecked"]
