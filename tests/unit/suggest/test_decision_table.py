"""The code of a donor is found in the data; a ninth code needs no Python."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import pytest

from scribe.assess.checklist import assess_codes
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.decide import suggest_code
from scribe.suggest.decision_table import explain
from scribe.suggest.resolve import codes_for, documented_donors
from scribe.types.suggestion import Decision, Suggestion
from tests.support.fact_cases import build_facts


@cache
def the_pack() -> RulePack:
    return load_pack()


def donors(*rows: dict[str, Any]) -> tuple[str, ...]:
    return documented_donors(the_pack().scope(build_facts(rows)), the_pack())


def suggest(pack: RulePack, *rows: dict[str, Any]) -> Suggestion:
    scope = pack.scope(build_facts(rows))
    return suggest_code(scope, assess_codes(scope, pack), pack)[0]


@pytest.mark.parametrize(
    ("donor", "bone", "both"),
    [
        ("fibula", "20955", "20969"),
        ("iliac crest", "20956", "20970"),
        ("metatarsal", "20957", "20972"),
        ("scapula", "20962", "20969"),
        ("rib", "20962", "20969"),
        ("other", "20962", "20969"),
    ],
)
def test_the_code_of_a_donor(donor: str, bone: str, both: str) -> None:
    found = [codes_for((donor,), the_pack(), skin=skin) for skin in (False, True)]
    assert found == [(bone,), (both,)]


def test_a_toe_has_no_code_here() -> None:
    assert codes_for(("toe",), the_pack(), skin=True) == ()


def test_without_a_donor_all_codes_stay_open() -> None:
    assert len(codes_for((), the_pack(), skin=True)) == 4


def test_the_body_outranks_the_title() -> None:
    title = {"fact": "donor.site", "value": "fibula", "in": "procedure"}
    assert donors(title, {"fact": "donor.site", "value": "rib"}) == ("rib", "fibula")


def test_a_present_donor_outranks_an_uncertain_one() -> None:
    unsure = {"fact": "donor.site", "value": "fibula", "status": "uncertain"}
    assert donors(unsure, {"fact": "donor.site", "value": "rib"}) == ("rib",)


def test_an_earlier_donor_is_none() -> None:
    assert donors({"fact": "donor.site", "value": "fibula", "status": "historical"}) == ()


def test_a_bone_without_a_role_is_looked_at_last() -> None:
    assert donors({"fact": "signal.bone_mentioned", "value": "rib"}) == ("rib",)


def test_a_ninth_code_is_found_by_its_donor() -> None:
    pack = the_pack()
    old = pack.codes["20956"]
    new = old.model_copy(
        update={"code": "99956", "donor": old.donor.model_copy(update={"sites": ("jaw",)})}
    )
    pack = dataclasses.replace(pack, codes={**pack.codes, "99956": new})
    facts = ({"fact": "donor.site", "value": "jaw"}, {"fact": "flap.transfer", "value": "free"})
    denied = {"fact": "skin_paddle", "value": None, "status": "absent"}
    assert suggest(pack, *facts, denied).code == "99956"


def test_without_a_code_in_force_nothing_is_suggested() -> None:
    pack = dataclasses.replace(the_pack(), codes={})
    facts = (
        {"fact": "donor.site", "value": "rib"},
        {"fact": "flap.transfer", "value": "free"},
        {"fact": "bone_segment", "value": {"length_cm": 7.0}},
    )
    assert suggest(pack, *facts).decision is Decision.NONE


def test_every_row_can_explain_itself_without_facts() -> None:
    scope = the_pack().scope(())
    assert all(explain(row, scope, the_pack()) for row in the_pack().decisions.rows)


def test_an_abstention_says_why() -> None:
    rows = the_pack().decisions.rows
    silent = [row.id for row in rows if row.code is None and row.abstention is None]
    assert silent == []


def test_no_counterfactual_invites_to_write_it() -> None:
    texts = [row.counterfactual.lower() for row in the_pack().decisions.rows if row.counterfactual]
    invited = [t for t in texts if "add " in t or "should" in t or "document that" in t]
    assert invited == []
