"""Tell what was only drawn from what was cut: a paddle is often outlined in one size and raised in another, or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.types.fact import Dimensions, Status

if TYPE_CHECKING:
    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.rules.option_schema import MeasuredOptions
    from scribe.types.fact import Value


def plan_drawn(rule: FactRule, story: Story, options: MeasuredOptions) -> None:
    """Take for a plan what was only drawn: where a rule tells that none was taken, or where another size was cut instead."""
    drawn, cut = (
        frozenset(options.get("drawn_by", ())),
        frozenset(options.get("not_drawn_with", ())),
    )
    told = [c for c in story.candidates if c.name == rule.name]
    given_up = options.get("given_up")
    denied = any(c.status is Status.ABSENT and given_up not in c.qualifiers for c in told)
    present = [c for c in told if c.status is Status.PRESENT]
    if not drawn or not present:
        return
    said = {c.sentence: _words_and_tags(story.views[c.sentence]) for c in present}
    was_cut = [c for c in present if not cut.isdisjoint(said[c.sentence])]
    only_drawn = [c for c in present if c not in was_cut and not drawn.isdisjoint(said[c.sentence])]
    if denied and len(only_drawn) == len(present):
        planned = only_drawn
    else:
        sizes = [c.value for c in was_cut if _is_sized(c.value)]
        again = frozenset(options.get("drawn_again", ()))
        planned = [
            c
            for c in only_drawn
            if sizes
            and _is_sized(c.value)
            and c.value not in sizes
            and not again.isdisjoint(said[c.sentence])
        ]
    erased = frozenset(options.get("erased", ())) if was_cut else frozenset()
    story.candidates = [
        replace(c, status=Status.PLANNED) if c in planned else c
        for c in story.candidates
        if c.rule not in erased
    ]


def _is_sized(value: Value) -> bool:
    """Tell whether two sides are told; a piece that is only named, or of one side, is of no other size."""
    return isinstance(value, Dimensions) and None not in (value.length_cm, value.width_cm)


def _words_and_tags(view: View) -> frozenset[str]:
    return frozenset({item.word for item in view.sentence.items} | view.tags)
