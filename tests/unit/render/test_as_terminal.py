"""The terminal report."""

from __future__ import annotations

import dataclasses

from scribe.render.as_terminal import as_terminal
from scribe.types.checklist import ItemStatus
from scribe.types.fact import DOUBTED, Status
from scribe.types.suggestion import Decision
from tests.support.builders import (
    make_analysis,
    make_assessment,
    make_fact,
    make_finding,
    make_item,
    make_note,
    make_suggestion,
)

GAPS = make_analysis(
    codes=(
        make_assessment("99901", make_item("lost", status=ItemStatus.MISSING), make_item("kept")),
    ),
    findings=(make_finding(query="What was seen?"),),
)


def test_the_answer_stands_first_then_gaps_then_questions_then_details() -> None:
    report = as_terminal(GAPS)
    order = [
        "CPT 99901",
        "Missing (1 required)",
        "To ask the surgeon",
        "Checklist of 99901",
        "Facts",
    ]
    assert [report.index(words) for words in order] == sorted(
        report.index(words) for words in order
    )


def test_the_code_is_on_the_second_line() -> None:
    assert as_terminal(GAPS).splitlines()[1] == "CPT 99901: Title of 99901"


def test_states_are_words_and_not_colour_alone() -> None:
    assert "missing" in as_terminal(GAPS, color=False)


def test_without_colour_no_escape_is_written() -> None:
    assert "\x1b" not in as_terminal(GAPS, color=False)


def test_with_colour_there_is_some() -> None:
    assert "\x1b[" in as_terminal(GAPS, color=True)


def test_the_note_cannot_write_to_the_terminal() -> None:
    text = "second metatarsal \x1b]0;title\x07 [bold]x[/bold]"
    analysis = make_analysis(note=make_note(text), facts=(make_fact(words=(text,), text=text),))
    report = as_terminal(analysis, width=200)
    assert "\x1b" not in report
    assert "\x07" not in report


def test_the_name_of_the_note_cannot_write_to_the_terminal() -> None:
    name = "case\x1b]0;title\x07\u202e-17\nCPT 99999: none of it"
    note = dataclasses.replace(make_note("second metatarsal"), id=name)
    first, second, *_ = as_terminal(make_analysis(note=note), width=200).splitlines()
    assert first == "Note case\ufffd]0;title\ufffd\ufffd-17 CPT 99999: none of it"
    assert second.startswith("CPT 99901")


def test_marks_of_the_note_are_not_read_as_markup() -> None:
    text = "[bold]second metatarsal[/bold] :bone:"
    analysis = make_analysis(note=make_note(text), facts=(make_fact(words=(text,), text=text),))
    assert text in as_terminal(analysis, width=200)


def test_no_line_is_wider_than_the_terminal() -> None:
    report = as_terminal(GAPS, width=60)
    assert max(map(len, report.splitlines())) <= 60


def test_none_shows_the_elements_of_every_report() -> None:
    none = make_suggestion(None, decision=Decision.NONE)
    assert "Label of named_surgeon" in as_terminal(make_analysis(suggestion=none))


def test_the_draft_of_an_addendum_is_shown_when_there_is_one() -> None:
    report = as_terminal(make_analysis(addendum="Seen after release: ____"))
    assert "Seen after release: ____" in report


def test_without_gaps_there_is_no_draft() -> None:
    assert "addendum" not in as_terminal(make_analysis())


def test_a_doubted_fact_bears_a_mark_that_is_explained() -> None:
    doubted = make_fact(status=Status.UNCERTAIN, confidence=0.12, qualifiers=(DOUBTED,))
    written = as_terminal(make_analysis(facts=(doubted,)))
    assert "12%?" in written
    assert "? A rule reads these words so; the learned reader doubts it." in written
