"""Plant a sentence that gainsays the note: another donor side, or another donor ray."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.corpus.generate.rewrite import Edit, edited, relabelled
from models.corpus.generate.sentences import is_spoken, sentence_around

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from models.corpus.generate.labelled import LabelledNote

_RAYS = {2: "second", 3: "third", 4: "fourth"}
_SIDES = ("left", "right")
_BODY = "bone_segment"


def plant_side(note: LabelledNote, _: Random) -> LabelledNote | None:
    """Say, behind the harvest of a metatarsal, that it came from the other foot."""
    side = _only(note.gold, "donor.side")
    if side is None or _only(note.gold, "donor.metatarsal") is None:
        return None
    other = _SIDES[side == "left"]
    return _plant(
        note,
        f"The metatarsal was harvested from the {other} foot.",
        {"name": "donor.side", "value": other, "status": "present"},
        item="donor_side",
        finding="laterality_conflict",
    )


def plant_ray(note: LabelledNote, random: Random) -> LabelledNote | None:
    """Say, behind the harvest of a metatarsal, that another ray was harvested."""
    ray = _only(note.gold, "donor.metatarsal")
    if ray is None:
        return None
    other = random.choice([each for each in _RAYS if each != ray])
    return _plant(
        note,
        f"Through the dorsal incision the {_RAYS[other]} metatarsal was harvested as the donor bone.",
        {"name": "donor.metatarsal", "value": other, "status": "present"},
        item="donor_site",
        finding="number_conflict",
    )


def _only(gold: Mapping[str, Any], name: str) -> Any:
    """Return the one value of a fact; None when it has none, or several, or is not plainly there."""
    told = [fact for fact in gold["facts"] if fact["name"] == name]
    values = {fact["value"] for fact in told}
    plain = all(fact["status"] == "present" for fact in told)
    return next(iter(values)) if len(values) == 1 and plain else None


def _plant(
    note: LabelledNote, words: str, fact: Mapping[str, Any], *, item: str, finding: str
) -> LabelledNote | None:
    gold = note.gold
    body = next((f for f in gold["facts"] if f["name"] == _BODY and f["status"] == "present"), None)
    if body is None or gold.get("checklist", {}).get(item) != "met" or finding in gold["findings"]:
        return None
    if is_spoken(note.text):
        words = words.lower().replace(".", " period")
    start = note.text.index(body["quote"])
    _, at = sentence_around(note.text, start, start + len(body["quote"]))
    if words in note.text or note.text[at - 1 : at] == ";":
        return None
    planted = edited(note, [Edit(at, at, f" {words}")])
    if planted is None:
        return None
    return relabelled(
        planted,
        facts=[*planted.gold["facts"], {**fact, "quote": words}],
        not_present=[
            trap
            for trap in gold.get("not_present", ())
            if trap["name"] != fact["name"] or trap.get("value", fact["value"]) != fact["value"]
        ],
        checklist={**gold["checklist"], item: "contradicted"},
        findings=sorted({*gold["findings"], finding}),
        no_findings=[kind for kind in gold.get("no_findings", ()) if kind != finding],
    )
