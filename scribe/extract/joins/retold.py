"""Joins that more than one sentence tells: what completes the join before it, and what tells the same one again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.extract.joins.join import Join
from scribe.extract.joins.technique import with_technique
from scribe.extract.joins.vessels import ARTERY
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.joins.join import Told
    from scribe.extract.patterns import View
    from scribe.extract.story import Story

_RECENT = 3  # sentences back to a join that is still being completed
_DETAILS = (
    "SUTURE",
    "COUPLER",
    "CONFIG",
    "HANDSEWN",
)  # tags of words that say how vessels were joined


def with_same_donor(join: Join, joins: Sequence[Told]) -> Join:
    """Give "the other" the name of the flap's veins that were joined just before."""
    if not join.again or join.donor or not joins:
        return join
    last = joins[-1][0]
    return replace(join, donor=last.donor) if last.kind == join.kind else join


def as_before(join: Join, joins: Sequence[Told]) -> Join:
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


def add_details(view: View, joins: list[Told], story: Story) -> None:
    """Let a following sentence ("9-0 nylon was used for both") complete the joins before it."""
    tags = view.tags
    alike = tags & story.language.words.joins.alike and tags & story.language.words.joins.thread
    if tags.isdisjoint(_DETAILS) and not alike:
        return
    if tags & {"INSET", "SKIN", "PADDLE", "DRAIN"} or ("CLOSE" in tags and "COUPLER" not in tags):
        return  # a coupler, too, "snapped shut"
    blank = Join(
        kind="", donor=None, recipient=None, sentence=view.sentence.index, first=0, after=1
    )
    detail = with_technique(view, [blank], story.language.words.joins)[0]
    detail = as_before(detail, joins[:-1])
    recent = [
        k
        for k, (j, s) in enumerate(joins)
        if s is Status.PRESENT and view.sentence.index - j.sentence <= _RECENT
    ]
    says = [at for at, item in enumerate(view.sentence.items) if item.has(*_DETAILS)]
    for k in recent if "BOTH" in tags else recent[-1:]:
        join, status = joins[k]
        complete = _complete(join, detail)
        if complete != join and says:
            said = story.span(view.sentence.index, says[0], says[-1] + 1)
            complete = replace(complete, details=(*join.details, said))
        joins[k] = (complete, status)


def _complete(join: Join, other: Join) -> Join:
    """Add to a join what another telling says of its technique; a coupler and a suture do not go together."""
    coupled = join.coupled or (other.coupled and not join.suture)
    return replace(
        join,
        configuration=join.configuration or other.configuration,
        suture=join.suture or (other.suture if not join.coupled else None),
        sewn=join.sewn or (other.sewn and not join.coupled),
        coupled=coupled,
        coupler_mm=join.coupler_mm or (other.coupler_mm if coupled else None),
    )


def merge(joins: list[Told]) -> list[Told]:
    """Put together what is told twice: a title or summary and the body, or a bare join and the sentence that completes it."""
    merged: list[Told] = []
    for join, status in joins:
        for k, (other, other_status) in enumerate(merged):
            if status is other_status and _same(join, other):
                merged[k] = (_union(other, join), status)
                break
        else:
            merged.append((join, status))
    return [(j, s) for j, s in merged if j.donor or j.recipient or j.is_made]


def _same(a: Join, b: Join) -> bool:
    """Tell whether two tellings can be of one join: nothing in them differs, and a name is shared or one names no vessel.

    Arteries need no shared name: a flap seldom has two.
    """
    if a.kind != b.kind:
        return False
    if a.configuration and b.configuration and a.configuration != b.configuration:
        return False
    names = [(a.donor_name, b.donor_name), (a.recipient_name, b.recipient_name)]
    if any(x and y and x != y for x, y in names):
        return False
    nameless = not (a.donor_name or a.recipient_name) or not (b.donor_name or b.recipient_name)
    shared = any(x and x == y for x, y in names)
    return shared or nameless or a.kind == ARTERY


def _union(a: Join, b: Join) -> Join:
    """Make one join of two tellings; the place that names its recipient is shown first."""
    base = _complete(a, b)
    donor = a.donor if a.donor_name else b.donor or a.donor
    recipient = a.recipient if a.recipient_name else b.recipient or a.recipient
    told_first = bool(a.recipient_name) or not b.recipient_name
    if a.of_form and not b.of_form:
        told_first = False  # a field names an end, often long before it is joined
    spans = a.spans + b.spans if told_first else b.spans + a.spans
    return replace(
        base,
        donor=donor,
        recipient=recipient,
        of_form=a.of_form and b.of_form,
        spans=spans,
        details=a.details + b.details,
        sentence=a.sentence if spans[:1] == a.spans[:1] else b.sentence,
    )
