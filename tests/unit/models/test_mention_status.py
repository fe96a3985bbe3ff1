"""What is asked about mentions, and what a policy makes of the answers; the figures of the page are those that were measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.mention_status.mentions import ELSEWHERE
from models.mention_status.report import PAGE
from models.mention_status.roles import RoleJudge
from models.mention_status.story import AskingExtractor, AskingStory, Everything
from models.mention_status.trial import MODEL_ALONE, RULES_ALONE, Policy, decide
from scribe.extract.story import DONOR
from scribe.pipeline import Analyzer, note_from_text
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

PLANNED = "DESCRIPTION: A free fibula flap was raised.\nPLAN: Doppler checks of the flap hourly.\n"


@pytest.mark.parametrize(
    ("rules", "present", "policy", "expected"),
    [
        (Status.PRESENT, 0.01, RULES_ALONE, Status.PRESENT),
        (Status.PRESENT, 0.1, Policy(veto=0.2), Status.UNCERTAIN),
        (Status.PRESENT, 0.3, Policy(veto=0.2), Status.PRESENT),
        (Status.PLANNED, 0.1, Policy(veto=0.2), Status.PLANNED),
        (None, 0.95, Policy(rescue=0.9), Status.PRESENT),
        (None, 0.85, Policy(rescue=0.9), None),
        (Status.PRESENT, 0.1, MODEL_ALONE, None),
        (None, 0.9, MODEL_ALONE, Status.PRESENT),
    ],
)
def test_a_policy_joins_rules_and_model(
    rules: Status | None, present: float, policy: Policy, expected: Status | None
) -> None:
    chances = {Status.PRESENT.value: present, ELSEWHERE: 1 - present}
    assert decide(rules, chances, policy) is expected


def test_a_judge_for_whom_all_is_asserted_sees_what_the_rules_call_planned(
    analyzer: Analyzer,
) -> None:
    language = analyzer.pack.language
    extractor = AskingExtractor(language, Everything(Status.PRESENT))
    story = extractor.begin(analyzer.parser.parse(note_from_text(PLANNED)))
    extractor.follow(story)
    assert Status.PLANNED in {question.rules for _, question in story.told}


class Sure:
    """A model that is as sure of one role as it is told to be."""

    def __init__(self, role: str, chance: float) -> None:
        self.told = {role: chance, "other": 1 - chance}

    def chances(self, rows: Sequence[object]) -> list[dict[str, float]]:
        return [self.told for _ in rows]


@pytest.mark.parametrize(("chance", "given"), [(0.95, True), (0.85, False)])
def test_a_role_that_is_probable_enough_stands_in_the_story_before_the_rules_begin(
    chance: float, given: bool, analyzer: Analyzer
) -> None:
    judge = RoleJudge()
    judge.model, judge.least = Sure(DONOR, chance), 0.9  # type: ignore[assignment]
    parsed = analyzer.parser.parse(note_from_text(PLANNED))
    story = AskingStory(parsed, analyzer.pack.language, judge)
    judge.begin(story)
    assert bool(story.donor_items) is given


def test_the_page_shows_the_figures_that_were_measured() -> None:
    assert PAGE.is_current()
