"""What is asked first, for speed, never changes what is found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from scribe.extract.gate import Gate
from scribe.extract.patterns import Pattern, TagIndex, View
from scribe.rules.pack import load_pack
from tests.support.tagged import make_view

if TYPE_CHECKING:
    from scribe.rules.language import FactRule

_TAGS = ("BONE", "MT", "LOSS", "SEG", "RAISE", "PADDLE", "LEN", "SIDE", "JN", "LIMB", "FLAP")
_WORDS = ("the", "of", "to", "was", "with", "from", "and", ",", ";", ".")
_sentence = st.lists(
    st.sampled_from([*_WORDS, *(f"{tag}=thing" for tag in _TAGS), "BONE/MT=both"]),
    min_size=1,
    max_size=12,
).map(" ".join)


@cache
def the_patterns() -> tuple[tuple[FactRule, dict[str, Pattern]], ...]:
    language = load_pack().language
    return tuple(
        (
            rule,
            {
                told.id: Pattern(told.pattern, language.macros, told.id)
                for told in (*rule.file.find, *rule.file.never)
            },
        )
        for rule in language.facts
    )


@cache
def the_gate() -> Gate:
    return Gate(the_patterns())


def views_of(sentences: list[str]) -> list[View]:
    return [make_view(written, index=k) for k, written in enumerate(sentences)]


@given(st.lists(_sentence, min_size=1, max_size=6))
def test_a_pattern_matches_nowhere_but_where_the_gate_sends_it(sentences: list[str]) -> None:
    views = views_of(sentences)
    chances = the_gate().chances(TagIndex(views))
    for rule, patterns in the_patterns():
        for told, of_fact in ((rule.file.find, chances.finds), (rule.file.never, chances.nevers)):
            found = [
                (chance.rule.id, view.sentence.index, match)
                for chance in of_fact.get(rule.name, ())
                for view in chance.views
                for match in chance.pattern.matches(view)
            ]
            assert found == [
                (each.id, view.sentence.index, match)
                for each in told
                for view in views
                for match in patterns[each.id].matches(view)
            ]


@given(_sentence, st.sets(st.sampled_from(_TAGS), min_size=1))
def test_places_are_the_items_with_a_tag(written: str, tags: set[str]) -> None:
    view = make_view(written)
    asked = [k for k, item in enumerate(view.sentence.items) if item.has(*tags)]
    assert list(view.places(tags)) == asked
