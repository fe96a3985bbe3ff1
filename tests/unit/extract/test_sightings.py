"""Where a rule reads, and on what condition, is asked the same way for every kind of fact."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from scribe.extract.gate import Chance
from scribe.extract.patterns import Pattern, TagIndex, View
from scribe.extract.sightings import matches_of
from scribe.extract.story import Story
from scribe.rules.fact_schema import FindRule, NeverRule
from scribe.types.mention import ParsedNote
from tests.support.builders import make_note
from tests.support.tagged import make_sentence

if TYPE_CHECKING:
    from scribe.rules.language import Language

HERE = {"section": "findings", "phase": "donor"}


def words(rule: FindRule | NeverRule, language: Language, written: str, **place: Any) -> list[str]:
    """Return the words that a rule finds in a sentence."""
    sentence = dataclasses.replace(make_sentence(written), **place)
    text = " ".join(item.word for item in sentence.items)
    parsed = ParsedNote(
        note=make_note(text), sections=(), sentences=(sentence,), placeholders=(), has_headings=True
    )
    views = (View(sentence),)
    story = Story(parsed=parsed, language=language, views=views, index=TagIndex(views), sites=None)
    chance = Chance(rule, Pattern(rule.pattern, language.macros, rule.id), views)
    return [view.item(match.first).word for view, match in matches_of(chance, story)]


@pytest.mark.parametrize("kind", [FindRule, NeverRule])
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["good"]),
        ({"sections": ("findings",)}, ["good"]),
        ({"sections": ("indications",)}, []),
        ({"phases": ("donor",)}, ["good"]),
        ({"phases": ("recipient",)}, []),
        ({"when": ("names_toe",)}, ["good"]),
        ({"when": ("names_skin",)}, []),
        ({"unless": ("names_toe",)}, []),
        ({"unless": ("names_skin",)}, ["good"]),
        ({"when": ("names_toe", "names_skin")}, []),
    ],
)
def test_a_rule_reads_only_where_it_says(
    language: Language,
    kind: type[FindRule | NeverRule],
    asked: dict[str, tuple[str, ...]],
    found: list[str],
) -> None:
    rule = kind(id="made.up", pattern="FINE", **asked)
    assert words(rule, language, "FINE=good TOE=toe", **HERE) == found
