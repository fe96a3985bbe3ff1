"""Words are normalised; their offsets point into the note as it is."""

from __future__ import annotations

import pytest

from scribe.parse.tokens import tokenize, words_of

SAME_WORDS = {
    "capitals": ("End-To-Side", "end-to-side"),
    "a hyphen between letters": ("end-to-side", "end to side"),
    "an underscore between letters": ("bone_mm", "bone mm"),
    "a typographic hyphen": ("end\u2010to\u2010side", "end to side"),
    "a hyphen that does not break": ("end\u2011to\u2011side", "end to side"),
    "a typographic apostrophe": ("patient\u2019s", "patient's"),
    "a typographic quote": ("\u201cfree\u201d", '"free"'),
    "a times sign": ("7 \u00d7 4", "7 x 4"),
    "a space that does not break": ("4\u00a0cm", "4 cm"),
    "a tab": ("4\tcm", "4 cm"),
    "two spaces": ("4  cm", "4 cm"),
    "a line break": ("skin\r\npaddle", "skin paddle"),
}
WORDS = {
    "2nd metatarsal": ("2nd", "metatarsal"),
    "6.5 cm": ("6.5", "cm"),
    "6,5 cm": ("6,5", "cm"),
    "1,200 mL": ("1,200", "ml"),
    "9-0 nylon": ("9", "-", "0", "nylon"),
    "7x4cm": ("7", "x", "4", "cm"),
    "K-wire": ("k", "wire"),
    "3-cm": ("3", "cm"),
    "end....": ("end", ":"),
    "***": ("*", "*", "*"),
    "": (),
    " \r\n\t": (),
}


@pytest.mark.parametrize(("written", "plain"), SAME_WORDS.values(), ids=SAME_WORDS.keys())
def test_ways_of_writing_are_the_same_words(written: str, plain: str) -> None:
    assert words_of(written) == words_of(plain)


@pytest.mark.parametrize(("text", "words"), WORDS.items(), ids=repr)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


def test_offsets_count_code_points_of_the_note_as_it_is() -> None:
    text = "\U0001f9b4 Skin\u00a0Paddle:\r\n7 \u00d7 4\tcm"
    shown = [text[token.start : token.end] for token in tokenize(text)]
    assert shown == ["\U0001f9b4", "Skin", "Paddle", ":", "7", "\u00d7", "4", "cm"]


def test_a_stretch_keeps_the_offsets_of_the_whole() -> None:
    assert [(t.word, t.start) for t in tokenize("one two three", 4, 7)] == [("two", 4)]


def test_a_long_run_of_one_mark_counts_once() -> None:
    assert len(tokenize("a " + "=" * 500 + " b")) < 5


def test_a_long_run_of_letters_is_one_word() -> None:
    assert len(tokenize("a" * 5000)) == 1
