"""Lists of misses hold no held-out note and no word of a note unless asked to."""

from __future__ import annotations

import pytest

from scribe.evaluate.misses import Misses, list_misses
from tests.support.labelled import small_evaluation

OUTCOMES = small_evaluation().outcomes


def listed(*, held_out: bool = False, quotes: bool = False) -> Misses:
    return list_misses(OUTCOMES, with_held_out=held_out, with_quotes=quotes)


def test_held_out_misses_are_counted_and_not_listed() -> None:
    found = listed()
    assert found.hidden > 0
    assert not any("held_out" in each.path.as_posix() for each in found.listed)


def test_held_out_misses_are_listed_when_they_are_named() -> None:
    found = listed(held_out=True)
    assert found.hidden == 0
    assert any("held_out" in each.path.as_posix() for each in found.listed)


@pytest.mark.parametrize(("quotes", "shown"), [(False, False), (True, True)])
def test_words_of_the_note_are_shown_when_asked_for(quotes: bool, shown: bool) -> None:
    found = listed(held_out=True, quotes=quotes)
    assert any(each.quote == "second" for each in found.listed) is shown


def test_a_miss_names_its_file_and_its_offsets() -> None:
    (trap,) = [each for each in listed(held_out=True).listed if each.miss.kind == "trap"]
    assert trap.to_dict() == {
        "file": "notes/held_out_01/two.txt",
        "start": 9,
        "end": 15,
        "kind": "trap",
        "name": "made.up",
        "expected": "not present",
        "got": '"right" present',
    }


def test_what_python_shows_of_a_miss_holds_no_word_of_the_note() -> None:
    assert "second" not in repr(listed(held_out=True, quotes=True).listed)
