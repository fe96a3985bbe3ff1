"""The floor of every operative report: content counts, unfilled text does not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from scribe.assess.report import assess_report
from scribe.rules.pack import RulePack, load_pack
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
    report = assess_report(make_note(text), (section,), facts, the_pack())
    return next(item for item in report.checklist if item.id == "anesthesia")


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


def test_a_fact_of_its_own_counts() -> None:
    assert judge("", make_fact("report.anesthesia", value="general")).status.value == "met"


def test_unfilled_text_is_named_as_the_reason() -> None:
    assert judge("***").why == the_pack().report.why["unfilled"]


def test_the_score_is_the_share_of_required_elements() -> None:
    assert assess_report(make_note(), (), (), the_pack()).score == 0
