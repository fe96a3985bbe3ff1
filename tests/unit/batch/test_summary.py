"""The sums of an audit: each content once, groups of ten, the largest gap first."""

from __future__ import annotations

from typing import Any

import pytest

from scribe.batch.journal import Entry
from scribe.batch.plots import bars, intervals
from scribe.batch.statistics import share
from scribe.batch.summary import shown_groups, summarize_audit


def entry(place: str, *, same_as: str | None = None, kind: str | None = None, **row: Any) -> Entry:
    figures = {
        "format": "text", "decision": "suggest", "code": "99901", "asked": "99901", "score": 80, "gap": 20, "report_score": 90,
        "is_complete": False, "is_report_complete": True, "severities": {"high": 1}, "kinds": {"missing": 2},
        "items": [["99901", "thing", "A thing", True, "missing", "Why."], ["report", "thing", "A thing", True, "met", ""]],
        "surgeon": "A. B.", "date": "2025-03-04",
    }  # fmt: skip
    return Entry(
        place=place, part=0, note_id=place, digest="d" * 64, row={} if kind else {**figures, **row}, kind=kind, reason=kind,
        same_as=same_as, at=0, length=0, line_id=place, has_page=True,
    )  # fmt: skip


def test_a_content_counts_once() -> None:
    sums = summarize_audit([entry("a"), entry("b", same_as="a")])
    assert (sums.notes, sums.duplicates, sums.decisions["suggest"], len(sums.worklist)) == (
        2,
        1,
        1,
        1,
    )


def test_a_failure_is_no_note() -> None:
    sums = summarize_audit([entry("a", kind="EmptyNote")])
    assert (sums.notes, sums.failed, dict(sums.failures)) == (0, 1, {"EmptyNote": 1})


def test_the_worklist_has_the_largest_gap_first_and_then_the_place() -> None:
    sums = summarize_audit(
        [entry("a", gap=5), entry("b", gap=30), entry("c", gap=30), entry("d", gap=0)]
    )
    assert [each.name for each in sums.worklist] == ["b", "c", "a"]


LACKS = {
    "missing": ([True, "missing"], ("A thing",)),
    "in part": ([True, "partial"], ("A thing (partial)",)),
    "nothing required": ([False, "contradicted"], ("A thing (recommended, contradicted)",)),
    "nothing": ([True, "met"], ()),
}


@pytest.mark.parametrize(("asked", "words"), LACKS.values(), ids=LACKS.keys())
def test_a_task_says_what_to_mend(asked: list[Any], words: tuple[str, ...]) -> None:
    items = [["99901", "thing", "A thing", *asked, "Why."]]
    assert summarize_audit([entry("a", items=items)]).worklist[0].lacks == words


def test_a_failure_is_named_with_its_reason() -> None:
    sums = summarize_audit([entry("a.pdf", kind="EmptyNote")])
    assert sums.first_failures == [("a.pdf", "EmptyNote")]


def test_an_item_of_a_code_and_one_of_the_report_are_two() -> None:
    sums = summarize_audit([entry("a")])
    assert [each.short for each in sums.items.values()] == [1, 0]


def test_an_item_that_is_not_asked_does_not_count() -> None:
    items = [["99901", "thing", "A thing", True, "not_applicable", ""]]
    assert [each.asked for each in summarize_audit([entry("a", items=items)]).items.values()] == [0]


def test_a_group_of_nine_is_not_shown_and_one_of_ten_is() -> None:
    notes = [entry(f"a{n}", surgeon="Nine") for n in range(9)]
    notes += [entry(f"b{n}", surgeon="Ten") for n in range(10)]
    assert [name for name, _ in shown_groups(summarize_audit(notes).surgeons)] == ["Ten"]


def test_a_month_is_the_start_of_the_date() -> None:
    sums = summarize_audit([entry("a"), entry("b", date=None)])
    assert sorted(sums.months) == ["2025-03", "not stated"]


def test_the_highest_score_is_in_the_last_bin() -> None:
    assert summarize_audit([entry("a", score=100), entry("b", score=0)]).scores == [1, *[0] * 8, 1]


def test_a_plot_is_the_same_every_time_and_names_nothing_outside() -> None:
    one, two = (bars("x", "X", [("a", 1), ("b", 2)]) for _ in range(2))
    assert one == two
    assert "http" not in one.replace("http://www.w3.org/", "")


def test_a_plot_escapes_its_labels() -> None:
    wide = share(5, 10)
    assert wide is not None
    drawn = intervals("x", "X", [("<script>$1$", wide)])
    assert "<script>" not in drawn
    assert "&lt;script&gt;$1$" in drawn
