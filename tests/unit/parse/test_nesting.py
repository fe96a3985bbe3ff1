"""A bare value in an indented list is a value of the label above the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.parsed import GATE_OPENER, parse

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

UNDER = {
    "a length under a bullet": ("Vascular stalk:\n  - Length 6 cm", "6_cm"),
    "a label without a colon": ("Skin paddle\n  Length: 7 cm", "7_cm"),
    "a side": ("Donor foot:\n  * Left", "left"),
}
ALONE = {
    "an entry that names its thing": ("Vascular stalk:\n  - Metatarsal 6 cm", "6_cm"),
    "an entry that is set in no further": ("Vascular stalk:\nLength 6 cm", "6_cm"),
    "a line below the list": ("Vascular stalk:\n  - Paired veins\nLength 6 cm", "6_cm"),
    "a sentence above": ("The vascular stalk was cut.\n  - Length 6 cm", "6_cm"),
}


def words_with(parser: Parser, text: str, word: str) -> list[str]:
    sentences = parse(parser, GATE_OPENER + text).sentences
    told = [[item.word for item in sentence.items] for sentence in sentences]
    return next(words for words in told if word in words)


@pytest.mark.parametrize(("text", "word"), UNDER.values(), ids=UNDER.keys())
def test_a_bare_value_takes_its_label(parser: Parser, text: str, word: str) -> None:
    assert len(words_with(parser, text, word)) > 3


@pytest.mark.parametrize(("text", "word"), ALONE.values(), ids=ALONE.keys())
def test_other_lines_stand_for_themselves(parser: Parser, text: str, word: str) -> None:
    assert "vascular_stalk" not in words_with(parser, text, word)


def test_what_was_earlier_stays_earlier(parser: Parser) -> None:
    sentences = parse(parser, GATE_OPENER + "Previous flap:\n  - 6 cm").sentences
    assert [cue.category for cue in sentences[-1].cues] == ["HISTORICAL"]
