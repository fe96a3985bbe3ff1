"""Find the parts of a form that say what was booked beside those that say what was done: 'SCREEN 1 "PLANNED"', 'SCREEN 2 "PERFORMED"'."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scribe.rules.words_schema import IntendedTitles

_LINE = re.compile(r"[^\n\r]+")
_WORD = re.compile(r"[A-Za-z]+")
_VALUED = re.compile(r":\s*\S|\.{3}|\S[ ]{3}|[.;,]$|[|=]\s*\w")
_ENCLOSED = re.compile(r"[\[<({=*#-].*[\])}>=*#-]")
_QUOTES = "\"'“”‘’"
_MOST_WORDS = 8
_FEW_WORDS = 2

Part = tuple[int, int, int]
"""Where the heading of what was booked begins and ends, and where the heading of what was done begins."""


def booked_parts(text: str, words: IntendedTitles) -> list[tuple[Part, int]]:
    """Return each part of what was booked, with the end of the heading of what was done, which stands next behind it.

    Args:
        text: The whole note.
        words: By which what was booked and what was done is called.
    """
    low = text.lower()
    said = [word for word in (*words.words, *words.done) if word in low]
    if words.words.isdisjoint(said) or words.done.isdisjoint(said):
        return []
    heads = list(_heads(text, words, said))
    return [
        ((start, end, after), done_end)
        for (start, end, booked), (after, done_end, also) in pairwise(heads)
        if booked and not also
    ]


def _heads(
    text: str, words: IntendedTitles, near: Sequence[str]
) -> Iterator[tuple[int, int, bool]]:
    """Yield the lines that head either: where they begin and end, and whether of what was booked; each holds a word of ``near``."""
    for line in _LINE.finditer(text):
        bare = line.group().strip()
        low = bare.lower()
        if not any(word in low for word in near):
            continue
        said = _WORD.findall(bare)
        if not 0 < len(said) <= _MOST_WORDS or _VALUED.search(bare):
            continue
        booked = [word for word in said if word.lower() in words.words]
        done = [word for word in said if word.lower() in words.done]
        if bool(booked) != bool(done) and _is_head(bare, said, (booked or done)[0]):
            yield line.start(), line.end(), bool(booked)


def _is_head(bare: str, said: list[str], telling: str) -> bool:
    """Tell whether a short line heads what follows: in few words, in capitals, between marks, or with the telling word so."""
    quoted = any(f"{mark}{telling}" in bare for mark in _QUOTES)
    return (
        len(said) <= _FEW_WORDS
        or quoted
        or telling.isupper()
        or _ENCLOSED.fullmatch(bare) is not None
    )
