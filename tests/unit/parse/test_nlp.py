"""A note becomes sentences of tagged words; its text stays as it is."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from tests.support.parsed import GATE_OPENER, item_at, parse, sentence_with

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

TAGGED = {
    "a phrase": ("skin paddle", "The skin paddle was raised.", "PADDLE", "skin paddle"),
    "a synonym": ("skin island", "The skin island was raised.", "PADDLE", "skin paddle"),
    "a plural": ("skin islands", "The skin islands were raised.", "PADDLE", "skin paddle"),
    "an abbreviation": ("DPA", "The DPA was dissected.", "ARTERY", "dorsalis pedis artery"),
    "capitals": ("FIBULA", "The FIBULA was cut.", "BONE", "fibula"),
    "a verb form": ("osteotomizing", "We were osteotomizing it.", "OSTEOT", "osteotomy"),
    "a hyphen": ("End-to-Side", "It was joined End-to-Side.", "CONFIG", "end-to-side"),
    "over a line break": ("skin", "The skin\npaddle was raised.", "PADDLE", "skin paddle"),
}
OUTSIDE = {
    "another operation": "PROCEDURE: Removal of the gallbladder.\nThe duct was clipped.",
    "a foot operation": "PROCEDURE: Debridement of the second metatarsal head.",
    "a skin flap": "PROCEDURE: Local skin flap to the nose.",
    "nothing at all": "-",
    "vessels of the pelvis": "The iliac vessels were cleaned; urethrovesical anastomosis.",
    "spine": "Pedicle screws T8 to T9 beside the rib head; local graft was laid on.",
}
INSIDE = {
    "typed": "PROCEDURE: Free second metatarsal flap.",
    "capitals": "FREE FIBULA FLAP WITH MICROVASCULAR ANASTOMOSIS",
    "dictated": "we took the fib you la as a free flap with an asked a moses",
    "british": "Vascularised iliac crest graft, anastomoses e/e",
    "letter": "We removed the second metatarsal with the artery and veins that feed it.",
    "slang": "grabbed the second met on its leash and plumbed it in",
}


@pytest.mark.parametrize(("words", "text", "tag", "value"), TAGGED.values(), ids=TAGGED.keys())
def test_tags(parser: Parser, words: str, text: str, tag: str, value: str) -> None:
    concept = item_at(parser, words, text).concept(tag)
    assert concept is not None
    assert concept.value == value


@pytest.mark.parametrize("title", ["Dr.", "Dr", "Prof.", "Mr", "Mrs."])
def test_a_name_behind_a_title_is_no_term(parser: Parser, title: str) -> None:
    assert not item_at(parser, "Ray", f"The flap was raised by {title} Ray today.").concepts


def test_a_surgeon_is_no_picture(parser: Parser) -> None:
    assert not item_at(parser, "Mr", "The flap was raised by Mr Foote.").concepts


def test_a_term_behind_a_title_without_a_capital_is_one(parser: Parser) -> None:
    assert item_at(parser, "ray", "The flap was seen by the doctor ray by ray.").concepts


def test_the_longest_phrase_wins(parser: Parser) -> None:
    item = item_at(parser, "first dorsal", "The first dorsal metatarsal artery was seen.")
    assert not item.has("MT", "ORD")


def test_items_point_at_their_words(parser: Parser) -> None:
    text = "The skin \u00a0paddle was 7 \u00d7 4 cm."
    item = item_at(parser, "skin", text)
    assert (GATE_OPENER + text)[item.start : item.end] == "skin \u00a0paddle"


def test_an_unticked_option_is_left_out(parser: Parser) -> None:
    sentence = sentence_with(parser, "skin graft", "Foot closure: [ ] primary [x] skin graft")
    assert "primary" not in [item.word for item in sentence.items]


@pytest.mark.parametrize("text", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_a_note_of_another_kind_is_not_read_for_facts(parser: Parser, text: str) -> None:
    assert parse(parser, text).sentences == ()


@pytest.mark.parametrize("text", INSIDE.values(), ids=INSIDE.keys())
def test_a_note_that_may_concern_the_family_is_read(parser: Parser, text: str) -> None:
    assert parse(parser, text).sentences != ()


def test_a_note_that_is_not_read_still_has_its_sections(parser: Parser) -> None:
    text = "PROCEDURE: Removal of the gallbladder.\nSURGEON: A. Sample\n"
    assert [each.name for each in parse(parser, text).sections] == ["procedure", "surgeon"]


def test_the_text_is_not_changed(parser: Parser) -> None:
    text = "\ufeffPROCEDURE:\tFree \u201cmetatarsal\u201d flap\r\n\u00a0 \x0cFINDINGS: None\r"
    assert parse(parser, text).note.text == text


def test_sentences_come_in_order_and_do_not_overlap(parser: Parser) -> None:
    text = "PROCEDURE: Free metatarsal flap.\n- raised; cut\n- joined. Done. It was good\n\nPLAN"
    spans = [(s.start, s.end) for s in parse(parser, text).sentences]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize("word", ["Quenzelbrook", "quenzelbrook", "Vandermoor", "77123"])
def test_words_that_no_rule_knows_leave_nothing_behind(parser: Parser, word: str) -> None:
    parse(parser, f"{GATE_OPENER} The skin paddle was raised by Quenzelbrook of Vandermoor 77123.")
    assert word not in parser._nlp.vocab.strings
