"""Where the patterns of a rule match."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scribe.extract.conditions import fulfils

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.extract.gate import Chance
    from scribe.extract.patterns import Match, View
    from scribe.extract.story import Story
    from scribe.rules.fact_schema import FindRule, NeverRule
    from scribe.rules.language import FactRule


class Sighting(NamedTuple):
    """One match of one pattern of a rule."""

    find: FindRule
    view: View
    match: Match


class NeverSighting(NamedTuple):
    """One match of one ``never`` pattern of a rule."""

    never: NeverRule
    view: View
    match: Match


def sightings(rule: FactRule, story: Story) -> Iterator[Sighting]:
    """Yield the matches of a rule's patterns, pattern by pattern, where each one reads and its conditions hold.

    Sections, phases, ``when`` and ``unless`` are asked in this module and nowhere else, so that they mean the same for every kind.
    """
    for chance in story.chances.finds.get(rule.name, ()):
        for view, match in matches_of(chance, story):
            yield Sighting(chance.rule, view, match)


def never_sightings(rule: FactRule, story: Story) -> Iterator[NeverSighting]:
    """Yield the matches of a rule's ``never`` patterns in the same way."""
    for chance in story.chances.nevers.get(rule.name, ()):
        for view, match in matches_of(chance, story):
            yield NeverSighting(chance.rule, view, match)


def matches_of(
    chance: Chance[FindRule] | Chance[NeverRule], story: Story
) -> Iterator[tuple[View, Match]]:
    """Yield where a pattern matches in sentences that its rule reads, and its conditions hold."""
    rule = chance.rule
    for view in chance.views:
        if rule.phases is not None and view.sentence.phase not in rule.phases:
            continue
        if rule.sections is not None and (view.sentence.section or "none") not in rule.sections:
            continue
        for match in chance.pattern.matches(view):
            if fulfils(rule, match, view, story):
                yield view, match
