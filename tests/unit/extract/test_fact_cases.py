"""Every case of ``tests/cases/facts``: a short text, and the facts that the rules must and must not tell of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scribe.pipeline import Analyzer, Models
from tests.support.marked import MarkedCase, breaches, load_marked, told_by

CASES = load_marked(Path(__file__).parents[2] / "cases" / "facts")


def as_param(case: MarkedCase) -> object:
    marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
    return pytest.param(case, id=f"{case.fact}/{case.name}", marks=marks)


@pytest.fixture(scope="module")
def rules() -> Analyzer:
    """The rules alone; what the second reader makes of these cases has a test of its own."""
    return Analyzer(models=Models())


@pytest.mark.parametrize("case", [as_param(case) for case in CASES])
def test_facts(rules: Analyzer, case: MarkedCase) -> None:
    analysis = rules.analyze(case.note)
    facts = (*analysis.facts, *analysis.signals)
    assert (told_by(facts, case), breaches(facts, case)) == (case.expected, [])
