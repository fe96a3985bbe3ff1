"""What is said outright outlasts the place that said it, where a size takes that place in."""

from __future__ import annotations

import json

import pytest

from scribe.extract.candidate import Candidate
from scribe.extract.merge import merge
from scribe.extract.patterns import TagIndex
from scribe.extract.story import Story
from scribe.rules.fact_schema import AnyFactFile
from scribe.rules.language import FactRule, Language
from scribe.types.fact import OUTRIGHT, Dimensions, Status
from scribe.types.mention import ParsedNote
from tests.support.builders import make_note
from tests.support.tagged import make_sentence

NONE = Dimensions()
LONG = Dimensions(length_cm=7.0)
SIZED = Dimensions(length_cm=7.0, width_cm=4.0)
OTHER = Dimensions(length_cm=5.0, width_cm=2.0)


def place(
    value: Dimensions | None,
    at: int,
    *qualifiers: str,
    status: Status = Status.PRESENT,
    confidence: float = 0.9,
) -> Candidate:
    return Candidate(
        name="made.up",
        value=value,
        status=status,
        confidence=confidence,
        start=at,
        end=at + 1,
        rule="made.up.one",
        sentence=0,
        qualifiers=qualifiers,
    )


def outright(language: Language, *places: Candidate) -> list[tuple[Dimensions | None, Status]]:
    """Return which of the facts that these places make are said outright."""
    content = {"kind": "choice", "label": "L", "meaning": "M.", "sources": ["S"]}
    rule = FactRule(
        name="made.up",
        signal=False,
        file=AnyFactFile.model_validate_json(json.dumps(content)).root,
    )
    sentence = make_sentence("a b c d e f g h")
    parsed = ParsedNote(
        note=make_note("a b c d e f g h"),
        sections=(),
        sentences=(sentence,),
        placeholders=(),
        has_headings=True,
    )
    story = Story(parsed=parsed, language=language, views=(), index=TagIndex(()))
    facts = merge(rule, list(places), story)
    return [(fact.value, fact.status) for fact in facts if OUTRIGHT in fact.qualifiers]


@pytest.mark.parametrize(
    "places",
    [
        (place(NONE, 0, OUTRIGHT), place(SIZED, 2)),
        (place(SIZED, 0), place(NONE, 2, OUTRIGHT)),
        (place(NONE, 0, OUTRIGHT), place(LONG, 2, confidence=0.95), place(SIZED, 4)),
        (place(LONG, 0, OUTRIGHT), place(SIZED, 2)),
        (place(NONE, 0, OUTRIGHT), place(SIZED, 2, "hedged"), place(SIZED, 4)),
        (place(NONE, 0, OUTRIGHT), place(OTHER, 2, confidence=0.6), place(SIZED, 4)),
    ],
)
def test_the_size_that_takes_in_a_field_is_said_outright(
    language: Language, places: tuple[Candidate, ...]
) -> None:
    assert outright(language, *places) == [(SIZED, Status.PRESENT)]


def test_a_field_alone_is_said_outright(language: Language) -> None:
    assert outright(language, place(NONE, 0, OUTRIGHT)) == [(NONE, Status.PRESENT)]


def test_a_plan_takes_in_no_field_of_what_was_done(language: Language) -> None:
    planned = place(SIZED, 2, status=Status.PLANNED)
    assert outright(language, place(NONE, 0, OUTRIGHT), planned) == [(NONE, Status.PRESENT)]


def test_a_size_beside_a_field_that_says_it_outright_needs_no_heir(language: Language) -> None:
    told = (place(NONE, 0, OUTRIGHT), place(SIZED, 2, OUTRIGHT), place(OTHER, 4, confidence=0.95))
    assert outright(language, *told) == [(SIZED, Status.PRESENT)]


def test_sizes_that_nothing_says_outright_are_not(language: Language) -> None:
    assert outright(language, place(NONE, 0), place(SIZED, 2)) == []
