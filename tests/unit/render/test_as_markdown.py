"""The Markdown report."""

from __future__ import annotations

from dataclasses import replace

from scribe.render.as_markdown import as_markdown, escape
from scribe.types.checklist import ItemStatus
from scribe.types.finding import SET_ASIDE
from tests.support.builders import (
    make_analysis,
    make_assessment,
    make_evidence,
    make_finding,
    make_item,
)


def test_it_names_code_gap_and_question() -> None:
    items = (make_item("lost", status=ItemStatus.MISSING), make_item("kept"))
    report = as_markdown(
        make_analysis(
            codes=(make_assessment("99901", *items),),
            findings=(make_finding(query="What was seen?"),),
        )
    )
    assert "**CPT 99901: Title of 99901**" in report
    assert "- **Label of lost** (missing): Why of lost." in report
    assert "- What was seen?" in report


def test_an_empty_part_is_left_out() -> None:
    assert "## To ask the surgeon" not in as_markdown(make_analysis())


def test_the_words_of_the_note_stay_in_one_cell() -> None:
    text = "a | b\n<b>* `c`"
    item = make_item(evidence=(make_evidence(text, text=text),))
    report = as_markdown(make_analysis(codes=(make_assessment("99901", item),)))
    row = next(line for line in report.splitlines() if "Label of made" in line)
    assert row.replace(r"\|", "").count("|") == 4


def test_marks_are_escaped() -> None:
    assert escape("<b> *x* [y](z)") == r"\<b\> \*x\* \[y\](z)"


def test_what_a_note_sets_aside_is_not_quoted() -> None:
    told = make_finding(evidence=(make_evidence("their words", text="their words"),))
    assert "their words" in as_markdown(make_analysis(findings=(told,)))
    void = replace(told, kind=SET_ASIDE)
    assert "their words" not in as_markdown(make_analysis(findings=(void,)))
