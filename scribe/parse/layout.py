"""Lines, bullets, boxes and stretches: what the readers of a note's layout have in common."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BULLETS = frozenset("-*•·–")
"""Marks that begin an entry of a list."""
_FAR = 400  # characters; a line that begins further back is none that a list or a form is made of
_BREAK = re.compile(r"[\n\r]")
TICKED = r"\[\s?[xX\u2713\u2714\u221a\u2022\u25cf\u25a0*]\s?\]|\(\s?[xX\u2713\u2714\u221a\u2022\u25cf\u25c9*]\s?\)|[\u2611\u2612\u2714]"
"""A box that somebody ticked."""
_ANY_BOX = (
    r"\[\s{0,3}\]|\(\s{1,3}\)|[\u2610\u25a1]|" + TICKED + r"|[\u25cb\u25cf\u25ef\u25c9\u29bf\u25a0]"
)
_BOX = re.compile(_ANY_BOX)
_YES_OR_NO = r"[ ]?(?:yes|no|[yn])\b"
YES_OR_NO = re.compile(_YES_OR_NO, re.IGNORECASE)
"""The whole option of a box."""
BOTH_WAYS = re.compile(
    rf"(?:{_ANY_BOX}){_YES_OR_NO}[ \t]{{0,20}}(?:{_ANY_BOX}){_YES_OR_NO}(?P<gap>[ \t]+)(?=[^\s.;,])",
    re.IGNORECASE,
)
"""A box for yes and one for no, and something told behind them: "[ ] Y  [x] N   Iodine allergy"."""
_OPEN = re.compile(r"[\[(]\s*[\])]|[\u2610\u25a1\u25cb\u25ef]")
_SEVERAL = 2  # boxes of one line
_ROUND = frozenset("\u25cb\u25cf\u25ef\u25c9\u29bf\u25a0")
_EMPTY = ("\u25cb", "\u25ef", "\u25a1")
FILLED_ROUND = "\u25cf\u25c9\u29bf\u25a0"
"""Filled boxes that are bullets where no open one stands beside them."""


def line_start(text: str, at: int) -> int | None:
    """Return where the line of an offset begins, or None where that is too far back to matter."""
    least = max(0, at - _FAR)
    found = max(text.rfind("\n", least, at), text.rfind("\r", least, at))
    if found < 0:
        return 0 if least == 0 else None
    return found + 1


def line_end(text: str, at: int) -> int:
    """Return where the line of an offset ends, or an offset as far on as matters."""
    found = _BREAK.search(text, at, at + _FAR)
    return found.start() if found else min(len(text), at + _FAR)


def has_round_boxes(line: str) -> bool:
    """Tell whether round boxes stand in a line: open and filled ones; one kind alone is a bullet."""
    return any(empty in line for empty in _EMPTY) and any(full in line for full in FILLED_ROUND)


def boxes(text: str, start: int, end: int) -> list[tuple[re.Match[str], bool]]:
    """Return the boxes of a line, and whether each is ticked."""
    is_round = has_round_boxes(text[start:end])
    return [
        (box, _OPEN.fullmatch(box.group()) is None)
        for box in _BOX.finditer(text, start, end)
        if is_round or box.group() not in _ROUND
    ]


def stand_behind(text: str, start: int, end: int, found: list[tuple[re.Match[str], bool]]) -> bool:
    """Tell whether the boxes of a line stand behind their options ("yes [x]  no [ ]"): one closes it, and words stand before the first."""
    if len(found) < _SEVERAL or text[found[-1][0].end() : end].strip(" \t.;,|"):
        return False
    before = text[start : found[0][0].start()]
    if not before[before.rfind(":") + 1 :].strip(" \t-*\u2022|"):
        return False
    gaps = [
        (_blanks(text[start : box.start()][::-1]), _blanks(text[box.end() : end]))
        for box, _ in found
    ]
    return all(before <= behind for before, behind in gaps[:-1])


def _blanks(text: str) -> int:
    """Return how many blanks a text begins with."""
    return len(text) - len(text.lstrip(" \t"))


class Stretches:
    """Stretches of a note, to be asked whether one covers an offset."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Sort the stretches, which may overlap; each is half-open."""
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self._starts)

    def cover(self, at: int) -> bool:
        """Tell whether an offset lies in a stretch."""
        before = bisect_right(self._starts, at)
        return before > 0 and self._furthest[before - 1] > at
