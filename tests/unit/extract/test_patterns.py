"""The pattern language: rows of words and tags over a sentence."""

from __future__ import annotations

import dataclasses

import pytest

from scribe.errors import RulePackError
from scribe.extract.patterns import Pattern, View
from tests.support.tagged import make_sentence, make_view

MACROS = {"HARVESTED": "RAISE|OSTEOT", "TO": "to|into"}
SENTENCE = "the BONE=fibula was RAISE=raised with LEN@6 of PEDICLE=pedicle"
MATCHING = {
    "a word": ("was", "was"),
    "one of several words": ("is|was", "was"),
    "a tag": ("BONE", "fibula"),
    "one of several tags": ("MT|BONE", "fibula"),
    "a word or a tag": ("with|MT", "with"),
    "a row": ("BONE was RAISE", "fibula was raised"),
    "an optional term that is there": ("BONE was? RAISE", "fibula was raised"),
    "an optional term that is not": ("BONE was never? RAISE", "fibula was raised"),
    "a gap": ("BONE ~2 RAISE", "fibula was raised"),
    "a gap of nothing": ("was ~2 RAISE", "was raised"),
    "the shortest gap": ("BONE ~5 was|with", "fibula was"),
    "a barred gap without the bar": ("BONE ~2-LOSS RAISE", "fibula was raised"),
    "a macro": ("BONE ~1 $HARVESTED", "fibula was raised"),
    "a macro beside a word": ("was|$TO", "was"),
    "a group": ("( BONE | MT ) was", "fibula was"),
    "an optional group": ("the ( big long )? BONE", "the fibula"),
    "what must not follow": ("BONE !with", "fibula"),
    "the start": ("^ the", "the"),
    "the end": ("PEDICLE $", "pedicle"),
    "a whole sentence": ("^ ~9 $", "the fibula was raised with 6 of pedicle"),
}
FAILING = {
    "another word": "were",
    "half a word": "rais",
    "another tag": "MT",
    "a tag in the wrong order": "RAISE BONE",
    "a gap too short": "BONE ~1 with",
    "a barred gap": "BONE ~5-RAISE PEDICLE",
    "what must not follow": "BONE !was",
    "not at the start": "^ BONE",
    "not at the end": "RAISE $",
}


def spans(pattern: str, view: View) -> list[str]:
    words = [item.word for item in view.sentence.items]
    return [
        " ".join(words[match.first : match.after])
        for match in Pattern(pattern, MACROS, "made.up").matches(view)
    ]


@pytest.mark.parametrize(("pattern", "words"), MATCHING.values(), ids=MATCHING.keys())
def test_a_match(pattern: str, words: str) -> None:
    assert spans(pattern, make_view(SENTENCE)) == [words]


@pytest.mark.parametrize("pattern", FAILING.values(), ids=FAILING.keys())
def test_no_match(pattern: str) -> None:
    assert spans(pattern, make_view(SENTENCE)) == []


def test_a_gap_never_crosses_a_semicolon() -> None:
    assert spans("BONE ~3 RAISE", make_view("BONE=rib ; it RAISE=raised")) == []


def test_a_wide_gap_crosses_a_semicolon() -> None:
    assert len(spans("BONE ~~3 RAISE", make_view("BONE=rib ; it RAISE=raised"))) == 1


def test_the_end_may_be_behind_a_full_stop() -> None:
    assert spans("BONE $", make_view("a BONE=rib .")) == ["rib ."]


def test_every_match_of_a_sentence() -> None:
    assert spans("BONE", make_view("BONE=rib and BONE=ulna")) == ["rib", "ulna"]


def test_a_name_keeps_what_it_captured() -> None:
    view = make_view(SENTENCE)
    match = next(Pattern("bone=BONE ~3 size=LEN", MACROS, "made.up").matches(view))
    assert match.captured == {"bone": (1, 2), "size": (5, 6)}


def test_an_optional_capture_that_is_not_there_is_left_out() -> None:
    view = make_view("the BONE=fibula")
    match = next(Pattern("side=SIDE? BONE", MACROS, "made.up").matches(view))
    assert "side" not in match.captured


def test_words_taken_back_are_not_seen() -> None:
    sentence = make_sentence("the BONE=rib BONE=ulna was RAISE=raised")
    items = tuple(i._replace(void=i.word == "rib") for i in sentence.items)
    view = View(dataclasses.replace(sentence, items=items))
    assert "rib" not in view.tags


def test_a_match_over_words_taken_back_counts_items_of_the_sentence() -> None:
    sentence = make_sentence("the BONE=rib BONE=ulna was RAISE=raised")
    items = tuple(i._replace(void=i.word == "rib") for i in sentence.items)
    view = View(dataclasses.replace(sentence, items=items))
    match = next(Pattern("the BONE", MACROS, "made.up").matches(view))
    assert (match.first, match.after) == (0, 3)


def test_a_word_with_signs_of_a_regular_expression_is_a_word() -> None:
    assert spans("+", make_view("strip + fine")) == ["+"]


@pytest.mark.parametrize("pattern", ["( BONE", "BONE )", "bone=BONE bone=MT", "1x=BONE"])
def test_a_pattern_that_does_not_compile_names_its_rule(pattern: str) -> None:
    with pytest.raises(RulePackError, match=r"^made\.up: the pattern does not compile"):
        Pattern(pattern, MACROS, "made.up").compiled  # noqa: B018 (a property that is kept)


def test_an_unknown_macro_names_its_rule() -> None:
    with pytest.raises(RulePackError, match=r"made\.up"):
        Pattern("$NOWHERE", MACROS, "made.up")
