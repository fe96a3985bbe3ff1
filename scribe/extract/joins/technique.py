"""How each join of a sentence was made: end-to-end or end-to-side, with which suture or coupler."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.extract.joins.vessels import VEIN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from scribe.extract.joins.join import Join
    from scribe.extract.patterns import View
    from scribe.rules.words_schema import JoinWords
    from scribe.types.mention import Item

_LIKE_WITHIN = 4  # words behind "same" that say what is
_SHOWN_WITHIN = 14  # words between a join and a technique that is shown with it
_FINE = 7  # from this size on ("7-0") a suture is fine enough for a vessel
_BOTH_WITHIN = 4  # words between "both" and what is said of both, marks not counted
_MARKS = frozenset({",", "(", ")", ":", "-", "–"})
_NOT_DONE = frozenset({"NEGATED", "PLANNED"})
_ALL = frozenset({"configuration", "suture"})
_OFFERING = frozenset({"/", "|"})


def with_technique(view: View, joins: list[Join], rules: JoinWords) -> list[Join]:
    """Give each link of a sentence the configuration, suture or coupler that stands with it."""
    if not joins:
        return joins
    items = view.sentence.items
    cuts = [_cut_between(items, a, b, rules) for a, b in itertools.pairwise(joins)]
    bounds = [0, *cuts, len(items)]
    unmeant = _unmeant(view)
    made = [
        _technique(items, range(bounds[k], bounds[k + 1]), join, rules, unmeant)
        for k, join in enumerate(joins)
    ]
    if len(made) < 2:
        return made
    return _share(
        made,
        suture=_says_both(items, "SUTURE", "HANDSEWN") or _stands_for_all(items, joins, "SUTURE"),
        configuration=_says_both(items, "CONFIG") or _stands_for_all(items, joins, "CONFIG"),
        coupler=_says_both(items, "COUPLER"),
    )


def _is_microsuture(item: Item) -> bool:
    """Tell whether a suture is fine enough for a vessel: 7-0 or finer."""
    return item.has("SUTURE") and item.text is not None and int(item.text.split("-")[0]) >= _FINE


def has_microsuture(view: View) -> bool:
    """Tell whether a sentence names a suture that is fine enough for a vessel."""
    return any(_is_microsuture(view.item(at)) for at in view.places(("SUTURE",)))


def coupler_size(items: Sequence[Item], at: int) -> float | None:
    """Return the ring size in millimetres that stands beside the word for the coupler; a bare number only where no length does."""
    near = (*range(at - 1, max(at - 4, -1), -1), *range(at + 1, min(at + 6, len(items))))
    for k in (*(k for k in near if items[k].has("LEN")), *near):
        number = items[k].number
        if number is None or (k and items[k - 1].word == "x"):
            continue  # "9-0 x1 + coupler" counts joins
        if items[k].has("LEN"):
            size = float(number) * 10
        elif items[k].has("NUM", "QUANTITY"):
            size = float(number)
        else:
            continue
        if 0.9 <= size <= 5.0:
            return round(size, 2)
    return None


def _technique(
    items: Sequence[Item],
    reach: range,
    join: Join,
    rules: JoinWords,
    unmeant: AbstractSet[int],
) -> Join:
    """Add to a join what the words about it say of how it was made, the first of each kind."""
    for k in reach:
        item = items[k]
        if k in unmeant:
            continue
        config = item.concept("CONFIG")
        if config and join.configuration is None:
            join = replace(join, configuration=config.value)
        if _is_microsuture(item) and join.suture is None and item.text:
            join = replace(join, suture=item.text, sewn=True)
        if item.has("HANDSEWN"):
            join = replace(join, sewn=True)
        like = _like(items, k, reach, rules)
        if like:
            join = replace(join, like=join.like | like)
        coupler = item.has("COUPLER") and not _denied(items, k, rules)
        if coupler:
            join = replace(join, coupled=True, coupler_mm=join.coupler_mm or coupler_size(items, k))
        if (coupler or item.has("SUTURE", "CONFIG")) and abs(k - join.after) < _SHOWN_WITHIN:
            join = replace(join, first=min(join.first, k), after=max(join.after, k + 1))
    if join.coupled and not join.suture:
        join = replace(join, sewn=False)
    return join


def _denied(items: Sequence[Item], at: int, rules: JoinWords) -> bool:
    """Tell whether a coupler was not used, or was tried and given up."""
    if any(items[k].word in rules.denied for k in range(max(0, at - 2), at)):
        return True
    for item in items[at + 1 : at + 4]:
        if item.has("FAIL") or not rules.given_up.isdisjoint(item.word.split("_")):
            return True
        if item.word in rules.parted:
            return False
    return False


def _like(items: Sequence[Item], at: int, reach: range, rules: JoinWords) -> frozenset[str]:
    """Return what a word says was done as in the join told before ("the vein similarly", "with the same material")."""
    if items[at].word in rules.likewise:
        return _ALL
    parts = items[at].word.split("_")
    if parts[0] in rules.alike and parts[-1] in rules.thread:
        return frozenset({"suture"})
    if items[at].word not in rules.alike:
        return frozenset()
    behind = items[at + 1 : min(at + 1 + _LIKE_WITHIN, reach.stop)]
    for item in behind:
        if item.word in rules.manner:
            return _ALL
        if item.word in rules.thread or item.has("SUTURE"):
            return frozenset({"suture"})
        if item.word in rules.parted:
            break
    ends = not behind or behind[0].word in rules.parted
    return _ALL if ends and items[at].word == "same" else frozenset()


def _unmeant(view: View) -> frozenset[int]:
    """Return where a configuration or a coupler was only planned or was denied beside one that was not, or was left open."""
    governed: set[int] = set()
    for tag in ("CONFIG", "COUPLER"):
        places = view.places((tag,))
        aside = {
            at
            for at in places
            if any(
                cue.category in _NOT_DONE and cue.governs(view.item(at).start, view.item(at).end)
                for cue in view.sentence.cues
            )
        }
        if len(aside) < len(places) or (tag == "COUPLER" and view.places(("HANDSEWN", "SUTURE"))):
            governed |= aside
    return frozenset(governed | left_open(view))


def _way(item: Item) -> str | None:
    """Return the configuration or technique that a word names."""
    concept = item.concept("CONFIG", "HANDSEWN", "COUPLER")
    return concept.value if concept else None


def left_open(view: View) -> set[int]:
    """Return where a sentence offers ways to join and settles on none ("end-to-end / end-to-side", "hand-sewn / coupler")."""
    items = view.sentence.items
    return {
        at
        for first in view.places(("CONFIG", "HANDSEWN", "COUPLER"))
        if first + 2 < len(items)
        and items[first + 1].word in _OFFERING
        and _are_rivals(items[first], items[first + 2])
        for at in (first, first + 2)
    }


def _are_rivals(a: Item, b: Item) -> bool:
    """Tell whether two words name two ways of one kind, of which a join can have only one."""
    shapes = a.has("CONFIG") and b.has("CONFIG")
    means = a.has("HANDSEWN", "COUPLER") and b.has("HANDSEWN", "COUPLER")
    return (shapes or means) and _way(a) != _way(b)


def _cut_between(items: Sequence[Item], a: Join, b: Join, rules: JoinWords) -> int:
    """Return where the words about one link end and those about the next begin."""
    for k in range(b.first - 1, a.after - 1, -1):
        if items[k].word in rules.parted:
            return k
    return b.first


def _says_both(items: Sequence[Item], *tags: str) -> bool:
    """Tell whether "both" or "all" stands beside a suture or a configuration ("9-0 nylon for both")."""
    said = [item for item in items if item.word not in _MARKS]
    told = [k for k, item in enumerate(said) if item.has(*tags)]
    return any(
        item.has("BOTH") and any(abs(k - t) <= _BOTH_WITHIN for t in told)
        for k, item in enumerate(said)
    )


def _stands_for_all(items: Sequence[Item], joins: Sequence[Join], tag: str) -> bool:
    """Tell whether what a sentence says once is told of all its joins.

    It is where it stands before them ("end to end went the artery and the vein into ..."), or where they are told as a pair.
    """
    told = [k for k, item in enumerate(items) if item.has(tag)]
    if len(told) == 1 and told[0] < joins[0].at - 1:
        return not _in_brackets(items, told[0], joins[-1].first)
    return any(j.paired for j in joins) and len({items[k].word for k in told}) == 1


def _in_brackets(items: Sequence[Item], at: int, before: int) -> bool:
    """Tell whether a place stands in brackets that close before another one."""
    opened = [k for k, item in enumerate(items[:at]) if item.word == "("]
    closed = [k for k, item in enumerate(items[:before]) if item.word == ")"]
    if not opened or any(opened[-1] < k < at for k in closed):
        return False
    return any(k > at for k in closed)


def _share(joins: list[Join], *, suture: bool, configuration: bool, coupler: bool) -> list[Join]:
    """Give what is said "for both" to every join of the sentence."""
    if coupler and all(j.kind == VEIN and not j.suture for j in joins):
        size = next((j.coupler_mm for j in joins if j.coupler_mm), None)
        joins = [replace(j, coupled=True, coupler_mm=j.coupler_mm or size) for j in joins]
    thread = next((j.suture for j in joins if j.suture), None) if suture else None
    shape = (
        next((j.configuration for j in joins if j.configuration), None) if configuration else None
    )
    return [
        replace(
            j,
            suture=j.suture or (thread if not j.coupled else None),
            sewn=j.sewn or bool(thread and not j.coupled),
            configuration=j.configuration or shape,
        )
        for j in joins
    ]
