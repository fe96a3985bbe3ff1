"""Ends of joins that stand apart from the sentence of the join: in a field of a form, or called the recipient's elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.extract.joins.ends import regions_at_donor
from scribe.extract.joins.join import Join
from scribe.extract.joins.vessels import ARTERY, VEIN, owned_by_flap, vessels_of
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.joins.join import Told
    from scribe.extract.joins.vessels import Vessel
    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule

_LABEL = 6  # words of a field and its colon, at most
_NEAR = 2  # sentences within which two fields are the ends of one join
_KINDS = {"ARTGEN": ARTERY, "VEINGEN": VEIN}


def join_of_field(view: View, story: Story) -> Join | None:
    """Read a field of a form for one end of a join ("Recipient artery: facial")."""
    rules = story.language.words.joins
    items = view.sentence.items
    colon = next((k for k, i in enumerate(items[:_LABEL]) if i.word == ":"), 0)
    label = items[:colon]
    kind = next((k for t, k in _KINDS.items() if any(i.has(t) for i in label)), None)
    begins = {i.word.split("_")[0] for i in label}
    is_recipient = any(word.startswith(rules.receiving) for word in begins)
    if kind is None or not (is_recipient or begins & rules.own):
        return None
    value = [v for v in vessels_of(view, rules) if v.at > colon]
    links_told = any(i.has("JOIN", "CONFIG", "JN") or i.word == "to" for i in items)
    if links_told or len(value) != 1 or not value[0].name:
        return None
    vessel = replace(value[0], kind=kind) if value[0].bare else value[0]
    return Join(
        kind=vessel.kind,
        donor=None if is_recipient else vessel,
        recipient=vessel if is_recipient else None,
        sentence=view.sentence.index,
        first=vessel.at,
        after=vessel.at + 1,
        of_form=True,
        spans=((items[vessel.at].start, items[vessel.at].end),),
    )


def add_field(join: Join, joins: list[Told], rule: FactRule, story: Story) -> None:
    """Add the end of a join that a field names, to the other end if a field just named that."""
    sentence = story.views[join.sentence].sentence
    if story.status(sentence, *join.spans[0], rule.file.frames) is not Status.PRESENT:
        return
    last = joins[-1][0] if joins else None
    if last and _is_other_end(join, last):
        donor, recipient = last.donor or join.donor, last.recipient or join.recipient
        spans = (*last.spans, *join.spans)
        join = replace(last, donor=donor, recipient=recipient, spans=spans)
        joins.pop()
    joins.append((join, Status.PRESENT))


def _is_other_end(join: Join, last: Join) -> bool:
    """Tell whether a field names the end that the field just before it lacks."""
    if not last.of_form or last.kind != join.kind or join.sentence - last.sentence > _NEAR:
        return False
    return not (last.recipient if join.recipient else last.donor)


def with_declared(joins: Sequence[Told], rule: FactRule, story: Story) -> list[Told]:
    """Give joins of "the artery" and "the vein" the one vessel of their kind that is called the recipient's elsewhere."""
    present = [j for j, s in joins if s is Status.PRESENT]
    lacking = {j.kind for j in present} - {j.kind for j in present if j.recipient_name}
    declared = _declared(rule, story) if lacking else []
    completed: list[Told] = []
    for join, status in joins:
        meant = {v.name: v for v in declared if v.kind == join.kind and join.kind in lacking}
        if status is Status.PRESENT and len(meant) == 1 and join.donor_name not in meant:
            join = replace(join, recipient=next(iter(meant.values())))
        completed.append((join, status))
    return completed


def _declared(rule: FactRule, story: Story) -> list[Vessel]:
    """Return the vessels that the note calls the recipient's, where it does not tell of their join."""
    rules = story.language.words.joins
    found: list[Vessel] = []
    for view in story.views:
        items = view.sentence.items
        if view.sentence.frame not in ("today", "loose") or view.tags & {"CONFIG", "JOIN"}:
            continue
        if not any(i.word.startswith(rules.receiving) for i in items):
            continue
        for vessel in vessels_of(view, rules):
            if vessel.name is None or owned_by_flap(items, vessel, rules):
                continue
            if vessel.region in regions_at_donor(story, vessel.kind):
                continue
            start, end = story.span(view.sentence.index, vessel.at, vessel.at + 1)
            if story.status(view.sentence, start, end, rule.file.frames) is Status.PRESENT:
                found.append(vessel)
    return found
