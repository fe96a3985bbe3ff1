"""Outcomes are added up, with held-out and tuned notes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.evaluate.counts import Hits
from scribe.evaluate.figures import measure_figures
from scribe.evaluate.labels import Split
from scribe.rules.evaluation_schema import Over
from scribe.rules.pack import load_evaluation
from tests.support.labelled import (
    make_answer,
    make_label,
    make_labels,
    make_outcome,
    make_reported,
    small_evaluation,
)

if TYPE_CHECKING:
    from scribe.evaluate.evaluation import Evaluation

RULES = load_evaluation()


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return small_evaluation()


def test_the_judges_count_what_the_rules_name() -> None:
    counted = set(make_outcome(make_labels(), make_answer()).pairs)
    assert counted == {name for name, rule in RULES.figures.items() if rule.over is not Over.OTHER}


def test_held_out_and_tuned_notes_are_never_added_up(found: Evaluation) -> None:
    assert {split: group.notes for split, group in found.groups.items()} == {
        Split.HELD_OUT: 2,
        Split.TUNED: 3,
    }


def test_voices_stand_with_the_held_out_ones_first(found: Evaluation) -> None:
    assert list(found.voices) == ["held_out_01", "tuned_01", "tuned_02"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code_accuracy", 0.5),
        ("wrong_suggestions", 0.5),
        ("facts_precision", 0.5),  # of left, size; right, no size
        ("facts_recall", 0.5),
        ("facts_f1", 0.5),
        ("status_errors", 1 / 6),
        ("traps_fallen", 0.5),
        ("checklist_accuracy", 0.5),
        ("false_met", 0.25),
        ("false_alarms", 0.5),
        ("unasserted_recall", 0.0),
        ("findings_recall", None),
        ("ece", (0.15 + 0.6) / 2),
    ],
)
def test_a_figure_is_the_one_counted_by_hand(
    found: Evaluation, name: str, value: float | None
) -> None:
    assert found.groups[Split.HELD_OUT].figures[name].value == (
        None if value is None else pytest.approx(value)
    )


def test_a_fact_has_its_counts(found: Evaluation) -> None:
    assert found.groups[Split.HELD_OUT].facts["made.up"].hits == Hits(right=1, surplus=1, missed=1)


def test_a_value_lies_in_its_interval(found: Evaluation) -> None:
    outside = [
        (split, name)
        for split, group in found.groups.items()
        for name, each in group.figures.items()
        if each.value is not None
        and each.interval
        and not each.interval[0] - 1e-9 <= each.value <= each.interval[1] + 1e-9
    ]
    assert outside == []


def test_a_faultless_figure_has_an_interval_too() -> None:
    outcome = make_outcome(make_labels(facts=[make_label()]), make_answer(facts=[make_reported()]))
    low, high = measure_figures([outcome], RULES)["facts_f1"].interval or (0, 0)
    assert 0 < low < high == 1


@pytest.mark.parametrize(("times", "value"), [(9, None), (10, 0.0)])
def test_the_worst_fact_is_one_that_is_labelled_often_enough(
    times: int, value: float | None
) -> None:
    outcome = make_outcome(make_labels(facts=[make_label()] * times), make_answer())
    assert measure_figures([outcome], RULES)["worst_fact_f1"].value == value
