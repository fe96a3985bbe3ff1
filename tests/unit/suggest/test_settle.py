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
)
TOE = ({"fact": "donor.site", "value": "great toe with web space"}, FREE, BONE)


@cache
def the_pack() -> RulePack:
    return load_pack()


def weighing(**chances: float) -> Weighing:
    names = ("moved", "bone", "open", "none")
    rest = (1 - sum(chances.values())) / max(1, len(names) - len(chances))
    return Weighing(
        chances={name: chances.get(name, rest) for name in names},
        evidence={name: (make_evidence("skin paddle"),) for name in names},
    )


def ruled(rows: tuple[dict[str, Any], ...], weighed: Weighing | None) -> Ruling:
    pack = the_pack()
    return settle(decide_row(pack.scope(build_facts(rows)), pack), weighed, pack)


def test_a_contradiction_is_settled_by_a_clear_answer() -> None:
    assert ruled(BOTH, weighing(moved=0.95)).code == "20972"


def test_a_settled_code_says_which_row_had_asked() -> None:
    assert ruled(BOTH, weighing(bone=0.95)).row.id == "D06.settled"


def test_an_answer_that_is_not_clear_settles_nothing() -> None:
    assert ruled(BOTH, weighing(moved=0.6)).row.decision is Decision.QUERY


@pytest.mark.parametrize("name", ["open", "none"])
def test_no_code_follows_from_a_class_that_stands_for_none(name: str) -> None:
    assert ruled(BOTH, weighing(**{name: 0.95})).code is None


def test_a_title_over_a_silent_body_is_asked_about_however_sure_anybody_is() -> None:
    assert ruled(TITLE_ONLY, weighing(moved=0.99)).row.decision is Decision.QUERY


def test_an_improbable_code_is_left_open_with_its_twin() -> None:
    held = ruled((DONOR, FREE, BONE, PADDLE), weighing(bone=0.9))
    assert (held.code, held.open) == (None, ("20972", "20957"))


def test_a_code_is_never_turned_into_another() -> None:
    assert ruled((DONOR, FREE, BONE, NO_SKIN), weighing(moved=0.99)).code is None


def test_a_code_is_kept_where_the_note_only_seems_open() -> None:
    assert ruled((DONOR, FREE, BONE, PADDLE), weighing(open=0.9)).code == "20972"


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
    ruling = decide_row(the_pack().scope(build_facts(BOTH)), the_pack())
    both = replace(ruling, open=("20972", "20969", "20957"))
    assert settle(both, weighing(moved=0.99), the_pack()).code is None
