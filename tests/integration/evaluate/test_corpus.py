"""The committed figures of accuracy are those of these rules, no headline figure fell, and the documents show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from docs.figures import load_metrics
from docs.generate import ACCURACY, accuracy_page
from scribe.evaluate.as_data import evaluation_as_data
from scribe.evaluate.evaluation import evaluate
from scribe.evaluate.labels import Split
from scribe.evaluate.limits import steps_back
from scribe.evaluate.outcome import Evaluator
from scribe.evaluate.read import read_labelled
from scribe.rules.pack import load_evaluation

if TYPE_CHECKING:
    from pathlib import Path

    from scribe.pipeline import Analyzer

REFRESH = "run `make metrics`, read the diff and commit it"
RULES = load_evaluation()


@pytest.fixture(scope="module")
def measured(root: Path, analyzer: Analyzer) -> dict[str, Any]:
    evaluator = Evaluator(analyzer, RULES)
    notes = read_labelled([root / "models" / "corpus"], analyzer.pack)
    outcomes = [evaluator.judge_note(note) for note in notes]
    return evaluation_as_data(evaluate(outcomes, RULES), None)


@pytest.fixture(scope="module")
def committed() -> dict[str, Any]:
    return load_metrics()


def test_the_committed_figures_were_made_with_these_rules(
    measured: dict[str, Any], committed: dict[str, Any]
) -> None:
    assert committed["engine"] == measured["engine"], f"models/metrics.json is stale: {REFRESH}"


def test_the_committed_figures_were_made_with_these_notes(
    measured: dict[str, Any], committed: dict[str, Any]
) -> None:
    notes = [{name: each["notes"] for name, each in data["voices"].items()} for data in (committed, measured)]  # fmt: skip
    assert notes[0] == notes[1], f"models/metrics.json is stale: {REFRESH}"


def test_no_headline_figure_fell_by_more_than_a_point(
    measured: dict[str, Any], committed: dict[str, Any]
) -> None:
    fallen = steps_back(committed, measured, RULES)
    assert fallen == [], "mend it; or, when it is meant, `make metrics ACCEPT=1`"


def test_no_headline_figure_rose_unnoticed(
    measured: dict[str, Any], committed: dict[str, Any]
) -> None:
    assert steps_back(measured, committed, RULES) == [], f"better than committed: {REFRESH}"


def test_the_page_on_accuracy_shows_the_committed_figures() -> None:
    assert ACCURACY.read_text("utf-8") == accuracy_page(), "run `make docs`"


def test_every_voice_is_held_out_or_tuned(measured: dict[str, Any]) -> None:
    assert set(measured["groups"]) == {Split.HELD_OUT.value, Split.TUNED.value}
