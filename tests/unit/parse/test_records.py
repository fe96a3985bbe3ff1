"""What a form asks of one join line by line is one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.parsed import GATE_OPENER, parse

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

TOLD = "artery : dorsalis_pedis to radial_artery end_to_side 9_-_0 nylon"
RECORDS = {
    "lines with one first word": (
        (
            "Artery donor: dorsalis pedis\nArtery recipient: radial artery\n"
            "Artery type: end-to-side\nArtery suture: 9-0 nylon\n"
        ),
        TOLD,
    ),
    "an indented list": (
        (
            "* Artery\n    * from: dorsalis pedis\n    * into: radial artery\n"
            "    * fashion: end-to-side\n    * thread: 9-0 nylon\n"
        ),
        TOLD,
    ),
    "both ends on a line, and how below": (
        (
            "Artery out:  dorsalis pedis      Artery in:  radial artery\n"
            "Join:        end-to-side, 9-0 nylon\n"
        ),
        "artery : dorsalis_pedis to radial_artery end_to_side , 9_-_0 nylon",
    ),
    "answers yes and no": (
        (
            "Artery donor: dorsalis pedis\nArtery recipient: radial artery\n"
            "Artery end to end: No\nArtery end to side: Yes\nArtery suture: 9-0 nylon\n"
        ),
        TOLD,
    ),
    "a bare value": (
        "Vein donor: vena comitans\nVein recipient: cephalic vein\nVein coupler, mm: 2.5\n",
        "vein : vena_comitans to cephalic_vein ; vein_coupler , mm : 2.5",
    ),
}
APART = {
    "one line": "Artery: dorsalis pedis to radial artery\n",
    "lines that say nothing of a join": "Artery: good\nArtery: soft\n",
    "one first word for artery and vein": "Pedicle artery: dorsalis pedis\nPedicle vein: cephalic vein\n",
    "other first words": "Artery: dorsalis pedis\nVein: cephalic vein\n",
}


def told(parser: Parser, text: str) -> list[str]:
    sentences = parse(parser, GATE_OPENER + "MICROSURGERY\n" + text).sentences
    return [" ".join(item.word for item in sentence.items) for sentence in sentences]


@pytest.mark.parametrize(("text", "expected"), RECORDS.values(), ids=RECORDS.keys())
def test_the_lines_of_a_join_are_one_sentence(parser: Parser, text: str, expected: str) -> None:
    assert expected in told(parser, text)


@pytest.mark.parametrize("text", APART.values(), ids=APART.keys())
def test_other_lines_stay_apart(parser: Parser, text: str) -> None:
    lines = [sentence for sentence in told(parser, text) if ":" in sentence]
    assert len(lines) == text.count("\n")
