"""Cut a note into words without changing a code point of it.

The words are normalised (lower case, plain quotes, hyphens and underscores between letters left out) so that "End-to-Side" and
"end to side" are the same words; their offsets always point into the note as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import partial
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?:[a-zA-Z]+[^\W\d_]*|[^\W\d_]+)(?:['’][^\W\d_]+)*"  # words first, as most tokens are words
    r"|\.{2,}"
    r"|\d{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)(?![^\W_])"
    r"|\d{1,3}(?:,\d{3})+(?!\d)"
    r"|\d+(?:[.,·]\d+)?"
    r"|[^\s]",
    re.UNICODE,
)
_PLAIN = re.compile(r"[a-z]+(?: [a-z]+)*")
_LONG_RUN = re.compile(r"([^\w\s])\1{40,}")
_FOLD = str.maketrans(
    {
        "×": "x",
        "✕": "x",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "–",
        "−": "-",
        "‑": "-",
        "‐": "-",
    }
)


class Token(NamedTuple):
    """One normalised word with its place in the note; a tuple, as a note has a thousand of them."""

    word: str
    start: int
    end: int


_token = partial(tuple.__new__, Token)
"""Make a token of a tuple, without the detour of naming its parts."""


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut ``text[start:end]`` into tokens; long runs of one punctuation mark count once, so that no input is slow."""
    stop = len(text) if end is None else end
    runs = [m.span() for m in _LONG_RUN.finditer(text, start, stop)] if stop - start > 40 else []
    starts = [a for a, _ in runs]
    plain = text.isascii()
    pieces = _TOKEN.findall(text, start, stop)
    tokens: list[Token] = []
    after = start
    for piece in pieces:
        begin = text.index(piece, after)  # only blanks stand between two pieces
        after = begin + len(piece)
        if runs:
            run = bisect_left(starts, begin) - 1  # the last that began before
            if run >= 0 and begin < runs[run][1]:
                continue
        word = piece.lower()
        if not (plain or word.isascii()):
            word = word.translate(_FOLD)
        if word in ("-", "_") and _joins_words(text, begin):
            continue
        if word[:2] == "..":
            word = ":"
        tokens.append(_token((word, begin, after)))
    return tokens


def _joins_words(text: str, at: int) -> bool:
    """Tell whether a hyphen or an underscore stands between letters, as in "end-to-side"; "9-0" and "3-4" keep theirs."""
    if at == 0 or at + 1 >= len(text):
        return False
    before, after = text[at - 1], text[at + 1]
    return (before.isalpha() and after.isalnum()) or (before.isdigit() and after.isalpha())


def words_of(phrase: str) -> tuple[str, ...]:
    """Return the normalised words of a phrase of the rule pack."""
    if _PLAIN.fullmatch(phrase):  # as nearly all are, and there are thirty thousand of them
        return tuple(phrase.split(" "))
    return tuple(token.word for token in tokenize(phrase))
