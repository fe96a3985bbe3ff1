"""Facts whose value is a length or a size: skin paddle, bone segment, pedicle length, defects, times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.extract.kinds.drawn import plan_drawn
from scribe.extract.limbs import limb_roles
from scribe.extract.owners import MEASURES, Owned, attach, is_distance, material
from scribe.extract.sightings import Sighting, sightings
from scribe.extract.story import DONOR, RECIPIENT, Story
from scribe.types.fact import Dimensions, Measure, Status, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scribe.extract.patterns import View
    from scribe.rules.language import FactRule
    from scribe.rules.option_schema import MeasuredOptions
    from scribe.types.mention import Item


_CUT_AWAY_WITHIN = 8
_HOURS_OF_DAY = 8  # hours that are no length of ischemia any more
_OF_DONOR = frozenset(
    {"MT", "ARTERY", "ARTBARE", "PEDICLE", "INSET", "MONITOR", "BLEED", "PINK", "REFILL"}
)


def extract(rule: FactRule, story: Story) -> None:
    """Add each measure that belongs to the rule's owners, then the mentions without a measure."""
    options: MeasuredOptions = rule.file.options
    owners = frozenset(options["owners"])
    for view in story.index.holding((MEASURES,)):
        if "OTHEROP" in view.tags:
            continue
        if view.tags.isdisjoint(owners):
            continue
        for owned in _attached(view, story, options):
            _add_owned(rule, owned, view, story, options)
    _add_patterns(rule, story, options)
    _yield(rule, story, frozenset(options.get("yielding", ())))
    _drop_denied(rule, story, frozenset(options.get("named", ())))
    plan_drawn(rule, story, options)
    overriding = set(options.get("overriding", ()))
    if any(c.rule in overriding for c in story.candidates):
        story.candidates = [
            c for c in story.candidates if c.name != rule.name or c.status is not Status.PRESENT
        ]


def _yield(rule: FactRule, story: Story, yielding: frozenset[str]) -> None:
    """Drop what the rules tell that yield, where another rule tells the measure outright."""
    outright = any(
        c.name == rule.name and c.status is Status.PRESENT and c.rule not in yielding
        for c in story.candidates
    )
    if yielding and outright:
        story.candidates = [c for c in story.candidates if c.rule not in yielding]


def _drop_denied(rule: FactRule, story: Story, named: frozenset[str]) -> None:
    """Drop what was only named, where a rule tells outright that the note has none of it.

    Where what was only named is denied, that denies something said of it ("no congestion of the island") and not the thing.
    """
    if not named:
        return
    denied = any(
        c.name == rule.name and c.status is Status.ABSENT and c.rule not in named
        for c in story.candidates
    )
    present = any(c.name == rule.name and c.status is Status.PRESENT for c in story.candidates)
    idle = {Status.ABSENT, Status.PLANNED} if present else {Status.ABSENT}
    story.candidates = [
        c for c in story.candidates if c.rule not in named or not (denied or c.status in idle)
    ]


def _attached(view: View, story: Story, options: MeasuredOptions) -> list[Owned]:
    """Return the measures of a sentence with what they belong to; rules with the same rivals share the answer."""
    rivals = tuple(options["rivals"])
    key = (view.sentence.index, rivals)
    known = story.attached.get(key)
    if known is None:
        known = story.attached[key] = attach(view, rivals, story.language.words.owners)
    return known


def _add_owned(
    rule: FactRule, owned: Owned, view: View, story: Story, options: MeasuredOptions
) -> None:
    items = view.sentence.items
    if (
        owned.owner is None
        or owned.tag not in options["owners"]
        or owned.strength < float(options.get("least_strength", 2.0))
    ):
        return
    item, owner = items[owned.measure], items[owned.owner]
    here = view.sentence.index
    if any(story.is_barred(rule.name, here, at) for at in (owned.measure, owned.owner)):
        return
    if _is_cut_away(owned.owner, view, story, options):
        return
    if not _fits(item, owned.owner, view, story, options, owned.strength):
        return
    value = value_of(item, options)
    if value is None:
        return
    first, after = min(owned.measure, owned.owner), max(owned.measure, owned.owner) + 1
    start, end = story.span(view.sentence.index, first, after)
    status = story.status(view.sentence, owner.start, owner.end, rule.file.frames)
    if status is None:
        return
    if status is Status.ABSENT:
        status = options.get("denied_with_size", Status.HISTORICAL)
    qualifiers: tuple[str, ...] = ()
    if status is Status.PRESENT and _misheard_for(items, owned.measure, story):
        status = Status.UNCERTAIN
    if item.size and not item.size.unit and not _unit_known(story):
        status, qualifiers = (
            Status.UNCERTAIN if status is Status.PRESENT else status,
            ("unit_assumed",),
        )
    story.add(
        rule,
        f"{rule.name}.measured",
        value,
        status,
        view.sentence.index,
        (start, end),
        0.93,
        qualifiers,
    )


def _is_cut_away(at: int, view: View, story: Story, options: MeasuredOptions) -> bool:
    """Tell whether skin is cut out with what is sick ("an ellipse round the biopsy scar") and not as a flap."""
    sick = options.get("cut_away_with")
    if not sick or not view.tags.isdisjoint(_OF_DONOR) or DONOR in limb_roles(view, story):
        return False
    near = view.items(max(0, at - _CUT_AWAY_WITHIN), at + _CUT_AWAY_WITHIN + 1)
    return any(not set(sick).isdisjoint(item.word.split("_")) for item in near)


def _misheard_for(items: tuple[Item, ...], at: int, story: Story) -> bool:
    """Tell whether a length stands behind "was for", where a recogniser may have written "four" as "for"."""
    return (
        at > 1
        and items[at - 1].word == "for"
        and items[at - 2].word in story.language.words.owners.misheard_for
    )


def _unit_known(story: Story) -> bool:
    return any(
        item.has("LEN", "SIZE") and (item.size is None or item.size.unit)
        for view in story.views
        for item in view.sentence.items
    )


def value_of(item: Item, options: MeasuredOptions) -> Value:
    """Return the value of a measure in the shape that the rule asks for."""
    shape = options["shape"]
    if shape == "length":
        if item.size:
            return item.size.sides[0]
        return item.number
    if shape == "measure":
        return Measure(length_cm=item.size.sides[0] if item.size else item.number)
    if item.has("AREA"):
        return Dimensions()
    if item.size:
        return Dimensions(length_cm=item.size.sides[0], width_cm=item.size.sides[1])
    return Dimensions(length_cm=item.number)


def _fits(
    item: Item,
    owner: int,
    view: View,
    story: Story,
    options: MeasuredOptions,
    strength: float,
) -> bool:
    """Tell whether a measure and the word that owns it can be what the rule looks for."""
    if not is_possible(item, options):
        return False
    if any(tag in view.tags for tag in options.get("barred", ())):
        return False
    if item.has("LEN") and strength < float(options.get("one_side_strength", 0)):
        return False
    if not _is_material(item, owner, view, story, options):
        return False
    role = options.get("role")
    if role == DONOR:
        return _may_be_donors(item, owner, view, story)
    return role != RECIPIENT or _may_be_recipients(owner, view, story)


def is_possible(item: Item, options: MeasuredOptions) -> bool:
    """Tell whether a measure lies within what the thing can measure, in centimetres."""
    number = item.size.sides[0] if item.size else item.number
    least, most = float(options.get("least", 0.3)), float(options.get("most", 40.0))
    return item.has("AREA") or (number is not None and least <= number <= most)


def _is_material(
    item: Item, owner: int, view: View, story: Story, options: MeasuredOptions
) -> bool:
    """Tell whether what is measured is of the stuff that the rule is about, bone or soft tissue."""
    wanted = options.get("material")
    if not wanted:
        return True
    items = view.sentence.items
    kind = material(items[owner], items, owner, options["hints"], story.language.words.owners)
    if kind is None:
        kind = "soft" if item.size and options.get("sized_default") == "soft" else "bone"
    return bool(kind == wanted)


def _may_be_donors(item: Item, owner: int, view: View, story: Story) -> bool:
    """Tell whether what a measure belongs to can be of the donor."""
    key = (view.sentence.index, owner)
    word = view.item(owner)
    if key in story.recipient_items or (item.size and word.has("FLAP")):
        return False
    if word.has("BONE", "MT") and key not in story.donor_items and not _is_donor_word(word, story):
        return False
    rebuilding = story.focus[view.sentence.index] == RECIPIENT
    lost = "LOSS" in view.tags
    if word.has("BONEWORD") and (lost or rebuilding):
        return False
    return not (rebuilding and lost and word.has("GRAFT"))


def _may_be_recipients(owner: int, view: View, story: Story) -> bool:
    """Tell whether what a measure belongs to can be of the defect."""
    word = view.item(owner)
    if word.has("BONE", "MT", "ETIO", "RESECT", "SKIN"):
        given = (view.sentence.index, owner) in story.donor_items or _is_donor_word(word, story)
        if given or not view.tags & {"LOSS", "RESECT"}:
            return False
    raised = view.tags & {"RAISE", "PADDLE"} or story.focus[view.sentence.index] == DONOR
    return not (word.has("SKIN") and raised)


def _is_donor_word(item: Item, story: Story) -> bool:
    concept = item.concept("BONE", "MT")
    return bool(concept and concept.donor in story.donor)


def _add_patterns(rule: FactRule, story: Story, options: MeasuredOptions) -> None:
    """Add what patterns say: a measure in an unusual place, or a mention without a measure."""
    for sighting in sightings(rule, story):
        find, view, match = sighting
        at = (match.captured.get("anchor") or (match.first,))[0]
        if _is_barred(rule, sighting, story):
            continue
        if find.status is None and _is_cut_away(at, view, story, options):
            continue
        if not find.spans and _measures_distance(match.captured, view, story):
            continue
        status = _sighted_status(sighting, rule, story, options)
        if status is None or not _names_material(sighting, story, options):
            continue
        value = _captured(match.captured, view, options, absent=status is Status.ABSENT)
        if value is _UNFIT:
            continue
        index = view.sentence.index
        span = story.span(index, match.first, match.after)
        qualifiers = tuple(find.qualifiers)
        story.add(rule, find.id, value, status, index, span, find.confidence, qualifiers)


def _is_barred(rule: FactRule, sighting: Sighting, story: Story) -> bool:
    """Tell whether the measure of a match, or the loss that it names, is known to be no such fact."""
    index, match = sighting.view.sentence.index, sighting.match
    if sighting.find.status is not None:
        return story.is_barred_wholly(rule.name, index, match.first, match.after)
    places = match.captured.values() or ((match.first, match.after),)
    return any(story.is_barred(rule.name, index, first, after) for first, after in places)


def _sighted_status(
    sighting: Sighting, rule: FactRule, story: Story, options: MeasuredOptions
) -> Status | None:
    """Return the status that the pattern sets, where its sentence may tell of the fact, or the one of its context."""
    find, view, match = sighting
    whole = (match.first, match.after)
    anchor = match.captured.get("anchor") or match.captured.get("loss") or whole
    frames = find.frames or rule.file.frames
    start, end = story.span(view.sentence.index, *anchor)
    status = story.status(view.sentence, start, end, frames, find.ignore)
    if find.status:
        if story.is_open(view.sentence.index, *whole):
            return None
        told = status in (Status.PRESENT, Status.ABSENT) or (
            view.sentence.frame in frames and status is not Status.PLANNED
        )
        return find.status if told else None
    if status is Status.ABSENT and options.get("denied_only_by_rule"):
        return None
    measure = match.captured.get("measure")
    if (
        status is Status.PRESENT
        and measure
        and _misheard_for(view.sentence.items, measure[0], story)
    ):
        return Status.UNCERTAIN
    return status


def _names_material(sighting: Sighting, story: Story, options: MeasuredOptions) -> bool:
    """Tell whether a mention without a measure is of the stuff that the rule is about."""
    find, view, match = sighting
    if not options.get("material") or find.status or "measure" in match.captured:
        return True
    at = match.captured.get("loss", (match.first, match.after))[0]
    rules = story.language.words.owners
    kind = material(view.item(at), view.sentence.items, at, options["hints"], rules)
    return bool(kind == options["material"])


def _measures_distance(captured: Mapping[str, tuple[int, int]], view: View, story: Story) -> bool:
    """Tell whether the captured measure is a distance to a landmark."""
    if "measure" not in captured or view.item(captured["measure"][0]).has("MINS", "CLOCK"):
        return False
    return is_distance(view.sentence.items, captured["measure"][0], story.language.words.owners)


_UNFIT = object()


def _captured(
    captured: Mapping[str, tuple[int, int]], view: View, options: MeasuredOptions, *, absent: bool
) -> Any:
    if absent and options["shape"] != "minutes":
        return None
    if "measure" in captured:
        item = view.item(captured["measure"][0])
        if options["shape"] == "minutes":
            minutes = _clocked(item) if item.has("CLOCK") else item.number
            return _whole(minutes) if minutes and 5 <= minutes <= 900 else _UNFIT
        if not is_possible(item, options):
            return _UNFIT
        if item.has("NUM", "QUANTITY") and item.number is not None and options["shape"] == "length":
            return item.number
        value = value_of(item, options)
        return _UNFIT if value is None else value
    return {"size": Dimensions(), "measure": Measure()}.get(options["shape"], _UNFIT)


def _clocked(item: Item) -> float | None:
    """Return the minutes of a length that is written as a time of day ("1:52"); more than eight hours are one."""
    hours, _, minutes = (item.text or "").partition(":")
    if not minutes or int(hours) >= _HOURS_OF_DAY:
        return None
    return 60.0 * int(hours) + int(minutes)


def _whole(number: float) -> float | int:
    return int(number) if number == int(number) else number
