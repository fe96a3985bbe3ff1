"""Read the remarks by which a person edits a draft: "4.0 cm [4.5 cm]", "A wire was left in [no, it was pulled]", "edit: end to side".

What a remark replaces or denies is blanked, as what a note sets aside is; the remark's own words stay, and are read as part of the note.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain, islice
from typing import TYPE_CHECKING

from scribe.parse.corrections import differs, same_kind
from scribe.parse.remarks import Lead, RemarkFinder, Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.remarks import Remark
    from scribe.rules.set_aside_schema import EditWords
    from scribe.types.mention import Item, Sentence

Span = tuple[int, int]
_LEAST = 2  # remarks that change something, in a note that is edited, but for those that a label calls edits
_BESIDE, _FAR = 14, 40  # words before a remark that it may speak of
_SOON = 6  # words within which a remark names what it puts instead
_UNITS = frozenset({"LEN", "SIZE", "MINS"})
_LIKE = 4  # times that a number is as large as the one that it was put for, at most
_STOP = re.compile(r"[.;:!?](?=\s)|\n(?=\s*(?:[A-Z\d•*-]|$))")
_TOLD_END = re.compile(r"[.;](?=\s)|\n|$")
_CLAUSE_END = re.compile(r"[.;,:](?=\s|$)|\s[-–—]\s|$")
_INTO = re.compile(r",?\s(?:to|into|with|by|but)\s")
_GAP = re.compile(r"\n[ \t]*\n")
_QUOTED = re.compile(r'["“][^"“”\n]*["”]')
_EDGES = " \t\r\n.,;:"


class Edits:
    """What remarks take back."""

    def __init__(self, rules: EditWords) -> None:
        """Take the words of remarks."""
        self._finder = RemarkFinder(rules)
        self._kinds = rules.kinds

    def find(self, text: str, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
        """Return what an edited note takes back, with the marks of its remarks; nothing where it is not edited so.

        Args:
            text: The note, with blanks for what it sets aside otherwise.
            sentences: As they were read with the remarks in them.
        """
        remarks = self._finder.find(text)
        reading = _Reading(text, remarks, sentences)
        blank: list[Span] = []
        changes = 0
        for at, remark in enumerate(remarks):
            taken = self._taken_back(reading, at)
            changes += (
                _LEAST if remark.way is Way.CLAIM else bool(taken) * (1 + (remark.way is Way.LABEL))
            )
            reading.take_back(taken)
            said = remark.body if remark.lead is Lead.UNLIKE else remark.said
            blank += [*taken, (remark.start, said), (remark.after, remark.end)]
        return merged(blank) if changes >= _LEAST else ()

    def _taken_back(self, reading: _Reading, at: int) -> list[Span]:
        """Return what stands before a remark that it takes back."""
        remark = reading.remarks[at]
        match remark.lead:
            case Lead.ADDS | Lead.AFFIRMS:
                return []
            case Lead.REWRITTEN:
                return [(remark.body, remark.said)]
            case Lead.UNLIKE:
                return reading.statement(at)
            case Lead.STRIKES:
                end = _end(_CLAUSE_END, reading.text, remark.said, remark.after)
                if any(map(_meaning, reading.items(remark.said, end))):
                    return reading.same(at, end)
                return reading.statement(at)
            case Lead.DENIES:
                return self._instead(reading, at) or reading.statement(at)
            case Lead.CHANGES:
                return self._instead(reading, at, both=True)
            case _:
                return self._instead(reading, at) or reading.denied(at)

    def _instead(self, reading: _Reading, at: int, *, both: bool = False) -> list[Span]:
        """Return what stands before a remark that gives another value of its kind, or nothing.

        Args:
            reading: The note.
            at: Index of the remark.
            both: True where it may say first what it changes ("change end-to-end to end-to-side").
        """
        remark = reading.remarks[at]
        new = reading.items(remark.said, _end(_TOLD_END, reading.text, remark.said, remark.after))[
            :_SOON
        ]
        before = reading.before(at, _FAR if remark.is_apart else _BESIDE)
        for item in new:
            kind = next((kind for kind in self._kinds if item.has(kind)), None)
            if kind is None or reading.is_quoted(item):
                continue
            like = [each for each in before if same_kind(each, kind) and _may_be(each, item)]
            if not like:
                continue
            told = [each for each in new if each.has(kind)]
            if both and len(told) > 1:
                first, then = told[:2]
                is_named = _INTO.fullmatch(reading.text, first.end, then.start)
                gone = [first, like[-1]] if is_named else like
                return [(each.start, each.end) for each in gone]
            if not differs(like[-1], item):
                return []
            taken = [(like[-1].start, like[-1].end)]
            if remark.is_apart and remark.at == remark.start and item is new[0]:
                taken.append((reading.told_until(at), remark.start))  # one sentence with the value
            return taken
        return []


class _Reading:
    """The words of a note around its remarks; what is taken back is left out from then on."""

    def __init__(self, text: str, remarks: Sequence[Remark], sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.remarks = remarks
        told = {item.start: item for each in sentences for item in each.items if not item.void}
        self._items = [told[start] for start in sorted(told)]
        self._starts = [item.start for item in self._items]
        self._sentences = sentences
        self._quotes = [m.span() for m in _QUOTED.finditer(text)] if remarks else []
        self._gone: list[Span] = [(each.start, each.end) for each in remarks]

    def take_back(self, spans: Sequence[Span]) -> None:
        """Leave out what was taken back."""
        self._gone += spans

    def is_quoted(self, item: Item) -> bool:
        """Tell whether a word stands between quotation marks."""
        return any(start < item.start < end for start, end in self._quotes)

    def items(self, start: int, end: int) -> list[Item]:
        """Return the words between two places."""
        return self._items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, at: int, most: int) -> list[Item]:
        """Return the last words before a remark, in its block, that stand in no other one and were not taken back."""
        gaps = [m.end() for m in _GAP.finditer(self.text, 0, self.told_until(at))]
        told = self.items(gaps[-1] if gaps else 0, self.remarks[at].at)
        free = (
            item
            for item in reversed(told)
            if not any(start < item.end and item.start < end for start, end in self._gone)
        )
        return [*islice(free, most)][::-1]

    def told_until(self, at: int) -> int:
        """Return where the text ends that a remark speaks of: before it, and before the remarks that stand right before it."""
        start = self.remarks[at].at
        while (
            at
            and start == self.remarks[at].start
            and not self.text[self.remarks[at - 1].end : start].strip(_EDGES)
        ):
            at -= 1
            start = self.remarks[at].start
        return len(self.text[:start].rstrip(_EDGES))

    def statement(self, at: int) -> list[Span]:
        """Return the last statement before a remark: from the last stop, or the last other remark, on."""
        end = self.told_until(at)
        floor = max((each.end for each in self.remarks[:at] if each.end <= end), default=0)
        stops = [m.end() for m in _STOP.finditer(self.text, floor, end)]
        start = stops[-1] if stops else floor
        return [(start, end)] if self.text[start:end].strip(_EDGES) else []

    def same(self, at: int, end: int) -> list[Span]:
        """Return the words before a remark that mean the same as some of its own, as far as these tell what it strikes."""
        named = {_meaning(item) for item in self.items(self.remarks[at].said, end)} - {None}
        return [(item.start, item.end) for item in self.before(at, _FAR) if _meaning(item) in named]

    def denied(self, at: int) -> list[Span]:
        """Return the last statement before a remark where the remark denies what it names."""
        begin, after = self.remarks[at].body, self.remarks[at].after
        cues = [
            cue
            for each in self._sentences
            if each.start < after and each.end > begin
            for cue in each.cues
            if cue.category == "NEGATED" and begin <= cue.start < after
        ]
        named = {
            _meaning(item)
            for item in self.items(begin, after)
            if any(cue.governs(item.start, item.end) for cue in cues)
        } - {None}
        told = self.statement(at)
        held = chain.from_iterable(self.items(*span) for span in told)
        return told if any(_meaning(item) in named for item in held) else []


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return stretches in order, none overlapping and none empty."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


def _meaning(item: Item) -> tuple[object, ...] | None:
    """Return what a word stands for, or None where it has no meaning of its own."""
    if item.number is not None or item.size is not None:
        return (item.number, item.size)
    return tuple(sorted({(each.tag, each.value) for each in item.concepts})) or None


def _may_be(old: Item, new: Item) -> bool:
    """Tell whether a number may have been another one: measures of the same kind, or one that is about as large without a unit."""
    if new.number is None and new.size is None:
        return True
    units = [{each.tag for each in item.concepts} & _UNITS for item in (old, new)]
    if all(units) or new.size or old.size:
        return units[0] == units[1]
    if old.has("QUANTITY") != new.has("QUANTITY") or not (old.number and new.number):
        return False
    ratios = (old.number / new.number, old.number / new.number / 10)  # "2.5 [3.0 mm]"
    return any(1 / _LIKE <= ratio <= _LIKE for ratio in ratios)


def _end(shape: re.Pattern[str], text: str, start: int, most: int) -> int:
    found = shape.search(text, start, most)
    return found.start() if found else most
