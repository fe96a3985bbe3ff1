"""Code, checklist and findings are judged as counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.evaluate.judge_answer import judge_checklist, judge_code, judge_findings
from scribe.types.checklist import ItemStatus
from scribe.types.suggestion import Decision
from tests.support.labelled import make_answer, make_labels

if TYPE_CHECKING:
    from scribe.evaluate.answer import Answer
    from scribe.evaluate.labels import Labels

TWINS = {"20972": "20957", "20957": "20972"}
QUERY = make_labels(None, Decision.QUERY, alternatives=("20972", "20957"))
NAMES = ("code_accuracy", "wrong_suggestions", "twin_mistakes", "abstentions", "needless_abstentions")  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "answer", "counts"),
    [
        pytest.param(make_labels(), make_answer(), (1, 0, 0, 0, 0), id="right"),
        pytest.param(make_labels(), make_answer("20957"), (0, 1, 1, 0, 0), id="the twin"),
        pytest.param(make_labels(), make_answer("20955"), (0, 1, 0, 0, 0), id="another code"),
        pytest.param(make_labels(), make_answer(None, "query"), (0, 0, 0, 1, 1), id="asked"),
        pytest.param(make_labels(None), make_answer(None), (1, 0, 0, 1, 0), id="none"),
        pytest.param(make_labels(None), make_answer("20957"), (0, 1, 0, 0, 0), id="a code for none"),
        pytest.param(QUERY, make_answer(None, "query"), (1, 0, 0, 1, 0), id="query"),
        pytest.param(QUERY, make_answer(None), (0, 0, 0, 1, 0), id="none for a query"),
    ],
)  # fmt: skip
def test_code_and_decision_are_judged(
    labels: Labels, answer: Answer, counts: tuple[int, ...]
) -> None:
    pairs = judge_code(labels, answer, TWINS).pairs
    assert tuple(pairs[name][0] for name in NAMES) == counts


def test_only_notes_with_a_code_can_be_abstained_from_without_need() -> None:
    pairs = judge_code(make_labels(None), make_answer(None), TWINS).pairs
    assert pairs["needless_abstentions"] == (0, 0)


def test_items_are_judged_and_confused() -> None:
    labels = make_labels(checklist={"a": ItemStatus.MET, "b": ItemStatus.PARTIAL})
    found = judge_checklist(labels, make_answer(checklist={"a": "met", "b": "met"}))
    assert (found.pairs, found.items) == (
        {"checklist_accuracy": (1, 2), "false_met": (1, 2)},
        {("met", "met"): 1, ("partial", "met"): 1},
    )


def test_an_item_that_the_code_does_not_ask_for_is_wrong() -> None:
    labels = make_labels(checklist={"a": ItemStatus.MISSING})
    assert judge_checklist(labels, make_answer()).items == {("missing", "not asked"): 1}


def test_the_items_of_a_query_are_those_of_its_first_code() -> None:
    labels = make_labels(
        None,
        Decision.QUERY,
        alternatives=("20972", "20957"),
        checklist={"a": ItemStatus.MET},
    )
    answer = make_answer(None, "query", checklist={"a": "met"}, asked="20972")
    assert judge_checklist(labels, answer).pairs["checklist_accuracy"] == (1, 1)


def test_findings_are_asked_for_or_barred_or_left_open() -> None:
    labels = make_labels(findings=("a", "b"), no_findings=("c", "d"))
    pairs = judge_findings(labels, make_answer(findings=("a", "c", "open"))).pairs
    assert (pairs["findings_recall"], pairs["false_findings"]) == ((1, 2), (1, 2))


@pytest.mark.parametrize(
    ("labels", "alarms"),
    [
        pytest.param(make_labels(no_findings=("c",)), (2, 1), id="fully documented"),
        pytest.param(make_labels(findings=("a",), no_findings=("c",)), (0, 0), id="with a gap"),
        pytest.param(make_labels(None, no_findings=("c",)), (0, 0), id="without a code"),
    ],
)
def test_false_alarms_are_counted_on_fully_documented_notes(
    labels: Labels, alarms: tuple[int, int]
) -> None:
    found = judge_findings(labels, make_answer(findings=("c", "c", "open")))
    assert found.pairs["false_alarms"] == alarms
