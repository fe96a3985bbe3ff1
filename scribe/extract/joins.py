"""Read who was joined to whom: each link of a flap vessel or nerve to a recipient one, with how it was made."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

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
_MAX_GAP = 16
_SUBJECT_WITHIN = (
    3  # words between a vessel and what it does, or before a pronoun that opens a sentence
)
_JOINED_WITHIN = 6  # words between a link and the word that tells of a join
_LIKE_WITHIN = 4  # words behind "same" that say what is
_NOT_DONE = frozenset({"NEGATED", "PLANNED"})
_DASHES = frozenset("-–—")
_ALL = frozenset({"configuration", "suture"})


@dataclass(frozen=True, slots=True)
class Vessel:
    """A vessel or nerve as mentioned: its kind, canonical name (None when only "the vein"), and region."""

    at: int
    kind: str
    name: str | None
    region: str | None
    bare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """One link found in one sentence; the parts that the sentence does not give are None.

    Attributes:
        swapped: The words say that the recipient is named first ("the facial artery took the peroneal").
        refers: Where a pronoun stands for a vessel that was named before ("sewn to it").
        again: Its flap vessel is one more of those joined before ("the other was joined to a radial vein").
        of_form: Its ends are fields of a form, which tell of no join by themselves.
        paired: It is told together with another join ("the artery and vein were sewn to the radial artery and the cephalic vein").
        like: What was done as in the join told before: its ``configuration``, its ``suture``.
    """

    kind: str
    donor: Vessel | None
    recipient: Vessel | None
    sentence: int
    first: int
    after: int
    configuration: str | None = None
    sewn: bool = False
    suture: str | None = None
    coupled: bool = False
    coupler_mm: float | None = None
    swapped: bool = False
    refers: int | None = None
    again: bool = False
    of_form: bool = False
    paired: bool = False
    like: frozenset[str] = frozenset()
    spans: tuple[tuple[int, int], ...] = field(default=())

    @property
    def at(self) -> int:
        """Where the first of its vessels stands."""
        return min(v.at for v in (self.donor, self.recipient) if v)


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


def _with_adjective(items: Sequence[Item], vessel: Vessel, rules: JoinWords) -> Vessel:
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


def _vessel(at: int, item: Item, rules: JoinWords) -> Vessel | None:
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


def links(view: View, rules: JoinWords) -> list[Join]:
    """Return the links of a sentence, in order, without their technique."""
    items = view.sentence.items
    vessels = vessels_of(view, rules)
    found: list[Join] = []
    used: set[int] = set()
    for position, second in enumerate(vessels):
        link = _link_before(items, second.at, vessels, position, rules)
        if link is None:
            found += _paired(items, vessels, position, found, used)
            continue
        first = _first_of_link(items, vessels, position, link, used)
        if first is None:
            first = _same_again(items, link, second, found, rules)
        if first is None:
            told = second.name or (link and items[link - 1].has("CONFIG") and found)
            if told and _joins_alone(items, link, second, vessels, found, rules):
                used.add(second.at)
                found.append(_recipient_only(view, second, link, found, rules))
            continue
        if _is_label(items, first, link):
            continue
        kind = _kind(first, second)
        inverted = items[link].word in rules.inverted
        if kind is None or (inverted and link - first.at > _SUBJECT_WITHIN):
            continue
        used.update((first.at, second.at))
        donor, recipient = (second, first) if inverted else (first, second)
        found.append(
            Join(
                kind=kind,
                donor=donor,
                recipient=_with_adjective(items, recipient, rules),
                sentence=view.sentence.index,
                first=first.at,
                after=second.at + 1,
                swapped=inverted,
            )
        )
    return sorted([*found, *_to_pronoun(view, vessels, used, rules)], key=lambda j: j.first)


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
        recipient=_with_adjective(items, second, rules),
        sentence=view.sentence.index,
        first=max(since, min(link, *told)) if told else link,
        after=second.at + 1,
        refers=told[-1] if told else None,
        again=second.kind == VEIN and another(items, since, link, rules) is not None,
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
        joining = before.has("JOIN", "CONFIG") and _ends_in_link(before, rules)
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
        first = next(
            (v for v in reversed(vessels) if at - _MAX_GAP <= v.at < at and v.at not in used), None
        )
        if opens:
            first = next((v for v in vessels if v.at > at and v.at not in used), None)
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


def _is_label(items: Sequence[Item], vessel: Vessel, link: int) -> bool:
    """Tell whether a vessel without a name is only the label of its line ("Artery – dorsalis pedis onto the radial artery")."""
    marks_only = not any(items[k].word.isalnum() for k in range(vessel.at))
    return vessel.name is None and marks_only and items[link].word in _DASHES


def _link_before(
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
        if _ends_in_link(items[k], rules):
            return k
        if k == at - 1 and items[k].has("CONFIG"):
            return k  # "DP end to side radial artery"
        if word == "in" and k and items[k - 1].has("CONFIG", "JOIN"):
            return k  # "end-to-side in the radial artery"
        if word == "in" and position and vessels[position - 1].at == k - 1 and k == at - 1:
            return k  # "genicular artery in radial artery, end-to-side"
        if word == "and" and position and _says_between(items, vessels[position - 1].at):
            return k
        if word in (",", ".", ";", "and") or any(v.at == k for v in vessels):
            break
    return at if position and _stand_together(vessels[position - 1], vessels[position]) else None


def _stand_together(first: Vessel, second: Vessel) -> bool:
    """Tell whether two names stand side by side with no word between them ("dorsalis pedis radial artery")."""
    alike = first.kind == second.kind
    return alike and first.at == second.at - 1 and bool(first.name and second.name)


def _says_between(items: Sequence[Item], at: int) -> bool:
    """Tell whether "between" stands shortly before a vessel."""
    return any(items[k].word == "between" for k in range(max(0, at - 4), at))


def _ends_abbreviation(items: Sequence[Item], at: int, rules: JoinWords) -> bool:
    """Tell whether a full stop stands within the name of a vessel ("DPA to Lt. DPA", "to A. profunda brachii")."""
    return at > 0 and (items[at - 1].has("SIDE") or items[at - 1].word in rules.links)


def _ends_in_link(item: Item, rules: JoinWords) -> bool:
    """Tell whether a word links, or a phrase has the word that links in it: "sutured to", "into the side of"."""
    if item.word in rules.links or item.word in rules.inverted:
        return True
    words = item.word.split("_")
    if item.has("CONFIG") and words[0] in rules.phrase_begins:
        return True
    if item.has("CONFIG") and len(words) > 3 and words[1] in rules.phrase_begins:
        return True  # "sewn to the side of"
    return item.has("JOIN", "CONFIG") and len(words) > 1 and words[-1] in rules.phrase_ends


def _first_of_link(
    items: Sequence[Item], vessels: Sequence[Vessel], position: int, link: int, used: set[int]
) -> Vessel | None:
    second = vessels[position]
    named: Vessel | None = None
    for vessel in reversed(vessels[:position]):
        if vessel.at > link:
            continue
        if link - vessel.at > _MAX_GAP or any(items[k].word == ";" for k in range(vessel.at, link)):
            break
        if vessel.at in used:
            break
        before = items[vessel.at - 1].word if vessel.at else ""
        if (
            before == "of"
            and vessel.at > 1
            and any(v.at in (vessel.at - 2, vessel.at - 3) for v in vessels)
        ):
            continue
        if _kind(vessel, second) is None:
            continue
        if vessel.name or named is None:
            named = vessel if named is None or not named.name else named
        if named.name:
            break
    return named


def _same_again(
    items: Sequence[Item], link: int, second: Vessel, found: Sequence[Join], rules: JoinWords
) -> Vessel | None:
    """Return the flap's vein again where a sentence goes on with "the other" or "a second one" of them."""
    last = found[-1] if found else None
    if last is None or last.donor is None or last.kind != VEIN or second.kind != VEIN:
        return None
    told = another(items, max(last.after, link - 6), link, rules)
    return replace(last.donor, at=told) if told is not None else None


def another(items: Sequence[Item], first: int, after: int, rules: JoinWords) -> int | None:
    """Return where "the other", "a second one" or "the smaller" stands in a stretch of words."""
    return next((k for k in range(first, after) if items[k].word in rules.another), None)


def _kind(first: Vessel, second: Vessel) -> str | None:
    if NERVE in (first.kind, second.kind):
        return NERVE if first.kind == second.kind else None
    if first.kind == second.kind:
        return first.kind
    if first.kind == VEIN and second.bare and second.kind == ARTERY:
        return VEIN
    if second.kind == VEIN and first.bare and first.kind == ARTERY:
        return VEIN
    return None


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
    )


def _words_before(items: Sequence[Item], at: int, rules: JoinWords) -> set[str]:
    """Return the words just before a vessel that are said of it, and not of what it is joined to."""
    near: set[str] = set()
    for k in range(at - 1, max(at - 4, -1), -1):
        if items[k].word in rules.before_recipient:
            break
        near.add(items[k].word)
    return near


def owned_by_recipient(items: Sequence[Item], vessel: Vessel, rules: JoinWords) -> bool:
    """Tell whether the words around a vessel give it to the recipient."""
    near = {items[k].word for k in range(max(0, vessel.at - 3), vessel.at)}
    keyed = ":" in near and any(word.startswith(rules.receiving) for word in near)
    return keyed or bool(near & rules.their) or items[vessel.at].word.startswith(rules.receiving)


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
    if len(made) > 1:
        paired = any(j.paired for j in made)
        made = _share(
            made,
            suture=_says_both(items, "SUTURE", "HANDSEWN")
            or _leads(items, joins, "SUTURE")
            or (paired and _says_once(items, "SUTURE")),
            configuration=_says_both(items, "CONFIG")
            or _leads(items, joins, "CONFIG")
            or (paired and _says_once(items, "CONFIG")),
            coupler=_says_both(items, "COUPLER"),
        )
    return made


def _unmeant(view: View) -> frozenset[int]:
    """Return where a sentence tells of a configuration or a coupler that was only planned or was denied, beside one that was not."""
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
    return frozenset(governed)


def _leads(items: Sequence[Item], joins: Sequence[Join], tag: str) -> bool:
    """Tell whether what stands before all joins of a sentence is told of all ("end to end went the artery and the vein into ...")."""
    told = [k for k, item in enumerate(items) if item.has(tag)]
    return len(told) == 1 and told[0] < joins[0].at - 1


def _says_once(items: Sequence[Item], tag: str) -> bool:
    return len({item.word for item in items if item.has(tag)}) == 1


def is_microsuture(item: Item) -> bool:
    """Tell whether a suture is fine enough for a vessel: 7-0 or finer."""
    return item.has("SUTURE") and item.text is not None and int(item.text.split("-")[0]) >= 7


def _says_both(items: Sequence[Item], *tags: str) -> bool:
    """Tell whether "both" or "all" stands beside a suture or a configuration ("9-0 nylon for both")."""
    told = [k for k, item in enumerate(items) if item.has(*tags)]
    return any(
        item.has("BOTH") and any(abs(k - t) <= 4 for t in told) for k, item in enumerate(items)
    )


def _cut_between(items: Sequence[Item], a: Join, b: Join, rules: JoinWords) -> int:
    """Return where the words about one link end and those about the next begin."""
    for k in range(b.first - 1, a.after - 1, -1):
        if items[k].word in rules.parted:
            return k
    return b.first


def _technique(
    items: Sequence[Item],
    reach: range,
    join: Join,
    rules: JoinWords,
    unmeant: AbstractSet[int],
) -> Join:
    for k in reach:
        item = items[k]
        if k in unmeant:
            continue
        config = item.concept("CONFIG")
        if config and join.configuration is None:
            join = replace(join, configuration=config.value)
        if is_microsuture(item) and join.suture is None and item.text:
            join = replace(join, suture=item.text, sewn=True)
        if item.has("HANDSEWN"):
            join = replace(join, sewn=True)
        join = replace(join, like=join.like | _like(items, k, reach, rules))
        if item.has("COUPLER") and not _denied(items, k, rules):
            join = replace(join, coupled=True, coupler_mm=join.coupler_mm or coupler_size(items, k))
        if item.has("SUTURE", "CONFIG") or (item.has("COUPLER") and not _denied(items, k, rules)):
            join = (
                replace(join, first=min(join.first, k), after=max(join.after, k + 1))
                if abs(k - join.after) < 14
                else join
            )
    if join.coupled and not join.suture:
        join = replace(join, sewn=False)
    return join


def _denied(items: Sequence[Item], at: int, rules: JoinWords) -> bool:
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


def coupler_size(items: Sequence[Item], at: int) -> float | None:
    """Return the ring size in millimetres that stands beside the word for the coupler."""
    for k in (*range(at - 1, max(at - 4, -1), -1), *range(at + 1, min(at + 6, len(items)))):
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
