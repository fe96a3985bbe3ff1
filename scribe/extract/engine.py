"""Run the kinds of facts in the order in which they lean on each other, and gather what they found."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping
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
from scribe.extract.merge import merge
from scribe.extract.patterns import Pattern, TagIndex, View
from scribe.extract.story import Story
from scribe.rules.language import FactRule, Language
from scribe.types.fact import MOST_EVIDENCE, OUTRIGHT, Evidence, Fact, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scribe.extract.candidate import Candidate
    from scribe.rules.fact_schema import TellingRule
    from scribe.types.fact import Barred
    from scribe.types.mention import ParsedNote, Placeholder
    from scribe.types.site import SiteJudge

_Kind = Callable[[FactRule, Story], None]
_UP_TO_THE_JOINS: tuple[dict[str, _Kind], ...] = (
    {"donor_bone": donor.extract},
    {"recipient_site": recipient.extract},
    {"join": join.extract},
)
_ONCE_THE_STORY_IS_KNOWN: tuple[dict[str, _Kind], ...] = (
    {"side": side.extract},
    {"ray": ray.extract},
    {"vessel": vessel.extract},
    {"measured": measured.extract},
    {"measured": alone.extract},
    {"choice": choice.extract},
)
_SETTLED = ("unchecked", "copied")  # kinds of placeholder that leave nothing open


def build_extractor(language: Language) -> Extractor:
    """Read the fact rules once.

    Raises:
        RulePackError: A rule has an unknown condition, or a pattern an unknown set.
    """
    return Extractor(language)


class Extractor:
    """Turn a parsed note into facts and signals."""

    def __init__(self, language: Language) -> None:
        """Read the rules.

        Raises:
            RulePackError: A rule has an unknown condition, or a pattern an unknown set.
        """
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
        """Compile every pattern now, and not when a note first asks for it.

        Raises:
            RulePackError: A pattern does not compile.
        """
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
        for stage in _UP_TO_THE_JOINS:
            self._run(stage, story)
        focus.follow(story)
        for stage in _ONCE_THE_STORY_IS_KNOWN:
            self._run(stage, story)
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
                facts += merge(rule, by_name[rule.name], story)
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
    """Add what follows from another fact, with that fact's own words as evidence; what follows is not said outright."""
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
                entry["confidence"],
                tuple(q for q in candidate.qualifiers if q != OUTRIGHT),
            )


def _placeholders(story: Story) -> list[Fact]:
    """Return the open text of the note as a signal, by the rule that names it."""
    rule = next(
        (r for r in story.language.facts if r.file.options.get("from") == "placeholders"), None
    )
    places = list(itertools.islice(_open_places(story.parsed.placeholders), MOST_EVIDENCE))
    if rule is None or not places:
        return []
    return [
        Fact(
            name=rule.name,
            value=True,
            status=Status.PRESENT,
            confidence=rule.file.options["confidence"],
            evidence=tuple(_open_text(place, story.parsed) for place in places),
            rule=rule.name,
            signal=rule.signal,
        )
    ]


def _open_places(places: Iterable[Placeholder]) -> Iterator[Placeholder]:
    """Yield what is open, without what stands within the open text before it."""
    taken = -1
    for place in places:
        if place.start >= taken and place.kind not in _SETTLED:
            taken = place.end
            yield place


def _open_text(place: Placeholder, parsed: ParsedNote) -> Evidence:
    sentence = next((s for s in parsed.sentences if s.start <= place.start < s.end), None)
    return Evidence(
        start=place.start,
        end=place.end,
        text=parsed.note.text[place.start : place.end],
        section=sentence.section if sentence else None,
    )
