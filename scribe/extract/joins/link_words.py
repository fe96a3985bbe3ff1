"""Which word of a sentence links one vessel to another: "to", "into the side of", an arrow, or none at all.

Words that link are few; the care goes into those that only look so, as in "with 9-0 nylon" or "Lt. DPA".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.joins.vessels import ARTERY, VEIN, owned_by_flap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.joins.vessels import Vessel
    from scribe.rules.words_schema import JoinWords
    from scribe.types.mention import Item

_VERB_WITHIN = 6  # words between two vessels and the verb that joins them to each other
_SHAPE_WITHIN = 3  # words between two vessels and the way in which they were joined to each other
_LAID_WITHIN = 3  # words between a vessel and the word that lays it on another
_BOTH = frozenset({"and", "+", "&"})


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
        puts_in = _puts_in(items, k, at, rules) or _lays_on(items, k, vessels, position, rules)
        if puts_in or ends_in_link(items[k], rules):
            return k
        if k == at - 1 and items[k].has("CONFIG"):
            return k  # "DP end to side radial artery"
        if word in rules.put_in and k and items[k - 1].has("CONFIG", "JOIN"):
            return k  # "end-to-side in the radial artery"
        if word in rules.put_in and position and vessels[position - 1].at == k - 1 == at - 2:
            return k  # "genicular artery in radial artery, end-to-side"
        if word in _BOTH and position and _are_joined(items, vessels, position, rules):
            return k
        if _parts(items, k, rules) or any(v.at == k for v in vessels):
            break
    return (
        at if position and _stand_together(items, *vessels[position - 1 : position + 1]) else None
    )


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
    leads = items[at].word in rules.put_in or items[at].has("INSET")
    if not leads or words[-1] not in rules.put_in | rules.phrase_ends:
        return False
    if any(item.word in rules.stumps for item in items[at + 1 : vessel]):
        return True
    # "Put into the facial artery end-to-end".
    return vessel - at == 1 and any(i.has("CONFIG") for i in items[vessel + 1 : vessel + 2])


def _parts(items: Sequence[Item], at: int, rules: JoinWords) -> bool:
    """Tell whether what stands before a word links to nothing behind it ("he sews the vein with her: ...")."""
    colon = items[at].word == ":" and at > 0 and not ends_in_link(items[at - 1], rules)
    return colon or items[at].word in (",", ".", ";", "and")


def _lays_on(
    items: Sequence[Item], at: int, vessels: Sequence[Vessel], position: int, rules: JoinWords
) -> bool:
    """Tell whether one vessel is laid on another, and how: "dorsalis pedis laid on the radial artery, end to side"."""
    lays = items[at].has("INSET", "COVER") and items[at].word.split("_")[-1] in rules.links
    if not position or not lays:
        return False
    first, second = vessels[position - 1 : position + 1]
    alike = first.kind == second.kind and bool(first.name and second.name)
    told = items[second.at + 1 : second.at + 1 + _SHAPE_WITHIN]
    return alike and at - first.at <= _LAID_WITHIN and any(i.has("CONFIG") for i in told)


def _stand_together(items: Sequence[Item], first: Vessel, second: Vessel) -> bool:
    """Tell whether two names stand side by side with no word between them but a side ("dorsalis pedis radial artery", "DPA-R PTA")."""
    between = items[first.at + 1 : second.at]
    alike = first.kind == second.kind and bool(first.name and second.name)
    return alike and len(between) <= 1 and all(item.has("SIDE") for item in between)


def _are_joined(
    items: Sequence[Item], vessels: Sequence[Vessel], position: int, rules: JoinWords
) -> bool:
    """Tell whether two vessels with "and" between them are the ends of one join."""
    first, second = vessels[position - 1 : position + 1]
    return _says_between(items, first.at) or _with_each_other(items, first, second, rules)


def _with_each_other(
    items: Sequence[Item], first: Vessel, second: Vessel, rules: JoinWords
) -> bool:
    """Tell whether vessels of two parts of the body were joined, and to no third ("saphenous and facial veins were coupled").

    So are the flap's and another one ("its vein and the cephalic vein were united").
    """
    regions = {first.region, second.region}
    apart = None not in regions and len(regions) > 1
    if first.kind != second.kind or not (apart or _flaps_and_another(items, first, second, rules)):
        return False
    if _shaped_at_once(items[second.at + 1 :], rules):
        return True
    said = items[second.at + 1 :]
    end = next((n for n, item in enumerate(said) if item.word in (",", ";", ".")), len(said))
    verb = next((n for n, item in enumerate(said[:end]) if item.has("JOIN")), None)
    if verb is None or verb >= _VERB_WITHIN:
        return False
    return not any(i.word.split("_")[-1] in rules.phrase_begins for i in said[verb:end])


def _shaped_at_once(said: Sequence[Item], rules: JoinWords) -> bool:
    """Tell whether right behind two vessels stands how they were joined, and nothing to which both were ("..., end to end, 9-0 nylon")."""
    if not any(item.has("CONFIG") for item in said[:_SHAPE_WITHIN]):
        return False
    end = next((n for n, item in enumerate(said) if item.word in (";", ".")), len(said))
    return not any(i.word.split("_")[-1] in rules.phrase_begins for i in said[:end])


def _flaps_and_another(
    items: Sequence[Item], first: Vessel, second: Vessel, rules: JoinWords
) -> bool:
    """Tell whether a vessel that its words give to the flap stands before one that has a name and is not given to it."""
    before = next((k for k in range(second.at, first.at, -1) if items[k].word == "and"), first.at)
    shared = {item.word for item in items[before : second.at]} & rules.own
    return bool(second.name) and not shared and owned_by_flap(items, first, rules)


def _says_between(items: Sequence[Item], at: int) -> bool:
    """Tell whether "between" stands shortly before a vessel."""
    return any(items[k].word == "between" for k in range(max(0, at - 4), at))


def _ends_abbreviation(items: Sequence[Item], at: int, rules: JoinWords) -> bool:
    """Tell whether a full stop stands within the name of a vessel ("DPA to Lt. DPA", "to A. profunda brachii")."""
    return at > 0 and (items[at - 1].has("SIDE") or items[at - 1].word in rules.links)
