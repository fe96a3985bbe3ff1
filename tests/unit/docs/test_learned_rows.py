"""Which rows of the decision table the README lists: those that hold because of what a learned model reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from docs.generate import README
from docs.learned_rows import learned_rows, with_learned_rows
from scribe.rules.decision_schema import DecisionRow
from scribe.rules.pack import load_pack

if TYPE_CHECKING:
    from scribe.rules.pack import RulePack


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


def with_condition(pack: RulePack, when: dict[str, Any]) -> RulePack:
    """A pack whose first row of the decision table holds under another condition."""
    first, *others = pack.decisions.rows
    written = first.model_dump(exclude={"when"}, exclude_unset=True, by_alias=True)
    row = DecisionRow.model_validate({**written, "when": when}, strict=False)
    decisions = pack.decisions.model_copy(update={"rows": (row, *others)})
    return replace(pack, decisions=decisions)


@pytest.mark.parametrize(
    ("when", "model"),
    [
        ({"signal": "signal.learned.donor.site"}, "reader"),
        ({"any": [{"holds": "joined"}, {"signal": "signal.learned.etiology"}]}, "reader"),
        ({"signal": "signal.skin_judged", "is": "moved"}, "skin"),
        ({"holds": "skin_judged_left"}, "skin"),
        ({"fact": "donor.site", "qualifier": "judged"}, "sites"),
    ],
    ids=["signal", "one of several", "judge of skin", "shared condition", "judge of sites"],
)
def test_a_row_that_names_a_model_is_listed(
    when: dict[str, Any], model: str, pack: RulePack
) -> None:
    other = with_condition(pack, when)
    assert (other.decisions.rows[0], model) in learned_rows(other)


@pytest.mark.parametrize(
    "when",
    [
        {"signal": "signal.takeback"},
        {"not": {"signal": "signal.skin_judged"}},
        {"fact": "donor.site", "without": "judged"},
    ],
    ids=["rules alone", "not read", "not the judge's"],
)
def test_a_row_that_needs_no_model_is_not_listed(when: dict[str, Any], pack: RulePack) -> None:
    other = with_condition(pack, when)
    assert other.decisions.rows[0] not in [row for row, _ in learned_rows(other)]


def test_the_readme_lists_the_rows_of_the_pack(pack: RulePack) -> None:
    text = README.read_text("utf-8")
    assert with_learned_rows(text, pack) == text
    assert all(f"| {row.id} |" in text for row, _ in learned_rows(pack))
