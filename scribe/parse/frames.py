"""How statements are meant where no heading says so: title, history, today or plan.

A dictation without headings still tells its story in order; status and role depend on where in the story a sentence stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from scribe.types.mention import Cue, Item

_TITLE_WITHIN = 4
_PLAN_LAST_SHARE = 0.6


def infer_frame(items: Sequence[Item], cues: Sequence[Cue], *, index: int, count: int, before: str | None) -> str:
    """Return ``title``, ``history``, ``plan`` or ``today`` for a sentence that no heading governs.

    Args:
        items: The sentence's words.
        cues: Its context cues.
        index: Its position in the note.
        count: How many sentences the note has.
        before: Frame of the sentence before it.
    """
    if index < _TITLE_WITHIN and _is_title(items):
        return "title"
    categories = {cue.category for cue in cues}
    if "PLANNED" in categories and index >= count * _PLAN_LAST_SHARE and not any(item.has("JOIN", "RAISE") for item in items):
        return "plan"
    if "HISTORICAL" in categories and not any(item.has("OSTEOT", "SCOPE", "CONFIG", "PEDICLE") for item in items):
        return "history"
    if before == "plan" and index >= count * _PLAN_LAST_SHARE and not any(item.has("JN", "PADDLE", "FLAP", "CLOSE") for item in items):
        return "plan"
    return "today"


def _is_title(items: Sequence[Item]) -> bool:
    words = {item.word for item in items}
    names_flap = any(item.has("FREE", "VASC", "OSTEOCUT") for item in items) and any(item.has("FLAP", "GRAFT", "SEG", "VASC") for item in items)
    return names_flap and bool(words & {"procedure", "operation", "did", "case", "op", "note", "surgery", "dictation", "is", "was", "for"})
