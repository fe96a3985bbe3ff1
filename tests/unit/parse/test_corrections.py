"""Of a spoken self-correction only the corrected words are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.parsed import categories_of, item_at, sentence_with

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

CORRECTED = {
    "make that": ("the left make that right foot was opened", "left", "right"),
    "correction": ("the second correction third metatarsal was cut", "second", "third"),
    "scratch that": ("the fibula scratch that scapula was cut", "fibula", "scapula"),
    "i mean": ("the pedicle was six cm i mean eight cm long", "six", "eight"),
    "a bare no": ("the paddle was seven by four no six by four cm", "seven", "six"),
    "sorry": ("the left sorry right foot was opened", "left", "right"),
    "strike that": (
        "joined to the ulnar artery strike that radial artery",
        "ulnar artery",
        "radial artery",
    ),
    "the longest cue": ("the left foot was then cut no wait right foot was cut", "left", "right"),
    "scrap that": ("the fibula no scrap that scapula was cut", "fibula", "scapula"),
    "a suture": ("sewn with eight oh nylon correction nine oh nylon", "eight", "nine"),
}
OLD = {name: (text, old) for name, (text, old, _) in CORRECTED.items()}
NEW = {name: (text, new) for name, (text, _, new) in CORRECTED.items()}
UNTOUCHED = {
    "another kind of word": ("the left foot correction the fibula was cut", "left"),
    "the same value twice": ("the left make that left foot was opened", "left"),
    "no as a denial": ("the left foot was opened no right foot was needed", "left"),
    "no before a device": ("it was held with two k wires no plate this time", "k wires"),
    "nothing behind the cue": ("the left foot was opened correction", "left"),
}


def spoken(text: str) -> str:
    return f"{text} period it was closed period he woke period"


@pytest.mark.parametrize(("text", "old"), OLD.values(), ids=OLD.keys())
def test_what_was_taken_back_is_void(parser: Parser, text: str, old: str) -> None:
    assert item_at(parser, old, spoken(text)).void


@pytest.mark.parametrize(("text", "new"), NEW.values(), ids=NEW.keys())
def test_what_was_said_instead_counts(parser: Parser, text: str, new: str) -> None:
    assert not item_at(parser, new, spoken(text)).void


@pytest.mark.parametrize(("text", "words"), UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_nothing_is_taken_back(parser: Parser, text: str, words: str) -> None:
    assert not item_at(parser, words, spoken(text)).void


def test_a_retraction_takes_the_whole_statement_back(parser: Parser) -> None:
    text = spoken("a skin paddle was raised strike that bone only was raised")
    assert item_at(parser, "skin paddle", text).void


def test_a_retraction_reaches_no_further_than_its_statement(parser: Parser) -> None:
    text = spoken("the artery was sewn; a skin paddle was raised strike that bone only was raised")
    assert not item_at(parser, "artery", text).void


def test_a_correction_said_twice_takes_back_once(parser: Parser) -> None:
    text = spoken("the gap was three point eight no scratch that four point two centimeters")
    assert not item_at(parser, "gap", text).void


def test_a_bare_no_corrects_only_speech(parser: Parser) -> None:
    text = "FINDINGS: The left, no right foot was opened.\nPLAN: Rest.\nSURGEON: A. Sample."
    assert not item_at(parser, "left", text).void


def test_a_corrected_number_keeps_the_unit(parser: Parser) -> None:
    text = spoken("the pedicle was sixty millimeters make that seventy")
    item = item_at(parser, "seventy", text)
    assert item.number == pytest.approx(7.0)


def test_void_words_keep_their_place(parser: Parser) -> None:
    text = spoken("the left make that right foot was opened")
    sentence = sentence_with(parser, "left", text)
    starts = [item.start for item in sentence.items]
    assert starts == sorted(starts)


def test_a_cue_in_the_words_of_a_correction_denies_nothing(parser: Parser) -> None:
    text = spoken("third, no wait, second metatarsal was cut")
    assert categories_of(parser, "second metatarsal", text) == set()


SENTENCE_BEFORE = {
    "nothing of its kind behind it": (
        "The flap came with a paddle. Scratch that, wrong patient. The foot was closed.",
        "paddle",
    ),
    "the corrected word behind it": (
        "The left foot was opened. Strike that, the right foot. It was closed.",
        "left",
    ),
}


@pytest.mark.parametrize(("text", "old"), SENTENCE_BEFORE.values(), ids=SENTENCE_BEFORE.keys())
def test_a_sentence_that_begins_with_a_retraction_takes_back_the_one_before(
    parser: Parser, text: str, old: str
) -> None:
    assert item_at(parser, old, text).void


def test_a_retraction_leaves_what_stands_before_the_sentence_that_it_takes_back(
    parser: Parser,
) -> None:
    text = "The left foot was opened. The flap came with a paddle. Scratch that, wrong patient."
    assert not item_at(parser, "left", text).void


def test_a_word_that_is_corrected_leaves_the_rest_of_the_sentence_before(parser: Parser) -> None:
    text = "The left foot was opened. Strike that, the right foot. It was closed."
    assert not item_at(parser, "opened", text).void
