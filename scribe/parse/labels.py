"""What labels of lines are compared by: their words, the colon behind them, and expressions of many words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

COLON = re.compile(r"(?<!\d):|:(?!\d)")
"""A colon that is not that of a time."""
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4`", "'"),
        **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\t\u00a0\u202f", " "),
    }
)


def folded(text: str) -> str:
    """Return a text in small letters with one kind of apostrophe, and blanks for hyphens and dashes; it keeps its length."""
    low = text.lower()
    if len(low) != len(text):  # one letter in two ("İ")
        low = "".join(small if len(small := each.lower()) == 1 else each for each in text)
    return low.translate(_FOLDED)


def either(words: Iterable[str]) -> str:
    """Return the source of an expression of any of these words; of two that begin alike the longer is tried first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def plain_words(text: str) -> str:
    """Return the words of a text in small letters, one blank between each."""
    return " ".join(_WORD.findall(folded(text)))
