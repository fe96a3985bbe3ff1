"""Who was joined to whom in one sentence, and how."""

from __future__ import annotations

import pytest

from scribe.extract.joins import Join, coupler_size, links, vessels_of, with_technique
from scribe.rules.pack import load_pack
from tests.support.tagged import make_items, make_view

RULES = load_pack().language.words.joins

DPA = "ARTERY=dorsalis_pedis_artery"
RADIAL = "ARTERY=radial_artery"
GSV = "VEIN=great_saphenous_vein"
CEPHALIC = "VEIN=cephalic_vein"
TO = "CONFIG=end-to-side to"
LINKED = {
    "to": f"{DPA} was JOIN=sewn to {RADIAL}",
    "into": f"{DPA} was JOIN=sewn into {RADIAL}",
    "with a configuration": f"{DPA} was JOIN=sewn {TO} {RADIAL}",
    "nothing but a configuration": f"{DPA} CONFIG=end_to_side {RADIAL}",
    "an arrow": f"{DPA} \u2192 {RADIAL}",
    "between and": f"JN=anastomosis between {DPA} and {RADIAL}",
}
UNLINKED = {
    "a list": f"{DPA} and {RADIAL} were seen",
    "a semicolon": f"{DPA} was seen ; to {RADIAL}",
    "an artery to a vein": f"{DPA} was JOIN=sewn to {GSV}",
    "an artery to a nerve": f"{DPA} was JOIN=sewn to NERVE=sural_nerve",
    "one alone": f"{DPA} was JOIN=sewn",
}


def joined(written: str) -> list[Join]:
    view = make_view(written)
    return with_technique(view, links(view, RULES), RULES)


def names(join: Join) -> tuple[str | None, str | None]:
    return (
        join.donor.name if join.donor else None,
        join.recipient.name if join.recipient else None,
    )


@pytest.mark.parametrize("written", LINKED.values(), ids=LINKED.keys())
def test_a_link(written: str) -> None:
    assert [names(j) for j in joined(written)] == [("dorsalis pedis artery", "radial artery")]


@pytest.mark.parametrize("written", UNLINKED.values(), ids=UNLINKED.keys())
def test_no_link(written: str) -> None:
    assert joined(written) == []


def test_two_links_of_one_sentence() -> None:
    found = joined(f"{DPA} was JOIN=sewn to {RADIAL} and {GSV} to {CEPHALIC}")
    assert [join.kind for join in found] == ["artery", "vein"]


def test_a_generic_vessel_has_no_name() -> None:
    (join,) = joined(f"ARTGEN=artery was JOIN=sewn to {RADIAL}")
    assert names(join) == (None, "radial artery")


def test_a_nerve_is_joined_to_a_nerve() -> None:
    (join,) = joined("NERVE=deep_peroneal_nerve was JOIN=coapted to NERVE=radial_nerve")
    assert join.kind == "nerve"


def test_the_word_nerve_alone_is_no_vessel() -> None:
    assert vessels_of(make_view("NERVE=nerve"), RULES) == []


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
