"""A form's answer behind a colon denies its label, leaves it unsaid, or says nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.parse.answers import read_answers
from scribe.parse.tokens import tokenize
from scribe.types.mention import Item

if TYPE_CHECKING:
    from scribe.rules.language import Language

DENIED = {
    "no": ("skin island : no", "skin island"),
    "nothing": ("soft tissue gap : 0", "soft tissue gap"),
    "none, with a remark": ("doppler : none ( not tried )", "doppler"),
    "the second of two": ("ct : yes ; mri : no", "mri"),
    "the last part of a label": ("artery join - doppler : no", "doppler"),
}
SAID = {
    "yes": "skin island : yes",
    "no as the first word of more": "findings : no fracture seen",
    "an initial": "surgeon : n . smith",
    "a number": "ray : no . 2",
    "no colon": "no skin island",
    "no label": ": no",
}


def items(text: str) -> list[Item]:
    return [Item(*token) for token in tokenize(text)]


@pytest.mark.parametrize(("text", "label"), DENIED.values(), ids=DENIED.keys())
def test_no_denies_the_label(text: str, label: str, language: Language) -> None:
    _, cues = read_answers(items(text), language.words.answers)
    assert [text[c.scope_start : c.scope_end] for c in cues] == [label]


@pytest.mark.parametrize("text", SAID.values(), ids=SAID.keys())
def test_other_answers_deny_nothing(text: str, language: Language) -> None:
    assert read_answers(items(text), language.words.answers) == (items(text), ())


def test_an_answer_that_says_nothing_takes_the_label_back(language: Language) -> None:
    told, _ = read_answers(items("milking test : not recorded"), language.words.answers)
    assert [item.void for item in told] == [True, True, False, False, False]


def test_an_answer_that_says_nothing_may_say_of_what(language: Language) -> None:
    told, _ = read_answers(
        items("milking test : not dictated for the operation"), language.words.answers
    )
    assert [item.void for item in told][:2] == [True, True]
