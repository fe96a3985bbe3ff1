"""A defect's measure that stands alone: no rule knows the words beside it, and nothing else in its sentence can be what it measures.

Surgeons tell a loss in more ways than rules foresee ("the lawnmower removed the fifth ray, 5 cm"; "6 cm of it is scar"). Where no rule gave a
size, the only measure of the history in a sentence about the bone (or the skin) and what befell it is the size of the defect. Two such measures
tell nothing, as one of them is something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.extract.kinds.measured import is_possible, value_of
from scribe.extract.owners import Owned, attach
from scribe.extract.story import DONOR, Story
from scribe.types.fact import Dimensions, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scribe.extract.patterns import Pattern, View
    from scribe.rules.language import FactRule

_CONFIDENCE = 0.6


def extract(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> None:  # noqa: ARG001
    """Add the one measure that is left, where the rule asks for it (``alone``) and the note has no size yet."""
    terms = rule.file.options.get("alone")
    if not terms or _is_sized(rule.name, story):
        return
    found = list(_left_over(rule, terms, story))
    if len({value for _, _, value in found}) != 1:
        return
    view, owned, value = found[0]
    span = story.span(view.sentence.index, owned.measure, owned.measure + 1)
    name = f"{rule.name}.alone"
    story.add(rule, name, value, Status.PRESENT, view.sentence.index, span, _CONFIDENCE)


def _is_sized(name: str, story: Story) -> bool:
    """Tell whether the note has a size already, or denies the fact, or leaves it in doubt."""
    return any(
        c.name == name
        and c.status in (Status.PRESENT, Status.ABSENT, Status.UNCERTAIN)
        and not (isinstance(c.value, Dimensions) and c.value.length_cm is None)
        for c in story.candidates
    )


def _left_over(
    rule: FactRule, terms: Mapping[str, Any], story: Story
) -> Iterator[tuple[View, Owned, object]]:
    """Yield the measures that no other fact has taken, in sentences that tell of the thing and of what befell it."""
    options = rule.file.options
    taken = [(c.start, c.end) for c in story.candidates if c.value not in (None, Dimensions())]
    never = frozenset(terms["never"])
    for view in story.index.holding((frozenset(terms["tags"]),)):
        sentence = view.sentence
        if (
            sentence.frame not in terms["frames"]
            or (sentence.section or "none") not in terms["sections"]
        ):
            continue
        if view.tags & never or story.focus[sentence.index] == DONOR:
            continue
        if not _tells(view, terms, story):
            continue
        for owned in attach(view, tuple(options["rivals"]), story.language.words.owners):
            item = view.item(owned.measure)
            if not item.has(*terms["tags"]) or owned.tag == "DISTANCE":
                continue
            if owned.tag is not None and owned.tag not in terms["owners"]:
                continue
            if any(start <= item.start and item.end <= end for start, end in taken):
                continue
            if not is_possible(item, options) or story.is_barred(
                rule.name, sentence.index, owned.measure
            ):
                continue
            status = story.status(sentence, item.start, item.end, rule.file.frames)
            value = value_of(item, options)
            if status is Status.PRESENT and value is not None:
                yield view, owned, value


def _tells(view: View, terms: Mapping[str, Any], story: Story) -> bool:
    """Tell whether a sentence names the thing and what befell it; the sentence before may, where the rule says ``near``."""
    here, near = view.tags, view.tags | _before(view, story)
    asked = ("about", "befell")
    return not any((near if key in terms["near"] else here).isdisjoint(terms[key]) for key in asked)


def _before(view: View, story: Story) -> frozenset[str]:
    """Return the tags and words of the sentence before, where it stands in the same part of the note."""
    at = view.sentence.index - 1
    if at < 0 or story.views[at].sentence.section != view.sentence.section:
        return frozenset()
    return story.views[at].tags
