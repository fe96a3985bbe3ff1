"""Fields of a note whose order carries no meaning, in another order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from models.corpus.generate.rewrite import Piece, rebuilt

if TYPE_CHECKING:
    from random import Random

    from models.corpus.generate.labelled import LabelledNote

_FIELD = re.compile(
    r"^(?:[*•\-]\s*)?\W{0,2}(?:surgeons?|assistants?|anesthesia|anaesthesia|ebl|estimated blood loss|blood loss|specimens?|"
    r"complications?|drains?|fluids|iv fluids|urine output|antibiotics|counts)\b[^:\n]{0,20}:[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST = 2


def shuffle_fields(note: LabelledNote, random: Random) -> LabelledNote | None:
    """Give fields such as surgeon, anesthesia, blood loss and specimens each other's places.

    Only fields of one line, with nothing but an empty line or another heading behind it, change places.
    """
    lines = [m.span() for m in _FIELD.finditer(note.text) if _stands_alone(note.text, m.end())]
    if len(lines) < _FEWEST:
        return None
    order = list(lines)
    random.shuffle(order)
    pieces, at = [], 0
    for place, line in zip(lines, order, strict=True):
        pieces += [Piece(at, place[0]), Piece(*line)]
        at = place[1]
    return rebuilt(note, [*pieces, Piece(at, len(note.text))])


def _stands_alone(text: str, end: int) -> bool:
    following = text[end:].lstrip("\r").removeprefix("\n").split("\n", 1)[0].strip()
    return not following or bool(re.match(r"(?:[*•#\-]\s*)?[^\n:.]{1,45}:", following))
