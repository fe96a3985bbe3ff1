"""Which vessel a sentence says was joined to which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.extract.joins.links import links
from scribe.rules.pack import load_pack
from tests.support.tagged import make_view

if TYPE_CHECKING:
    from scribe.extract.joins.join import Join

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
    "in, behind a configuration": f"{DPA} CONFIG=end_to_side in {RADIAL}",
    "in, between two names": f"{DPA} in {RADIAL}",
    "a side alone": f"{DPA} SIDE=right {RADIAL}",
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
    return links(make_view(written), RULES)


def names(join: Join) -> tuple[str | None, str | None]:
    return (
        join.donor.name if join.donor else None,
        join.recipient.name if join.recipient else None,
    )


@pytest.mark.parametrize("written", LINKED.values(), ids=LINKED.keys())
def test_a_link(written: str) -> None:
    assert [names(j) for j in joined(written)] == [("dorsalis pedis artery", "radial artery")]


def test_words_that_put_in_are_of_the_pack() -> None:
    rules = RULES.model_copy(update={"put_in": frozenset({"inside"})})
    assert links(make_view(f"{DPA} in {RADIAL}"), rules) == []
    assert len(links(make_view(f"{DPA} inside {RADIAL}"), rules)) == 1


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
