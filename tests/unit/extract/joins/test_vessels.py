"""Which words of a sentence name a vessel."""

from __future__ import annotations

from scribe.extract.joins.vessels import vessels_of
from scribe.rules.pack import load_pack
from tests.support.tagged import make_view

RULES = load_pack().language.words.joins


def test_the_word_nerve_alone_is_no_vessel() -> None:
    assert vessels_of(make_view("NERVE=nerve"), RULES) == []
