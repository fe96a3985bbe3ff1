"""The two sides of a size that a form asks for apart are one size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.parsed import GATE_OPENER, parse

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

ONE_SIZE = {
    "two lines": "Skin paddle length: 7 cm\nSkin paddle width: 4 cm",
    "units in the label": "Paddle length (cm): 7\nPaddle width (cm): 4",
    "one line": "Paddle: L 7 cm, W 4 cm",
    "brackets": "Skin paddle (length): 7 cm  (width): 4 cm",
    "another word for the width": "Skin island: length 7 cm; breadth 4 cm",
}
TWO_LENGTHS = {
    "different things": "Paddle length: 7 cm\nBone width: 4 cm",
    "no side named": "Paddle: 7 cm\nPaddle: 4 cm",
    "a length behind a width": "Paddle width: 4 cm\nPaddle length: 7 cm",
    "far apart": "Paddle length: 7 cm\nIt was closed in the usual way with care.\nPaddle width: 4 cm",
}


def sizes(parser: Parser, text: str) -> list[tuple[float, ...]]:
    items = [
        item for sentence in parse(parser, GATE_OPENER + text).sentences for item in sentence.items
    ]
    return [item.size.sides for item in items if item.size]


@pytest.mark.parametrize("text", ONE_SIZE.values(), ids=ONE_SIZE.keys())
def test_a_length_and_a_width_of_one_thing(parser: Parser, text: str) -> None:
    assert sizes(parser, text) == [(7.0, 4.0)]


@pytest.mark.parametrize("text", TWO_LENGTHS.values(), ids=TWO_LENGTHS.keys())
def test_other_lengths_stay_apart(parser: Parser, text: str) -> None:
    assert sizes(parser, text) == []
