"""Notes that were made to contradict themselves: the arbiter learns from them to leave contradictions open."""

from __future__ import annotations

from functools import cache

import pytest

from models.arbiter.contradictions import COUNT, Contradiction, contradictions
from models.labelled import labelled_notes
from scribe.evaluate.labels import LabelledNote, Split
from scribe.rules.pack import load_pack

_NOTES = 150


@cache
def some_notes() -> tuple[LabelledNote, ...]:
    return tuple(labelled_notes(Split.TUNED, load_pack())[:_NOTES])


@cache
def made() -> tuple[Contradiction, ...]:
    return tuple(contradictions(some_notes(), load_pack()))


def test_there_are_as_many_as_are_learned_from() -> None:
    assert len(made()) == COUNT


def test_they_are_the_same_each_time() -> None:
    assert tuple(contradictions(some_notes(), load_pack())) == made()


@pytest.mark.parametrize("at", [0, COUNT // 2, COUNT - 1])
def test_a_note_has_all_its_words_and_one_sentence_more(at: int) -> None:
    voice, text = made()[at]
    originals = [each.note.text for each in some_notes() if each.voice == voice]
    assert any(_holds_all_of(text, original) for original in originals)


def _holds_all_of(text: str, original: str) -> bool:
    words = iter(text.split())
    return all(word in words for word in original.split()) and len(text) > len(original)
