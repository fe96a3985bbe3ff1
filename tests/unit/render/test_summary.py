"""What every report says first."""

from __future__ import annotations

import pytest

from scribe.render.summary import percent, snippet, summarize, value_words, visible
from scribe.types.checklist import ItemStatus
from scribe.types.fact import Anastomosis, Dimensions, Evidence, Measure
from scribe.types.finding import Severity
from scribe.types.suggestion import Alternative, Decision
from tests.support.builders import (
    make_analysis,
    make_assessment,
    make_finding,
    make_item,
    make_suggestion,
)

QUERY = make_suggestion(
    None,
    decision=Decision.QUERY,
    alternatives=(
        Alternative(code="99902", confidence=0.6),
        Alternative(code="99901", confidence=0.3),
    ),
)
TWO_CODES = (make_assessment("99901"), make_assessment("99902"))


def test_a_suggestion_leads_with_its_code() -> None:
    assert summarize(make_analysis()).headline == "CPT 99901: Title of 99901"


def test_a_query_leads_with_the_open_codes() -> None:
    headline = summarize(make_analysis(codes=TWO_CODES, suggestion=QUERY)).headline
    assert headline.startswith("No code yet: the note leaves 99902 or 99901 open")


def test_a_query_shows_the_checklist_of_its_first_open_code() -> None:
    summary = summarize(make_analysis(codes=TWO_CODES, suggestion=QUERY))
    assert summary.assessment == TWO_CODES[1]


def test_none_shows_no_checklist() -> None:
    none = make_suggestion(None, decision=Decision.NONE)
    assert summarize(make_analysis(suggestion=none)).assessment is None


def test_a_code_that_is_asked_for_is_shown() -> None:
    summary = summarize(make_analysis(codes=TWO_CODES), "99902")
    assert summary.assessment == TWO_CODES[1]


def test_gaps_stand_worst_first_and_without_what_is_only_recommended() -> None:
    items = (
        make_item("a", status=ItemStatus.PARTIAL),
        make_item("b", status=ItemStatus.MISSING),
        make_item("c", status=ItemStatus.CONTRADICTED),
        make_item("d", status=ItemStatus.MISSING, required=False),
        make_item("e", status=ItemStatus.NOT_APPLICABLE),
        make_item("f"),
    )
    summary = summarize(make_analysis(codes=(make_assessment("99901", *items),)))
    assert [item.id for item in summary.gaps] == ["c", "b", "a"]


def test_what_is_only_recommended_is_advice() -> None:
    items = (make_item("d", status=ItemStatus.MISSING, required=False), make_item("f"))
    summary = summarize(make_analysis(codes=(make_assessment("99901", *items),)))
    assert [item.id for item in summary.advice] == ["d"]


def test_queries_stand_most_severe_first() -> None:
    findings = (
        make_finding("low", severity=Severity.LOW, query="Low?"),
        make_finding("silent"),
        make_finding("high", severity=Severity.HIGH, query="High?"),
    )
    summary = summarize(make_analysis(findings=findings))
    assert summary.queries == ("High?", "Low?")


def test_a_question_that_two_findings_ask_stands_once() -> None:
    findings = (make_finding("one", query="Which?"), make_finding("two", query="Which?"))
    assert summarize(make_analysis(findings=findings)).queries == ("Which?",)


def test_findings_of_other_codes_are_left_out_when_one_is_asked_for() -> None:
    findings = (make_finding("mine", codes=("99901",)), make_finding("other", codes=("99902",)))
    summary = summarize(make_analysis(findings=findings), "99901")
    assert [each.kind for each in summary.findings] == ["mine"]


WORDS = {
    "text": ("fibula", "fibula"),
    "whole number": (7.0, "7"),
    "truth": (True, "yes"),
    "denied": (None, "none"),
    "size": (Dimensions(length_cm=7.0, width_cm=4.5), "7 x 4.5 cm"),
    "one side": (Dimensions(length_cm=7.0), "7 cm"),
    "no size": (Dimensions(), "no size given"),
    "length": (Measure(length_cm=4.25), "4.25 cm"),
    "no length": (Measure(), "no size given"),
    "join": (
        Anastomosis(
            vessel="vein", donor="a", recipient="b", configuration="end-to-end", coupler_mm=2.5
        ),
        "vein: a to b (end-to-end, 2.5 mm coupler)",
    ),
    "silent join": (Anastomosis(vessel="artery"), "artery: unnamed to unnamed"),
}


@pytest.mark.parametrize(("value", "words"), WORDS.values(), ids=WORDS.keys())
def test_values_in_words(value: object, words: str) -> None:
    assert value_words(value) == words


def evidence(text: str) -> Evidence:
    return Evidence(start=0, end=len(text), text=text, section=None)


def test_a_long_snippet_keeps_both_ends() -> None:
    shown = snippet(evidence("begin " + "x " * 200 + "end"), limit=40)
    assert shown.startswith("begin")
    assert shown.endswith("end")
    assert len(shown) <= 40


def test_a_snippet_is_one_line() -> None:
    assert snippet(evidence("two\r\n  lines")) == "two lines"


def test_control_characters_are_shown_as_replaced() -> None:
    assert visible("a\x1b[31mb\u202ec") == "a\ufffd[31mb\ufffdc"


def test_white_space_and_signs_are_kept() -> None:
    text = "a\r\n\tb\u00a0× °"
    assert visible(text) == text


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.926, "93%"), (0.997, "over 99%"), (0.003, "under 1%"), (1.0, "100%"), (0.0, "0%")],
)
def test_a_share_is_certain_only_when_it_is(share: float, words: str) -> None:
    assert percent(share) == words
