"""A bare value in an indented list is a value of the label above the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.parsed import GATE_OPENER, parse

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

UNDER = {
    "a length under a bullet": (
        "Vascular stalk:\n  - Length 6 cm",
        "6_cm",
        "vascular_stalk : - length 6_cm",
    ),
    "a label without a colon": (
        "Skin paddle\n  Length: 7 cm",
        "7_cm",
        "skin_paddle : length : 7_cm",
    ),
    "a side": ("Donor foot:\n  * Left", "left", "donor_foot : * left"),
    "the nearest of two labels": (
        "Bone:\n  Vascular stalk:\n    - Length 6 cm",
        "6_cm",
        "vascular_stalk : - length 6_cm",
    ),
    "the outer label again": (
        "Skin paddle:\n  Stalk: good\n    - Length 5 cm\n  Length: 7 cm",
        "7_cm",
        "skin_paddle : length : 7_cm",
    ),
    "a tissue with its size, below what is missing": (
        "DEFECT\n  Bone: 4.5 cm, metacarpal",
        "4.5_cm",
        "defect : bone : 4.5_cm , metacarpal",
    ),
    "a line below a field": (
        "Paddle: dorsum\n  Length: 7 cm",
        "7_cm",
        "paddle : dorsum : length : 7_cm",
    ),
}
ALONE = {
    "an entry that names its thing": ("Vascular stalk:\n  - Metatarsal 6 cm", "6_cm"),
    "an entry that is set in no further": ("Vascular stalk:\nLength 6 cm", "6_cm"),
    "a line below the list": ("Vascular stalk:\n  - Paired veins\nLength 6 cm", "6_cm"),
    "a sentence above": ("The vascular stalk was cut.\n  - Length 6 cm", "6_cm"),
}


def words_with(parser: Parser, text: str, word: str) -> str:
    sentences = parse(parser, GATE_OPENER + text).sentences
    told = [[item.word for item in sentence.items] for sentence in sentences]
    return " ".join(next(words for words in told if word in words))


@pytest.mark.parametrize(("text", "word", "expected"), UNDER.values(), ids=UNDER.keys())
def test_a_bare_value_takes_its_label(parser: Parser, text: str, word: str, expected: str) -> None:
    assert words_with(parser, text, word) == expected


@pytest.mark.parametrize(("text", "word"), ALONE.values(), ids=ALONE.keys())
def test_other_lines_stand_for_themselves(parser: Parser, text: str, word: str) -> None:
    assert "vascular_stalk" not in words_with(parser, text, word)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_every_line_end_ends_a_line(parser: Parser, end: str) -> None:
    text = f"Vascular stalk:{end}  - Length 6 cm{end}Dorsalis pedis was kept."
    assert words_with(parser, text, "6_cm") == "vascular_stalk : - length 6_cm"


def test_what_was_earlier_stays_earlier(parser: Parser) -> None:
    sentences = parse(parser, GATE_OPENER + "Previous flap:\n  - 6 cm").sentences
    assert [cue.category for cue in sentences[-1].cues] == ["HISTORICAL"]
