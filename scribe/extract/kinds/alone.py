"""A defect's measure that stands alone: no rule knows the words beside it, and nothing else in its sentence can be what it measures.

Surgeons tell a loss in more ways than rules foresee ("the lawnmower removed the fifth ray, 5 cm"; "6 cm of it is scar"). Where no
rule gave a size, the only measure in a sentence about the bone (or the skin) and what befell it is the size of the defect. Two such
measures tell nothing, as one of them is something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.kinds.measured import is_possible, value_of
from scribe.extract.owners import Owned, attach
from scribe.extract.story import DONOR, Story
from scribe.types.fact import Dimensions, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.extract.patterns import View
    from scribe.rules.language import FactRule
    from scribe.rules.option_schema import Alone, MeasuredOptions
    from scribe.types.fact import Value

_CONFIDENCE = 0.6
_UNSIZED = Dimensions()


def extract(rule: FactRule, story: Story) -> None:
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


def _left_over(rule: FactRule, terms: Alone, story: Story) -> Iterator[tuple[View, Owned, Value]]:
    """Yield the measures that no other fact has taken, in sentences that tell of the thing and of what befell it."""
    options: MeasuredOptions = rule.file.options
    taken = [(c.start, c.end) for c in story.candidates if c.value not in (None, _UNSIZED)]
    for view in story.index.holding((frozenset(terms["tags"]),)):
        if not _tells(view, terms, story):
            continue
        for owned in attach(view, tuple(options["rivals"]), story.language.words.owners):
            if not _may_be_its(owned, rule, view, story):
                continue
            item = view.item(owned.measure)
            if any(start <= item.start and item.end <= end for start, end in taken):
                continue
            status = story.status(view.sentence, item.start, item.end, rule.file.frames)
            value = value_of(item, options)
            if status is Status.PRESENT and value is not None:
                yield view, owned, value


def _may_be_its(owned: Owned, rule: FactRule, view: View, story: Story) -> bool:
    """Tell whether a measure can be the fact's: nothing else owns it, it is no distance, and no rule bars it."""
    options: MeasuredOptions = rule.file.options
    terms, item = options["alone"], view.item(owned.measure)
    if not item.has(*terms["tags"]) or not (owned.tag is None or owned.tag in terms["owners"]):
        return False
    barred = story.is_barred(rule.name, view.sentence.index, owned.measure)
    return not barred and is_possible(item, options)


def _tells(view: View, terms: Alone, story: Story) -> bool:
    """Tell whether a sentence names the thing and what befell it; the sentence before may, where the rule says ``near``."""
    sentence, here = view.sentence, view.tags
    if sentence.frame not in terms["frames"]:
        return False
    if (sentence.section or "none") not in terms["sections"]:
        return False
    if not here.isdisjoint(terms["never"]) or story.focus[sentence.index] == DONOR:
        return False
    near = here | _before(view, story)
    asked = {"about": terms["about"], "befell": terms["befell"]}
    return not any(
        (near if key in terms["near"] else here).isdisjoint(names) for key, names in asked.items()
    )


def _before(view: View, story: Story) -> frozenset[str]:
    """Return the tags and words of the sentence before, where it stands in the same part of the note."""
    at = view.sentence.index - 1
    if at < 0 or story.views[at].sentence.section != view.sentence.section:
        return frozenset()
    return story.views[at].tags
