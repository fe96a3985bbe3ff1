"""The layout of a form says what a colon says, and its frame says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe.parse.forms import read_forms
from scribe.parse.tokens import tokenize

if TYPE_CHECKING:
    from scribe.rules.language import Language
    from scribe.rules.words_schema import WordsFile

FORMS = {
    "a table of two columns": (
        "| Donor side | LEFT |\n| Skin | none |",
        "donor side : left skin : none",
    ),
    "a table without outer bars": ("Skin island | none", "skin island : none"),
    "tabs": ("Ray\t2nd\nSkin\tnone", "ray : 2nd skin : none"),
    "blanks to one column": ("Skin       none\nSide       left", "skin : none side : left"),
    "blanks and a bar": ("Skin       | none\nSide       | left", "skin : none side : left"),
    "a ticked box": ("Side: [x] left", "side : left"),
    "marks of a filled slot": ("Length: «6 cm»", "length : 6 cm"),
    "a leader of dots, numbered": ("08  Cause ...... injury\n", "cause : injury"),
    "a legend of choices": ("Side (L/R): R", "side : r"),
    "a legend of numbers": ("Bone (1 fibula 2 crest): 2", "bone : crest"),
    "a second label on a line": ("CT: yes      MRI: no", "ct : yes ; mri : no"),
    "an answer ticked": ("Skin island   (X) Yes ( ) No", "skin island : yes ( ) no"),
    "a table by rows": (
        "| Vessel | To |  How |\n|---|---|---|\n| Artery | radial | e/s |",
        "vessel : to how artery : radial e / s",
    ),
    "a question and its bare answer": (
        "Was any skin moved?\nNone. Done.",
        "was any skin moved : none . done .",
    ),
    "a list to choose from": ("Bone \u25bc Metatarsal", "bone : metatarsal"),
    "a list behind its choice": ("Bone: Metatarsal \u25be", "bone : metatarsal"),
    "a list in a frame": ("Bone [Metatarsal \u25bc]", "bone : metatarsal"),
    "lists in a row": ("Bone \u25bc rib | Ray \u25bc 3", "bone : rib ; ray : 3"),
    "a stop before a box": ("Artery: DP to PT.  [x] Sutured", "artery : dp to pt . sutured"),
    "a stop before a box, behind a word": (
        "Vein: cephalic vein.  [x] Sutured",
        "vein : cephalic vein , sutured",
    ),
    "boxes behind their options": ("Bone [ ]  Skin [x]", "bone [ ] skin"),
    "a filled circle beside an open one": ("\u25c9 Bone \u25cb Skin", "bone \u25cb skin"),
    "arrows throughout": (
        "Bone > rib\nRay > none\nSide > L\nSkin > no\nFlow > good, A > V",
        "bone : rib ray : none side : l skin : no flow : good , a > v",
    ),
    "two dashes throughout": (
        "Bone -- rib\nRay -- 3\nSide -- L\nSkin -- no\nFlow -- good",
        "bone : rib ray : 3 side : l skin : no flow : good",
    ),
    "a letter before each entry": (
        "  Y  Scope    N  ICG\n  N  Graft\n  Y  Plate  Y  Drain",
        ", scope ; no icg no graft , plate ; , drain",
    ),
    "codes with their answer behind them": (
        "Bone : 1 fibula 2 crest   > 2 crest",
        "bone : crest",
    ),
    "numbers of an outline": (
        "1  Foot\n 1.1  side: R\n 1.2  ray: 2\n2  Hand\n 2.1  gap: no\n 2.2  skin: no\n 2.3  pin: no",
        "foot side : r ray : 2 hand gap : no skin : no pin : no",
    ),
    "a colon behind its column": ("Ray       : 2nd\nSide      : left", "ray : 2nd side : left"),
    "an answer far from its label": ("Skin:     none      CT: no", "skin : none ; ct : no"),
    "a heading in Markdown": ("## Right foot\nIt was opened.", "right foot it was opened ."),
}
PROSE = {
    "a full stop and two blanks": "It was cut.  It was raised.",
    "one line with a gap": "Skin       none",
    "blanks to different columns": "Skin     none\nSide left       foot",
    "a table of three columns": "| a | b | c |",
    "a key with a colon of its own": "Surgeon: Sample | Assistant: Other",
    "a long clause before a bar": "this is no key as it has many words | none",
    "an open box": "Side: [ ] left",
    "few arrows, from vessel to vessel": "DPA > radial\nGSV > cephalic",
    "few numbered lines": "1  Foot\n 1.1  side\n 1.2  ray",
    "few letters": "Y  Scope\nN  Graft",
    "a question that is answered at length": "Was it cut? No one knows.",
}


def words(text: str, rules: WordsFile) -> str:
    return " ".join(token.word for token in read_forms(text, tokenize(text), rules).tokens)


@pytest.fixture(scope="module")
def rules(language: Language) -> WordsFile:
    return language.words


@pytest.mark.parametrize(("text", "expected"), FORMS.values(), ids=FORMS.keys())
def test_a_form_reads_like_keys_and_values(text: str, expected: str, rules: WordsFile) -> None:
    assert words(text, rules) == expected


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE.keys())
def test_prose_stays_as_it_is(text: str, rules: WordsFile) -> None:
    assert read_forms(text, tokenize(text), rules).tokens == tokenize(text)


def test_a_line_of_a_form_is_bounded(rules: WordsFile) -> None:
    text = "Ray\t2nd\nSkin\tnone"
    assert read_forms(text, tokenize(text), rules).lines == {0, 7, 8, 17}


@given(text=st.text(alphabet="ab x[]|\t\n:.«»#", max_size=60))
def test_tokens_stay_in_order_and_apart(text: str, rules: WordsFile) -> None:
    tokens = read_forms(text, tokenize(text), rules).tokens
    places = [place for token in tokens for place in (token.start, token.end)]
    assert places == sorted(places)
