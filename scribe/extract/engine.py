"""Run the kinds of facts in the order in which they lean on each other, and gather what they found."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from scribe.errors import RulePackError
from scribe.extract import focus
from scribe.extract.amended import drop_amended, drop_given_up
from scribe.extract.barred import bar, barred_spans
from scribe.extract.conditions import known_conditions
from scribe.extract.gate import Gate
from scribe.extract.kinds import (
    alone,
    choice,
    donor,
    join,
    measured,
    ray,
    recipient,
    side,
    vessel,
)
from scribe.extract.patterns import Pattern, TagIndex, View
from scribe.extract.story import Story
from scribe.rules.language import FactRule, Language
from scribe.types.fact import OUTRIGHT, Dimensions, Evidence, Fact, Measure, Status

if TYPE_CHECKING:
    from scribe.extract.candidate import Candidate
    from scribe.rules.fact_schema import TellingRule
    from scribe.types.fact import Barred
    from scribe.types.mention import Item, ParsedNote
    from scribe.types.site import SiteJudge

_Kind = Callable[[FactRule, Story], None]
_STAGES: tuple[dict[str, _Kind], ...] = (
    {"donor_bone": donor.extract},
    {"recipient_site": recipient.extract},
    {"join": join.extract},
    {"side": side.extract},
    {"ray": ray.extract},
    {"vessel": vessel.extract},
    {"measured": measured.extract},
    {"measured": alone.extract},
    {"choice": choice.extract},
)
_JOINS_KNOWN = 2
_MOST_EVIDENCE = 12

_VEINS = frozenset({"VEIN", "VEINGEN"})
_ARTERIES = frozenset({"ARTERY", "ARTGEN"})
_VESSELS = _VEINS | _ARTERIES | {"BOTH"}
_NEXT_WORDS = 12  # characters behind a place that still tell what it is about
_APART = "apart"  # qualifier of what stands by itself beside a value that else takes it in (a screw outside the plate)
_SETTLED = ("unchecked", "copied")  # kinds of placeholder that leave nothing open


def build_extractor(language: Language) -> Extractor:
    """Read the fact rules once.

    Raises: RulePackError where a rule has an unknown condition, or a pattern an unknown set.
    """
    return Extractor(language)


class Extractor:
    """Turn a parsed note into facts and signals."""

    def __init__(self, language: Language) -> None:
        """Read the rules."""
        self._language = language
        patterns: list[tuple[FactRule, dict[str, Pattern]]] = []
        known = known_conditions(language)
        for rule in language.facts:
            for find in rule.file.rules:
                _check_conditions(find, known)
            patterns.append(
                (rule, {f.id: Pattern(f.pattern, language.macros, f.id) for f in rule.file.rules})
            )
        self._gate = Gate(patterns)

    def compile(self) -> None:
        """Compile every pattern now; a RulePackError names one that does not."""
        self._gate.compile()

    def extract(self, parsed: ParsedNote, sites: SiteJudge | None = None) -> tuple[Fact, ...]:
        """Return the facts and signals of a note, in the order of the rule pack."""
        return self.extract_and_bar(parsed, sites)[0]

    def extract_and_bar(
        self, parsed: ParsedNote, sites: SiteJudge | None = None
    ) -> tuple[tuple[Fact, ...], Barred]:
        """Return the facts and signals of a note, and where it only seems to say a fact.

        Args:
            parsed: The note.
            sites: Judges which place gives the bone and which receives it; without one the rules read alone.
        """
        if not parsed.sentences:
            return (), {}
        story = self.begin(parsed, sites)
        self.follow(story)
        return self._gather(story), barred_spans(story)

    def begin(self, parsed: ParsedNote, sites: SiteJudge | None = None) -> Story:
        """Return what is known before anything is found; a trial may put a story of its own in its place."""
        views = tuple(View(s) for s in parsed.sentences)
        return Story(
            parsed=parsed,
            language=self._language,
            views=views,
            index=TagIndex(views),
            sites=sites,
        )

    def follow(self, story: Story) -> None:
        """Let every rule find what it finds in a story that was begun."""
        story.chances = self._gate.chances(story.index)
        for position, stage in enumerate(_STAGES):
            self._run(stage, story)
            if position == _JOINS_KNOWN:
                focus.follow(story)
        drop_amended(story)
        drop_given_up(story)
        for rule in self._language.facts:
            _derive(rule, story)

    def _gather(self, story: Story) -> tuple[Fact, ...]:
        """Gather what was found, in the order of the rule pack."""
        facts: list[Fact] = []
        by_name: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in story.candidates:
            by_name[candidate.name].append(candidate)
        for rule in self._language.facts:
            if rule.name in by_name:
                facts += _facts(rule, by_name[rule.name], story)
        return (*facts, *_placeholders(story))

    def _run(self, stage: Mapping[str, _Kind], story: Story) -> None:
        """Run the rules of a stage; what a rule bars is learned before the rule first runs."""
        for rule in self._language.facts:
            kind = stage.get(rule.file.kind)
            if kind is not None:
                if rule.name not in story.barred:
                    bar(rule, story)
                kind(rule, story)


def _check_conditions(find: TellingRule, known: frozenset[str]) -> None:
    unknown = [name for name in (*find.when, *find.unless) if name not in known]
    if unknown:
        msg = (
            f"{find.id}: unknown condition {unknown[0]!r}; choose one of {', '.join(sorted(known))}"
        )
        raise RulePackError(msg)


def _derive(rule: FactRule, story: Story) -> None:
    """Add what follows from another fact, with that fact's own words as evidence."""
    entries = rule.file.options.get("derived_from")
    if not entries:
        return
    told = [c.value for c in story.candidates if c.name == rule.name and c.status is Status.PRESENT]
    for entry in entries:
        for candidate in [
            c for c in story.candidates if c.name == entry["fact"] and c.status == entry["status"]
        ]:
            if entry.get("needs_donor") and not story.donor:
                continue
            if entry.get("unless") and any(story.has(name) for name in entry["unless"]):
                continue
            contrary = entry.get("contrary")
            if contrary and contrary in told:
                continue
            story.add(
                rule,
                f"{rule.name}.derived",
                entry["value"],
                Status.PRESENT,
                candidate.sentence,
                (candidate.start, candidate.end),
                0.85,
                candidate.qualifiers,
            )


def _facts(rule: FactRule, candidates: list[Candidate], story: Story) -> list[Fact]:
    """Merge the places that say the same into one fact each."""
    grouped: dict[tuple[object, Status], list[Candidate]] = defaultdict(list)
    for candidate in _without_vaguer(rule, candidates, story):
        grouped[(candidate.value, candidate.status)].append(candidate)
    facts = []
    for (_, status), places in grouped.items():
        best = max(places, key=lambda c: c.confidence)
        told = [frozenset(place.qualifiers) for place in places]
        qualifiers = frozenset.intersection(*told) | {OUTRIGHT for own in told if OUTRIGHT in own}
        confidence = 1.0
        for place in {(p.start, p.end): p for p in places}.values():
            confidence *= 1.0 - place.confidence
        facts.append(
            Fact(
                name=rule.name,
                value=best.value,
                status=status,
                confidence=round(min(0.99, 1.0 - confidence), 3),
                evidence=_evidence(places, story),
                rule=best.rule,
                qualifiers=tuple(sorted(qualifiers)),
                signal=rule.signal,
            )
        )
    return sorted(facts, key=lambda f: f.evidence[0].start)


def _without_vaguer(rule: FactRule, candidates: list[Candidate], story: Story) -> list[Candidate]:
    """Drop a size-less mention where the size is given, and values that the rule calls vaguer than others found."""
    if rule.file.options.get("denial_wins"):
        denied = {(c.sentence, c.value) for c in candidates if c.status is Status.ABSENT}
        candidates = [
            c
            for c in candidates
            if c.status is Status.ABSENT or (c.sentence, c.value) not in denied
        ]
    if rule.file.options.get("never_absent"):
        candidates = [c for c in candidates if c.status is not Status.ABSENT]
    absorbs = rule.file.options.get("absorbs", {})
    if absorbs:
        in_sentence = rule.file.options.get("absorbs_in") == "sentence"
        beside: dict[tuple[int, Status], list[Candidate]] = defaultdict(list)
        for c in candidates:
            beside[c.sentence, c.status].append(c)
        candidates = [
            c
            for c in candidates
            if not any(
                c.value in absorbs.get(other.value, ())
                and _APART not in c.qualifiers
                and (in_sentence or not _are_parted(c, other, story))
                for other in beside[c.sentence, c.status]
            )
        ]
    sized = {c.status for c in candidates if _is_sized(c)}
    kept = [
        c
        for c in candidates
        if not (
            isinstance(c.value, (Dimensions, Measure)) and not _is_sized(c) and c.status in sized
        )
    ]
    if Status.PRESENT in {c.status for c in kept}:
        kept = [
            c
            for c in kept
            if not (c.status is Status.UNCERTAIN and isinstance(c.value, (Dimensions, Measure)))
        ]
    vague = rule.file.options.get("vaguer", {})
    values = {c.value for c in kept if c.status is Status.PRESENT}
    kept = (
        [
            c
            for c in kept
            if not (
                c.status is Status.PRESENT
                and any(better in values for better in vague.get(c.value, ()))
            )
        ]
        if vague
        else kept
    )
    outranked = rule.file.options.get("outranked", {})
    kept = _without_outranked(outranked, kept) if outranked else kept
    two_sided = {
        c.value.length_cm
        for c in kept
        if isinstance(c.value, Dimensions)
        and c.value.width_cm is not None
        and c.status is Status.PRESENT
    }
    return [
        c
        for c in kept
        if not (
            isinstance(c.value, Dimensions)
            and c.value.width_cm is None
            and c.value.length_cm in two_sided
        )
    ]


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


def _are_parted(one: Candidate, other: Candidate, story: Story) -> bool:
    """Tell whether ", and" or ";" stands between two places of a sentence, so that they tell of two things."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    items = story.parsed.sentences[one.sentence].items
    between = [item.word for item in items if start <= item.start and item.end <= end]
    if ";" in between or "plus" in between or (",", "and") in itertools.pairwise(between):
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
        if candidate.start <= item.start and item.end <= candidate.end + _NEXT_WORDS
        for c in item.concepts
    }


def _is_sized(candidate: Candidate) -> bool:
    return (
        isinstance(candidate.value, (Dimensions, Measure)) and candidate.value.length_cm is not None
    )


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
        for (start, end), sentence in sorted(spans.items())[:_MOST_EVIDENCE]
    )


def _placeholders(story: Story) -> list[Fact]:
    """Return the open text of the note as a signal, by the rule that names it."""
    rule = next(
        (r for r in story.language.facts if r.file.options.get("from") == "placeholders"), None
    )
    if rule is None or all(p.kind in _SETTLED for p in story.parsed.placeholders):
        return []
    text = story.parsed.note.text
    evidence = []
    taken = -1
    for place in story.parsed.placeholders:
        if place.start < taken or place.kind in _SETTLED:
            continue
        taken = place.end
        sentence = next((s for s in story.parsed.sentences if s.start <= place.start < s.end), None)
        evidence.append(
            Evidence(
                start=place.start,
                end=place.end,
                text=text[place.start : place.end],
                section=sentence.section if sentence else None,
            )
        )
    return [
        Fact(
            name=rule.name,
            value=True,
            status=Status.PRESENT,
            confidence=0.95,
            evidence=tuple(evidence[:_MOST_EVIDENCE]),
            rule=rule.name,
            signal=rule.signal,
        )
    ]
