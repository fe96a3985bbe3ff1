"""Shared measures are, to the digit, those of an independent scorer: its figures for four notes with damaged answers are frozen here.

``answers.jsonl`` holds answers with facts dropped, turned, repeated and moved, so that every count differs from nought.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scribe.evaluate.answer import answer_of
from scribe.evaluate.evaluation import evaluate
from scribe.evaluate.labels import Split
from scribe.evaluate.outcome import Evaluator
from scribe.evaluate.read import read_labelled
from scribe.rules.pack import load_evaluation

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

FROZEN = Path(__file__).resolve().parent / "frozen"
EXPECTED = json.loads((FROZEN / "expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def measured(analyzer: Analyzer) -> dict[str, Any]:
    rows = (FROZEN / "answers.jsonl").read_text("utf-8").splitlines()
    answers = {row["note"]["id"]: row for row in map(json.loads, rows)}
    rules = load_evaluation()
    evaluator = Evaluator(analyzer, rules)
    outcomes = [
        evaluator.judge_answer(note, answer_of(answers[note.note.id], note.note.text))
        for note in read_labelled([FROZEN], analyzer.pack)
    ]
    group = evaluate(outcomes, rules).groups[Split.OWN]
    figures = group.figures

    def share(name: str) -> float:
        return round(figures[name].value or 0.0, 4)

    def counts(name: str) -> str:
        return f"{figures[name].part}/{figures[name].of}"

    return {
        "notes": group.notes,
        "code_accuracy": share("code_accuracy"),
        "wrong_suggestions": figures["wrong_suggestions"].part,
        "facts": {
            "precision": share("facts_precision"),
            "recall": share("facts_recall"),
            "f1": share("facts_f1"),
            "tp": figures["facts_precision"].part,
            "fp": figures["facts_precision"].of - (figures["facts_precision"].part or 0),
            "fn": figures["facts_recall"].of - (figures["facts_recall"].part or 0),
        },
        "traps_fallen": counts("traps_fallen"),
        "unasserted_recall": share("unasserted_recall"),
        "evidence_on_quote": share("evidence_on_quote"),
        "bad_spans": figures["bad_spans"].part,
        "anastomosis_detail": share("join_detail"),
        "checklist_accuracy": share("checklist_accuracy"),
        "false_met": figures["false_met"].part,
        "findings_recall": share("findings_recall"),
        "false_findings": counts("false_findings"),
        "code_confusion": {
            f"{labelled} -> {got}": count
            for (labelled, got), count in group.answers_confused.items()
        },
        "by_fact": {
            name: (row.hits.right, row.hits.surplus, row.hits.missed, round(row.f1.value or 0.0, 4))
            for name, row in sorted(group.facts.items())
        },
    }


@pytest.mark.parametrize("figure", sorted(set(EXPECTED) - {"by_fact", "no_result"}))
def test_a_shared_measure_is_the_frozen_one(figure: str, measured: dict[str, Any]) -> None:
    assert measured[figure] == EXPECTED[figure]


@pytest.mark.parametrize("fact", sorted(EXPECTED["by_fact"]))
def test_the_counts_of_a_fact_are_the_frozen_ones(fact: str, measured: dict[str, Any]) -> None:
    row = EXPECTED["by_fact"][fact]
    assert measured["by_fact"][fact] == (row["tp"], row["fp"], row["fn"], row["f1"])
