"""What the arbiter changes of a ruling: it answers some questions, doubts some codes, and never turns one into another."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.arbiter import Weighing
from scribe.suggest.decide import suggest_code
from scribe.suggest.decision_table import Ruling, decide_row
from scribe.suggest.settle import settle
from scribe.types.suggestion import Decision
from tests.support.builders import make_evidence
from tests.support.fact_cases import build_facts

DONOR = {"fact": "donor.site", "value": "metatarsal"}
FREE = {"fact": "flap.transfer", "value": "free"}
BONE = {"fact": "bone_segment", "value": {"length_cm": 5.0}}
PADDLE = {"fact": "skin_paddle", "value": {"length_cm": 7.0, "width_cm": 4.0}}
NO_SKIN = {"fact": "skin_paddle", "value": None, "status": "absent"}
BOTH = (DONOR, FREE, PADDLE, {"fact": "flap.composition", "value": "bone only"})
TITLE_ONLY = (
    DONOR,
    FREE,
    {"fact": "flap.composition", "value": "osteocutaneous", "in": "procedure"},
    {"fact": "pedicle.artery", "value": "dorsalis pedis artery"},
)
TOE = ({"fact": "donor.site", "value": "great toe with web space"}, FREE, BONE)


@cache
def the_pack() -> RulePack:
    return load_pack()


def weighing(donor: str | None = None, **chances: float) -> Weighing:
    names = ("moved", "bone", "open", "none")
    rest = (1 - sum(chances.values())) / max(1, len(names) - len(chances))
    return Weighing(
        chances={name: chances.get(name, rest) for name in names},
        donors={"metatarsal": 0.2, "iliac crest": 0.8} if donor is None else {donor: 1.0},
        evidence={name: (make_evidence("skin paddle"),) for name in names},
    )


def ruled(rows: tuple[dict[str, Any], ...], weighed: Weighing | None) -> Ruling:
    pack = the_pack()
    scope = pack.scope(build_facts(rows))
    return settle(decide_row(scope, pack), weighed, scope, pack)


def test_a_contradiction_is_settled_by_a_clear_answer() -> None:
    assert ruled(BOTH, weighing(moved=0.95)).code == "20972"


def test_a_settled_code_says_which_row_had_asked() -> None:
    assert ruled(BOTH, weighing(bone=0.95)).row.id == "D06.settled"


def test_an_answer_that_is_not_clear_settles_nothing() -> None:
    assert ruled(BOTH, weighing(moved=0.6)).row.decision is Decision.QUERY


@pytest.mark.parametrize("name", ["open", "none"])
def test_no_code_follows_from_a_class_that_stands_for_none(name: str) -> None:
    assert ruled(BOTH, weighing(**{name: 0.95})).code is None


def test_a_title_over_a_silent_body_is_asked_about_where_anybody_could_doubt() -> None:
    assert ruled(TITLE_ONLY, weighing(moved=0.94)).row.decision is Decision.QUERY


def test_a_title_over_a_body_that_only_seems_silent_is_believed() -> None:
    assert ruled(TITLE_ONLY, weighing(moved=0.99)).code == "20972"


DOUBTED = {**DONOR, "value": "iliac crest", "status": "uncertain", "qualifiers": ["doubted"]}
OPEN_DONOR = (DOUBTED, FREE, BONE)


def test_a_donor_that_is_found_gives_its_code() -> None:
    found = ruled(OPEN_DONOR, weighing("iliac crest", bone=0.99))
    assert (found.code, found.row.id, found.twin) == ("20956", "D34.donor.found", "20970")


def test_a_donor_that_no_fact_names_is_asked_for() -> None:
    assert ruled(OPEN_DONOR, weighing("fibula", bone=0.99)).code is None


def test_a_donor_that_is_not_sure_is_asked_for() -> None:
    assert ruled(OPEN_DONOR, weighing(bone=0.99)).code is None


@pytest.mark.parametrize("chances", [{"bone": 0.8}, {"open": 0.99}], ids=["unsure", "open"])
def test_a_donor_is_asked_for_where_nobody_knows_of_the_skin(chances: dict[str, float]) -> None:
    assert ruled(OPEN_DONOR, weighing("iliac crest", **chances)).code is None


def test_a_donor_that_a_reader_added_may_be_found() -> None:
    learned = {"fact": "signal.learned.donor.site", "value": "fibula"}
    assert ruled((*OPEN_DONOR, learned), weighing("fibula", bone=0.99)).code == "20955"


NO_DONOR = (FREE, BONE, {"fact": "flap.composition", "value": "bone only"})


def test_a_donor_that_no_rule_reads_may_be_found() -> None:
    learned = {"fact": "signal.learned.donor.site", "value": "fibula"}
    assert ruled((*NO_DONOR, learned), weighing("fibula", bone=0.99)).row.id == "D17.found"


def test_of_two_donors_that_rules_read_none_is_picked() -> None:
    two = (DONOR, {**DONOR, "value": "fibula"}, FREE, BONE, NO_SKIN)
    assert ruled(two, weighing("fibula", bone=0.99)).row.id == "D17"


def test_a_question_is_none_where_no_flap_is_told() -> None:
    refused = ruled(OPEN_DONOR, weighing(none=0.95))
    assert (refused.row.decision, refused.row.id) == (Decision.NONE, "D34.donor.refused")


def test_a_question_stays_one_where_a_flap_may_be_told() -> None:
    assert ruled(OPEN_DONOR, weighing(none=0.8)).row.decision is Decision.QUERY


TOE_TALK = (DONOR, FREE, BONE, PADDLE, {"fact": "signal.toe_transfer", "value": 1})


def test_one_sign_of_another_operation_is_believed() -> None:
    assert ruled(TOE_TALK, weighing(none=0.9)).row.id == "D25"


def test_one_sign_of_another_operation_is_overruled_by_all_others() -> None:
    overruled = ruled(TOE_TALK, weighing(moved=0.99))
    assert (overruled.code, overruled.row.id) == ("20972", "D25.overruled")


def test_nothing_is_overruled_where_the_table_would_give_another_code() -> None:
    assert ruled(TOE_TALK, weighing(bone=0.99)).row.id == "D25"


NO_BONE = ({"fact": "pedicle.artery", "value": "radial artery"},)


def test_a_note_of_which_no_bone_was_read_is_asked_about_where_a_flap_is_all_but_sure() -> None:
    reopened = ruled(NO_BONE, weighing("metatarsal", bone=0.95))
    assert (reopened.row.decision, reopened.row.id) == (Decision.QUERY, "D00.reopened")


def test_a_reopened_question_is_first_about_the_more_probable_code() -> None:
    assert ruled(NO_BONE, weighing("metatarsal", bone=0.95)).open == ("20957", "20972")


@pytest.mark.parametrize("chances", [{"bone": 0.8}, {"none": 0.95}, {"open": 0.95}])
def test_a_note_of_which_no_bone_was_read_is_of_another_family(chances: dict[str, float]) -> None:
    assert ruled(NO_BONE, weighing("metatarsal", **chances)).row.id == "D00"


def test_an_improbable_code_is_left_open_with_its_twin() -> None:
    held = ruled((DONOR, FREE, BONE, PADDLE), weighing(bone=0.9))
    assert (held.code, held.open) == (None, ("20972", "20957"))


def test_a_code_is_never_turned_into_another() -> None:
    assert ruled((DONOR, FREE, BONE, NO_SKIN), weighing(moved=0.99)).code is None


def test_a_code_is_kept_where_the_note_only_seems_open() -> None:
    assert ruled((DONOR, FREE, BONE, PADDLE), weighing(open=0.75, moved=0.25)).code == "20972"


def test_a_body_that_denies_skin_outright_keeps_its_code_under_a_title_that_speaks_of_it() -> None:
    title = {"fact": "flap.composition", "value": "osteocutaneous", "in": "procedure"}
    rows = (DONOR, FREE, BONE, NO_SKIN, title)
    assert ruled(rows, weighing(open=0.9)).row.id == "D01"


def test_a_code_is_left_open_where_the_note_is_all_but_sure_to_contradict_itself() -> None:
    held = ruled((DONOR, FREE, BONE, PADDLE), weighing(open=0.9))
    assert (held.row.id, held.open) == ("D03.held", ("20972", "20957"))


def test_a_probable_code_is_kept() -> None:
    assert ruled((DONOR, FREE, BONE, PADDLE), weighing(moved=0.7)).code == "20972"


def test_a_code_that_skin_does_not_tell_is_never_doubted() -> None:
    assert ruled(TOE, weighing(bone=0.99)).code == "20973"


def test_without_an_arbiter_the_table_decides() -> None:
    assert ruled(BOTH, None).row.id == "D06"


def test_the_rationale_shows_the_words_that_were_weighed() -> None:
    pack = the_pack()
    scope = pack.scope(build_facts(BOTH))
    suggestion, _ = suggest_code(scope, (), pack, weighed=weighing(moved=0.95))
    assert [place.text for place in suggestion.rationale[-1].evidence] == ["skin paddle"]


def test_a_question_that_it_raises_says_why_no_code_is_given() -> None:
    pack = the_pack()
    scope = pack.scope(build_facts((DONOR, FREE, BONE, PADDLE)))
    suggestion, _ = suggest_code(scope, (), pack, weighed=weighing(bone=0.9))
    assert suggestion.abstention == "low_confidence"


def test_of_several_open_codes_with_skin_none_is_picked() -> None:
    scope = the_pack().scope(build_facts(BOTH))
    both = replace(decide_row(scope, the_pack()), open=("20972", "20969", "20957"))
    assert settle(both, weighing(moved=0.99), scope, the_pack()).code is None
