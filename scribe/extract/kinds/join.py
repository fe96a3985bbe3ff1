"""Anastomoses: one fact for each vessel or nerve joined, put together from the sentences that tell of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from scribe.extract.joins.join import Join
from scribe.extract.joins.links import links
from scribe.extract.joins.technique import is_microsuture, with_technique
from scribe.extract.joins.vessels import (
    ARTERY,
    NERVE,
    VEIN,
    Vessel,
    owned_by_flap,
    owned_by_recipient,
    vessels_of,
)
from scribe.extract.sightings import sightings
from scribe.types.fact import Anastomosis, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from scribe.extract.patterns import Pattern, View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule

_JOIN_TAGS = frozenset({"JOIN", "JN", "CONFIG", "COUPLER", "SUTURE", "HANDSEWN"})
_STRONG = frozenset({"CONFIG", "COUPLER", "JN", "SUTURE", "HANDSEWN"})
_TOLD_WITHIN = 4  # words behind a vessel that say how it was joined
_LABEL = 6  # words of a field and its colon, at most
_KINDS = {"ARTGEN": ARTERY, "VEINGEN": VEIN}
_NEAR = 2  # sentences within which a detail belongs to the join told before
_FRAMES = ("today", "loose", "title", "history", "implants", "plan")


def extract(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> None:
    """Add the joins of the note, the more complete telling of each, and its denials."""
    for join, status in _merge(_with_declared(_told_joins(rule, story), rule, story)):
        if join.donor is None and join.recipient is None and status is not Status.PRESENT:
            continue
        kind = "link" if join.donor and join.recipient else "one_sided"
        confidence = 0.93 if join.recipient else 0.8
        rule_id = f"{rule.name}.{kind}"
        value = _value(join, story)
        story.add(rule, rule_id, value, status, join.sentence, join.spans[0], confidence)
    for find, view, match in sightings(rule, patterns, story):
        if view.sentence.frame in rule.file.frames:
            index = view.sentence.index
            span = story.span(index, match.first, match.after)
            story.add(rule, find.id, None, Status.ABSENT, index, span, find.confidence)


def _with_declared(
    joins: list[tuple[Join, Status]], rule: FactRule, story: Story
) -> list[tuple[Join, Status]]:
    """Give joins of "the artery" and "the vein" the one vessel of their kind that is called the recipient's elsewhere."""
    present = [j for j, s in joins if s is Status.PRESENT]
    lacking = {j.kind for j in present if not _name(j.recipient)}
    named = {j.kind for j in present if _name(j.recipient)}
    if not lacking - named:
        return joins
    declared = _declared(rule, story)
    for k, (join, status) in enumerate(joins):
        meant = {v.name: v for v in declared if v.kind == join.kind}
        given = _name(join.donor)
        if (
            status is Status.PRESENT
            and join.kind in lacking - named
            and len(meant) == 1
            and given not in meant
        ):
            vessel = next(iter(meant.values()))
            joins[k] = (replace(join, recipient=vessel), status)
    return joins


def _declared(rule: FactRule, story: Story) -> list[Vessel]:
    """Return the vessels that the note calls the recipient's, where it does not tell of their join."""
    rules = story.language.words.joins
    found: list[Vessel] = []
    for view in story.views:
        items = view.sentence.items
        if view.sentence.frame not in ("today", "loose") or view.tags & {"CONFIG", "JOIN"}:
            continue
        called = [k for k, i in enumerate(items) if i.word.startswith(rules.receiving)]
        for vessel in vessels_of(view, rules) if called else ():
            if vessel.name is None or owned_by_flap(items, vessel, rules):
                continue
            status = story.status(
                view.sentence, items[vessel.at].start, items[vessel.at].end, rule.file.frames
            )
            if status is Status.PRESENT and not _may_be_donors_own(vessel, story):
                found.append(vessel)
    return found


def _may_be_donors_own(vessel: Vessel, story: Story) -> bool:
    """Tell whether a vessel can hardly be a recipient's: it runs where the bone came from."""
    regions = _vessel_regions(story, vessel.kind)
    return bool(regions) and vessel.region in regions


def _told_joins(rule: FactRule, story: Story) -> list[tuple[Join, Status]]:
    """Return the joins of every sentence; a sentence without one may add details to the join just told."""
    joins: list[tuple[Join, Status]] = []
    last_told = -_NEAR - 1
    for view in story.views:
        sentence = view.sentence
        if sentence.frame not in _FRAMES:
            continue
        near = sentence.index - last_told <= _NEAR
        field = _field(view, story) if sentence.frame in ("today", "loose") else None
        if field:
            _add_field(*field, view, joins, rule, story)
            last_told = sentence.index
            continue
        found = _of_sentence(view, story, near=near, last_joins=last_told == sentence.index - 1)
        for join in found:
            told = join.recipient or join.donor
            anchor = view.item(told.at if told else join.first)
            status = story.status(sentence, anchor.start, anchor.end, rule.file.frames)
            if status is None or status is Status.ABSENT:
                continue
            span = story.span(sentence.index, join.first, join.after)
            join = _as_before(_again(replace(join, spans=(span,)), joins), joins)
            joins.append((join, status))
            if status is Status.PRESENT:
                last_told = sentence.index
                made = join.configuration or join.coupled or join.sewn
                if made and join.recipient and join.recipient.name:
                    story.recipient_vessels.add((sentence.index, join.recipient.at))
        if not found and near and sentence.frame in ("today", "loose"):
            _add_details(view, joins, story)
    return [
        (j, s)
        for j, s in joins
        if not j.of_form or j.configuration or j.suture or j.coupled or j.sewn
    ]


def _field(view: View, story: Story) -> tuple[Vessel, bool] | None:
    """Read a field for one end of a join ("Recipient artery: facial"): the vessel, and whether it is the recipient's."""
    rules = story.language.words.joins
    items = view.sentence.items
    colon = next((k for k, i in enumerate(items[:_LABEL]) if i.word == ":"), 0)
    label = items[:colon]
    kind = next((k for t, k in _KINDS.items() if any(i.has(t) for i in label)), None)
    begins = {part for i in label for part in i.word.split("_")[:1]}
    is_recipient = any(word.startswith(rules.receiving) for word in begins)
    if kind is None or not (is_recipient or begins & rules.own):
        return None
    value = [v for v in vessels_of(view, rules) if v.at > colon]
    links_told = any(i.has("JOIN", "CONFIG", "JN") or i.word == "to" for i in items)
    if links_told or len(value) != 1 or not value[0].name:
        return None
    return replace(value[0], kind=kind if value[0].bare else value[0].kind), is_recipient


def _add_field(
    vessel: Vessel,
    is_recipient: bool,
    view: View,
    joins: list[tuple[Join, Status]],
    rule: FactRule,
    story: Story,
) -> None:
    """Add the end of a join that a field names, to the other end if a field just named that."""
    sentence = view.sentence
    item = view.item(vessel.at)
    status = story.status(sentence, item.start, item.end, rule.file.frames)
    if status is not Status.PRESENT:
        return
    span = (item.start, item.end)
    last = joins[-1][0] if joins else None
    if last and last.of_form and last.kind == vessel.kind:
        near = sentence.index - last.sentence <= _NEAR
        if near and is_recipient and not last.recipient:
            joins[-1] = (replace(last, recipient=vessel, sentence=sentence.index), status)
            return
        if near and not is_recipient and not last.donor:
            joins[-1] = (replace(last, donor=vessel, sentence=sentence.index), status)
            return
    join = Join(
        kind=vessel.kind,
        donor=None if is_recipient else vessel,
        recipient=vessel if is_recipient else None,
        sentence=sentence.index,
        first=vessel.at,
        after=vessel.at + 1,
        of_form=True,
        spans=(span,),
    )
    joins.append((join, status))


def _again(join: Join, joins: Sequence[tuple[Join, Status]]) -> Join:
    """Give "the other" the name of the flap's veins that were joined just before."""
    if not join.again or join.donor or not joins:
        return join
    last = joins[-1][0]
    return replace(join, donor=last.donor) if last.kind == join.kind else join


def _as_before(join: Join, joins: Sequence[tuple[Join, Status]]) -> Join:
    """Give a join what it is said to have in common with the join told before it ("the vein in like manner")."""
    last = joins[-1][0] if joins else None
    if not join.like or last is None:
        return join
    if "configuration" in join.like and not join.configuration:
        join = replace(join, configuration=last.configuration)
    if join.suture or join.coupled or "suture" not in join.like:
        return join
    coupled = last.coupled and "configuration" in join.like
    return replace(
        join,
        suture=last.suture if not coupled else None,
        sewn=last.sewn and not coupled,
        coupled=coupled,
        coupler_mm=last.coupler_mm if coupled else None,
    )


def _of_pronoun(view: View, story: Story) -> list[Join]:
    """Return the join of a vessel that the sentence before it names ("It was therefore used end-to-end with 9-0 nylon")."""
    rules = story.language.words.joins
    items = view.sentence.items
    sewn = any(is_microsuture(view.item(at)) for at in view.places(("SUTURE",)))
    if not items or items[0].word not in rules.subjects or "CONFIG" not in view.tags:
        return []
    if not sewn and "COUPLER" not in view.tags:
        return []
    index = view.sentence.index
    before = story.views[index - 1] if index else None
    named = [v for v in vessels_of(before, rules) if v.name] if before else []
    if not named or before is None or before.sentence.frame != view.sentence.frame:
        return []
    join = _one_sided(view, [replace(named[-1], at=0)], story)
    return with_technique(view, [join], rules) if join else []


def _of_sentence(view: View, story: Story, *, near: bool, last_joins: bool) -> list[Join]:
    rules = story.language.words.joins
    vessels = vessels_of(view, rules)
    if not vessels:
        return [] if last_joins else _of_pronoun(view, story)
    tags = view.tags
    strong = tags & _STRONG - {"SUTURE"} or any(
        is_microsuture(view.item(at)) for at in view.places(("SUTURE",))
    )
    is_join = bool(strong) or (
        bool(tags & (rules.moved | rules.inverted | rules.likewise | rules.alike)) and near
    )
    is_join = is_join or view.sentence.phase == "anastomosis" or "JOIN" in tags
    if not is_join:
        bare = [_oriented(view, j, story) for j in links(view, rules)]
        if {j.kind for j in bare} >= {ARTERY, VEIN} and not tags & {"DISSECT", "LEN", "IMG"}:
            return with_technique(view, bare, rules)
        return []
    found = [
        _oriented(view, j, story)
        for j in links(view, rules)
        if _plausible(view, j, tags, story, near=near)
    ]
    if found:
        found = sorted([*found, *_left_over(view, vessels, found, story)], key=lambda j: j.first)
        return with_technique(view, found, rules)
    told = any(
        item.has("JOIN") and (near or item.word.startswith(rules.surely))
        for item in view.sentence.items
    )
    if not strong and not told:
        return []
    ends = _listed_ends(view, vessels)
    joins = [_one_sided(view, own, story) for own in ends or [vessels]]
    return with_technique(view, [j for j in joins if j], rules)


def _left_over(
    view: View, vessels: Sequence[Vessel], found: Sequence[Join], story: Story
) -> list[Join]:
    """Return joins that name one end beside those that name both ("the radial was taken end-to-end, and the vein joined to ...")."""
    rules = story.language.words.joins
    taken = {v.at for j in found for v in (j.donor, j.recipient) if v}
    kinds = {j.kind for j in found}
    left: list[Join] = []
    for vessel in vessels:
        behind = view.items(vessel.at + 1, vessel.at + 1 + _TOLD_WITHIN)
        marks = [k for k, i in enumerate(behind) if i.word in rules.parted]
        behind = behind[: marks[0]] if marks else behind
        if vessel.at in taken or vessel.kind in kinds or vessel.kind == NERVE:
            continue
        if not _stands_apart(view, vessel, found, rules.parted):
            continue
        if any(v.at > vessel.at and v.at <= vessel.at + len(behind) for v in vessels):
            continue
        told = any(i.has("CONFIG") or i.word in rules.likewise for i in behind)
        same = any(i.word == "same" for i in behind[-1:])
        if (told or same) and (join := _one_sided(view, [vessel], story)):
            left.append(join)
            kinds.add(vessel.kind)
    return left


def _stands_apart(
    view: View, vessel: Vessel, found: Sequence[Join], parted: AbstractSet[str]
) -> bool:
    """Tell whether a mark or "and" parts a vessel from the joins of its sentence."""
    items = view.sentence.items
    behind = [j.first for j in found if j.first > vessel.at]
    before = [j for j in found if j.after <= vessel.at]
    if len(behind) + len(before) < len(found):
        return False
    near = [i.word for i in items[max(0, vessel.at - 2) : vessel.at]]
    if before and ("of" in near or parted.isdisjoint(near)):
        return False
    return not behind or any(i.word in parted for i in items[vessel.at + 1 : min(behind)])


def _listed_ends(view: View, vessels: Sequence[Vessel]) -> list[list[Vessel]]:
    """Divide the vessels of a list of joins that name one end each ("facial artery end-to-end 9-0, facial vein coupler 2.5 mm")."""
    vessels = [v for v, n in zip_longest(vessels, vessels[1:]) if not _is_only_kind(view, v, n)]
    ends: list[list[Vessel]] = []
    for position, vessel in enumerate(vessels):
        after = (
            vessels[position + 1].at if position + 1 < len(vessels) else len(view.sentence.items)
        )
        told = any(item.has("CONFIG", "COUPLER", "SUTURE") for item in view.items(vessel.at, after))
        generic = vessel.name is None and not _told_at_once(view, vessel)
        if generic or not told or any(own[0].kind == vessel.kind for own in ends):
            return []
        ends.append([vessel])
    return ends if len(ends) > 1 else []


def _is_only_kind(view: View, vessel: Vessel, after: Vessel | None) -> bool:
    """Tell whether "arterial" only says of what kind the vessel named next is ("arterial inflow from the facial artery")."""
    if vessel.name or after is None or not after.name or after.kind != vessel.kind:
        return False
    return not any(i.has("CONFIG", "SUTURE") for i in view.items(vessel.at + 1, after.at))


def _told_at_once(view: View, vessel: Vessel) -> bool:
    """Tell whether right behind "artery" or "vein" stands how it was joined ("artery E-E, vein E-S")."""
    behind = view.items(vessel.at + 1, vessel.at + 1 + _NEAR)
    return any(item.has("CONFIG", "COUPLER", "SUTURE") for item in behind)


def _plausible(view: View, join: Join, tags: frozenset[str], story: Story, *, near: bool) -> bool:
    """Refuse links that only tell a course ("traced from the retinaculum into the first dorsal metatarsal artery")."""
    strong = tags & {"CONFIG", "COUPLER", "JN", "HANDSEWN"}
    if strong:
        between = view.items(join.first, join.after)
        return not (
            any(i.has("DISSECT") and not i.has("RAISE") for i in between)
            and not any(i.has("JOIN", "CONFIG", "JN", "SUTURE", "COUPLER") for i in between)
        )
    if "SUTURE" in tags or view.sentence.phase == "anastomosis":
        return True
    between = view.items(join.first, join.after)
    if any(i.has("JOIN") for i in between):
        return True
    rules = story.language.words.joins
    moving = rules.moved_to | rules.inverted | rules.likewise
    return (
        near
        and (any(i.word in moving for i in between) or bool(tags & rules.alike))
        and not any(i.has("DISSECT", "DIVIDE") for i in between)
    )


def _oriented(view: View, join: Join, story: Story) -> Join:
    """Put the flap's vessel on the donor side: by its own words, else by where donor and recipient are."""
    items = view.sentence.items
    first, second = join.donor, join.recipient
    rules = story.language.words.joins
    if join.refers is not None:
        return _resolved(view, join, story)
    if first is None or second is None or join.swapped:
        return join
    if owned_by_recipient(items, first, rules) or (
        owned_by_flap(items, second, rules, behind=True) and not owned_by_flap(items, first, rules)
    ):
        return replace(join, donor=second, recipient=first, swapped=True)
    if owned_by_flap(items, first, rules) or owned_by_recipient(items, second, rules):
        return join
    regions = _vessel_regions(story, join.kind)
    if (
        first.region
        and second.region
        and regions
        and first.region not in regions
        and second.region in regions
    ):
        return replace(join, donor=second, recipient=first, swapped=True)
    if not regions and first.name and second.name:
        pedicles = _options(story)["pedicles"]
        if first.name not in pedicles and second.name in pedicles:
            return replace(join, donor=second, recipient=first, swapped=True)
    return join


def _resolved(view: View, join: Join, story: Story) -> Join:
    """Put the vessel that a pronoun stands for in its place: the last of its kind that was named before."""
    given = join.donor or join.recipient
    if given is None or join.refers is None:
        return join
    before = given.at if given.at < join.refers else join.refers
    meant = _antecedent(view, before, join.kind, given.name, story)
    if meant is None:
        itself = join.donor and given.name and not _may_be_flaps(given, story)
        if itself:  # "the radial was divided, so end-to-end to its stump"
            return replace(join, donor=None, recipient=given, refers=None)
        return replace(join, refers=None)
    meant = replace(meant, at=join.refers)
    if join.recipient is None:
        return replace(join, recipient=meant)
    return replace(join, donor=meant) if _may_be_flaps(meant, story) else join


def _antecedent(
    view: View, before: int, kind: str, other: str | None, story: Story
) -> Vessel | None:
    """Return the vessel of a kind that was named last before a place, in its sentence or shortly before it."""
    rules = story.language.words.joins
    index = view.sentence.index
    for earlier in range(index, max(-1, index - _NEAR - 1), -1):
        told = story.views[earlier]
        if told.sentence.frame not in ("today", "loose"):
            break
        for vessel in reversed(vessels_of(told, rules)):
            after = earlier == index and vessel.at >= before
            if not after and vessel.name and vessel.kind == kind and vessel.name != other:
                return vessel
    return None


def _may_be_flaps(vessel: Vessel, story: Story) -> bool:
    """Tell whether a vessel lies where the bone came from, or where bone is usually raised."""
    regions = _vessel_regions(story, vessel.kind)
    if regions:
        return vessel.region is None or vessel.region in regions
    return vessel.name in _options(story)["pedicles"]


def _options(story: Story) -> Mapping[str, Any]:
    rule = next(r for r in story.language.facts if r.file.kind == "join")
    return rule.file.options


def _vessel_regions(story: Story, kind: str) -> frozenset[str]:
    """Return where the vessels of the donor run, by the rule of the joins."""
    table = _options(story)["regions"].get(kind, {})
    return frozenset(r for d in story.donor for r in table.get(d, []))


def _one_sided(view: View, vessels: list[Vessel], story: Story) -> Join | None:
    """Read a join that names one end only ("the bigger comitant was put together with a 2.5 mm coupler")."""
    items = view.sentence.items
    rules = story.language.words.joins
    named = [v for v in vessels if v.name and not _just_prepared(view, v)]
    vessel = named[0] if named else vessels[0]
    if vessel.kind == NERVE and not view.tags & {"CONFIG", "JN", "JOIN"}:
        return None
    if _just_prepared(view, vessel) or (
        not named and not view.tags & {"CONFIG", "COUPLER", "SUTURE", "JOIN"}
    ):
        return None
    kind = vessel.kind
    after_link = any(
        items[k].word in rules.before_recipient for k in range(max(0, vessel.at - 3), vessel.at)
    )
    regions = _vessel_regions(story, kind)
    is_recipient = owned_by_recipient(items, vessel, rules) or (
        not owned_by_flap(items, vessel, rules)
        and (
            after_link
            or (vessel.region is not None and bool(regions) and vessel.region not in regions)
            or (not regions and vessel.name not in _options(story)["pedicles"])
            or any(i.word in rules.inverted for i in items[vessel.at + 1 : vessel.at + 3])
        )
    )
    donor, recipient = (None, vessel) if is_recipient and vessel.name else (vessel, None)
    return Join(
        kind=kind,
        donor=donor,
        recipient=recipient,
        sentence=view.sentence.index,
        first=vessel.at,
        after=vessel.at + 1,
    )


def _just_prepared(view: View, vessel: Vessel) -> bool:
    return any(
        view.item(k).has("DIVIDE")
        for k in range(vessel.at + 1, min(vessel.at + 4, len(view.sentence.items)))
    )


def _add_details(view: View, joins: list[tuple[Join, Status]], story: Story) -> None:
    """Let a following sentence ("9-0 nylon was used for both") complete the joins before it."""
    tags = view.tags
    alike = tags & story.language.words.joins.alike and tags & story.language.words.joins.thread
    if not tags & {"SUTURE", "COUPLER", "CONFIG", "HANDSEWN"} and not alike:
        return
    if tags & {"INSET", "SKIN", "PADDLE", "DRAIN"} or ("CLOSE" in tags and "COUPLER" not in tags):
        return  # a coupler, too, "snapped shut"
    blank = Join(
        kind="", donor=None, recipient=None, sentence=view.sentence.index, first=0, after=1
    )
    detail = with_technique(view, [blank], story.language.words.joins)[0]
    detail = _as_before(detail, joins[:-1])
    both = "BOTH" in tags
    present = [
        k
        for k, (j, s) in enumerate(joins)
        if s is Status.PRESENT and view.sentence.index - j.sentence <= 3
    ]
    for k in present if both else present[-1:]:
        join, status = joins[k]
        joins[k] = (_complete(join, detail), status)


def _complete(join: Join, other: Join) -> Join:
    coupled = join.coupled or (other.coupled and not join.suture)
    return replace(
        join,
        configuration=join.configuration or other.configuration,
        suture=join.suture or (other.suture if not join.coupled else None),
        sewn=join.sewn or (other.sewn and not join.coupled),
        coupled=coupled,
        coupler_mm=join.coupler_mm or (other.coupler_mm if coupled else None),
    )


def _merge(joins: list[tuple[Join, Status]]) -> list[tuple[Join, Status]]:
    """Put together what is told twice: a title or summary and the body, or a bare join and the sentence that completes it."""
    merged: list[tuple[Join, Status]] = []
    for join, status in joins:
        for k, (other, other_status) in enumerate(merged):
            if status is other_status and _same(join, other):
                merged[k] = (_union(other, join), status)
                break
        else:
            merged.append((join, status))
    return [
        (j, s)
        for j, s in merged
        if j.donor or j.recipient or j.configuration or j.sewn or j.coupled
    ]


def _same(a: Join, b: Join) -> bool:
    if a.kind != b.kind:
        return False
    if a.configuration and b.configuration and a.configuration != b.configuration:
        return False
    names = [(_name(a.donor), _name(b.donor)), (_name(a.recipient), _name(b.recipient))]
    if any(x and y and x != y for x, y in names):
        return False
    empty = (
        not any(names[0] + names[1])
        or not (_name(a.donor) or _name(a.recipient))
        or not (_name(b.donor) or _name(b.recipient))
    )
    shared = any(x and x == y for x, y in names)
    return shared or empty or a.kind == ARTERY


def _union(a: Join, b: Join) -> Join:
    base = _complete(a, b)
    donor = a.donor if _name(a.donor) else b.donor or a.donor
    recipient = a.recipient if _name(a.recipient) else b.recipient or a.recipient
    told_first = bool(_name(a.recipient)) or not _name(b.recipient)
    if a.of_form and not b.of_form:
        told_first = False  # a field names an end, often long before it is joined
    spans = a.spans + b.spans if told_first else b.spans + a.spans
    return replace(
        base,
        donor=donor,
        recipient=recipient,
        of_form=a.of_form and b.of_form,
        spans=spans,
        sentence=a.sentence if spans[:1] == a.spans[:1] else b.sentence,
    )


def _name(vessel: Vessel | None) -> str | None:
    return vessel.name if vessel else None


def _value(join: Join, story: Story) -> Anastomosis:
    donor, recipient = _name(join.donor), _name(join.recipient)
    if join.kind == VEIN:
        named = _options(story)["veins"]
        donor, recipient = _as_vein(join.donor, {}), _as_vein(join.recipient, named)
    technique = (
        "coupler"
        if join.coupled and not (join.suture and not join.coupler_mm)
        else "hand-sewn"
        if join.sewn
        else None
    )
    return Anastomosis(
        vessel=join.kind,
        donor=donor,
        recipient=recipient,
        configuration=join.configuration,
        technique=technique,
        suture=join.suture if technique == "hand-sewn" else None,
        coupler_mm=join.coupler_mm if technique == "coupler" else None,
    )


def _as_vein(vessel: Vessel | None, named: Mapping[str, str]) -> str | None:
    """Return the vein that is meant where the name is an artery's ("vein to the radial", "vein to the facial")."""
    if vessel is None or vessel.name is None:
        return None
    if vessel.kind == VEIN and not vessel.name.endswith(ARTERY):
        return vessel.name
    return named.get(vessel.name, "venae comitantes")
