"""Findings about the text as it came: where it was cut off, and what the note itself sets aside."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from scribe.review import with_reading
from scribe.rules.pack import load_pack
from scribe.types.fact import MOST_EVIDENCE
from scribe.types.mention import ParsedNote
from scribe.types.note import Section
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
    parsed = make_parsed(set_aside)
    parsed = replace(parsed, note=replace(parsed.note, cut_at=cut_at))
    return list(with_reading((), parsed, the_pack()))


def make_parsed(set_aside: tuple[tuple[int, int], ...]) -> ParsedNote:
    return ParsedNote(make_note(TEXT), (), (), (), has_headings=False, set_aside=set_aside)


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


def test_much_that_is_set_aside_weighs_more() -> None:
    (little,) = found(set_aside=((0, 5),))
    (much,) = found(set_aside=((0, len(TEXT) // 2),))
    assert (little.severity.value, much.severity.value) == ("info", "medium")
    assert little.message != much.message


def test_only_the_first_places_are_shown() -> None:
    (finding,) = found(set_aside=tuple((at, at + 1) for at in range(0, 40, 2) if TEXT[at] != " "))
    assert len(finding.evidence) == MOST_EVIDENCE


def test_a_place_names_the_section_it_stands_in() -> None:
    first, heading, second = (
        Section(name=name, phase=None, start=start, end=end, heading_start=start)
        for name, start, end in (("consent", 0, 4), ("findings", 6, 6), ("closure", 6, 12))
    )
    parsed = replace(make_parsed(((0, 3), (4, 5), (8, 9))), sections=(first, heading, second))
    (finding,) = with_reading((), parsed, the_pack())
    assert [each.section for each in finding.evidence] == ["consent", None, "closure"]


def test_blank_lines_that_are_set_aside_are_not_shown() -> None:
    at = TEXT.index("\n\n")
    assert found(set_aside=((at, at + 2),)) == []
