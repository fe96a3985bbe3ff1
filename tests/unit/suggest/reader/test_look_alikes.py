"""The second reader on the cases of the rules, many of them look-alikes: what it adds there is wrong, but for few known ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.marked import MarkedCase, breaches, load_marked, told_by

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

CASES: Final = load_marked(Path(__file__).parents[3] / "cases" / "facts")
KNOWN: Final = {
    "donor_closure/no_graft_needed_there": "it concludes that the wound was closed where no graft was wanted",
    "donor_closure/graft_on_the_muscle": "it takes a graft on the flap's muscle for that of the foot",
    "soft_tissue_defect/no_wound_infection": "it takes skin that had no infection for the loss",
    "skin_paddle/round_a_scar": "it takes skin that was cut out for the paddle",
}
"""Cases that it still gets wrong, and why."""


def as_param(case: MarkedCase) -> object:
    name = f"{case.fact}/{case.name}"
    known = [pytest.mark.xfail(reason=KNOWN[name], strict=True)] if name in KNOWN else []
    return pytest.param(case, id=name, marks=known)


@pytest.mark.parametrize("case", [as_param(case) for case in CASES if not case.xfail])
def test_it_adds_nothing_wrong(analyzer: Analyzer, case: MarkedCase) -> None:
    analysis = analyzer.analyze(case.note)
    facts = (*analysis.facts, *analysis.signals)
    assert (told_by(facts, case), breaches(facts, case)) == (case.expected, [])
