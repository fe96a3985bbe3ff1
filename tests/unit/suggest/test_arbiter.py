"""The learned arbiter: what it sees of a note, what it says, and what it shows for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scribe.errors import ModelError
from scribe.resources import model_folder
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.arbiter import (
    OTHER,
    Arbiter,
    ArbiterNumbers,
    Weighing,
    class_of_donor,
    fact_features,
    heard_features,
    judge_features,
    load_arbiter,
)
from scribe.suggest.numbers import Logistic
from scribe.suggest.reader.hearing import Sound
from scribe.types.fact import Dimensions, Fact, Status
from tests.support.fact_cases import build_facts

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

TITLES = frozenset({"procedure"})
CLASSES = ("moved", "bone", "open", "none")
NOTE = """\
PROCEDURE: Free metatarsal flap, left foot to right hand.
DESCRIPTION: The left second metatarsal, 5 cm, was raised with a 7 x 4 cm skin paddle on the dorsalis pedis artery. The pedicle was \
divided. The dorsalis pedis artery was joined end-to-side to the radial artery and a vena comitans to the cephalic vein. """


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


def fact(**row: Any) -> Fact:
    (built,) = build_facts([row])
    return built


def weigh(pack: RulePack, *rows: dict[str, Any], weights: dict[str, dict[str, float]]) -> Weighing:
    classes = {name: Logistic(intercept=0.0, weights=weights.get(name, {})) for name in CLASSES}
    donors = {name: Logistic(intercept=0.0, weights={}) for name in ("metatarsal", "other")}
    numbers = ArbiterNumbers(features=1, classes=classes, donors=donors)
    told = Arbiter(numbers, pack.arbiter).weigh(pack.scope(build_facts(rows)), {}, {})
    assert told is not None
    return told


def test_a_fact_is_seen_with_its_value_and_where_it_stands() -> None:
    seen = fact_features(
        fact(fact="flap.composition", value="bone only", **{"in": "procedure"}), TITLES
    )
    assert seen == {
        "flap.composition|present": 1.0,
        "flap.composition=bone only|present": 1.0,
        "flap.composition=bone only|present|title": 1.0,
    }


def test_a_size_is_seen_as_given_or_not() -> None:
    bare = fact(fact="skin_paddle", value={})
    assert "skin_paddle=bare|present" in fact_features(bare, TITLES)


def test_a_number_is_not_seen() -> None:
    assert list(fact_features(fact(fact="donor.metatarsal", value=2), TITLES)) == ["donor.metatarsal|present"]  # fmt: skip


def test_what_a_fact_falls_short_of_is_seen() -> None:
    doubted = fact(fact="skin_paddle", value={}, status="uncertain", qualifiers=["doubted"])
    assert "skin_paddle|doubted" in fact_features(doubted, TITLES)


def test_of_sizes_that_are_heard_the_loudest_counts() -> None:
    heard = {
        ("skin_paddle", Dimensions(length_cm=side, width_cm=1.0), Status.PRESENT): Sound(odds, 0, 1)
        for side, odds in ((5.0, -1.0), (6.0, 2.0))
    }
    told = heard_features(heard, ["skin_paddle"])
    assert told == {"heard skin_paddle=measured|present": 2.0}


def test_what_it_need_not_hear_is_left_out() -> None:
    assert (
        heard_features({("etiology", "tumor", Status.PRESENT): Sound(1.0, 0, 1)}, ["skin_paddle"])
        == {}
    )


def test_a_judge_that_was_not_asked_is_told_from_one_that_is_unsure() -> None:
    assert judge_features({}) != judge_features({"moved": 0.5, "bone": 0.5})


def test_the_chances_add_up_to_one(pack: RulePack) -> None:
    told = weigh(pack, {"fact": "donor.site", "value": "metatarsal"}, weights={})
    assert sum(told.chances.values()) == pytest.approx(1.0)


def test_the_chances_of_the_donors_add_up_to_one(pack: RulePack) -> None:
    told = weigh(pack, {"fact": "donor.site", "value": "metatarsal"}, weights={})
    assert sum(told.donors.values()) == pytest.approx(1.0)


def test_a_donor_with_codes_of_its_own_is_a_class(pack: RulePack) -> None:
    assert class_of_donor("fibula", pack.arbiter) == "fibula"


def test_all_other_donors_are_one_class(pack: RulePack) -> None:
    assert class_of_donor("scapula", pack.arbiter) == OTHER


def test_the_words_of_the_fact_that_speaks_most_are_shown(pack: RulePack) -> None:
    told = weigh(
        pack,
        {"fact": "donor.site", "value": "metatarsal", "at": 10},
        {"fact": "skin_paddle", "value": {}, "at": 90},
        weights={"moved": {"skin_paddle|present": 3.0}},
    )
    assert [place.start for place in told.evidence["moved"]] == [90]


def test_a_note_of_another_operation_is_not_weighed(pack: RulePack) -> None:
    arbiter = load_arbiter(model_folder("arbiter"), pack.arbiter)
    assert arbiter.weigh(pack.scope(()), {}, {}) is None


def test_classes_that_it_does_not_tell_are_refused(pack: RulePack) -> None:
    rules = pack.arbiter.model_copy(update={"against": {"flown": "It flew."}})
    with pytest.raises(ModelError, match="flown"):
        load_arbiter(model_folder("arbiter"), rules)


@pytest.mark.parametrize("end", ["", "The paddle was inset.", "The wounds were closed."])
def test_a_plain_note_keeps_its_code(analyzer: Analyzer, end: str) -> None:
    assert analyzer.analyze(NOTE + end).suggestion.code == "20972"


def test_a_note_is_answered_without_it(analyzer: Analyzer) -> None:
    alone = analyzer.with_models(replace(analyzer.models, arbiter=None))
    assert alone.analyze(NOTE).suggestion.code == "20972"
