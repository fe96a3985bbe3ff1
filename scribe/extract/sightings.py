"""Where the patterns of a rule match."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scribe.extract.patterns import Match, Pattern, View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule, FindRule


class Sighting(NamedTuple):
    """One match of one pattern of a rule."""

    find: FindRule
    view: View
    match: Match


def sightings(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> Iterator[Sighting]:
    """Yield the matches of a rule's patterns, pattern by pattern, in the sections and phases that each one reads."""
    for find in rule.file.find:
        pattern = patterns[find.id]
        for view in pattern.among(story.index):
            section = view.sentence.section or "none"
            if find.phases is not None and view.sentence.phase not in find.phases:
                continue
            if find.sections is None or section in find.sections:
                for match in pattern.matches(view):
                    yield Sighting(find, view, match)
