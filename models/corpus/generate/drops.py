"""Leave out the sentences that tell one fact; the fact goes from the labels and its item becomes missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.corpus.generate.rewrite import Edit, edited, relabelled
from models.corpus.generate.sentences import sentence_around
from scribe.rules.yaml_loader import load_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from models.corpus.generate.labelled import LabelledNote

_RULES = Path(__file__).with_name("drops.yaml")


def drop_fact(note: LabelledNote, random: Random) -> LabelledNote | None:
    """Leave out one fact of ``drops.yaml``, if a note can lose it cleanly.

    It can when the sentences of all labels of the fact hold no quote of another label, and nothing in the rest of the note
    still speaks of the matter (``still_said``).
    """
    rules = load_yaml(_RULES)
    names = [name for name in rules if any(f["name"] == name for f in note.gold["facts"])]
    random.shuffle(names)
    for name in names:
        dropped = _drop(note, name, rules[name])
        if dropped is not None:
            return dropped
    return None


def _drop(note: LabelledNote, name: str, rule: Mapping[str, Any]) -> LabelledNote | None:
    item = rule.get("item")
    before = note.gold.get("checklist", {}).get(item)
    if before in ("contradicted", "not_applicable"):
        return None
    own: list[tuple[int, int]] = []
    other: list[tuple[int, int]] = []
    for fact in note.gold["facts"]:
        start = note.text.index(fact["quote"])
        place = (start, start + len(fact["quote"]))
        (own if fact["name"] == name else other).append(place)
    cuts = sorted({sentence_around(note.text, *place) for place in own})
    cuts = [cut for k, cut in enumerate(cuts) if k == 0 or cut[0] >= cuts[k - 1][1]]
    if any(a < end and b > start for a, b in cuts for start, end in other):
        return None
    if not all(any(a <= start and end <= b for a, b in cuts) for start, end in own):
        return None
    kept = [fact for fact in note.gold["facts"] if fact["name"] != name]
    cut_note = edited(relabelled(note, facts=kept), [Edit(a, b, "") for a, b in cuts])
    if cut_note is None or re.search(rule["still_said"], cut_note.text, re.IGNORECASE):
        return None
    return relabelled(cut_note, **_labels(note.gold, name, item, before, required=rule["required"]))


def _labels(
    gold: Mapping[str, Any], name: str, item: str | None, before: str | None, *, required: bool
) -> dict[str, Any]:
    """Return the labels that change: the trap, the item, and the findings that follow from it."""
    traps = [trap for trap in gold.get("not_present", ()) if trap["name"] != name]
    changed: dict[str, Any] = {"not_present": [*traps, {"name": name}]}
    if before is None:
        return changed
    checklist = {**gold["checklist"], item: "missing"}
    changed["checklist"] = checklist
    if required:
        findings = [
            kind
            for kind in gold["findings"]
            if kind != "partial" or before != "partial" or "partial" in checklist.values()
        ]
        changed["findings"] = sorted({*findings, "missing"})
        changed["no_findings"] = [k for k in gold.get("no_findings", ()) if k != "missing"]
    return changed
