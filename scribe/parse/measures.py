"""Numbers, sizes, times, sutures and ordinals, typed or spoken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.parse.numbers import ARTICLES, HUNDRED, Found, NumberReader, word_at
from scribe.parse.sizes import SizeReader
from scribe.parse.times import TimeReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.tokens import Token
    from scribe.rules.language import MeasuresFile
    from scribe.types.mention import Size

_LABEL_MARKS = 3  # marks that may stand between a label and its value
_MM = 0.1  # in centimetres
_SAME = 1e-6
_UNHYPHENATED_SUTURES = frozenset({"70", "80", "90", "100", "110"})  # "9-0" as recognisers write it


class MeasureReader:
    """Find measures in tokens by the rules of ``patterns/measures.yaml``."""

    def __init__(self, rules: MeasuresFile) -> None:
        """Keep the rules."""
        self._rules = rules
        numbers = NumberReader(rules)
        times = TimeReader(rules, numbers)
        # Before these an article counts as one; before any other word it begins no measure.
        self._counted = {HUNDRED, *rules.one_hour, *rules.parts_of_an_hour}
        self._units = frozenset((*rules.lengths, *rules.minutes, *rules.not_sizes))
        self._first_words = numbers.first_words | frozenset(rules.ordinals)
        self._readers = (
            times.clock,
            self._suture,
            times.year,
            times.duration,
            SizeReader(rules, numbers).read,
            self._ordinal,
        )

    def find(self, tokens: Sequence[Token]) -> list[Found]:
        """Return the measures in reading order, none overlapping."""
        first_words, counted = self._first_words, self._counted
        begins = [
            at
            for at, (word, _, _) in enumerate(tokens)
            if (word in first_words or word[0].isdecimal())
            and (word not in ARTICLES or word_at(tokens, at + 1) in counted)
        ]
        found: list[Found] = []
        behind = 0
        for at in begins:
            if at < behind:
                continue
            hit = self._at(tokens, at)
            if hit is not None:
                found.append(hit)
                behind = hit.after
        return found

    def _at(self, tokens: Sequence[Token], at: int) -> Found | None:
        for read in self._readers:
            hit = read(tokens, at)
            if hit is not None:
                return self._with_label_unit(tokens, hit)
        return None

    def _with_label_unit(self, tokens: Sequence[Token], hit: Found) -> Found:
        """Give a bare number the unit that stands in its label: "Gap (mm): 38", "Ischemia, min: 84"."""
        if hit.tag not in ("NUM", "SIZE") or (hit.size and hit.size.unit):
            return hit
        at = hit.first - 1
        while at > 0 and hit.first - at <= _LABEL_MARKS and tokens[at].word in (":", ".", "=", "-"):
            at -= 1
        if at == hit.first - 1 or at < 2:
            return hit
        bracket = tokens[at].word in (")", "]")
        unit_at = at - bracket
        before = unit_at - 1
        if hit.size and unit_at > 2 and tokens[before].word == "x":
            before -= 2  # "cm x cm"
        opening = tokens[before].word
        if bracket and opening not in ("(", "["):
            return hit
        if (
            not bracket
            and opening != ","
            and not (opening.isalpha() and opening not in self._units)
        ):
            return hit
        word = tokens[unit_at].word
        unit, minutes = self._rules.lengths.get(word), self._rules.minutes.get(word)
        if unit is not None and hit.size:
            return replace(hit, size=_in_unit(hit.size, tokens[hit.first].word, unit))
        if unit is not None:
            return replace(hit, tag="LEN", number=round((hit.number or 0) * unit, 3))
        if minutes is not None and not hit.size:
            return replace(hit, tag="MINS", number=round((hit.number or 0) * minutes, 1))
        return hit

    def _suture(self, tokens: Sequence[Token], at: int) -> Found | None:
        """Read "9-0 nylon", "ten oh", "90 nylon"."""
        word = tokens[at].word
        value = float(word) if word.isdecimal() else self._rules.numbers.get(word)
        if value is None:
            return None
        if 3 <= value <= 12:
            after = self._after_zero(tokens, at + 1)
        elif word in _UNHYPHENATED_SUTURES and self._material(tokens, at + 1, 2):
            value, after = value / 10, at + 1
        else:
            return None
        if after is None:
            return None
        before = self._rules.sutures.get(word_at(tokens, at - 1))
        material = self._material(tokens, after, 4) or before
        name = f"{int(value)}-0"
        return Found(at, after, "SUTURE", text=f"{name} {material}" if material else name)

    def _material(self, tokens: Sequence[Token], at: int, reach: int) -> str | None:
        for k in range(at, min(at + reach, len(tokens))):
            if tokens[k].word in self._rules.sutures:
                return self._rules.sutures[tokens[k].word]
            if tokens[k].word in (".", ";"):
                return None
        return None

    def _ordinal(self, tokens: Sequence[Token], at: int) -> Found | None:
        value = self._rules.ordinals.get(tokens[at].word)
        return Found(at, at + 1, "ORD", number=float(value)) if value else None

    def _after_zero(self, tokens: Sequence[Token], at: int) -> int | None:
        """Return the token after "-0", "oh" or "zero", or nothing where the word before is no gauge."""
        if word_at(tokens, at) in ("-", "/") and word_at(tokens, at + 1) in ("0", "o"):
            return at + 2
        return at + 1 if word_at(tokens, at) in self._rules.zeros else None


def _in_unit(size: Size, first: str, unit: float) -> Size:
    """Return a size in the unit of its label; until then sides may have been taken for millimetres because they are large."""
    try:
        written = float(first.replace(",", "."))
    except ValueError:  # a number in words
        written = size.sides[0]
    guessed = 1.0 if any(abs(side - written) < _SAME for side in size.sides) else _MM
    sides = tuple(round(side / guessed * unit, 3) for side in size.sides)
    return replace(size, sides=sides, unit=True)
