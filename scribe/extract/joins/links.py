"""Read from one sentence which vessel was joined to which, before it is known whose either is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.extract.joins.join import Join
from scribe.extract.joins.link_words import ends_in_link, link_before
from scribe.extract.joins.vessels import ARTERY, NERVE, VEIN, Vessel, vessels_of, with_adjective

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.patterns import View
    from scribe.rules.words_schema import JoinWords
    from scribe.types.mention import Item

_MAX_GAP = 16  # words between a vessel and the link to the next
_SUBJECT_WITHIN = 3  # words between a vessel and what it does, or before a pronoun that opens
_JOINED_WITHIN = 6  # words between a link and the word that tells of a join
_OPENS = frozenset({",", ";", ":", ".", "(", "-"})
_DASHES = frozenset("-–—")


def links(view: View, rules: JoinWords) -> list[Join]:
    """Return the links of a sentence, in order, without their technique."""
    items = view.sentence.items
    vessels = vessels_of(view, rules)
    found: list[Join] = []
    used: set[int] = set()
    for position, second in enumerate(vessels):
        link = link_before(items, second.at, vessels, position, rules)
        if link is None:
            found += _paired(items, vessels, position, found, used)
            continue
        first = _first_of_link(items, vessels, position, link, used)
        if first is None:
            first = _same_again(items, link, second, found, rules)
        if first is None:
            told = second.name or (link and items[link - 1].has("CONFIG") and found)
            if _leads_on(items, link, vessels, position, rules):
                continue  # "ETS DPA to radial"
            if told and _joins_alone(items, link, second, vessels, found, rules):
                used.add(second.at)
                found.append(_recipient_only(view, second, link, found, rules))
            continue
        if _is_label(items, first, link) or _run_together(items, first, second, rules):
            continue
        kind = _shared_kind(first, second)
        inverted = items[link].word in rules.inverted
        if kind is None or (inverted and link - first.at > _SUBJECT_WITHIN):
            continue
        used.update((first.at, second.at))
        donor, recipient = (second, first) if inverted else (first, second)
        found.append(
            Join(
                kind=kind,
                donor=donor,
                recipient=with_adjective(items, recipient, rules),
                sentence=view.sentence.index,
                first=first.at,
                after=second.at + 1,
                swapped=inverted,
            )
        )
    return sorted([*found, *_to_pronoun(view, vessels, used, rules)], key=lambda j: j.first)


def _leads_on(
    items: Sequence[Item], link: int, vessels: Sequence[Vessel], position: int, rules: JoinWords
) -> bool:
    """Tell whether a vessel behind a configuration that opens the telling is itself joined to the one behind it."""
    if not items[link].has("CONFIG") or position + 1 == len(vessels):
        return False
    one, other = vessels[position : position + 2]
    opens = link == 0 or items[link - 1].word in _OPENS
    on = link_before(items, other.at, vessels, position + 1, rules)
    return opens and on == one.at + 1 and _shared_kind(one, other) is not None


def _first_of_link(
    items: Sequence[Item], vessels: Sequence[Vessel], position: int, link: int, used: set[int]
) -> Vessel | None:
    """Return the vessel before a link that is joined to the one behind it: the nearest of its kind that has a name, else the nearest."""
    second = vessels[position]
    nearest: Vessel | None = None
    for vessel in reversed(vessels[:position]):
        if vessel.at > link:
            continue
        if link - vessel.at > _MAX_GAP or vessel.at in used:
            break
        if any(item.word == ";" for item in items[vessel.at : link]):
            break
        if _owns_another(items, vessel, vessels) or _shared_kind(vessel, second) is None:
            continue
        if vessel.name:
            return vessel
        nearest = nearest or vessel
    return nearest


def _owns_another(items: Sequence[Item], vessel: Vessel, vessels: Sequence[Vessel]) -> bool:
    """Tell whether a vessel only says whose another is ("a vein of the radial artery")."""
    if vessel.at < 2 or items[vessel.at - 1].word != "of":
        return False
    return any(v.at in (vessel.at - 2, vessel.at - 3) for v in vessels)


def _shared_kind(first: Vessel, second: Vessel) -> str | None:
    """Return as what two vessels can be joined: "the radial" beside a vein may well be the vein of that name."""
    if NERVE in (first.kind, second.kind):
        return NERVE if first.kind == second.kind else None
    if first.kind == second.kind:
        return first.kind
    if first.kind == VEIN and second.bare and second.kind == ARTERY:
        return VEIN
    if second.kind == VEIN and first.bare and first.kind == ARTERY:
        return VEIN
    return None


def _is_label(items: Sequence[Item], vessel: Vessel, link: int) -> bool:
    """Tell whether a vessel without a name is only the label of its line ("Artery – dorsalis pedis onto the radial artery")."""
    marks_only = not any(items[k].word.isalnum() for k in range(vessel.at))
    return vessel.name is None and marks_only and items[link].word in _DASHES


def _run_together(items: Sequence[Item], first: Vessel, second: Vessel, rules: JoinWords) -> bool:
    """Tell whether veins of one pedicle become one by themselves ("two veins joining to one vein")."""
    become = (
        second.kind == VEIN and second.name is None and items[second.at - 1].word in rules.merged
    )
    sewn = any(i.has("SUTURE", "COUPLER", "CONFIG", "HANDSEWN") for i in items)
    return become and first.kind == VEIN and not sewn


def _same_again(
    items: Sequence[Item], link: int, second: Vessel, found: Sequence[Join], rules: JoinWords
) -> Vessel | None:
    """Return the flap's vein again where a sentence goes on with "the other" or "a second one" of them."""
    last = found[-1] if found else None
    if last is None or last.donor is None or last.kind != VEIN or second.kind != VEIN:
        return None
    told = _another(items, max(last.after, link - 6), link, rules)
    return replace(last.donor, at=told) if told is not None else None


def _another(items: Sequence[Item], first: int, after: int, rules: JoinWords) -> int | None:
    """Return where "the other", "a second one" or "the smaller" stands in a stretch of words."""
    return next((k for k in range(first, after) if items[k].word in rules.another), None)


def _paired(
    items: Sequence[Item],
    vessels: Sequence[Vessel],
    position: int,
    found: Sequence[Join],
    used: set[int],
) -> list[Join]:
    """Return the second of two joins that are told together, its vessels listed behind those of the first."""
    second, last = vessels[position], found[-1] if found else None
    if last is None or last.donor is None or last.recipient is None or last.kind == second.kind:
        return []
    between = items[last.after : second.at]
    if last.swapped or [i.word for i in between if not i.has("SIDE")] != ["and"]:
        return []
    first = next(
        (
            v
            for v in vessels
            if last.donor.at < v.at < last.recipient.at
            and v.at not in used
            and v.kind == second.kind
        ),
        None,
    )
    if first is None:
        return []
    used.update((first.at, second.at))
    return [
        replace(
            last,
            kind=second.kind,
            donor=first,
            recipient=second,
            first=second.at,
            after=second.at + 1,
            paired=True,
        )
    ]


def _joins_alone(
    items: Sequence[Item],
    link: int,
    second: Vessel,
    vessels: Sequence[Vessel],
    found: Sequence[Join],
    rules: JoinWords,
) -> bool:
    """Tell whether a link without a vessel before it joins something ("I joined it end-to-end to a branch of the femoral")."""
    since = found[-1].after if found else 0
    within = 1 if items[link].has("USE") else _JOINED_WITHIN  # "the radial artery with a vein"
    near = items[max(since, link - within) : link + 1]
    if any(item.word == ":" for item in items[link : second.at]):
        return False  # "sutured with the microscope: dorsalis pedis to radial"
    other = next((v for v in reversed(vessels) if since <= v.at < link), None)
    if other and not any(i.word in rules.parted for i in items[other.at : link]):
        return False  # an artery is joined to no vein
    return any(item.has("JOIN", "CONFIG", "JN") for item in near)


def _recipient_only(
    view: View, second: Vessel, link: int, found: Sequence[Join], rules: JoinWords
) -> Join:
    """Return a join whose flap vessel the sentence does not name, or names by a pronoun."""
    items = view.sentence.items
    since = found[-1].after if found else 0
    told = [k for k in range(since, link) if items[k].word in rules.subjects]
    return Join(
        kind=second.kind,
        donor=None,
        recipient=with_adjective(items, second, rules),
        sentence=view.sentence.index,
        first=max(since, min(link, *told)) if told else link,
        after=second.at + 1,
        refers=told[-1] if told else None,
        again=second.kind == VEIN and _another(items, since, link, rules) is not None,
    )


def _to_pronoun(
    view: View, vessels: Sequence[Vessel], used: set[int], rules: JoinWords
) -> list[Join]:
    """Return the joins to what only a pronoun names ("the flap artery was sewn to it", "to this last the flap artery was joined")."""
    items = view.sentence.items
    found: list[Join] = []
    for at in range(1, len(items)):
        possessive = items[at].has("CONFIG") and not rules.possessives.isdisjoint(
            items[at].word.split("_")
        )
        before = items[at - 1]
        joining = before.has("JOIN", "CONFIG") and ends_in_link(before, rules)
        linked = not before.has("USE") and (before.word in rules.before_recipient or joining)
        stump = items[at].word in rules.possessives and any(
            i.word in rules.stumps for i in items[at + 1 : at + 3]
        )
        if not possessive and not (linked and (stump or items[at].word in rules.pronouns)):
            continue
        near = items[max(0, at - _JOINED_WITHIN) : at + _JOINED_WITHIN + 1]
        if not any(item.has("JOIN", "CONFIG") or item.word in rules.moved for item in near):
            continue
        opens = at < _SUBJECT_WITHIN or items[at - 2].word in rules.parted
        free = [v for v in vessels if v.at not in used]
        if opens:
            first = next((v for v in free if v.at > at), None)
        else:
            first = next((v for v in reversed(free) if at - _MAX_GAP <= v.at < at), None)
        if first is None or any(i.word in rules.inverted for i in items[first.at : at]):
            continue  # "the femoral received the pedicle in its side"
        used.add(first.at)
        found.append(
            Join(
                kind=first.kind,
                donor=first,
                recipient=None,
                sentence=view.sentence.index,
                first=min(first.at, at),
                after=max(first.at, at) + 1,
                refers=at,
            )
        )
    return found
