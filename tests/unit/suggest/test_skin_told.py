"""However a note says what became of the skin, it gets the right code or a question, never the code of the opposite."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "skin_told.yaml").read_text("utf-8")
)


ANOTHER: dict[str, Any] = CASES["another_donor"]
RESTS = [(name, rest) for name, group in CASES["groups"].items() for rest in group["rests"]]


def wrong_codes(
    analyzer: Analyzer, frame: dict[str, Any], told: list[str], right: str | None
) -> dict[str, str]:
    """Return the sentences that give another code than the right one, where a question is no code."""
    wrong = {}
    for sentence in told:
        code = analyzer.analyze(
            "\n".join((frame["before"], sentence, frame["after"]))
        ).suggestion.code
        if code not in (right, None):
            wrong[sentence] = code
    return wrong


@pytest.mark.parametrize(("group", "rest"), RESTS)
def test_no_subject_gives_the_opposite_code(analyzer: Analyzer, group: str, rest: str) -> None:
    case = CASES["groups"][group]
    told = [case["form"].format(subject=subject, rest=rest) for subject in case["subjects"]]
    assert wrong_codes(analyzer, CASES, told, case["code"]) == {}


@pytest.mark.parametrize(
    ("group", "rest"),
    [(g, r) for g, r in RESTS if g in ANOTHER["groups"] and r not in ANOTHER["known"]],
)
def test_nor_does_it_of_another_donor(analyzer: Analyzer, group: str, rest: str) -> None:
    case = CASES["groups"][group]
    told = []
    for subject in case["subjects"]:
        sentence = case["form"].format(subject=subject, rest=rest)
        for word, put in ANOTHER["words"].items():
            sentence = sentence.replace(word, put)
        told.append(sentence)
    assert wrong_codes(analyzer, ANOTHER, told, ANOTHER["codes"][case["code"]]) == {}


TITLES: dict[str, Any] = CASES["titles"]


@pytest.mark.parametrize("donor", TITLES["donors"])
@pytest.mark.parametrize(
    ("title", "says_skin"),
    [(t, True) for t in TITLES["with_skin"]] + [(t, False) for t in TITLES["without_skin"]],
)
def test_skin_in_the_title_alone_makes_a_question(
    analyzer: Analyzer, donor: str, title: str, *, says_skin: bool
) -> None:
    words = TITLES["donors"][donor]
    text = "PROCEDURE: " + (title + TITLES["body"]).format(**words)
    assert analyzer.analyze(text).suggestion.code == (None if says_skin else words["code"])


ONCE_JOINED: dict[str, Any] = CASES["once_joined"]


@pytest.mark.parametrize(
    ("told", "code"),
    [(t, "20957") for t in ONCE_JOINED["given_up"]] + [(t, "20972") for t in ONCE_JOINED["kept"]],
)
def test_a_paddle_that_is_given_up_once_joined_is_none(
    analyzer: Analyzer, told: str, code: str
) -> None:
    assert analyzer.analyze(ONCE_JOINED["body"].format(told=told)).suggestion.code == code
