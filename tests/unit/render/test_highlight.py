"""Evidence in place."""

from __future__ import annotations

from scribe.render.highlight import stretches
from scribe.types.fact import DOUBTED, Status
from tests.support.builders import NOTE_TEXT, make_analysis, make_evidence, make_fact, make_finding


def test_the_stretches_together_are_the_note() -> None:
    analysis = make_analysis(facts=(make_fact(), make_fact(words=("metatarsal flap", "paddle"))))
    assert "".join(each.text for each in stretches(analysis)) == NOTE_TEXT


def test_overlapping_facts_are_cut_where_they_overlap() -> None:
    analysis = make_analysis(
        facts=(make_fact(words=("second metatarsal",)), make_fact(words=("metatarsal flap",)))
    )
    marked = [(each.text, len(each.marks)) for each in stretches(analysis) if each.marks]
    assert marked == [("second ", 1), ("metatarsal", 2), (" flap", 1)]


def test_a_label_stands_once_where_its_words_begin() -> None:
    analysis = make_analysis(
        facts=(make_fact(words=("second metatarsal",)), make_fact(words=("metatarsal flap",)))
    )
    assert [each.labels for each in stretches(analysis) if each.marks] == [("1",), ("2",), ()]


def test_status_shows_in_the_label() -> None:
    analysis = make_analysis(facts=(make_fact(status=Status.PLANNED),))
    assert [each.labels for each in stretches(analysis) if each.marks] == [("1>",)]


def test_findings_are_marked_too() -> None:
    finding = make_finding(evidence=(make_evidence("7 x 4 cm"),))
    analysis = make_analysis(facts=(), findings=(finding,))
    assert [(each.text, each.labels) for each in stretches(analysis) if each.marks] == [
        ("7 x 4 cm", ("!1",))
    ]


def test_the_tip_names_fact_status_and_rule() -> None:
    marks = [mark for each in stretches(make_analysis()) for mark in each.marks]
    assert marks[0].tip == "made.up: metatarsal, present, 90%, rule made.up.rule"


def test_a_note_without_evidence_is_one_stretch() -> None:
    assert len(stretches(make_analysis(facts=()))) == 1


def test_the_tip_says_that_a_learned_reader_doubts_a_fact() -> None:
    doubted = make_fact(status=Status.UNCERTAIN, qualifiers=(DOUBTED,))
    (mark,) = next(each.marks for each in stretches(make_analysis(facts=(doubted,))) if each.marks)
    assert mark.tip.endswith("doubted by the second reader")
