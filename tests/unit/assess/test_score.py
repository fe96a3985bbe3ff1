"""Scores, support and the order of codes."""

from __future__ import annotations

from functools import cache

import pytest

from scribe.assess.checklist import assess_codes
from scribe.assess.score import rank_codes, score_items
from scribe.rules.pack import RulePack, load_pack
from scribe.types.checklist import ItemStatus
from tests.support.builders import make_assessment, make_item


@cache
def the_pack() -> RulePack:
    return load_pack()


def score(*statuses: ItemStatus) -> int:
    """Score items of one code that all weigh the same."""
    pack = the_pack()
    code = next(iter(pack.codes.values()))
    strongest = [item for item in code.asks if code.level(item) == code.level("donor_site")]
    items = tuple(make_item(n, status=s) for n, s in zip(strongest, statuses, strict=False))
    return score_items(items, code, pack)


@pytest.mark.parametrize(
    ("statuses", "points"),
    [
        ((ItemStatus.MET, ItemStatus.MET), 100),
        ((ItemStatus.MET, ItemStatus.MISSING), 50),
        ((ItemStatus.PARTIAL, ItemStatus.PARTIAL), 50),
        ((ItemStatus.CONTRADICTED, ItemStatus.MISSING), 0),
        ((ItemStatus.MET, ItemStatus.NOT_APPLICABLE), 100),
        ((), 0),
    ],
)
def test_score(statuses: tuple[ItemStatus, ...], points: int) -> None:
    assert score(*statuses) == points


def test_a_required_item_weighs_more_than_an_optional_one() -> None:
    pack = the_pack()
    code = pack.codes["20957"]
    strong, weak = make_item("donor_site"), make_item("fixation", status=ItemStatus.MISSING)
    assert score_items((strong, weak), code, pack) == 75


def test_every_code_is_assessed() -> None:
    assert [one.code for one in assess_codes(the_pack().scope(()), the_pack())] == list(
        the_pack().codes
    )


def test_nothing_documented_is_not_supported() -> None:
    assert {one.support.value for one in assess_codes(the_pack().scope(()), the_pack())} == {
        "not supported"
    }


def test_the_most_probable_code_stands_first() -> None:
    ranked = rank_codes(
        (make_assessment("99901"), make_assessment("99902")), {"99901": 0.1, "99902": 0.8}
    )
    assert [one.code for one in ranked] == ["99902", "99901"]


def test_a_ranked_code_carries_its_probability() -> None:
    (only,) = rank_codes((make_assessment("99901"),), {"99901": 0.25})
    assert only.probability == pytest.approx(0.25)
