"""How the joins of one sentence were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.extract.joins.links import links
from scribe.extract.joins.technique import coupler_size, with_technique
from scribe.rules.pack import load_pack
from tests.support.tagged import make_items, make_view

if TYPE_CHECKING:
    from scribe.extract.joins.join import Join

RULES = load_pack().language.words.joins

DPA = "ARTERY=dorsalis_pedis_artery"
RADIAL = "ARTERY=radial_artery"
GSV = "VEIN=great_saphenous_vein"
CEPHALIC = "VEIN=cephalic_vein"


def joined(written: str) -> list[Join]:
    view = make_view(written)
    return with_technique(view, links(view, RULES), RULES)


def test_the_configuration_of_its_own_link() -> None:
    found = joined(
        f"{DPA} was JOIN=sewn CONFIG=end-to-side to {RADIAL} , {GSV} CONFIG=end-to-end to {CEPHALIC}"
    )
    assert [join.configuration for join in found] == ["end-to-side", "end-to-end"]


def test_a_fine_suture_means_sewn() -> None:
    (join,) = joined(f"{DPA} was JOIN=sewn to {RADIAL} with SUTURE=9-0_nylon")
    assert (join.sewn, join.suture) == (True, "9-0 nylon")


def test_a_coarse_suture_says_nothing_of_the_vessels() -> None:
    (join,) = joined(f"{DPA} was JOIN=sewn to {RADIAL} with SUTURE=4-0_nylon")
    assert (join.sewn, join.suture) == (False, None)


def test_a_coupler_with_its_ring() -> None:
    (join,) = joined(f"{GSV} was JOIN=joined to {CEPHALIC} with a LEN@0.25 COUPLER=coupler")
    assert (join.coupled, join.coupler_mm) == (True, 2.5)


def test_a_denied_coupler() -> None:
    (join,) = joined(f"{GSV} was JOIN=joined to {CEPHALIC} without a COUPLER=coupler")
    assert not join.coupled


def test_a_suture_for_both_counts_for_each() -> None:
    found = joined(
        f"{DPA} was JOIN=sewn to {RADIAL} , {GSV} to {CEPHALIC} , SUTURE=9-0_nylon for BOTH=both"
    )
    assert [join.suture for join in found] == ["9-0 nylon", "9-0 nylon"]


def test_a_suture_of_the_second_does_not_count_for_the_first() -> None:
    found = joined(f"{DPA} was JOIN=sewn to {RADIAL} , {GSV} to {CEPHALIC} with SUTURE=9-0_nylon")
    assert [join.suture for join in found] == [None, "9-0 nylon"]


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("a LEN@0.25 COUPLER=coupler", 2.5),
        ("COUPLER=coupler size NUM@3.0", 3.0),
        ("COUPLER=coupler", None),
        ("a LEN@6 bone COUPLER=coupler", None),
    ],
)
def test_ring_sizes_are_millimetres(written: str, size: float | None) -> None:
    items = make_items(written)
    at = next(k for k, item in enumerate(items) if item.has("COUPLER"))
    assert coupler_size(items, at) == size
