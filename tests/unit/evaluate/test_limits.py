"""Limits and steps back are found in the direction in which a figure gets worse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scribe.errors import GoldError
from scribe.evaluate.limits import (
    Limit,
    broken_limits,
    read_evaluation,
    read_limit,
    steps_back,
)
from scribe.rules.pack import load_evaluation

if TYPE_CHECKING:
    from pathlib import Path

RULES = load_evaluation()


def data(**values: float | None) -> dict[str, Any]:
    figures = {name: {"value": values.get(name, 0.5)} for name in RULES.figures}
    return {"groups": {"tuned": {"figures": figures}}}


@pytest.mark.parametrize(
    ("name", "limit", "broken"),
    [
        ("facts_f1", 0.51, True),
        ("facts_f1", 0.5, False),
        ("traps_fallen", 0.49, True),
        ("traps_fallen", 0.5, False),
    ],
)
def test_a_limit_is_broken_on_the_worse_side(name: str, limit: float, broken: bool) -> None:
    assert bool(broken_limits(data(), [Limit(figure=name, value=limit)], RULES)) is broken


def test_what_could_not_be_measured_keeps_no_limit() -> None:
    assert broken_limits(data(facts_f1=None), [Limit(figure="facts_f1", value=0)], RULES)


@pytest.mark.parametrize(
    ("name", "now", "said"),
    [
        ("facts_f1", 0.49, []),
        ("facts_f1", 0.489, ["tuned: facts_f1 was 0.5, is 0.489"]),
        ("facts_f1", 0.9, []),
        ("traps_fallen", 0.511, ["tuned: traps_fallen was 0.5, is 0.511"]),
        ("traps_fallen", 0.1, []),
        ("facts_f1", None, ["tuned: facts_f1 was 0.5, is None"]),
        ("abstentions", 0.9, []),
        ("ece", 0.52, ["tuned: ece was 0.5, is 0.52"]),
    ],
)
def test_a_step_back_is_more_than_a_point_of_a_headline_figure(
    name: str, now: float | None, said: list[str]
) -> None:
    assert steps_back(data(), data(**{name: now}), RULES) == said


def test_a_limit_is_read() -> None:
    assert read_limit("facts_f1=0.9", RULES) == Limit(figure="facts_f1", value=0.9)


@pytest.mark.parametrize(("text", "said"), [("f1=0.9", "is none of"), ("facts_f1=much", "NUMBER")])
def test_a_limit_that_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_limit(text, RULES)


@pytest.mark.parametrize("content", ["no json", "{}", "[]"])
def test_a_baseline_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "figures.json"
    path.write_text(content, "utf-8")
    with pytest.raises(GoldError, match=r"figures\.json: holds no figures"):
        read_evaluation(path)
