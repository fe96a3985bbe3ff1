"""Facts with a value from a fixed list, told by patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.sightings import sightings
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.patterns import Match, View
    from scribe.extract.sightings import Sighting
    from scribe.extract.story import Story
    from scribe.rules.fact_schema import FindRule
    from scribe.rules.language import FactRule
    from scribe.types.mention import Item

_ASSERTED = (Status.PRESENT, Status.ABSENT)


def extract(rule: FactRule, story: Story) -> None:
    """Add a candidate for each pattern that matches."""
    for sighting in sightings(rule, story):
        _add(rule, sighting, story)


def _add(rule: FactRule, sighting: Sighting, story: Story) -> None:
    find, view, match = sighting
    sentence = view.sentence
    value = _value(find, match, view)
    if value is _NOTHING:
        return
    first, after = match.captured.get(find.anchor or "anchor", (match.first, match.after))
    start, end = story.span(sentence.index, first, after)
    frames = find.frames or rule.file.frames
    status = find.status or story.status(sentence, start, end, frames, find.ignore)
    if find.status and sentence.frame not in frames:
        return
    if find.status and (
        story.is_open(sentence.index, match.first, match.after)
        or story.is_barred_wholly(rule.name, sentence.index, match.first, match.after)
    ):
        return
    barred = story.is_barred(rule.name, sentence.index, first, after)
    if status is None or (barred and not find.status and status in _ASSERTED):
        return
    if status is Status.ABSENT and not find.status and rule.file.options.get("denied_only_by_rule"):
        return
    story.add(
        rule,
        find.id,
        value,
        status,
        sentence.index,
        story.span(sentence.index, match.first, match.after),
        find.confidence,
        tuple(find.qualifiers),
    )


_NOTHING = object()
_AS_WRITTEN = "word"  # "$anchor.word": a code is a name, though it looks like a number


def _value(find: FindRule, match: Match, view: View) -> object:
    if not (isinstance(find.value, str) and find.value.startswith("$")):
        return find.value
    name, _, tag = find.value[1:].partition(".")
    if name not in match.captured:
        return _NOTHING
    items: Sequence[Item] = view.items(*match.captured[name])
    if tag == _AS_WRITTEN:
        return "_".join(item.word for item in items)
    for item in items:
        if item.number is not None and not tag:
            return int(item.number) if item.number == int(item.number) else item.number
        concept = item.concept(tag) if tag else (item.concepts[0] if item.concepts else None)
        if concept:
            return concept.value
        if not tag:
            return item.word
    return _NOTHING
