"""Probabilities are a plain function of the decision."""

from __future__ import annotations

from functools import cache

import pytest

from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.calibrate import probabilities
from scribe.suggest.decision_table import Ruling
from scribe.types.suggestion import Decision


@cache
def the_pack() -> RulePack:
    return load_pack()


def ruling(decision: Decision, *codes: str, twin: str | None = None) -> Ruling:
    row = next(row for row in the_pack().decisions.rows if row.decision is decision)
    is_suggestion = decision is Decision.SUGGEST
    return Ruling(
        row=row,
        code=codes[0] if is_suggestion else None,
        open=() if is_suggestion else codes,
        twin=twin,
    )


def test_a_suggested_code_has_the_confidence_of_its_row() -> None:
    made = ruling(Decision.SUGGEST, "20957", twin="20972")
    assert probabilities(made, 0, the_pack())["20957"] == pytest.approx(made.row.confidence)


def test_gaps_lower_the_confidence() -> None:
    made = ruling(Decision.SUGGEST, "20957", twin="20972")
    few, none = (probabilities(made, gaps, the_pack())["20957"] for gaps in (2, 0))
    assert few < none


def test_gaps_lower_it_only_so_far() -> None:
    made = ruling(Decision.SUGGEST, "20957", twin="20972")
    many, more = (probabilities(made, gaps, the_pack())["20957"] for gaps in (50, 99))
    assert many == more


def test_the_twin_comes_second() -> None:
    chances = probabilities(ruling(Decision.SUGGEST, "20957", twin="20972"), 0, the_pack())
    assert sorted(chances, key=lambda code: -chances[code])[:2] == ["20957", "20972"]


def test_the_first_open_code_leads() -> None:
    chances = probabilities(ruling(Decision.QUERY, "20972", "20957"), 0, the_pack())
    assert sorted(chances, key=lambda code: -chances[code])[:2] == ["20972", "20957"]


def test_a_single_open_code_takes_the_whole_share() -> None:
    made = ruling(Decision.QUERY, "20972")
    assert probabilities(made, 0, the_pack())["20972"] == pytest.approx(made.row.confidence)


def test_outside_the_family_none_leads() -> None:
    chances = probabilities(ruling(Decision.NONE), 0, the_pack())
    assert 1 - sum(chances.values()) > max(chances.values())


@pytest.mark.parametrize("decision", list(Decision))
def test_every_code_has_a_probability(decision: Decision) -> None:
    chances = probabilities(ruling(decision, "20957", twin="20972"), 3, the_pack())
    assert set(chances) == set(the_pack().codes)
