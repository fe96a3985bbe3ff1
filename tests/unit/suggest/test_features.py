"""What the learned model sees: how a note fits a code, never which code it is."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

from scribe.assess.checklist import assess_codes
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.features import feature_names, pair_features
from tests.support.fact_cases import build_facts

BONE = {"fact": "donor.site", "value": "fibula"}
BARE = {"fact": "flap.composition", "value": "bone only"}


@cache
def the_pack() -> RulePack:
    return load_pack()


def seen(*facts: dict[str, Any], pack: RulePack | None = None) -> dict[str, dict[str, float]]:
    pack = pack or the_pack()
    scope = pack.scope(build_facts(facts))
    rows = pair_features(scope, assess_codes(scope, pack), pack)
    nothing = dict.fromkeys(feature_names(pack), 0.0)
    return {code: {**nothing, **row} for code, row in rows.items()}


def test_every_code_has_a_row() -> None:
    assert sorted(seen(BONE)) == sorted(the_pack().codes)


def test_every_feature_is_a_share() -> None:
    assert all(0 <= value <= 1 for row in seen(BONE, BARE).values() for value in row.values())


def test_the_donor_agrees_with_its_codes_only() -> None:
    agreeing = {code for code, row in seen(BONE).items() if row["donor_agrees_body"]}
    assert agreeing == {"20955", "20969"}


def test_the_skin_tells_the_codes_of_one_donor_apart() -> None:
    rows = seen(BONE, BARE)
    assert (rows["20955"]["skin_agrees_body"], rows["20969"]["skin_contradicted"]) == (1.0, 1.0)


def test_no_feature_asks_for_a_code() -> None:
    from scribe.rules.conditions import asked_fields

    pack = the_pack()
    asked = set[str]().union(
        *(asked_fields(each, pack.conditions) for each in pack.second_opinion.features.values())
    )
    assert "code" not in asked


def test_a_further_code_gets_the_row_of_the_code_it_is_like() -> None:
    spec = the_pack().codes["20955"]
    ninth = spec.model_copy(update={"code": "29999"})
    pack = dataclasses.replace(the_pack(), codes={**the_pack().codes, "29999": ninth})
    rows = seen(BONE, BARE, pack=pack)
    assert rows["29999"] == rows["20955"]
