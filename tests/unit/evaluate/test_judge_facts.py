"""Facts are right, missed, surplus or of the wrong status, as counted by hand."""

from __future__ import annotations

import pytest

from scribe.evaluate.answer import Reported, Span
from scribe.evaluate.counts import Hits, Judged
from scribe.evaluate.judge_facts import judge_facts, judge_spans, judge_traps
from scribe.evaluate.labels import Label, Trap
from scribe.evaluate.match import Matcher
from scribe.rules.pack import load_evaluation
from scribe.types.fact import Status
from tests.support.labelled import TEXT, make_answer, make_label, make_labels, make_reported

MATCHER = Matcher(load_evaluation())
PLANNED, ABSENT = Status.PLANNED, Status.ABSENT


def judged(labels: list[Label], facts: list[Reported]) -> Judged:
    return judge_facts(make_labels(facts=labels), make_answer(facts=facts), TEXT, MATCHER)


@pytest.mark.parametrize(
    ("labels", "facts", "hits"),
    [
        pytest.param([make_label()], [make_reported()], Hits(right=1), id="right"),
        pytest.param([make_label()], [], Hits(missed=1), id="missed"),
        pytest.param(
            [make_label()], [make_reported(value="right")], Hits(missed=1, surplus=1), id="value"
        ),
        pytest.param(
            [make_label()], [make_reported(), make_reported()], Hits(right=1), id="said twice"
        ),
        pytest.param(
            [make_label(), make_label()], [make_reported()], Hits(right=1, missed=1), id="paired once"
        ),
        pytest.param(
            [make_label(status=ABSENT)], [make_reported(status=ABSENT)], Hits(right=1), id="denied"
        ),
        pytest.param(
            [make_label()], [make_reported(status=ABSENT)], Hits(missed=1, surplus=1), id="gainsaid"
        ),
    ],
)  # fmt: skip
def test_a_fact_is_counted(labels: list[Label], facts: list[Reported], hits: Hits) -> None:
    assert judged(labels, facts).facts == {"made.up": hits}


@pytest.mark.parametrize(
    "fact",
    [
        pytest.param(make_reported(status=PLANNED), id="a plan that misleads nobody"),
        pytest.param(make_reported(value=None, status=ABSENT), id="a denial that no label gainsays"),
        pytest.param(make_reported("report.made_up"), id="an element of the report"),
    ],
)  # fmt: skip
def test_what_labels_leave_open_is_not_surplus(fact: Reported) -> None:
    assert judged([], [fact]).facts == {}


@pytest.mark.parametrize(
    ("label", "fact", "errors"),
    [
        pytest.param(make_label(), make_reported(status=PLANNED), 1, id="planned"),
        pytest.param(make_label(status=PLANNED), make_reported(), 1, id="taken as done"),
        pytest.param(make_label(), make_reported(value=None, status=ABSENT), 1, id="denied"),
        pytest.param(make_label(), make_reported(value="right", status=PLANNED), 0, id="value"),
        pytest.param(make_label(), make_reported(), 0, id="right"),
    ],
)
def test_a_wrong_status_is_told_from_a_missed_fact(
    label: Label, fact: Reported, errors: int
) -> None:
    assert judged([label], [fact]).pairs["status_errors"] == (errors, 1)


def test_the_status_that_came_instead_is_counted() -> None:
    found = judged([make_label(), make_label("other")], [make_reported(status=PLANNED)])
    assert found.confusion == {("present", "planned"): 1, ("present", "not reported"): 1}


def test_planned_facts_are_counted_apart() -> None:
    labels = [make_label(status=PLANNED), make_label("other", status=PLANNED)]
    found = judged(labels, [make_reported(status=PLANNED)])
    assert (found.pairs["unasserted_recall"], found.facts) == ((1, 2), {})


@pytest.mark.parametrize(
    ("words", "touched", "within"),
    [("left", 1, 1), ("left second metatarsal was", 1, 0), ("Strip test", 0, 0)],
)
def test_evidence_lies_on_the_labelled_words(words: str, touched: int, within: int) -> None:
    found = judged([make_label(quote="left second")], [make_reported(words=words)])
    pairs = (found.pairs["evidence_on_quote"], found.pairs["evidence_within_quote"])
    assert pairs == ((touched, 1), (within, 1))


def test_a_miss_names_the_place_of_the_labelled_words() -> None:
    (miss,) = judged([make_label(quote="left second")], []).misses
    assert (miss.kind, miss.expected, miss.got, miss.span) == (
        "missed",
        '"left" present',
        "not reported",
        Span(start=4, end=15),
    )


def test_a_surplus_fact_names_the_place_of_its_evidence() -> None:
    (miss,) = judged([], [make_reported(words="second")]).misses
    assert (miss.kind, miss.got, miss.span) == (
        "surplus",
        '"left" present',
        Span(start=9, end=15),
    )


def test_a_wrong_status_is_one_miss_and_not_two() -> None:
    found = judged([make_label()], [make_reported(status=ABSENT)])
    assert [each.kind for each in found.misses] == ["status"]


@pytest.mark.parametrize(
    ("trap", "fallen"),
    [
        (Trap(name="made.up", value="left", any_value=False), 1),
        (Trap(name="made.up", value="right", any_value=False), 0),
        (Trap(name="made.up", value=None, any_value=True), 1),
        (Trap(name="other", value=None, any_value=True), 0),
    ],
)
def test_a_trap_is_fallen_into_by_a_present_fact(trap: Trap, fallen: int) -> None:
    answer = make_answer(facts=[make_reported(), make_reported("other", status=PLANNED)])
    assert judge_traps(make_labels(traps=[trap]), answer, MATCHER).pairs["traps_fallen"] == (fallen, 1)  # fmt: skip


def test_evidence_that_is_not_its_words_is_counted() -> None:
    spans = (Span(start=0, end=3), Span(start=4, end=8, is_true=False))
    fact = Reported(name="a", value=1, status=Status.PRESENT, confidence=1.0, spans=spans)
    assert judge_spans(make_answer(facts=[fact])).pairs["bad_spans"] == (1, 2)
