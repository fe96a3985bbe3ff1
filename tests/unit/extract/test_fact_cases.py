"""Every case of ``tests/cases/facts``: a short text, and the facts that it must and must not tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.marked import MarkedCase, breaches, load_marked, told_by

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

CASES = load_marked(Path(__file__).parents[2] / "cases" / "facts")


def as_param(case: MarkedCase) -> object:
    marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
    return pytest.param(case, id=f"{case.fact}/{case.name}", marks=marks)


@pytest.mark.parametrize("case", [as_param(case) for case in CASES])
def test_facts(analyzer: Analyzer, case: MarkedCase) -> None:
    analysis = analyzer.analyze(case.note)
    facts = (*analysis.facts, *analysis.signals)
    assert (told_by(facts, case), breaches(facts, case)) == (case.expected, [])
