"""Lengths and sizes in centimetres.

Source: "Sizes as dictated" in section 9 of the domain facts (MTSR-FTSG, MTSR-BONE, EURO-DP).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scribe.parse.numbers import ARTICLES, HUNDRED, Found, word_at
from scribe.types.mention import Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.numbers import NumberReader
    from scribe.parse.tokens import Token
    from scribe.rules.language import MeasuresFile

_LONGEST_SIDE_CM = 60.0
_LEAST_BARE_MM = 15  # sides written without a unit are millimetres when none is below this
_AXIS_REACH = 8
_MOST_SIDES = 3
_AXES = frozenset({"long", "wide", "high", "across", "broad"})
_ACROSS = frozenset({"wide", "broad", "across", "awide"})


@dataclass(frozen=True, slots=True)
class _Side:
    """One side: its value, the centimetres of its unit (None where no unit stands), and the token after it."""

    value: float
    unit: float | None
    after: int
    squared: bool = False


class SizeReader:
    """Read lengths and sizes by the units of ``patterns/measures.yaml``."""

    def __init__(self, rules: MeasuresFile, numbers: NumberReader) -> None:
        """Keep the rules and the reader of numbers."""
        self._rules = rules
        self._numbers = numbers
        self._by = frozenset(rules.by)
        self._between = frozenset(rules.axes) - self._by

    def read(self, tokens: Sequence[Token], at: int) -> Found | None:
        """Read "4.2 cm", "4 by 2.5 centimetres", "3 cm long and 2 cm wide", or a bare number."""
        if tokens[at].word in ARTICLES and word_at(tokens, at + 1) != HUNDRED:
            return None
        side = self._side(tokens, at)
        if side is None:
            return None
        sides = [side]
        while len(sides) < _MOST_SIDES:
            side = self._next_side(tokens, sides[-1])
            if side is None:
                break
            sides.append(side)
        return (
            self._size(tokens, at, sides) if len(sides) > 1 else self._length(tokens, at, sides[0])
        )

    def _side(self, tokens: Sequence[Token], at: int) -> _Side | None:
        number = self._numbers.read(tokens, at)
        if number is None:
            return None
        value, after = self._end_of_range(tokens, *number)
        hyphen = word_at(tokens, after) == "-"
        unit_at = after + hyphen
        word = word_at(tokens, unit_at)
        factor = self._rules.lengths.get(word)
        if factor is not None:
            if self._is_gauge(tokens, unit_at):
                return _Side(value, None, after)
            behind = self._numbers.half_behind(tokens, unit_at + 1)
            if behind:  # "six centimetres and a half"
                return _Side(value + behind[0], factor, behind[1])
            return _Side(value, factor, unit_at + 1, squared=word[-1] in "2²")
        if word in self._rules.before_area:
            return None
        split = self._rules.split_units.get(word)
        if split is not None and word_at(tokens, unit_at + 1) in self._rules.split_metres:
            return _Side(value, split, unit_at + 2)
        return _Side(value, None, after)

    def _end_of_range(self, tokens: Sequence[Token], value: float, after: int) -> tuple[float, int]:
        """Step over the lower end of "4 to 5 cm"."""
        if word_at(tokens, after) in self._rules.up_to:
            high = self._numbers.read(tokens, after + 1)
            if high and high[0] > value and word_at(tokens, high[1]) in self._rules.lengths:
                return high
        return value, after

    def _next_side(self, tokens: Sequence[Token], last: _Side) -> _Side | None:
        """Read the side that follows another: behind "by", or named by its axis."""
        here = last.after
        while here < last.after + _AXIS_REACH and word_at(tokens, here) in self._between:
            here += 1
        if word_at(tokens, here) in self._by:
            side = self._side(tokens, here + 1)
            other = side and side.unit is None and self.is_other_unit(tokens, side.after)
            return None if other else side
        if last.unit is None:
            return self._side_upon(tokens, last)
        return self._side_past_words(tokens, last.after) or self._side_by_axis(
            tokens, last.after, here
        )

    def _side_upon(self, tokens: Sequence[Token], last: _Side) -> _Side | None:
        """Read "10 on 5 cm": the unit stands behind the second side, which is no longer than the first."""
        if word_at(tokens, last.after) not in self._rules.on_words:
            return None
        side = self._side(tokens, last.after + 1)
        return side if side and side.unit is not None and side.value <= last.value else None

    def _side_past_words(self, tokens: Sequence[Token], after: int) -> _Side | None:
        """Read "4 cm proximal to distal by 2 cm"."""
        reach = range(after, min(after + _AXIS_REACH, len(tokens)))
        by = next((k for k in reach if tokens[k].word in self._rules.by_words), None)
        if by is None:
            return None
        for k in range(after, by):
            if not tokens[k].word.isalpha() or tokens[k].word in self._rules.not_between_sides:
                return None
        side = self._side(tokens, by + 1)
        return side if side and side.unit is not None else None

    def _side_by_axis(self, tokens: Sequence[Token], after: int, here: int) -> _Side | None:
        """Read "4 cm in length and 2 cm in width", where an axis is named behind each side or before the second."""
        joined = [word_at(tokens, k) for k in range(after, here)]
        named = {self._rules.axes[word] for word in joined}
        side = self._side(tokens, here)
        if side is None or not named & _AXES:
            return None
        if not {"and", ",", "with"}.intersection(joined):
            return None
        if "with" in joined and "of" not in joined:
            return None  # "8 cm long with a 4 cm wide paddle"
        tail = [word_at(tokens, k) for k in range(side.after, side.after + 3)]
        axes = self._rules.axes
        if side.unit is None:
            told = tail[0] in self._rules.second_axis or "wide" in named
            turned = axes.get(tail[0]) == "" and "long" in map(axes.get, tail[1:])
            if named & _ACROSS and turned:  # "3 cm across and 5 in length"
                return side
            return side if "long" in named and told else None
        if "of" in joined and named & {"wide", "long", "high", "broad"}:
            return side
        return side if {axes.get(word) for word in tail} & {*_AXES, "deep"} else None

    def _size(self, tokens: Sequence[Token], at: int, sides: list[_Side]) -> Found:
        after = sides[-1].after
        units = [side.unit for side in sides if side.unit is not None]
        default = units[-1] if units else 1.0
        if not units and all(side.value >= _LEAST_BARE_MM for side in sides):
            default = 0.1
        values = sorted((round(s.value * (s.unit or default), 3) for s in sides), reverse=True)
        while (
            units
            and word_at(tokens, after) in ("²", "2")
            and tokens[after].start == tokens[after - 1].end
        ):
            after += 1
        if self.is_other_unit(tokens, after):
            return Found(at, after, "QUANTITY", number=sides[-1].value)
        tag = "SIZE" if values[0] <= _LONGEST_SIDE_CM else "NUM"
        return Found(at, after, tag, size=Size(tuple(values), bool(units)))

    def _length(self, tokens: Sequence[Token], at: int, side: _Side) -> Found:
        after, behind = side.after, word_at(tokens, side.after)
        if side.unit is not None:
            if behind in self._rules.before_area and not side.squared:
                shape = word_at(tokens, after + 1) == "of"  # "a 4 cm square of skin"
                return self._size(tokens, at, [side, replace(side, after=after + (not shape))])
            if side.squared:
                return Found(at, after, "AREA", number=side.value)
            if behind in ("²", "2") and tokens[after].start == tokens[after - 1].end:
                return Found(at, after + 1, "AREA", number=side.value)
            return Found(at, after, "LEN", number=round(side.value * side.unit, 3))
        if behind in self._rules.area:
            return Found(at, after + 1, "AREA", number=side.value)
        tag = "QUANTITY" if self.is_other_unit(tokens, after) else "NUM"
        return Found(at, after, tag, number=side.value)

    def is_other_unit(self, tokens: Sequence[Token], at: int) -> bool:
        """Tell whether a unit that is no length stands at a token ("mmHg", "ml", "screws")."""
        word = word_at(tokens, at)
        if word == "x":
            then = word_at(tokens, at + 1)
            return not (then[:1].isdecimal() or then in self._numbers.first_words)
        return word in self._rules.not_sizes

    def _is_gauge(self, tokens: Sequence[Token], at: int) -> bool:
        """Tell whether an inch belongs to a wire ("0.045 inch K-wire"), not to a size."""
        if word_at(tokens, at) not in self._rules.gauge_units:
            return False
        return word_at(tokens, at - 1).startswith(("0.0", ".0"))
