"""Whose measure is it: each length and size goes to what the sentence measures with it."""

from __future__ import annotations

import pytest

from scribe.extract.owners import attach, material
from scribe.rules.pack import load_pack
from tests.support.tagged import make_items, make_view

OWNERS = ("PADDLE", "PEDICLE", "SEG", "LOSS", "INCISION", "FIXDEV", "ARTERY", "SKIN")
RULES = load_pack().language.words.owners
HINTS = {"bone": "bone", "skin": "soft"}
OWNED = {
    "before the noun": ("a SIZE@7x4 PADDLE=paddle", ["PADDLE"]),
    "behind the noun": ("PADDLE=paddle was SIZE@7x4", ["PADDLE"]),
    "a measure of it": ("a LEN@6 of SEG=bone", ["SEG"]),
    "a colon": ("PEDICLE=pedicle : LEN@7", ["PEDICLE"]),
    "the nearer one": ("PADDLE=paddle SIZE@7x4 and a long deep PEDICLE=pedicle", ["PADDLE"]),
    "two in a row": (
        "PADDLE=paddle was SIZE@7x4 and PEDICLE=pedicle was LEN@6",
        ["PADDLE", "PEDICLE"],
    ),
    "two before their nouns": (
        "a SIZE@7x4 PADDLE=paddle and a LEN@6 PEDICLE=pedicle",
        ["PADDLE", "PEDICLE"],
    ),
    "a look-alike": ("a LEN@9 INCISION=incision over PEDICLE=pedicle", ["INCISION"]),
    "a plate": ("a LEN@6 FIXDEV=plate on SEG=bone", ["FIXDEV"]),
    "the loss, not its place": ("LOSS=hole in SKIN=skin was LEN@8", ["LOSS"]),
    "a distance from a place": ("cut LEN@2 from SEG=joint", ["DISTANCE"]),
    "a distance above a place": ("PEDICLE=pedicle , LEN@2 above SEG=joint", ["DISTANCE"]),
    "a distance within": ("PEDICLE=pedicle within LEN@2", ["DISTANCE"]),
    "a part that stayed": ("SEG=bone , LEN@6 of it remained", ["DISTANCE"]),
    "a length told with to": ("PEDICLE=pedicle was LEN@6 to its end", ["PEDICLE"]),
    "no owner": ("it was LEN@6", [None]),
    "a semicolon between": ("INCISION=cut ; it was SIZE@7x4", [None]),
    "no measure": ("a PADDLE=paddle", []),
}
MATERIALS = {
    "its own word": ("LOSS=bone_defect of SKIN=skin", "bone"),
    "a word beside it": ("LOSS=defect of skin", "soft"),
    "a bone": ("LOSS=defect of BONE=tibia", "bone"),
    "the nearer word": ("skin far away and bone LOSS=defect", "bone"),
    "nothing": ("LOSS=defect of it", None),
    "a word behind a semicolon": ("LOSS=defect ; skin", None),
}


@pytest.mark.parametrize(("written", "tags"), OWNED.values(), ids=OWNED.keys())
def test_owner(written: str, tags: list[str | None]) -> None:
    assert [each.tag for each in attach(make_view(written), OWNERS, RULES)] == tags


def test_the_owner_is_an_item_of_the_sentence() -> None:
    (owned,) = attach(make_view("the small PADDLE=paddle was SIZE@7x4"), OWNERS, RULES)
    assert (owned.owner, owned.measure) == (2, 4)


def test_what_stands_beside_is_stronger_than_what_stands_afar() -> None:
    (near,) = attach(make_view("a SIZE@7x4 PADDLE=paddle"), OWNERS, RULES)
    (far,) = attach(make_view("a SIZE@7x4 big and , so PADDLE=paddle"), OWNERS, RULES)
    assert near.strength > far.strength


@pytest.mark.parametrize(("written", "kind"), MATERIALS.values(), ids=MATERIALS.keys())
def test_material(written: str, kind: str | None) -> None:
    items = make_items(written)
    at = next(k for k, item in enumerate(items) if item.has("LOSS"))
    assert material(items[at], items, at, HINTS, RULES) == kind
