"""What is written like the key of a field: "Donor site: left foot", "2) Bone - second metatarsal"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Runs are counted up to 40, so that a line of nothing but blanks or bars costs no more than any other.
_KEY = re.compile(
    r"(?:^\ufeff?(?:\s*\[?\d{1,2}(?:\.\d{1,2})?[.)]?\s+)?|(?<=[.;|*_\t])|(?<=\s\s)|(?<=[.;|]\s))[\s>#*_\-–•|]{0,40}+(?:\[(?:\d{1,2}[.)]?\s)?)?"
    r"([A-Za-z][A-Za-z0-9 /&().,'#\-–]{0,58}?)(?<!\s)"
    r"[\s*_]{0,40}(?::-?|\s[-–—]\s|\t|\s{2,40}+(?=\S)|\||\]|(?<=[A-Za-z]{2})\)(?=\s)|\s=\s|\s_{2,20}+(?=\S)|\s?\.{3,40}\s)[\s*_]*"
)
_KEY_ENDS = re.compile(
    r"[:\t|–—\]]|\)\s|\s\s|\s[-=]\s|\.{3}|\s__"
)  # what every key ends with; most lines have none of these
_PLAIN_ENDS = (":", "  ", " - ", "|", "...", "]", ") ", " = ", " __")  # the same in a plain line


def keys_in(line: str) -> Iterator[re.Match[str]]:
    """Yield what is written like a key; a long line is not searched behind the last mark that ends one."""
    if not may_hold_key(line):
        return
    last = max(map(line.rfind, _PLAIN_ENDS)) if _is_plain(line) else len(line)
    at = 0
    while at <= last:
        match = _KEY.search(line, at)
        if match is None:
            return
        yield match
        at = match.end()


def may_hold_key(line: str) -> bool:
    """Tell whether a line holds what a key ends with; nearly all do without an expression, which is slower."""
    for mark in _PLAIN_ENDS:
        if mark in line:
            return True
    return not _is_plain(line) and _KEY_ENDS.search(line) is not None


def _is_plain(line: str) -> bool:
    """Tell whether the only space of a line is the blank, and its only dash the hyphen."""
    return line.isascii() and line.isprintable()
