"""Findings about the text as it came: where it was cut off, and what the note itself sets aside."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from scribe.review import with_reading
from scribe.rules.pack import load_pack
from scribe.types.mention import ParsedNote
from tests.support.builders import make_note

if TYPE_CHECKING:
    from scribe.rules.pack import RulePack
    from scribe.types.finding import Finding

TEXT = "The fibula was raised.\n\nSUPERSEDED DRAFT:\nThe rib was raised.\n\nThe vessels were jo"


@cache
def the_pack() -> RulePack:
    return load_pack()


def found(
    *, cut_at: tuple[int, ...] = (), set_aside: tuple[tuple[int, int], ...] = ()
) -> list[Finding]:
    note = replace(make_note(TEXT), cut_at=cut_at)
    parsed = ParsedNote(note, (), (), (), has_headings=False, set_aside=set_aside)
    return list(with_reading((), parsed, the_pack()))


def test_a_whole_note_has_none() -> None:
    assert found() == []


def test_a_cut_shows_the_last_word() -> None:
    (finding,) = found(cut_at=(len(TEXT),))
    assert (finding.kind, finding.evidence[0].text) == ("truncated", "jo")


def test_what_is_set_aside_is_shown_without_the_space_around_it() -> None:
    start, end = TEXT.index("\nSUPER"), TEXT.index("\nThe vessels")
    (finding,) = found(set_aside=((start, end),))
    assert finding.kind == "set_aside"
    assert finding.evidence[0].text == "SUPERSEDED DRAFT:\nThe rib was raised."


def test_blank_lines_that_are_set_aside_are_not_shown() -> None:
    at = TEXT.index("\n\n")
    assert found(set_aside=((at, at + 2),)) == []
