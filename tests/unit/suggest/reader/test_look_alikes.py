"""The second reader on the cases of the rules, many of them look-alikes: it adds little that is wrong, and doubts few true facts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from scribe.types.fact import Fact, Status
from tests.support.marked import MarkedCase, breaches, load_marked, told_by

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

CASES: Final = load_marked(Path(__file__).parents[3] / "cases" / "facts")
KNOWN: Final = {
    "flap.composition/field_no_bone": "it hears a bone where the field says that none was taken",
    "ischemia_minutes/clip_to_wound": "it takes the time to the closed wound for that without blood",
    "ischemia_minutes/gone_without_ice": "it takes any time that went by for that without blood",
    "ischemia_minutes/between_rounds": "it takes any time that went by for that without blood",
    "ischemia_minutes/from_ligature_to_closure": "it takes any time that went by for that without blood",
    "ischemia_minutes/of_free_flow": "it takes a time with blood for that without",
    "donor.side/foot_given_a_boot": "it takes the foot that was given a boot for the one that gave bone",
    "donor_closure/space_between_bones": "it hears a closure where a gap between bones was closed",
    "flap.transfer/no_vessel_for_another": "it hears a graft without vessels where a vessel did not bleed",
    "donor_closure/no_graft_needed_there": "it hears a closure where only a graft is denied",
    "donor_closure/closing_meant_a_graft": "it hears a closure in words for a graft",
    "bone_defect/alone_shortening": "it takes the shortening of a bone for its gap",
    "skin_paddle/template_as_an_oval": "it takes the drawing of a template for that of the paddle",
    "pedicle.vein/earlier_operation": "it takes the vein of a bypass of long ago for that of the flap",
    "fixation/fracture_of_a_bone": "it takes the plate of a fracture for that of the flap",
    "skin_paddle/taken_or_not": "it denies skin that may or may not have been taken",
    "skin_paddle/round_a_scar": "it takes skin that was cut out for the paddle",
    **dict.fromkeys(
        (
            "recipient.site/wire_sunk_into",
            "recipient.site/we_buried_it_not",
            "recipient.site/new_film",
            "recipient.site/it_fills_not",
            "recipient.site/what_was_known",
        ),
        "the judge of sites takes the only other bone of a text for the one that receives",
    ),
}
"""Cases that it still gets wrong, and why."""


def as_param(case: MarkedCase) -> object:
    name = f"{case.fact}/{case.name}"
    known = [pytest.mark.xfail(reason=KNOWN[name], strict=True)] if name in KNOWN else []
    return pytest.param(case, id=name, marks=known)


def undoubted(fact: Fact) -> Fact:
    """Return a fact as the rules gave it."""
    return replace(fact, status=Status.PRESENT) if fact.is_doubted else fact


@pytest.mark.parametrize("case", [as_param(case) for case in CASES if not case.xfail])
def test_it_adds_nothing_wrong(analyzer: Analyzer, case: MarkedCase) -> None:
    analysis = analyzer.analyze(case.note)
    facts = [*map(undoubted, analysis.facts), *analysis.signals]
    assert (told_by(facts, case), breaches(facts, case)) == (case.expected, [])


def test_it_doubts_few_of_the_facts_that_are_true(analyzer: Analyzer) -> None:
    """Texts of one sentence have little that bears a fact out; in whole notes it is one in a hundred."""
    told = [case for case in CASES if case.expected]
    doubted = [
        case
        for case in told
        if any(
            fact.is_doubted for fact in analyzer.analyze(case.note).facts if fact.name == case.fact
        )
    ]
    assert len(doubted) < 0.1 * len(told)
