"""The floor of every operative report: content counts, unfilled text does not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from scribe.assess.report import assess_report
from scribe.rules.pack import RulePack, load_pack
from scribe.types.mention import ParsedNote
from scribe.types.note import Section
from tests.support.builders import make_fact, make_note

if TYPE_CHECKING:
    from scribe.types.checklist import ChecklistItem
    from scribe.types.fact import Fact


@cache
def the_pack() -> RulePack:
    return load_pack()


def judge(words: str, *facts: Fact, name: str = "anesthesia") -> ChecklistItem:
    text = f"HEAD:{words}"
    section = Section(name=name, phase=None, start=5, end=len(text), heading_start=0)
    parsed = replace(make_parsed(text), sections=(section,))
    return anesthesia(parsed, *facts)


def anesthesia(parsed: ParsedNote, *facts: Fact) -> ChecklistItem:
    report = assess_report(parsed, the_pack().scope(facts), the_pack())
    return next(item for item in report.checklist if item.id == "anesthesia")


def make_parsed(text: str, void: str = "") -> ParsedNote:
    """Return a note without sections, with a stretch that it sets aside."""
    counting = text.replace(void, " " * len(void)) if void else None
    return ParsedNote(make_note(text), (), (), (), has_headings=False, counting=counting)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (" General endotracheal ", "met"),
        ("GA", "met"),
        ("None", "met"),
        ("", "missing"),
        ("  \n ", "missing"),
        (" *** ", "missing"),
        (" *** mL", "missing"),
        (" {general / spinal}", "missing"),
        (" [not stated]", "missing"),
        (" [ ] None  [ ] ______", "missing"),
        (" General, induced by ***", "partial"),
    ],
)
def test_content(words: str, status: str) -> None:
    assert judge(words).status.value == status


def test_evidence_is_the_trimmed_content() -> None:
    (evidence,) = judge("  General \n").evidence
    assert (evidence.start, evidence.text) == (7, "General")


def test_evidence_is_short() -> None:
    (evidence,) = judge("word " * 100).evidence
    assert len(evidence.text) == the_pack().report.evidence_chars


def test_another_section_does_not_count() -> None:
    assert judge("General", name="findings").status.value == "missing"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (" We began under general anesthesia with a cuff.", "general anesthesia"),
        (" anesthesia was general and the tourniquet", "anesthesia was general"),
        (" Anaesthetic: GA", "Anaesthetic: GA"),
    ],
)
def test_a_sentence_counts_where_the_heading_is_missing(said: str, words: str) -> None:
    item = judge(said, name="description")
    assert (item.status.value, [e.text for e in item.evidence]) == ("met", [words])


def test_a_word_of_the_wording_alone_does_not_count() -> None:
    assert judge(" Anesthesia released the arm.", name="description").status.value == "missing"


def test_a_fact_may_stand_for_an_element() -> None:
    text = "The plate went on."
    scope = the_pack().scope((make_fact("fixation", value="plate"),))
    report = assess_report(make_parsed(text), scope, the_pack())
    (implants,) = (item for item in report.checklist if item.id == "implants")
    assert implants.status.value == "met"


def test_unfilled_text_is_named_as_the_reason() -> None:
    assert judge("***").why == the_pack().report.why["unfilled"]


def test_the_score_is_the_share_of_required_elements() -> None:
    parsed = make_parsed("The foot was opened.")
    assert assess_report(parsed, the_pack().scope(()), the_pack()).score == 0


VOID = "SUPERSEDED: General anesthesia."


def test_a_sentence_that_is_set_aside_does_not_count() -> None:
    assert anesthesia(make_parsed(f"The foot was opened. {VOID}", VOID)).status.value == "missing"


def test_a_section_that_is_set_aside_does_not_count() -> None:
    parsed = make_parsed(f"HEAD: {VOID}", VOID)
    section = Section(name="anesthesia", phase=None, start=5, end=37, heading_start=0)
    assert anesthesia(replace(parsed, sections=(section,))).status.value == "missing"


def test_evidence_shows_nothing_that_is_set_aside() -> None:
    text = f"HEAD: Block. {VOID} And more."
    section = Section(name="anesthesia", phase=None, start=5, end=len(text), heading_start=0)
    parsed = replace(make_parsed(text, VOID), sections=(section,))
    assert [each.text for each in anesthesia(parsed).evidence] == ["Block."]
