"""The vessels and nerves that a sentence mentions, and what its words say of whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.patterns import View
    from scribe.rules.words_schema import JoinWords
    from scribe.types.mention import Item

ARTERY, VEIN, NERVE = "artery", "vein", "nerve"
_KIND_BY_TAG = {
    "ARTERY": ARTERY,
    "ARTBARE": ARTERY,
    "ARTGEN": ARTERY,
    "VEIN": VEIN,
    "VEINBARE": VEIN,
    "VEINGEN": VEIN,
    "NERVE": NERVE,
}
_NAMES_VESSEL = (*_KIND_BY_TAG, "JN")
_GENERIC = ("ARTGEN", "VEINGEN")
_ON_FLAP_WAS = 3  # words behind a vessel that say that it lies on the flap, and what was done


@dataclass(frozen=True, slots=True)
class Vessel:
    """A vessel or nerve as mentioned.

    Attributes:
        at: Which word of its sentence it is.
        kind: ``artery``, ``vein`` or ``nerve``.
        name: Canonical name; None when it is only "the vein".
        region: Where it runs, if the vocabulary says so.
        bare: Its name does not say what it is ("the radial").
    """

    at: int
    kind: str
    name: str | None
    region: str | None
    bare: bool


def vessels_of(view: View, rules: JoinWords) -> list[Vessel]:
    """Return the vessels and nerves that a sentence mentions."""
    found: list[Vessel] = []
    items = view.sentence.items
    for at in view.places(_NAMES_VESSEL):
        vessel = _vessel(at, items[at], rules)
        if vessel is None:
            continue
        if vessel.bare and at + 1 < len(items):
            if items[at + 1].has("NERVE") or (vessel.kind == ARTERY and items[at + 1].has("VEIN")):
                continue  # "peroneal" in "peroneal nerve" or "peroneal vein" names no artery
            named = items[at + 1].has("ARTGEN") or items[at + 1].word in rules.of_artery
            if named and vessel.kind == ARTERY:
                vessel = replace(vessel, bare=False)  # "peroneal art."
        found.append(vessel)
    return found


def _vessel(at: int, item: Item, rules: JoinWords) -> Vessel | None:
    """Read one word as a vessel; "arterial anastomosis" tells its kind only."""
    for concept in item.concepts:
        if concept.tag == "NERVE" and concept.value == NERVE:
            return None
        kind = _KIND_BY_TAG.get(concept.tag)
        if kind:
            generic = concept.tag in _GENERIC
            return Vessel(
                at,
                kind,
                None if generic else concept.value,
                concept.region,
                concept.tag.endswith("BARE"),
            )
    if item.has("JN") and item.word.startswith((*rules.arterial, *rules.venous)):
        kind = ARTERY if item.word.startswith(rules.arterial) else VEIN
        return Vessel(at, kind, None, None, bare=False)
    return None


def with_adjective(items: Sequence[Item], vessel: Vessel, rules: JoinWords) -> Vessel:
    """Name a vessel that the vocabulary does not know by the adjective before it ("angular vein", "dorsal metacarpal vein")."""
    noun = items[vessel.at].word
    if vessel.name is not None or noun not in (ARTERY, VEIN) or vessel.at == 0:
        return vessel
    before = items[vessel.at - 1].word
    if before in rules.no_names or not before.endswith(rules.adjectives):
        return vessel
    words = [before, noun]
    first = items[vessel.at - 2].word if vessel.at > 1 else ""
    if first in rules.places:
        words.insert(0, first)
    return replace(vessel, name=" ".join(words))


def owned_by_flap(
    items: Sequence[Item], vessel: Vessel, rules: JoinWords, *, behind: bool = False
) -> bool:
    """Tell whether the words around a vessel give it to the flap.

    Behind a link "its" may be said of the recipient: "the vein into one of its companions".
    """
    near = _words_before(items, vessel.at, rules)
    if behind:
        near -= rules.possessives
    after = [items[k].word for k in range(vessel.at + 1, min(vessel.at + 5, len(items)))]
    if after and after[0] in rules.of_artery:
        after = after[1:]  # "deep peroneal nerve branch of the flap"
    return (
        bool(near & rules.own)
        or items[vessel.at].word.split("_")[0] in rules.own
        or (
            near.isdisjoint(rules.receiving)
            and after[:1] == ["of"]
            and bool(rules.own.intersection(after[:3]))
        )
        or _carried(after, rules)
        or _sits_on_flap(items, vessel.at, rules)
    )


def _carried(after: Sequence[str], rules: JoinWords) -> bool:
    """Tell whether a vessel came with the flap ("the saphenous nerve carried with the flap")."""
    words = [part for word in after for part in word.split("_")]
    own = rules.own - rules.possessives
    return bool(words) and words[0] in rules.carried and not own.isdisjoint(words[1:4])


def _sits_on_flap(items: Sequence[Item], at: int, rules: JoinWords) -> bool:
    """Tell whether a vessel lies on the flap ("the saphenous vein on the flap"), and not on a vessel of it ("radial on flap artery")."""
    behind = items[at + 1 : at + 4]
    if len(behind) < _ON_FLAP_WAS or behind[0].word not in rules.upon:
        return False
    own = rules.own - rules.possessives
    return behind[1].word in own and not behind[2].has(*_NAMES_VESSEL)


def owned_by_recipient(items: Sequence[Item], vessel: Vessel, rules: JoinWords) -> bool:
    """Tell whether the words around a vessel give it to the recipient."""
    near = {items[k].word for k in range(max(0, vessel.at - 3), vessel.at)}
    keyed = ":" in near and any(word.startswith(rules.receiving) for word in near)
    return keyed or bool(near & rules.their) or items[vessel.at].word.startswith(rules.receiving)


def _words_before(items: Sequence[Item], at: int, rules: JoinWords) -> set[str]:
    """Return the words just before a vessel that are said of it, and not of what it is joined to."""
    near: set[str] = set()
    for k in range(at - 1, max(at - 4, -1), -1):
        if items[k].word in rules.before_recipient:
            break
        near.add(items[k].word)
    return near
