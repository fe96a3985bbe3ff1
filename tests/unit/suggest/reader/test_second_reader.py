"""The second reader adds what is probable where no rule gave it, doubts what the note makes improbable, and nothing else."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from scribe.rules.condition_schema import FactYaml
from scribe.rules.conditions import Scope, index_facts
from scribe.rules.second_reader_schema import Asked, Carrier, SecondReaderFile
from scribe.suggest.numbers import Logistic
from scribe.suggest.reader.features import FEATURES
from scribe.suggest.reader.second_reader import (
    Reading,
    SecondReader,
    as_signals,
    with_doubts,
    with_learned,
)
from scribe.suggest.reader.weights import Carried, ReaderNumbers, Said
from scribe.types.condition import Not
from scribe.types.fact import DOUBTED, Dimensions, Evidence, Fact, Status
from scribe.types.mention import ParsedNote
from tests.support.builders import make_fact, make_note
from tests.support.tagged import make_sentence

if TYPE_CHECKING:
    from scribe.types.condition import Condition
    from scribe.types.fact import Barred

DEVICE, SIDE, GAP, WHY = "made.device", "made.side", "made.gap", "made.reason"
SILENT, MAKE_UP = "made.only_doubted", "made.make_up"
OTHER_SIDE = "made.other_side"
ALWAYS = Not(part=FactYaml(fact="never.there").build())


def reader_of(
    *,
    likes: dict[str, float] | None = None,
    least: float = 0.5,
    considers: Condition = ALWAYS,
    where: Condition | None = None,
    doubted_below: float = 0.0,
    of_side: dict[str, Any] | None = None,
) -> SecondReader:
    """Return a reader that takes a place by the words beside it, and gives what its places or sentences find likely."""
    weights = likes if likes is not None else {"beside=put": 3.0}
    places = (
        Carried(
            name=DEVICE,
            values=("plate", "screw"),
            intercept=-3.0,
            weights={**weights, "beside=left": -9},
        ),
        Carried(name=SIDE, values=("left", "right"), intercept=0.0, weights={"before=the": 3.0}),
        Carried(name=GAP, values=(), intercept=3.0, weights={}),
        Carried(name=SILENT, values=("lamp",), intercept=3.0, weights={}),
    )
    sentences = (
        Said(
            name=WHY,
            value=True,
            status=Status.PRESENT,
            intercept=-3.0,
            weights={"word=crumbles": 9.0},
        ),
    )
    return SecondReader(
        ReaderNumbers(
            features=FEATURES,
            sentences=sentences,
            places=places,
            joint=Logistic(intercept=0.0, weights={"best": 1.0}),
            least=least,
            right=Logistic(intercept=0.0, weights={"best": 1.0}),
        ),
        SecondReaderFile.model_construct(
            considers=considers,
            silent_frames=("plan",),
            silent_cues=("NEGATED",),
            doubted_below=doubted_below,
            make_up=(),
            listens=(),
            facts={
                DEVICE: Asked.model_construct(carrier=Carrier.WORDS, where=where),
                SIDE: Asked(carrier=Carrier.WORDS, one=True, rival=OTHER_SIDE, **(of_side or {})),
                GAP: Asked(carrier=Carrier.DIMENSIONS, tags=("SIZE",), one=True),
                WHY: Asked(carrier=Carrier.WORDS, one=True),
                SILENT: Asked(carrier=Carrier.WORDS, adds=False),
                MAKE_UP: Asked.model_construct(
                    carrier=Carrier.WORDS,
                    doubted_below=None,
                    doubted_beside=0.0,
                    rests_on={"with skin": DEVICE},
                    rests_unless=FactYaml(fact=OTHER_SIDE).build(),
                ),
            },
        ),
    )


def scope_of(*facts: Fact) -> Scope:
    return Scope(
        facts=facts,
        named={},
        title_sections=frozenset(),
        fields={},
        by_name=index_facts(facts),
    )


def read(
    reader: SecondReader, written: str, *facts: Fact, barred: Barred | None = None
) -> tuple[Fact, ...]:
    return reading(reader, written, *facts, barred=barred).added


def reading(
    reader: SecondReader, written: str, *facts: Fact, barred: Barred | None = None
) -> Reading:
    sentence = make_sentence(written)
    text = " ".join(
        item.word.ljust(following.start - item.start - 1)
        for item, following in zip(
            sentence.items, (*sentence.items[1:], sentence.items[-1]), strict=True
        )
    )
    parsed = ParsedNote(
        note=make_note(text),
        sections=(),
        sentences=(sentence,),
        placeholders=(),
        has_headings=True,
    )
    return reader.read(parsed, scope_of(*facts), barred)


def values(facts: tuple[Fact, ...], name: str) -> list[Any]:
    return [fact.value for fact in facts if fact.name == name]


def test_a_probable_place_becomes_a_fact() -> None:
    assert values(read(reader_of(), "put a FIXDEV=plate"), DEVICE) == ["plate"]


def test_an_improbable_place_becomes_none() -> None:
    assert values(read(reader_of(), "took a FIXDEV=plate"), DEVICE) == []


def test_a_probable_sentence_becomes_a_fact() -> None:
    assert values(read(reader_of(), "loose bone crumbles"), WHY) == [True]


def test_the_fact_names_the_learned_rule() -> None:
    found = read(reader_of(), "put a FIXDEV=plate")
    assert [fact.rule for fact in found] == ["learned.made.device"]


def test_the_confidence_is_the_learned_probability() -> None:
    found = read(reader_of(likes={"beside=put": 4.0}), "put a FIXDEV=plate")
    assert found[0].confidence == pytest.approx(0.731, abs=5e-4)


def test_the_place_is_the_evidence() -> None:
    found = read(reader_of(), "put a FIXDEV=plate")
    assert [each.text for each in found[0].evidence] == ["plate"]


def test_the_sentence_is_the_evidence_where_no_place_carries_the_fact() -> None:
    found = read(reader_of(), "loose bone crumbles")
    assert [each.text for each in found[0].evidence] == ["loose bone crumbles"]


def test_what_the_rules_give_is_not_added_again() -> None:
    given = make_fact(DEVICE, "plate")
    assert read(reader_of(), "put a FIXDEV=plate", given) == ()


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.PRESENT])
def test_what_the_rules_say_with_another_status_is_not_added(status: Status) -> None:
    told = make_fact(DEVICE, "plate", status=status)
    assert read(reader_of(), "put a FIXDEV=plate", told) == ()


def test_another_value_is_added_where_a_note_may_have_several() -> None:
    given = make_fact(DEVICE, "screw")
    assert values(read(reader_of(), "put a FIXDEV=plate", given), DEVICE) == ["plate"]


def test_another_value_is_not_added_where_a_note_has_one() -> None:
    given = make_fact(SIDE, "right")
    assert read(reader_of(), "the SIDE=left leg", given) == ()


def test_another_value_is_added_where_the_one_of_the_rules_is_doubted() -> None:
    reader = reader_of(doubted_below=0.5)
    assert values(read(reader, "the SIDE=left leg", make_fact(SIDE, "right")), SIDE) == ["left"]


def test_the_value_that_is_doubted_is_not_added_again() -> None:
    reader = reader_of(least=0.0, doubted_below=0.6)
    assert read(reader, "his SIDE=left leg", make_fact(SIDE, "left")) == ()


def test_of_two_values_of_which_a_note_has_one_the_more_probable_is_added() -> None:
    assert values(read(reader_of(), "SIDE=right or the SIDE=left"), SIDE) == ["left"]


def test_a_size_is_added_where_the_rules_give_none() -> None:
    bare = make_fact(GAP, Dimensions())
    found = read(reader_of(), "SIZE@7x4 missing", bare)
    assert values(found, GAP) == [Dimensions(length_cm=7, width_cm=4)]


def test_nothing_is_added_below_the_least_probability() -> None:
    assert read(reader_of(least=0.99), "put a FIXDEV=plate") == ()


def test_what_is_heard_says_where() -> None:
    heard = reading(reader_of(), "put a FIXDEV=plate").heard
    sound = heard[DEVICE, "plate", Status.PRESENT]
    assert (sound.start, sound.end) == (6, 11)


def test_nothing_is_added_to_a_note_that_is_not_considered() -> None:
    never = FactYaml(fact="never.there").build()
    assert read(reader_of(considers=never), "put a FIXDEV=plate") == ()


def test_nothing_is_added_where_the_facts_of_the_rules_do_not_fit() -> None:
    never = FactYaml(fact="never.there").build()
    assert read(reader_of(where=never), "put a FIXDEV=plate") == ()


def test_an_added_fact_stands_behind_those_of_its_name() -> None:
    facts = (make_fact(DEVICE, "screw"), make_fact(SIDE, "left"))
    added = make_fact(DEVICE, "plate")
    assert with_learned(facts, [added]) == (facts[0], added, facts[1])


def test_an_added_fact_of_a_new_name_stands_before_the_signals() -> None:
    fact, signal = make_fact(SIDE, "left"), make_fact("signal.made_up", signal=True)
    added = make_fact(DEVICE, "plate")
    assert with_learned((fact, signal), [added]) == (fact, added, signal)


def test_a_size_takes_the_place_of_the_same_fact_without_one() -> None:
    bare = make_fact(GAP, Dimensions())
    sized = make_fact(GAP, Dimensions(length_cm=7, width_cm=4))
    assert with_learned((bare,), [sized]) == (sized,)


def test_the_table_knows_of_an_added_fact_by_a_signal_only() -> None:
    (signal,) = as_signals([make_fact(DEVICE, "plate")])
    assert (signal.name, signal.value, signal.signal) == (f"signal.learned.{DEVICE}", "plate", True)


def test_words_that_the_rules_bar_are_not_read() -> None:
    assert read(reader_of(), "put a FIXDEV=plate", barred={DEVICE: ((6, 11),)}) == ()


def test_words_of_the_rival_fact_are_not_read() -> None:
    taken = Evidence(start=4, end=9, text="right", section=None)
    rival = dataclasses.replace(make_fact(OTHER_SIDE, "right"), evidence=(taken,))
    assert values(read(reader_of(), "the SIDE=right foot", rival), SIDE) == []


PLATE = make_fact(DEVICE, "plate")


def test_a_fact_of_the_rules_that_the_note_makes_improbable_is_doubted() -> None:
    reader = reader_of(likes={"beside=took": 1.5}, doubted_below=0.5)
    assert reading(reader, "took a FIXDEV=plate", PLATE).doubted.keys() == {(DEVICE, "plate")}


def test_a_fact_of_the_rules_that_the_note_bears_out_is_not_doubted() -> None:
    assert not reading(reader_of(doubted_below=0.4), "put a FIXDEV=plate", PLATE).doubted


def test_nothing_is_doubted_that_is_never_improbable_enough() -> None:
    assert not reading(reader_of(), "took a FIXDEV=plate", PLATE).doubted


def test_a_fact_that_nothing_in_the_note_says_is_doubted() -> None:
    reader = reader_of(doubted_below=0.5)
    assert reading(reader, "took a FIXDEV=rod", PLATE).doubted.keys() == {(DEVICE, "plate")}


BARE = make_fact(MAKE_UP, "bone only")


def test_where_the_surgeon_is_asked_a_value_alone_is_doubted() -> None:
    reader = reader_of(doubted_below=0.5)
    assert reading(reader, "took a FIXDEV=rod", BARE).doubted.keys() == {(MAKE_UP, "bone only")}


def test_where_the_surgeon_is_asked_none_of_two_values_is_doubted() -> None:
    other = make_fact(MAKE_UP, "with skin")
    assert not reading(reader_of(doubted_below=0.5), "took a FIXDEV=rod", BARE, other).doubted


SIDES = (make_fact(SIDE, "left"), make_fact(SIDE, "right"))


def test_of_two_values_the_less_probable_is_doubted_where_it_is_out_of_the_question() -> None:
    reader = reader_of(of_side={"doubted_beside": 0.5})
    assert reading(reader, "the SIDE=left leg", *SIDES).doubted.keys() == {(SIDE, "right")}


def test_of_two_values_that_are_as_probable_none_is_doubted() -> None:
    reader = reader_of(of_side={"doubted_beside": 1.0})
    assert not reading(reader, "his leg", *SIDES).doubted


def test_a_fact_may_have_a_bound_of_its_own() -> None:
    reader = reader_of(doubted_below=0.9, of_side={"doubted_below": 0.0})
    assert not reading(reader, "his leg", SIDES[0]).doubted


DERIVED = make_fact(MAKE_UP, "with skin", rule=f"{MAKE_UP}.derived")


def test_what_rests_on_doubted_facts_alone_is_doubted_with_them() -> None:
    found = reading(reader_of(doubted_below=0.5), "took a FIXDEV=rod", PLATE, BARE, DERIVED)
    assert found.doubted.keys() == {(DEVICE, "plate"), (MAKE_UP, "with skin")}


def test_what_rests_on_another_fact_too_is_not_doubted() -> None:
    written, screw = "put a FIXDEV=screw", make_fact(DEVICE, "screw")
    found = reading(reader_of(doubted_below=0.5), written, PLATE, screw, BARE, DERIVED)
    assert found.doubted.keys() == {(DEVICE, "plate")}


def test_what_other_signs_bear_out_is_left_to_the_surgeon() -> None:
    told = (PLATE, BARE, DERIVED, make_fact(OTHER_SIDE, "left"))
    found = reading(reader_of(doubted_below=0.5), "took a FIXDEV=rod", *told)
    assert found.doubted.keys() == {(DEVICE, "plate")}


def test_what_words_say_rests_on_nothing() -> None:
    said = make_fact(MAKE_UP, "with skin", rule=f"{MAKE_UP}.said")
    found = reading(reader_of(doubted_below=0.5), "took a FIXDEV=rod", PLATE, BARE, said)
    assert found.doubted.keys() == {(DEVICE, "plate")}


def test_what_was_planned_is_not_doubted() -> None:
    planned = make_fact(DEVICE, "plate", status=Status.PLANNED)
    assert not reading(reader_of(doubted_below=0.5), "took a FIXDEV=rod", planned).doubted


def test_what_may_only_be_doubted_is_never_added() -> None:
    assert values(read(reader_of(), "put a LIGHT=lamp"), SILENT) == []


def test_what_may_only_be_doubted_is_listened_for() -> None:
    lamp = make_fact(SILENT, "lamp")
    assert not reading(reader_of(doubted_below=0.5), "put a LIGHT=lamp", lamp).doubted


def test_a_doubted_fact_is_uncertain_and_says_so() -> None:
    (fact,) = with_doubts((PLATE,), {(DEVICE, "plate"): 0.25})
    assert (fact.status, fact.qualifiers) == (Status.UNCERTAIN, (DOUBTED,))


def test_the_confidence_of_a_doubted_fact_is_the_learned_probability() -> None:
    (fact,) = with_doubts((PLATE,), {(DEVICE, "plate"): 0.25})
    assert fact.confidence == 0.25


def test_a_doubted_fact_keeps_its_rule_and_its_evidence() -> None:
    (fact,) = with_doubts((PLATE,), {(DEVICE, "plate"): 0.25})
    assert (fact.rule, fact.evidence) == (PLATE.rule, PLATE.evidence)


def test_what_the_rules_call_planned_is_not_doubted() -> None:
    planned = make_fact(DEVICE, "plate", status=Status.PLANNED)
    assert with_doubts((planned,), {(DEVICE, "plate"): 0.25}) == (planned,)


def test_what_the_note_hedges_elsewhere_stays_as_it_is() -> None:
    hedged = make_fact(DEVICE, "plate", status=Status.UNCERTAIN)
    assert with_doubts((PLATE, hedged), {(DEVICE, "plate"): 0.25}) == (PLATE, hedged)
