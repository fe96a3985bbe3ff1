"""Facts whose value is a length or a size: skin paddle, bone segment, pedicle length, defects, times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.extract.kinds.choice import fulfils
from scribe.extract.owners import Owned, attach, is_distance, material
from scribe.extract.story import DONOR, RECIPIENT, Story
from scribe.types.fact import Dimensions, Measure, Status, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scribe.extract.patterns import Pattern, View
    from scribe.rules.language import FactRule
    from scribe.types.mention import Item


def extract(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> None:
    """Add each measure that belongs to the rule's owners, then the mentions without a measure."""
    options = rule.file.options
    for view in story.views:
        if "OTHEROP" in view.tags:
            continue
        if not view.tags & set(options["owners"]) and not options.get("elliptic"):
            continue
        for owned in _attached(view, story, options):
            _add_owned(rule, owned, view, story, options)
    _add_patterns(rule, patterns, story, options)
    overriding = set(options.get("overriding", ()))
    if any(c.rule in overriding for c in story.candidates):
        story.candidates = [
            c for c in story.candidates if c.name != rule.name or c.status is not Status.PRESENT
        ]


def _attached(view: View, story: Story, options: Mapping[str, Any]) -> list[Owned]:
    measures = story.language.measures
    return attach(
        view,
        tuple(options["rivals"]),
        frozenset(measures.distance_after),
        frozenset(measures.distance_before),
    )


def _add_owned(
    rule: FactRule, owned: Owned, view: View, story: Story, options: Mapping[str, Any]
) -> None:
    items = view.sentence.items
    if (
        owned.owner is None
        or owned.tag not in options["owners"]
        or owned.strength < float(options.get("least_strength", 2.0))
    ):
        return
    item, owner = items[owned.measure], items[owned.owner]
    if not _fits(rule, item, owned.owner, view, story, options, owned.strength):
        return
    value = _value(item, options)
    if value is None:
        return
    first, after = min(owned.measure, owned.owner), max(owned.measure, owned.owner) + 1
    start, end = story.span(view.sentence.index, first, after)
    status = story.status(
        view.sentence, owner.start, owner.end, rule.file.frames, tuple(options.get("ignore", ()))
    )
    if status is None:
        return
    if status is Status.ABSENT:
        status = Status(options.get("denied_with_size", "historical"))
    qualifiers: tuple[str, ...] = ()
    if status is Status.PRESENT and _misheard_for(items, owned.measure):
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


def _misheard_for(items: tuple[Item, ...], at: int) -> bool:
    """Tell whether a length stands behind "was for", where a recogniser may have written "four" as "for"."""
    return (
        at > 1
        and items[at - 1].word == "for"
        and items[at - 2].word in ("was", "is", "measured", "length")
    )


def _unit_known(story: Story) -> bool:
    return any(
        item.has("LEN", "SIZE") and (item.size is None or item.size.unit)
        for view in story.views
        for item in view.sentence.items
    )


def _value(item: Item, options: Mapping[str, Any]) -> Value:
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
    rule: FactRule,
    item: Item,
    owner: int,
    view: View,
    story: Story,
    options: Mapping[str, Any],
    strength: float,
) -> bool:
    items = view.sentence.items
    number = item.size.sides[0] if item.size else item.number
    if number is None or not float(options.get("least", 0.3)) <= number <= float(
        options.get("most", 40.0)
    ):
        return False
    tags = view.tags
    if any(tag in tags for tag in options.get("barred", ())):
        return False
    wanted = options.get("material")
    if wanted:
        kind = material(items[owner], items, owner, options["hints"])
        if kind is None:
            kind = "soft" if item.size and options.get("sized_default") == "soft" else "bone"
        if kind != wanted:
            return False
    role = options.get("role")
    key = (view.sentence.index, owner)
    if role == DONOR and (
        key in story.recipient_items
        or (
            items[owner].has("BONE", "MT")
            and key not in story.donor_items
            and not _is_donor_word(items[owner], story)
        )
    ):
        return False
    if role == RECIPIENT and items[owner].has("BONE", "MT", "ETIO", "RESECT", "SKIN"):
        if (
            key in story.donor_items
            or _is_donor_word(items[owner], story)
            or not tags & {"LOSS", "RESECT"}
        ):
            return False
    if (
        role == RECIPIENT
        and items[owner].has("SKIN")
        and (tags & {"RAISE", "PADDLE"} or story.focus[view.sentence.index] == DONOR)
    ):
        return False
    if role == DONOR and item.size and items[owner].has("FLAP"):
        return False
    if (
        role == DONOR
        and items[owner].has("BONEWORD")
        and ("LOSS" in tags or story.focus[view.sentence.index] == RECIPIENT)
    ):
        return False
    if (
        role == DONOR
        and story.focus[view.sentence.index] == RECIPIENT
        and items[owner].has("GRAFT")
        and "LOSS" in tags
    ):
        return False
    return not (
        item.has("LEN")
        and options.get("one_side_strength")
        and strength < float(options["one_side_strength"])
    )


def _is_donor_word(item: Item, story: Story) -> bool:
    concept = item.concept("BONE", "MT")
    return bool(concept and concept.donor in story.donor)


def _add_patterns(
    rule: FactRule, patterns: Mapping[str, Pattern], story: Story, options: Mapping[str, Any]
) -> None:
    """Add what patterns say: a measure in an unusual place, or a mention without a measure."""
    for find in rule.file.find:
        for view in patterns[find.id].among(story.index):
            if find.sections is not None and (view.sentence.section or "none") not in find.sections:
                continue
            for match in patterns[find.id].matches(view):
                if not fulfils(find, match, view, story) or _measures_distance(
                    match.captured, view, story
                ):
                    continue
                first, after = (
                    match.captured.get("anchor")
                    or match.captured.get("loss")
                    or (match.first, match.after)
                )
                start, end = story.span(view.sentence.index, first, after)
                status = story.status(
                    view.sentence,
                    start,
                    end,
                    find.frames or rule.file.frames,
                    (*find.ignore, *options.get("ignore", ())),
                )
                if find.status:
                    status = (
                        Status(find.status)
                        if status in (Status.PRESENT, Status.ABSENT)
                        or view.sentence.frame in (find.frames or rule.file.frames)
                        else None
                    )
                if status is None:
                    continue
                if (
                    status is Status.ABSENT
                    and not find.status
                    and options.get("denied_only_by_rule")
                ):
                    continue
                value = _captured(match.captured, view, options, absent=status is Status.ABSENT)
                if value is _UNFIT:
                    continue
                if options.get("material") and not find.status and "measure" not in match.captured:
                    at = match.captured.get("loss", (match.first, match.after))[0]
                    if (
                        material(view.item(at), view.sentence.items, at, options["hints"])
                        != options["material"]
                    ):
                        continue
                story.add(
                    rule,
                    find.id,
                    value,
                    status,
                    view.sentence.index,
                    story.span(view.sentence.index, match.first, match.after),
                    find.confidence,
                    tuple(find.qualifiers),
                )


def _measures_distance(captured: Mapping[str, tuple[int, int]], view: View, story: Story) -> bool:
    """Tell whether the captured measure is a distance to a landmark."""
    if "measure" not in captured:
        return False
    rules = story.language.measures
    return is_distance(
        view.sentence.items,
        captured["measure"][0],
        frozenset(rules.distance_after),
        frozenset(rules.distance_before),
    )


_UNFIT = object()


def _captured(
    captured: Mapping[str, tuple[int, int]], view: View, options: Mapping[str, Any], *, absent: bool
) -> Any:
    if absent and options["shape"] != "minutes":
        return None
    if "measure" in captured:
        item = view.item(captured["measure"][0])
        if options["shape"] == "minutes":
            return _whole(item.number) if item.number and 5 <= item.number <= 900 else _UNFIT
        if item.has("NUM", "QUANTITY") and item.number is not None and options["shape"] == "length":
            return item.number
        value = _value(item, options)
        return _UNFIT if value is None else value
    return {"size": Dimensions(), "measure": Measure()}.get(options["shape"], _UNFIT)


def _whole(number: float) -> float | int:
    return int(number) if number == int(number) else number
