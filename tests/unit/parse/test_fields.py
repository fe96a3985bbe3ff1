"""Labels and answers inside a line: what stands for a colon, and what for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe.parse.fields import coded_lines, field_marks

if TYPE_CHECKING:
    from scribe.rules.language import Language
    from scribe.rules.words_schema import AnswerWords

CODED = "A1 age > 47\nA2 limb > left\nA3 bone > heel\nA4 stalk, cm > 8    A5 vein > GSV\n"
READ = {
    "the chosen code of a legend": ("Bone (1=fibula 2=crest) > 2", "Bone : crest"),
    "several chosen codes": ("Signs (0=none 1=refill 2=color 3=dye): 1, 3", "Signs : refill , dye"),
    "a legend with blanks around it": ("Donor ( 1 fibula 2 crest ): 2", "Donor : crest"),
    "a legend without signs": ("Donor (1 fibula 2 crest 3 other) ... 2", "Donor : crest"),
    "a code that means no": ("Skin (0=none 1=island) = 0", "Skin : none"),
    "a legend of letters": ("Side (L/R): R", "Side : R"),
    "a run of answers": ("Leash = 30 mm; Used = no", "Leash : 30 mm; Used : no"),
    "filled blanks": ("Bone __HEEL__   Foot __L__", "Bone : HEEL ;    Foot : L ;"),
    "what was picked": ("Side: {L / R : R}", "Side: R ;"),
    "what was picked, with its label": ("{Graft: auto / allo : auto}", "Graft: auto ;"),
    "what was picked, behind a label": ("Skin paddle {yes / no: no}", "Skin paddle : no ;"),
    "what was picked in a sentence": ("and a {2.0 / 2.5 : 2.5} mm ring", "and a 2.5 mm ring"),
    "what was picked of options in words": ("Foot: {left or right: right}", "Foot: right ;"),
    "a label and its answer": ("{Donor bone: MT}", "Donor bone: MT ;"),
    "a second label": ("CT: yes      MRI: no", "CT: yes ; MRI: no"),
}
UNREAD = {
    "a list of choices with its number": "Test: {strip/milking:31107}",
    "a list that is named with its number": "{Ligation:20811}",
    "a choice that nobody made": "Side: {left/right}",
    "options in words behind a label": "Foot: {Side: left or right}",
    "options against each other": "{Side: left vs right}",
    "a list of options behind a label": "{Side: left, right, both}",
    "options in brackets behind a label": "{Side: [left] [right]}",
    "boxes behind a label": "{Side: ( ) left ( ) right}",
    "a request to select": "{Side: select side}",
    "a request to choose one of some": "{Vein: one of the following}",
    "an answer that was not offered": "Foot: {left or right: second}",
    "a legend without an answer": "Bone (1=fibula 2=crest) was asked for",
    "a link of vessels": "DPA > radial, GSV > cephalic",
    "brackets in prose": "The graft (2 cm of it) was cut",
    "an open blank": "Length ____ cm, width ____ cm",
    "an equation in a sentence": "before the gap of x = 4 it was",
}


@pytest.fixture(scope="module")
def rules(language: Language) -> AnswerWords:
    return language.words.answers


def read(text: str, rules: AnswerWords) -> str:
    made = text
    for (start, end), mark in sorted(field_marks(text, rules), reverse=True):
        made = f"{made[:start]} {mark} {made[end:]}"
    return " ".join(made.split())


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ.keys())
def test_what_a_field_says(rules: AnswerWords, text: str, expected: str) -> None:
    assert read(text, rules) == " ".join(expected.split())


@pytest.mark.parametrize("text", UNREAD.values(), ids=UNREAD.keys())
def test_what_is_no_field(rules: AnswerWords, text: str) -> None:
    assert read(text, rules) == text


def test_lines_of_coded_labels_are_fields(rules: AnswerWords) -> None:
    assert read(CODED, rules).splitlines() == [
        "age : 47 limb : left bone : heel stalk, cm : 8 ; vein : GSV"
    ]


def test_lines_of_coded_labels_are_bounded() -> None:
    assert {CODED[at : at + 2] for at in coded_lines(CODED) if CODED[at : at + 1] == "A"} == {
        "A1",
        "A2",
        "A3",
        "A4",
    }


@given(text=st.text(alphabet="ab12 (=)>:;_./\n", max_size=60))
def test_every_mark_lies_in_the_note(rules: AnswerWords, text: str) -> None:
    assert all(0 <= start <= end <= len(text) for (start, end), _ in field_marks(text, rules))


LONG = {
    "blanks behind a legend": "Donor (1 fibula 2 crest)" + " " * 100_000 + "x",
    "dots behind a legend": "Donor (1 fibula 2 crest)" + "." * 100_000 + "x",
    "blanks beside a sign": "a > b" + " " * 100_000 + "x > y",
    "blanks filled in": "__a " * 40_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_long_run_is_read_through(rules: AnswerWords, text: str) -> None:
    assert isinstance(
        list(field_marks(text, rules)), list
    )  # a run that is tried from each of its characters would take minutes
