"""The vessels of the pedicle: raised with the flap, or joined as its side of an anastomosis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.joins import Vessel, owned_by_recipient, vessels_of
from scribe.extract.story import DONOR, RECIPIENT, Story
from scribe.types.fact import Anastomosis, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scribe.extract.patterns import Pattern, View
    from scribe.rules.language import FactRule

_FRAMES = ("today", "loose", "title")


def extract(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> None:
    """Add the arteries or veins that were raised with the flap."""
    kind = str(rule.file.options["vessel"])
    joined = [
        c
        for c in story.candidates
        if isinstance(c.value, Anastomosis)
        and c.status is Status.PRESENT
        and c.value.vessel == kind
    ]
    donors = {c.value.donor for c in joined if isinstance(c.value, Anastomosis)}
    recipients = {c.value.recipient for c in joined if isinstance(c.value, Anastomosis)}
    join_spans = [(c.start, c.end) for c in joined]
    for candidate in joined:
        value = candidate.value
        if isinstance(value, Anastomosis) and value.donor:
            story.add(
                rule,
                f"{rule.name}.joined",
                value.donor,
                Status.PRESENT,
                candidate.sentence,
                (candidate.start, candidate.end),
                0.85,
            )
    if not story.donor and not donors:
        return
    regions = frozenset(r for d in story.donor for r in rule.file.options["regions"].get(d, []))
    for view in story.views:
        if view.sentence.frame not in _FRAMES:
            continue
        for vessel in vessels_of(view):
            if (
                vessel.kind != kind
                or vessel.name is None
                or (vessel.bare and not view.tags & {"DISSECT", "RAISE", "PEDICLE"})
            ):
                continue
            item = view.item(vessel.at)
            if any(a <= item.start < b for a, b in join_spans):
                continue
            if not _raised(view, vessel, story, regions, donors, recipients, rule.name):
                continue
            status = story.status(view.sentence, item.start, item.end, rule.file.frames)
            if status is Status.PRESENT:
                story.add(
                    rule,
                    f"{rule.name}.raised",
                    vessel.name,
                    status,
                    view.sentence.index,
                    _evidence(view, vessel, story),
                    0.9,
                )


def _raised(
    view: View,
    vessel: Vessel,
    story: Story,
    regions: frozenset[str],
    donors: set[str | None],
    recipients: set[str | None],
    rule_name: str,
) -> bool:
    items = view.sentence.items
    if owned_by_recipient(items, vessel):
        return False
    nxt = items[vessel.at + 1 : vessel.at + 5]
    if _cut_off(view, vessel) or any(i.has("BEYOND") for i in nxt[:3]):
        return False
    if view.tags & {"JN", "CONFIG", "COUPLER"} and not view.tags & {"DISSECT"}:
        return False
    if any(
        items[k].word in ("where", "below", "near") for k in range(max(0, vessel.at - 3), vessel.at)
    ):
        return False
    focus = story.focus[view.sentence.index]
    fits = vessel.region is None or not regions or vessel.region in regions
    proper = frozenset(
        name
        for d in story.donor
        for name in story.language.fact(rule_name).file.options.get("proper", {}).get(d, ())
    )
    if proper and vessel.name not in proper and vessel.name not in donors:
        return False
    has_verb = focus == DONOR or bool(
        view.tags & {"DISSECT", "RAISE", "PEDICLE", "PADDLE", "FLAP", "SEG"}
    )
    if not fits or not has_verb:
        return False
    if vessel.name in recipients and vessel.name not in donors:
        return False
    apart = (
        story.recipient_regions.isdisjoint(story.donor_regions)
        and vessel.region in story.donor_regions
    )
    if focus == RECIPIENT and vessel.region not in regions:
        return False
    if (
        focus == RECIPIENT
        and not apart
        and not (vessel.name in donors and vessel.name not in recipients)
    ):
        return False
    if focus == DONOR:
        return True
    return vessel.name in donors or (
        vessel.region is not None
        and vessel.region in regions
        and story.recipient_regions.isdisjoint(regions)
    )


def _cut_off(view: View, vessel: Vessel) -> bool:
    """Tell whether a vessel was tied off as a branch instead of being kept."""
    items = view.sentence.items
    for k in range(vessel.at + 1, min(vessel.at + 8, len(items))):
        if items[k].has("DISSECT", "RAISE") and not items[k].has("DIVIDE"):
            return False
        if items[k].has("DIVIDE"):
            return True
        listed = (
            k + 1 < len(items)
            and items[k].word in (",", "and")
            and items[k + 1].has("ARTERY", "VEIN", "ARTBARE")
        )
        if items[k].word in (",", ";", "and", ".") and not listed:
            return False
    return False


def _evidence(view: View, vessel: Vessel, story: Story) -> tuple[int, int]:
    items = view.sentence.items
    first, after = vessel.at, vessel.at + 1
    for k in range(vessel.at + 1, min(vessel.at + 6, len(items))):
        if items[k].has("DISSECT", "RAISE"):
            after = k + 1
            break
        if items[k].word in (",", ";", "and"):
            break
    return story.span(view.sentence.index, first, after)
