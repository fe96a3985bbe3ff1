"""Done, denied, planned, earlier or uncertain: decided by cues, by the part of the note, and by open text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.extract.status import resolve_status
from scribe.types.fact import Status
from scribe.types.mention import Cue, Placeholder, Sentence
from tests.support.tagged import make_cue, make_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = "there was PADDLE=skin_paddle in it"
START, END = 10, 21
STATUSES = {
    "NEGATED": Status.ABSENT,
    "PLANNED": Status.PLANNED,
    "HISTORICAL": Status.HISTORICAL,
    "UNCERTAIN": Status.UNCERTAIN,
}
OVER_IT = (0, 40)
BEHIND_IT = (END + 1, 40)


def cue(category: str, reach: tuple[int, int] = OVER_IT, at: tuple[int, int] = (0, 5)) -> Cue:
    return make_cue(category, *at, reach=reach)


def sentence(*cues: Cue, frame: str = "today") -> Sentence:
    return make_sentence(WORDS, cues=cues, frame=frame)


def status(
    said: Sentence, *placeholders: Placeholder, ignore: Sequence[str] = (), **others: object
) -> Status | None:
    return resolve_status(
        said,
        START,
        END,
        frames=others.get("frames", ["today"]),
        statuses={**STATUSES, "ELSEWHERE": None},
        placeholders=placeholders,
        ignore=ignore,
    )


def opened(kind: str, start: int, end: int) -> Placeholder:
    return Placeholder(rule="made.up", kind=kind, start=start, end=end)


@pytest.mark.parametrize(("category", "expected"), STATUSES.items())
def test_a_cue_that_governs(category: str, expected: str) -> None:
    assert status(sentence(cue(category))) == expected


@pytest.mark.parametrize("category", STATUSES)
def test_a_cue_that_does_not_reach(category: str) -> None:
    assert status(sentence(cue(category, BEHIND_IT))) is Status.PRESENT


@pytest.mark.parametrize("category", STATUSES)
def test_a_cue_that_the_rule_ignores(category: str) -> None:
    assert status(sentence(cue(category)), ignore=[category]) is Status.PRESENT


@pytest.mark.parametrize("category", STATUSES)
def test_a_cue_inside_the_words_themselves(category: str) -> None:
    assert status(sentence(cue(category, at=(START, END)))) is Status.PRESENT


@pytest.mark.parametrize("beside", STATUSES)
def test_what_is_told_of_nobody_is_no_fact(beside: str) -> None:
    assert status(sentence(cue("ELSEWHERE"), cue(beside))) is None


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [("UNCERTAIN", "PLANNED"), ("PLANNED", "NEGATED"), ("NEGATED", "HISTORICAL")],
)
def test_of_two_cues_the_stronger_wins(stronger: str, weaker: str) -> None:
    assert status(sentence(cue(weaker), cue(stronger))) == STATUSES[stronger]


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ("today", Status.PRESENT),
        ("history", Status.HISTORICAL),
        ("plan", Status.PLANNED),
        ("consent", None),
        ("heading", None),
        ("admin", None),
    ],
)
def test_the_part_of_the_note(frame: str, expected: Status | None) -> None:
    assert status(sentence(frame=frame)) is expected


def test_a_part_that_the_rule_allows() -> None:
    assert status(sentence(frame="history"), frames=["history"]) is Status.PRESENT


def test_a_denial_in_the_history_says_nothing_of_today() -> None:
    assert status(sentence(cue("NEGATED"), frame="history")) is None


def test_a_plan_in_the_history_is_a_plan() -> None:
    assert status(sentence(cue("PLANNED"), frame="history")) is Status.PLANNED


def test_an_unticked_option_says_nothing() -> None:
    assert status(sentence(), opened("unchecked", 5, 40)) is None


def test_a_choice_that_nobody_made_is_uncertain() -> None:
    assert status(sentence(), opened("choice", 5, 40)) is Status.UNCERTAIN


def test_a_request_to_verify_behind_it_is_uncertain() -> None:
    assert status(sentence(), opened("doubt", END + 1, END + 9)) is Status.UNCERTAIN


def test_a_request_to_verify_before_it_says_nothing() -> None:
    assert status(sentence(), opened("doubt", 0, 8)) is Status.PRESENT


def test_a_blank_beside_it_says_nothing() -> None:
    assert status(sentence(), opened("blank", END + 1, END + 4)) is Status.PRESENT
