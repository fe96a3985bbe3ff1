"""Words that only look like a fact ("a pin stick of the paddle" is no pin), by the ``never`` rules of the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.sightings import never_sightings

if TYPE_CHECKING:
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.types.fact import Barred


def bar(rule: FactRule, story: Story) -> None:
    """Remember in the story which words cannot be what a rule looks for."""
    if not rule.file.never:
        return
    barred = story.barred[rule.name] = set()
    wholly = story.barred_wholly[rule.name] = set()
    for never, view, match in never_sightings(rule, story):
        first, after = match.captured.get("anchor", (match.first, match.after))
        places = [(view.sentence.index, at) for at in range(first, after)]
        barred.update(places)
        if never.denials:
            wholly.update(places)


def barred_spans(story: Story) -> Barred:
    """Return the offsets of the words that cannot be what a fact looks for, by the name of the fact."""
    sentences = story.parsed.sentences
    return {
        name: tuple(
            (sentences[index].items[at].start, sentences[index].items[at].end)
            for index, at in sorted(places)
        )
        for name, places in story.barred.items()
    }
