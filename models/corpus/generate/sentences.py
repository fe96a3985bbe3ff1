"""Where the sentence around a quote begins and ends, typed or spoken."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?;](?=\s|$)|\n|\bperiod\b")
_SPOKEN = 3


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence, or part of one up to a semicolon, that holds a stretch; its stop is part of it."""
    begin = max((m.end() for m in _END.finditer(text, 0, start)), default=0)
    stop = next((m for m in _END.finditer(text, end)), None)
    if stop is None:
        return begin, len(text)
    return begin, stop.start() if stop.group() == "\n" else stop.end()


def is_spoken(text: str) -> bool:
    """Tell whether the note is a dictation with spoken stops."""
    return len(re.findall(r"\bperiod\b", text)) >= _SPOKEN
