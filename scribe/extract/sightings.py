"""Where the patterns of a rule match."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scribe.extract.gate import Chance
    from scribe.extract.patterns import Match, View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule, FindRule, NeverRule


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
    """Yield the matches of a rule's patterns, pattern by pattern, in the sections and phases that each one reads."""
    for chance in story.chances.finds.get(rule.name, ()):
        for view in _read_by(chance):
            for match in chance.pattern.matches(view):
                yield Sighting(chance.rule, view, match)


def never_sightings(rule: FactRule, story: Story) -> Iterator[NeverSighting]:
    """Yield the matches of a rule's ``never`` patterns in the same way."""
    for chance in story.chances.nevers.get(rule.name, ()):
        for view in _read_by(chance):
            for match in chance.pattern.matches(view):
                yield NeverSighting(chance.rule, view, match)


def _read_by(chance: Chance[FindRule] | Chance[NeverRule]) -> Iterable[View]:
    """Return the sentences that stand where a rule reads."""
    sections, phases = chance.rule.sections, chance.rule.phases
    if sections is None and phases is None:
        return chance.views
    return [
        view
        for view in chance.views
        if (phases is None or view.sentence.phase in phases)
        and (sections is None or (view.sentence.section or "none") in sections)
    ]
