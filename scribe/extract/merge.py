"""Merge the places that say the same into one fact, where vaguer and outranked values give way as the rule asks."""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

from scribe.types.fact import MOST_EVIDENCE, OUTRIGHT, Dimensions, Evidence, Fact, Measure, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scribe.extract.candidate import Candidate
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.types.mention import Item

_VEINS = frozenset({"VEIN", "VEINGEN"})
_ARTERIES = frozenset({"ARTERY", "ARTGEN"})
_VESSELS = _VEINS | _ARTERIES | {"BOTH"}
_NEXT_CHARACTERS = 12  # behind a place, those of the words that still tell what it is about
_APART = "apart"  # qualifier of what stands by itself beside a value that else takes it in (a screw outside the plate)


def merge(rule: FactRule, candidates: list[Candidate], story: Story) -> list[Fact]:
    """Return the facts of a rule, one for each value and status, by their first place in the note.

    Args:
        rule: The rule, whose options say which values give way to which.
        candidates: The places that may say the fact.
        story: The note.
    """
    grouped: dict[tuple[object, Status], list[Candidate]] = defaultdict(list)
    for candidate in _without_vaguer(rule, candidates, story):
        grouped[(candidate.value, candidate.status)].append(candidate)
    facts = [_fact(rule, places, story) for places in grouped.values()]
    return sorted(facts, key=lambda f: f.evidence[0].start)


def _fact(rule: FactRule, places: list[Candidate], story: Story) -> Fact:
    """Return the fact that several places say."""
    best = max(places, key=lambda c: c.confidence)
    doubt = 1.0
    for place in {(p.start, p.end): p for p in places}.values():
        doubt *= 1.0 - place.confidence
    return Fact(
        name=rule.name,
        value=best.value,
        status=best.status,
        confidence=round(min(0.99, 1.0 - doubt), 3),
        evidence=_evidence(places, story),
        rule=best.rule,
        qualifiers=_qualifiers(places),
        signal=rule.signal,
    )


def _qualifiers(places: Iterable[Candidate]) -> tuple[str, ...]:
    """Return what every place falls short of; one that says it outright is enough."""
    told = [frozenset(place.qualifiers) for place in places]
    shared = frozenset.intersection(*told)
    if any(OUTRIGHT in own for own in told):
        shared |= {OUTRIGHT}
    return tuple(sorted(shared))


def _without_vaguer(rule: FactRule, candidates: list[Candidate], story: Story) -> list[Candidate]:
    """Drop a size-less mention where the size is given, and values that the rule calls vaguer than others found."""
    options = rule.file.options
    kept = _without_denied(candidates) if options.get("denial_wins") else candidates
    if options.get("never_absent"):
        kept = [c for c in kept if c.status is not Status.ABSENT]
    absorbs = options.get("absorbs", {})
    if absorbs:
        in_sentence = options.get("absorbs_in") == "sentence"
        kept = _without_absorbed(absorbs, kept, story, in_sentence=in_sentence)
    told = kept
    kept = _without_unsized(kept)
    vague = options.get("vaguer", {})
    if vague:
        values = {c.value for c in kept if c.status is Status.PRESENT}
        kept = [
            c
            for c in kept
            if c.status is not Status.PRESENT or values.isdisjoint(vague.get(c.value, ()))
        ]
    outranked = options.get("outranked", {})
    kept = _without_outranked(outranked, kept) if outranked else kept
    return _with_outright(_without_one_sided(kept), told)


def _without_denied(candidates: list[Candidate]) -> list[Candidate]:
    """Drop a value that its own sentence denies."""
    denied = {(c.sentence, c.value) for c in candidates if c.status is Status.ABSENT}
    return [
        c for c in candidates if c.status is Status.ABSENT or (c.sentence, c.value) not in denied
    ]


def _without_absorbed(
    absorbs: Mapping[object, Sequence[object]],
    candidates: list[Candidate],
    story: Story,
    *,
    in_sentence: bool,
) -> list[Candidate]:
    """Drop a value that another of its sentence takes in, where nothing parts the two."""
    beside: dict[tuple[int, Status], list[Candidate]] = defaultdict(list)
    for c in candidates:
        beside[c.sentence, c.status].append(c)
    return [
        c
        for c in candidates
        if _APART in c.qualifiers
        or not any(
            c.value in absorbs.get(other.value, ())
            and (in_sentence or not _are_parted(c, other, story))
            for other in beside[c.sentence, c.status]
        )
    ]


def _without_unsized(candidates: list[Candidate]) -> list[Candidate]:
    """Drop what has no size beside what has one of the same status, and uncertain sizes beside one that is there."""
    sized = {c.status for c in candidates if _is_sized(c)}
    kept = [c for c in candidates if c.status not in sized or not _is_unsized(c)]
    if any(c.status is Status.PRESENT for c in kept):
        kept = [c for c in kept if c.status is not Status.UNCERTAIN or not _is_measure(c)]
    return kept


def _without_outranked(
    outranked: Mapping[str, Sequence[str]], candidates: list[Candidate]
) -> list[Candidate]:
    """Drop a value where the note told, before it, of one that explains it ("osteoradionecrosis ... with fracture")."""
    first: dict[object, int] = {}
    for c in candidates:
        if c.status is Status.PRESENT:
            first[c.value] = min(c.start, first.get(c.value, c.start))
    beaten = {
        value
        for value, better in outranked.items()
        if value in first and any(first.get(b, first[value]) < first[value] for b in better)
    }
    return [c for c in candidates if c.status is not Status.PRESENT or c.value not in beaten]


def _without_one_sided(candidates: list[Candidate]) -> list[Candidate]:
    """Drop a length by itself beside the size that has it and a width."""
    two_sided = {
        c.value.length_cm
        for c in candidates
        if isinstance(c.value, Dimensions)
        and c.value.width_cm is not None
        and c.status is Status.PRESENT
    }
    return [
        c
        for c in candidates
        if not (
            isinstance(c.value, Dimensions)
            and c.value.width_cm is None
            and c.value.length_cm in two_sided
        )
    ]


def _with_outright(kept: list[Candidate], told: Iterable[Candidate]) -> list[Candidate]:
    """Hand on what was said outright of a size that gave way ("Skin paddle: taken") to the surest one of the same status."""
    lost = {c.status for c in told if _is_measure(c) and OUTRIGHT in c.qualifiers}
    lost -= {c.status for c in kept if OUTRIGHT in c.qualifiers}
    for status in lost:
        heirs = [k for k, c in enumerate(kept) if c.status is status and _is_measure(c)]
        if heirs:
            heir = max(heirs, key=lambda k: kept[k].confidence)
            qualifiers = (*kept[heir].qualifiers, OUTRIGHT)
            kept[heir] = dataclasses.replace(kept[heir], qualifiers=qualifiers)
    return kept


def _are_parted(one: Candidate, other: Candidate, story: Story) -> bool:
    """Tell whether ", and" or ";" stands between two places of a sentence, so that they tell of two things."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    items = story.parsed.sentences[one.sentence].items
    between = [item.word for item in items if start <= item.start and item.end <= end]
    parting = story.language.words.joins.parting
    if not parting.isdisjoint(between) or (",", "and") in itertools.pairwise(between):
        return True
    if "and" not in between:
        return False
    if _VEINS.isdisjoint(_tags(one, items)) and _tags(other, items) & _VEINS:
        return True
    return _name_different_vessels(items, start)


def _name_different_vessels(items: Sequence[Item], start: int) -> bool:
    """Tell whether the "and" between two places parts what is told of the artery from what is told of the vein."""
    link = next(k for k, i in enumerate(items) if start <= i.start and i.word == "and")
    first, second = (
        {c.tag for i in part for c in i.concepts} & _VESSELS
        for part in (items[:link], items[link:])
    )
    apart = (first <= _VEINS and second <= _ARTERIES) or (first <= _ARTERIES and second <= _VEINS)
    return bool(first and second) and apart


def _tags(candidate: Candidate, items: Sequence[Item]) -> set[str]:
    """Return the tags of the words that a place spans."""
    return {
        c.tag
        for item in items
        if candidate.start <= item.start and item.end <= candidate.end + _NEXT_CHARACTERS
        for c in item.concepts
    }


def _is_measure(candidate: Candidate) -> bool:
    return isinstance(candidate.value, (Dimensions, Measure))


def _is_sized(candidate: Candidate) -> bool:
    return (
        isinstance(candidate.value, (Dimensions, Measure)) and candidate.value.length_cm is not None
    )


def _is_unsized(candidate: Candidate) -> bool:
    return _is_measure(candidate) and not _is_sized(candidate)


def _evidence(places: list[Candidate], story: Story) -> tuple[Evidence, ...]:
    text = story.parsed.note.text
    spans: dict[tuple[int, int], int] = {}
    for place in places:
        spans.setdefault((place.start, place.end), place.sentence)
    return tuple(
        Evidence(
            start=start,
            end=end,
            text=text[start:end],
            section=story.parsed.sentences[sentence].section,
        )
        for (start, end), sentence in sorted(spans.items())[:MOST_EVIDENCE]
    )
