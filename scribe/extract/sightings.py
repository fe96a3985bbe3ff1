"""Where the patterns of a rule match."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scribe.extract.conditions import fulfils
from scribe.rules.fact_schema import FindRule, NeverRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scribe.extract.patterns import Match, Pattern, View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule

_Rule = TypeVar("_Rule", FindRule, NeverRule)


class Sighting(NamedTuple):
    """One match of one pattern of a rule."""

    find: FindRule
    view: View
    match: Match


def sightings(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> Iterator[Sighting]:
    """Yield the matches of a rule's patterns, pattern by pattern, where each one reads and its conditions hold."""
    for find, view, match in sightings_of(rule.file.find, patterns, story):
        yield Sighting(find, view, match)


def sightings_of(
    rules: Iterable[_Rule], patterns: Mapping[str, Pattern], story: Story
) -> Iterator[tuple[_Rule, View, Match]]:
    """Yield the matches of the patterns of some find rules or never rules, each with the rule that it is of.

    Sections, phases, ``when`` and ``unless`` are asked here and nowhere else, so that they mean the same for every kind.
    """
    for rule in rules:
        pattern = patterns[rule.id]
        for view in pattern.among(story.index):
            section = view.sentence.section or "none"
            if rule.phases is not None and view.sentence.phase not in rule.phases:
                continue
            if rule.sections is None or section in rule.sections:
                for match in pattern.matches(view):
                    if fulfils(rule, match, view, story):
                        yield rule, view, match
