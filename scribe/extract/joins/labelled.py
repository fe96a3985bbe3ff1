"""Ends of joins that stand behind the word for their kind ("artery: facial", "nine stitches in the vein (cephalic, end-to-end)")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scribe.extract.joins.vessels import ARTERY, VEIN, Vessel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.patterns import View
    from scribe.rules.words_schema import JoinWords
    from scribe.types.mention import Item

_BEHIND = 8  # words between the word for the kind and the vessel
_BEGINS = 3  # words before the colon of a line
_COLONS = frozenset({":", "-", "–", "—", "="})
_LEADING = frozenset({"(", ":", ",", "=", "-", "–"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A vessel, and the word before it that says of what kind it is.

    Attributes:
        vessel: The vessel, as the kind that its label says.
        label: Where the label stands; for a further vessel of one label, the vessel itself.
        of_several: The label has several vessels.
    """

    vessel: Vessel
    label: int
    of_several: bool


def is_line_of_kind(view: View) -> bool:
    """Tell whether a sentence is a line that begins with the kind of vessel ("Vein: into the cephalic")."""
    items = view.sentence.items
    colon = next((k for k, i in enumerate(items[:_BEGINS]) if i.word in _COLONS), None)
    return bool(colon) and any(i.has("ARTGEN", "VEINGEN") for i in items[:colon])


def labelled_ends(view: View, vessels: Sequence[Vessel], rules: JoinWords) -> list[Labelled]:
    """Return the vessels of a sentence where each stands behind the word for its kind; none where one does not."""
    items = view.sentence.items
    groups: list[tuple[Vessel, list[Vessel]]] = []
    for vessel in vessels:
        if vessel.name is None:
            if items[vessel.at].word.split("_")[0] in rules.own:
                return []
            groups.append((vessel, []))
            continue
        meant = _as_labelled(groups[-1], vessel) if groups else None
        if meant is None:
            return []
        groups[-1][1].append(meant)
    if not all(named and _belong(items, label, named, rules) for label, named in groups):
        return []
    if len({label.kind for label, _ in groups}) < len(groups):
        return []
    told = len(groups) > 1 or any(len(n) > 1 or n[0].bare for _, n in groups)
    return [
        Labelled(vessel, label.at if vessel is named[0] else vessel.at, len(named) > 1)
        for label, named in groups
        for vessel in named
        if told
    ]


def _as_labelled(group: tuple[Vessel, list[Vessel]], vessel: Vessel) -> Vessel | None:
    """Return a vessel as the kind that its label says ("vein: facial" means the facial vein)."""
    label, named = group
    since = named[-1].at if named else label.at
    if vessel.at - since > _BEHIND or vessel.kind not in (ARTERY, VEIN):
        return None
    if vessel.kind == label.kind:
        return vessel
    return replace(vessel, kind=VEIN) if label.kind == VEIN and vessel.bare else None


def _belong(
    items: Sequence[Item], label: Vessel, named: Sequence[Vessel], rules: JoinWords
) -> bool:
    """Tell whether the vessels behind a label are what it names: a mark or a verb leads to the first, several ask for a plural."""
    between = items[label.at + 1 : named[0].at]
    if between and not any(
        i.word in _LEADING or i.word in rules.being or i.has("CONFIG") for i in between
    ):
        return False
    if any(_turns_away(item, rules) for item in between):
        return False
    plural = items[label.at].word.endswith("s")
    return len(named) == 1 or plural or any(i.word in rules.several for i in between)


def _turns_away(item: Item, rules: JoinWords) -> bool:
    """Tell whether a word between a label and a vessel tells of something else than what the label names."""
    if item.word in (";", "of") or item.has("DIVIDE", "DISSECT"):
        return True
    return item.word in rules.links and item.word not in _COLONS
