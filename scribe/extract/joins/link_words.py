"""Which word of a sentence links one vessel to another: "to", "into the side of", an arrow, or none at all.

Words that link are few; the care goes into those that only look so, as in "with 9-0 nylon" or "Lt. DPA".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.joins.vessels import ARTERY, VEIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.joins.vessels import Vessel
    from scribe.rules.words_schema import JoinWords
    from scribe.types.mention import Item

_VERB_WITHIN = 4  # words between two vessels and the verb that joins them to each other


def link_before(
    items: Sequence[Item],
    at: int,
    vessels: Sequence[Vessel],
    position: int,
    rules: JoinWords,
) -> int | None:
    """Return the place of the word that links to the vessel at ``at``."""
    owner = (
        position
        and vessels[position - 1].at == at - 1
        and vessels[position - 1].kind == ARTERY
        and vessels[position].kind == VEIN
    )
    for k in range(at - (2 if owner else 1), max(at - 7, -1), -1):
        word = items[k].word
        if word == "." and _ends_abbreviation(items, k, rules):
            continue
        if items[k].has("USE") and items[k + 1].has("SUTURE", "COUPLER", "HANDSEWN", "LEN"):
            break  # "with 9-0 nylon in place of the facial"
        if ends_in_link(items[k], rules) or _puts_in(items, k, at, rules):
            return k
        if k == at - 1 and items[k].has("CONFIG"):
            return k  # "DP end to side radial artery"
        if word == "in" and k and items[k - 1].has("CONFIG", "JOIN"):
            return k  # "end-to-side in the radial artery"
        if word == "in" and position and vessels[position - 1].at == k - 1 and k == at - 1:
            return k  # "genicular artery in radial artery, end-to-side"
        if word == "and" and position and _are_joined(items, vessels, position, rules):
            return k
        if word in (",", ".", ";", "and") or any(v.at == k for v in vessels):
            break
    return at if position and _stand_together(vessels[position - 1], vessels[position]) else None


def ends_in_link(item: Item, rules: JoinWords) -> bool:
    """Tell whether a word links, or a phrase has the word that links in it: "sutured to", "into the side of"."""
    if item.word in rules.links or item.word in rules.inverted:
        return True
    words = item.word.split("_")
    if item.has("CONFIG") and words[0] in rules.phrase_begins:
        return True
    if item.has("CONFIG") and len(words) > 3 and words[1] in rules.phrase_begins:
        return True  # "sewn to the side of"
    return item.has("JOIN", "CONFIG") and len(words) > 1 and words[-1] in rules.phrase_ends


def _puts_in(items: Sequence[Item], at: int, vessel: int, rules: JoinWords) -> bool:
    """Tell whether a word puts what stands before it into the side or the end of a vessel ("put into the side of the radial artery")."""
    words = items[at].word.split("_")
    leads = items[at].word == "in" or items[at].has("INSET")
    if not leads or words[-1] not in ("in", *rules.phrase_ends):
        return False
    return any(item.word in rules.stumps for item in items[at + 1 : vessel])


def _stand_together(first: Vessel, second: Vessel) -> bool:
    """Tell whether two names stand side by side with no word between them ("dorsalis pedis radial artery")."""
    alike = first.kind == second.kind
    return alike and first.at == second.at - 1 and bool(first.name and second.name)


def _are_joined(
    items: Sequence[Item], vessels: Sequence[Vessel], position: int, rules: JoinWords
) -> bool:
    """Tell whether two vessels with "and" between them are the ends of one join."""
    first, second = vessels[position - 1 : position + 1]
    return _says_between(items, first.at) or _with_each_other(items, first, second, rules)


def _with_each_other(
    items: Sequence[Item], first: Vessel, second: Vessel, rules: JoinWords
) -> bool:
    """Tell whether vessels of two parts of the body were joined, and to no third ("saphenous and facial veins were coupled")."""
    regions = {first.region, second.region}
    if first.kind != second.kind or None in regions or len(regions) == 1:
        return False
    said = items[second.at + 1 :]
    end = next((n for n, item in enumerate(said) if item.word in (",", ";", ".")), len(said))
    verb = next((n for n, item in enumerate(said[:end]) if item.has("JOIN")), None)
    if verb is None or verb >= _VERB_WITHIN:
        return False
    return not any(i.word.split("_")[-1] in rules.phrase_begins for i in said[verb:end])


def _says_between(items: Sequence[Item], at: int) -> bool:
    """Tell whether "between" stands shortly before a vessel."""
    return any(items[k].word == "between" for k in range(max(0, at - 4), at))


def _ends_abbreviation(items: Sequence[Item], at: int, rules: JoinWords) -> bool:
    """Tell whether a full stop stands within the name of a vessel ("DPA to Lt. DPA", "to A. profunda brachii")."""
    return at > 0 and (items[at - 1].has("SIDE") or items[at - 1].word in rules.links)
