"""Notes without their headings, and the weak phases that the headings told; the figures of the page are those that were measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.note_phase.learner import fit
from models.note_phase.report import PAGE
from models.note_phase.sentences import (
    PHASES,
    Phased,
    section_reader,
    weak_phases,
    without_headings,
)
from scribe.rules.pack import load_pack

if TYPE_CHECKING:
    from scribe.parse.sections import SectionReader

TEXT = "INDICATIONS\nAn earlier graft failed.\nPLAN: Drain out tomorrow.\n"


@pytest.fixture(scope="module")
def sections() -> SectionReader:
    language = load_pack().language
    return section_reader(language)


def test_headings_are_taken_out(sections: SectionReader) -> None:
    assert without_headings(TEXT, sections).text.split("\n") == [
        "",
        "",
        "An earlier graft failed.",
        "",
        "Drain out tomorrow.",
        "",
    ]


@pytest.mark.parametrize("words", ["An earlier", "failed", "Drain", "tomorrow"])
def test_a_place_is_found_again_in_the_note(words: str, sections: SectionReader) -> None:
    bare = without_headings(TEXT, sections)
    assert TEXT[bare.origin(bare.text.index(words)) :].startswith(words)


def test_headings_tell_phases(sections: SectionReader) -> None:
    offsets = [TEXT.index("An earlier"), TEXT.index("Drain")]
    assert weak_phases(TEXT, sections, offsets) == ["history", "plan"]


def made_up(voice: str = "v") -> Phased:
    told = ("title", "history", "today", "plan", "admin") * 3
    return Phased(voice=voice, rows=tuple({f"w={each}": 1.0} for each in told), phases=told)


def test_chances_of_a_sentence_sum_to_one() -> None:
    model = fit([made_up()])
    assert all(sum(each.values()) == pytest.approx(1) for each in model.chances(made_up().rows))


def test_a_model_knows_every_phase() -> None:
    assert set(fit([made_up()]).chances(made_up().rows)[0]) == set(PHASES)


def test_fitting_again_gives_the_same_chances() -> None:
    rows = made_up().rows
    assert fit([made_up()]).chances(rows) == fit([made_up()]).chances(rows)


def test_the_page_shows_the_figures_that_were_measured() -> None:
    assert PAGE.is_current()
