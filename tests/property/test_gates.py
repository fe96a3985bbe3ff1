"""What is asked first, for speed, never changes what is found."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from scribe.extract.patterns import Pattern, TagIndex, View
from scribe.rules.pack import load_pack
from tests.support.tagged import make_view

_TAGS = ("BONE", "MT", "LOSS", "SEG", "RAISE", "PADDLE", "LEN", "SIDE", "JN", "LIMB", "FLAP")
_WORDS = ("the", "of", "to", "was", "with", "from", "and", ",", ";", ".")
_sentence = st.lists(
    st.sampled_from([*_WORDS, *(f"{tag}=thing" for tag in _TAGS), "BONE/MT=both"]),
    min_size=1,
    max_size=12,
).map(" ".join)


@cache
def the_patterns() -> tuple[Pattern, ...]:
    language = load_pack().language
    assert language is not None
    return tuple(
        Pattern(find.pattern, language.macros, find.id)
        for rule in language.facts
        for find in rule.file.find
    )


def views_of(sentences: list[str]) -> list[View]:
    return [make_view(written, index=k) for k, written in enumerate(sentences)]


@given(st.lists(_sentence, min_size=1, max_size=6))
def test_a_pattern_matches_nowhere_but_where_the_index_sends_it(sentences: list[str]) -> None:
    views = views_of(sentences)
    index = TagIndex(views)
    missed = [
        pattern
        for pattern in the_patterns()
        if [m for v in pattern.among(index) for m in pattern.matches(v)]
        != [m for v in views for m in pattern.matches(v)]
    ]
    assert missed == []


@given(_sentence, st.sets(st.sampled_from(_TAGS), min_size=1))
def test_places_are_the_items_with_a_tag(written: str, tags: set[str]) -> None:
    view = make_view(written)
    asked = [k for k, item in enumerate(view.sentence.items) if item.has(*tags)]
    assert list(view.places(tags)) == asked
