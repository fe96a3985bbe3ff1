"""What labels of lines are compared by: their words, the colon behind them, and expressions of many words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

COLON = re.compile(r"(?<!\d):|:(?!\d)")
"""A colon that is not that of a time."""
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def either(words: Iterable[str]) -> str:
    """Return the source of an expression of any of these words; of two that begin alike the longer is tried first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def plain_words(text: str) -> str:
    """Return the words of a text in small letters, one blank between each."""
    return " ".join(_WORD.findall(text.lower()))
