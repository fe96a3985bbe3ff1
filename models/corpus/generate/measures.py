"""Measures written in other units, or with their numbers in words or in digits."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from models.corpus.generate.rewrite import Edit, edited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from models.corpus.generate.labelled import LabelledNote

_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_BY = r"\s?(?:x|×|by)\s?"
_UNIT = r"(?P<gap>\s?-?)(?P<unit>cm|mm|centimet(?:er|re)s?|millimet(?:er|re)s?|min|minutes)\b(?![²2³3/^])"
_MEASURE = re.compile(rf"(?<![\d.,/:])(?P<numbers>{_NUMBER}(?:{_BY}{_NUMBER}){{0,2}}){_UNIT}")
_RANGE = re.compile(r"(?:\d|\bto|\bor|\band|\bby|[x×/–-])\s?$", re.IGNORECASE)
_SMALL = 10  # millimetres: calibres, couplers and plates stay in millimetres, as surgeons say them
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_WORD = "|".join([*_UNITS, *_TENS])
_WORDS = re.compile(
    rf"(?<![\w-])(?P<words>(?:one hundred (?:and )?)?(?:{_WORD})"
    rf"(?:[ -](?:{'|'.join(_UNITS[1:10])}))?(?: point(?: (?:{'|'.join(_UNITS[:10])})){{1,2}})?)"
    r"(?= (?:cm|mm|centimet(?:er|re)s?|millimet(?:er|re)s?|min|minutes)\b)",
    re.IGNORECASE,
)


def swap_units(note: LabelledNote, _: Random) -> LabelledNote | None:
    """Write centimetres as millimetres and long millimetres as centimetres; what is measured stays the same."""
    return edited(note, [edit for m in _measures(note.text) for edit in _swapped(m)])


def say_numbers(note: LabelledNote, _: Random) -> LabelledNote | None:
    """Write the numbers of measures in words."""
    edits = [
        Edit(m.start(), m.end("numbers"), _at_start(note.text, m.start(), said))
        for m in _measures(note.text)
        if (said := _said(m))
    ]
    return edited(note, edits)


def write_numbers(note: LabelledNote, _: Random) -> LabelledNote | None:
    """Write the number words of measures in digits."""
    edits = []
    for match in _WORDS.finditer(note.text):
        before = note.text[max(0, match.start() - 12) : match.start()].lower().split()
        if before and (
            before[-1] in (*_UNITS, *_TENS)
            or before[-1] in ("point", "by", "x", "to", "or", "and", "hundred", "no", "no,", "hour")
        ):
            continue
        edits.append(Edit(match.start(), match.end(), digits_of(match["words"])))
    return edited(note, edits)


def in_words(number: str) -> str | None:
    """Return a number up to 199 in words; None for another."""
    whole, _, part = number.replace(",", ".").partition(".")
    value = int(whole)
    if value >= 200:
        return None
    words = ["one hundred"] if value >= 100 else []
    value %= 100
    if value >= 20:
        words.append(list(_TENS)[value // 10 - 2])
        value %= 10
        if value:
            words.append(_UNITS[value])
    elif value or not words:
        words.append(_UNITS[value])
    if part.strip("0"):
        words += ["point", *(_UNITS[int(digit)] for digit in part.rstrip("0"))]
    return " ".join(words)


def digits_of(words: str) -> str:
    """Return number words in digits."""
    whole, _, part = words.lower().partition(" point ")
    value = 0
    for word in whole.replace("-", " ").split():
        value += (
            100
            if word == "hundred"
            else _TENS.get(word, _UNITS.index(word) if word in _UNITS else 0)
        )
    value -= 1 if whole.startswith("one hundred") else 0
    tail = "".join(str(_UNITS.index(word)) for word in part.split())
    return f"{value}.{tail}" if tail else str(value)


def _measures(text: str) -> Iterator[re.Match[str]]:
    """Yield measures that stand alone: no part of a range or of a longer number."""
    for match in _MEASURE.finditer(text):
        if not _RANGE.search(text[max(0, match.start() - 5) : match.start()]):
            yield match


def _swapped(match: re.Match[str]) -> list[Edit]:
    unit = match["unit"].lower()
    numbers = [n.replace(",", ".") for n in re.findall(_NUMBER, match["numbers"])]
    if unit.startswith("min"):
        return []
    if unit.startswith("c"):
        factor, new = Decimal(10), {"cm": "mm"}.get(unit, "millimeters")
    elif all(Decimal(n) >= _SMALL for n in numbers):
        factor, new = Decimal("0.1"), {"mm": "cm"}.get(unit, "centimeters")
    else:
        return []
    shown = re.sub(
        _NUMBER, lambda m: _plain(Decimal(m.group().replace(",", ".")) * factor), match["numbers"]
    )
    return [Edit(match.start(), match.end(), shown + match["gap"] + new)]


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _at_start(text: str, start: int, words: str) -> str:
    """Begin with a capital where a sentence or a line begins."""
    before = text[:start].rstrip(" ")
    begins = not before or before[-1] in ".!?:\n\u2022"
    return words[:1].upper() + words[1:] if begins else words


def _said(match: re.Match[str]) -> str | None:
    words = [in_words(n) for n in re.findall(_NUMBER, match["numbers"])]
    if None in words or match["gap"] not in ("", " "):
        return None
    joined = " by ".join(word for word in words if word)
    return joined + (" " if not match["gap"] else "")
