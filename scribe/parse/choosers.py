"""Read what a record system lets its users choose from a list: "Bone (arrow) Metatarsal", "Bone: [Metatarsal (arrow)]"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Mark = tuple[tuple[int, int], str]
"""A stretch of the note, and what is read in its place."""
ARROWS = "\u25bc\u25be\u25bd\u25bf\u23f7\u2304"
"""The arrows of lists to choose from."""
_ANY = f"[{ARROWS}]"
_ARROW = re.compile(rf"[ \t]{{0,40}}+{_ANY}\ufe0f?(?P<gap>[ \t]{{0,40}}+)")
_LINE = re.compile(rf"[^\n\r]*{_ANY}[^\n\r]*")
# The frame of a list around what was chosen, with the arrow on either side of it.
_FRAMED = re.compile(
    rf"[\[(][ ]{{0,3}}(?:{_ANY}[ ]{{0,3}}(?P<behind>[^\[\]()\n]{{1,60}})"
    rf"|(?P<before>[^\[\]()\n]{{1,60}}?)[ ]{{0,3}}{_ANY}[ ]{{0,3}})[\])]"
)
_CELL = re.compile(r"\||[ ]{3}|\t|;")
_BAR = re.compile(r"(?<=\s)\|(?=\s)")  # between one field and the next
_SET = (":", "=")
_ENDS = ("|", ";", ")", "]")
_FAR = 2  # blanks between one field of a line and the next


def has_arrows(text: str) -> bool:
    """Tell whether a text holds a list to choose from."""
    return any(arrow in text for arrow in ARROWS)


def chooser_marks(text: str) -> Iterator[Mark]:
    """Yield what lists are read as: a colon between a label and what was chosen, nothing where the arrow stands behind the choice."""
    if not has_arrows(text):
        return
    for line in _LINE.finditer(text):
        framed = list(_FRAMED.finditer(text, *line.span()))
        for frame in framed:
            chosen = frame.span("before" if frame["before"] else "behind")
            before = text[line.start() : frame.start()].rstrip()
            yield (frame.start(), chosen[0]), "" if not before or before.endswith(_SET) else ":"
            yield (chosen[1], frame.end()), ""
        for arrow in _ARROW.finditer(text, *line.span()):
            if not any(frame.start() <= arrow.start() < frame.end() for frame in framed):
                before, behind = text[line.start() : arrow.start()], text[arrow.end() : line.end()]
                yield arrow.span(), _mark(before, behind, gap=len(arrow["gap"]))
        yield from ((bar.span(), ";") for bar in _BAR.finditer(text, *line.span()))


def _mark(before: str, behind: str, *, gap: int) -> str:
    """Return what an arrow stands for between two parts of its line."""
    if not before.strip() or before.rstrip().endswith(_SET):
        return ""  # "Bone: (arrow) Metatarsal", or a part that folds
    if not behind.strip() or behind.lstrip().startswith(_ENDS):
        return ""
    own = _CELL.split(before)[-1]
    answered = any(mark in own for mark in _SET)
    return ";" if answered and gap >= _FAR else ":"
