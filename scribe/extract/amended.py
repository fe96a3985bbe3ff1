"""Let a correction stand alone: what the note takes back later is no fact, and what was given up again was not taken.

"The donor foot was the right foot, not the left" in an addendum is no second account but the better one.
Only a line that denies a value in the same breath takes it back; a side also needs an addendum or a word for
correcting, as "the right foot, not the left" may only contrast. Two values without that stay two facts, and their conflict a finding.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.types.fact import Anastomosis, Dimensions, Measure, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from scribe.extract.candidate import Candidate
    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.types.mention import Item

_KINDS = ("SIDE", "FIXDEV", "SIZE", "LEN", "ORD", "NUM", "QUANTITY", "MINS")
_ADDENDUM = "addendum"
_BARE = ("NUM", "QUANTITY")
_COUNTED = ("NUM", "QUANTITY", "MINS", "LEN")
_NEAR = 4  # words between a denial and what it denies
_WINDOW = 3  # sentences before a value that was set right, in which the wrong one is named
_LATE_SHARE = 0.6  # of the note, behind which values are set right, where no addendum does it
_Denied = str | float | tuple[float, ...]


def drop_amended(story: Story) -> None:
    """Take out of the story what a correction denies while it gives another value of the same fact."""
    told: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in story.candidates:
        told[candidate.sentence].append(candidate)
    amended: dict[tuple[str, _Denied], int] = {}
    cues = frozenset(story.language.words.amending.denials)
    rays = frozenset(rule.name for rule in story.language.facts if rule.file.kind == "ray")
    numbered = _numbered_in_addendum(rays, story)
    for view in story.views:
        if cues.isdisjoint(view.tags):
            continue
        denied = set(_denied(view, story))
        if not _corrects(view, story):
            denied = {(kind, value) for kind, value in denied if not isinstance(value, str)}
        index = view.sentence.index
        values = {value for _, value in denied}
        for candidate in told.get(index, ()) if denied else ():
            if candidate.status is Status.PRESENT and values.isdisjoint(_raw(candidate)):
                name = candidate.name
                amended.update(
                    {(name, v): index for kind, v in denied if kind != "ORD" or name in rays}
                )
        if numbered and view.sentence.section == _ADDENDUM:
            spared = set(_spared(view, cues))
            better = {c.name for c in numbered if spared.isdisjoint(_raw(c))}
            amended.update({(name, value): index for name in better for value in spared})
    amended.update(_set_right(rays, story))
    if amended:
        _take_back(amended, story)
    _resize_couplers(story)


def _set_right(rays: AbstractSet[str], story: Story) -> Iterator[tuple[tuple[str, _Denied], int]]:
    """Yield the sides and rays that are named as wrong right before the right one ("The line above says left. The foot was the right.")."""
    sides = frozenset(rule.name for rule in story.language.facts if rule.file.kind == "side")
    said = story.language.words.amending.wrong
    least = len(story.views) * _LATE_SHARE
    for candidate in story.candidates:
        kind = "SIDE" if candidate.name in sides else "ORD" if candidate.name in rays else None
        at = candidate.sentence
        if kind is None or candidate.status is not Status.PRESENT:
            continue
        if at < least and story.views[at].sentence.section != _ADDENDUM:
            continue
        near = [v.sentence for v in story.views[max(0, at - _WINDOW) : at + 1]]
        first = next((k for k, s in enumerate(near) if any(i.word in said for i in s.items)), None)
        if first is None:
            continue
        named = {
            value
            for sentence in near[max(0, first - 1) : -1]
            for item in sentence.items
            if item.has(kind)
            for value in _value_of(item, kind)
        }
        yield from (((candidate.name, value), at) for value in named - set(_raw(candidate)))


def _resize_couplers(story: Story) -> None:
    """Give a join the ring that an addendum puts in the place of another ("The coupler was 3.0 mm, not 2.5 mm")."""
    for view in story.views:
        if "COUPLER" not in view.tags or not _corrects(view, story):
            continue
        wrong = {
            v * 10 for kind, v in _denied(view, story) if kind == "LEN" and isinstance(v, float)
        }
        told = (i.number * 10 for i in view.sentence.items if i.has("LEN") and i.number is not None)
        right = next((size for size in told if size not in wrong), None)
        if not wrong or right is None:
            continue
        for k, candidate in enumerate(story.candidates):
            join = candidate.value
            if isinstance(join, Anastomosis) and join.coupler_mm in wrong:
                better = replace(join, coupler_mm=round(right, 2))
                story.candidates[k] = replace(candidate, value=better)


def _numbered_in_addendum(rays: AbstractSet[str], story: Story) -> list[Candidate]:
    """Return the rays that an addendum names as given."""
    return [
        candidate
        for candidate in story.candidates
        if candidate.name in rays
        and candidate.status is Status.PRESENT
        and story.views[candidate.sentence].sentence.section == _ADDENDUM
    ]


def _take_back(amended: Mapping[tuple[str, _Denied], int], story: Story) -> None:
    """Drop what was taken back, and bar its words, so that no learned reader finds it there again."""
    kept: list[Candidate] = []
    for candidate in story.candidates:
        taken_back_at = max(
            (amended.get((candidate.name, v), -1) for v in _raw(candidate)), default=-1
        )
        if candidate.status is not Status.PRESENT or candidate.sentence > taken_back_at:
            kept.append(candidate)
            continue
        items = story.views[candidate.sentence].sentence.items
        story.barred.setdefault(candidate.name, set()).update(
            (candidate.sentence, at)
            for at, item in enumerate(items)
            if candidate.start <= item.start < candidate.end
        )
    for (name, value), index in amended.items():
        story.barred.setdefault(name, set()).update(
            (index, at)
            for at, item in enumerate(story.views[index].sentence.items)
            if any(value in _value_of(item, kind) for kind in _KINDS if item.has(kind))
        )
    story.candidates = kept


def drop_given_up(story: Story) -> None:
    """Take out of the story what was raised and then given up: "the ellipse was gray ... I shelled it off".

    The ``given_up`` of a fact's options names the qualifier of what tells so. What the title claims stays, as its conflict with the body
    is a finding, and so does what is told after it as raised again.
    """
    last: dict[str, int] = {}
    for rule in story.language.facts:
        mark = rule.file.options.get("given_up")
        told = [
            c.sentence for c in story.candidates if c.name == rule.name and mark in c.qualifiers
        ]
        if told:
            last[rule.name] = max(told)
    story.candidates = [
        c
        for c in story.candidates
        if c.status is not Status.PRESENT
        or c.sentence > last.get(c.name, -1)
        or story.views[c.sentence].sentence.frame == "title"
    ]


def _corrects(view: View, story: Story) -> bool:
    words = {item.word for item in view.sentence.items}
    return view.sentence.section == _ADDENDUM or not words.isdisjoint(
        story.language.words.amending.said
    )


def _denied(view: View, story: Story) -> Iterator[tuple[str, _Denied]]:
    """Yield the values that stand behind a denial and before which another value of their kind is given."""
    items = view.sentence.items
    cues = story.language.words.amending.denials
    for at, item in enumerate(items):
        kind = next((k for k in _KINDS if item.has(k)), None)
        if kind is None:
            continue
        # "85 minutes, not 58": what is taken back leaves out the unit.
        kinds = _COUNTED if kind in _BARE else (kind,)
        before = items[max(0, at - _NEAR) : at]
        denials = [k for k, other in enumerate(before) if other.word in cues]
        if not denials or any(other.has(*kinds) for other in before[denials[-1] :]):
            continue
        if any(other.has(*kinds) for k, other in enumerate(items) if k != at):
            yield from ((kind, value) for value in _value_of(item, kind))


def _spared(view: View, cues: AbstractSet[str]) -> Iterator[_Denied]:
    """Yield the numbers that a sentence begins with and denies ("The third was not touched")."""
    items = view.sentence.items
    for at in view.places(("ORD",)):
        if at <= 1 and any(other.word in cues for other in items[at + 1 : at + 1 + _NEAR]):
            yield from _value_of(items[at], "ORD")


def _value_of(item: Item, kind: str) -> Iterator[_Denied]:
    concept = item.concept("SIDE", "FIXDEV")
    if kind in ("SIDE", "FIXDEV") and concept is not None:
        yield concept.value
    elif item.size:
        yield tuple(item.size.sides[:2])
    elif item.number is not None:
        yield float(item.number)


def _raw(candidate: Candidate) -> Iterator[_Denied]:
    """Yield a value as it would be read from the words themselves."""
    value = candidate.value
    if isinstance(value, Dimensions):
        if value.length_cm is not None and value.width_cm is not None:
            yield (value.length_cm, value.width_cm)
        elif value.length_cm is not None:
            yield value.length_cm
    elif isinstance(value, Measure):
        if value.length_cm is not None:
            yield value.length_cm
    elif isinstance(value, str):
        yield value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield float(value)
