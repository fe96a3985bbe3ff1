"""What a code asks for is worked out once, and answers are shared only between codes that agree."""

from __future__ import annotations

from functools import cache

import pytest

from scribe.assess.checklist import assess_code, assess_codes
from scribe.rules.pack import RulePack, load_pack
from tests.support.fact_cases import build_facts

_NOTES = (
    (),
    ({"fact": "donor.site", "value": "metatarsal"}, {"fact": "donor.metatarsal", "value": 2}),
    ({"fact": "donor.site", "value": "fibula"}, {"fact": "donor.side", "value": "left"}),
    ({"fact": "donor.site", "value": "iliac crest", "status": "uncertain"},),
)


@cache
def the_pack() -> RulePack:
    return load_pack()


@pytest.mark.parametrize("rows", _NOTES)
def test_shared_answers_are_those_of_each_code_alone(rows: tuple[dict[str, object], ...]) -> None:
    scope = the_pack().scope(build_facts(rows))
    alone = tuple(assess_code(code, scope, the_pack()) for code in the_pack().codes.values())
    assert assess_codes(scope, the_pack()) == alone


def test_codes_of_different_donors_share_no_answer_about_the_donor() -> None:
    pack = the_pack()
    answers = {
        asked.depends_on
        for code in pack.codes.values()
        for asked in pack.checklist(code)
        if asked.requirement.id == "donor_site"
    }
    assert len(answers) == len({code.donor.label for code in pack.codes.values()})


def test_a_checklist_keeps_the_order_of_its_code() -> None:
    pack = the_pack()
    code = pack.codes["20972"]
    asked = [each.requirement.id for each in pack.checklist(code)]
    assert asked == [item for item in code.asks if item in pack.requirements]


def test_a_source_of_the_code_comes_first() -> None:
    pack = the_pack()
    code = pack.codes["20972"]
    asked = next(each for each in pack.checklist(code) if each.requirement.id == "donor_site")
    assert asked.source == f"{pack.sources['MH-20972'].citation} (required for 20972)"
