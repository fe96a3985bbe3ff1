"""Numbers, lengths, sizes, times and sutures, typed or spoken.

Source: "Sizes as dictated" in section 9 of the domain facts (MTSR-FTSG, MTSR-BONE, EURO-DP).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.types.mention import Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.tokens import Token
    from scribe.rules.language import MeasuresFile

_LONGEST_SIDE_CM = 60.0
_AXIS_WORDS = frozenset(
    {
        "in",
        "length",
        "width",
        "long",
        "wide",
        "depth",
        "deep",
        "height",
        "high",
        "tall",
        "(",
        ")",
        ",",
        "and",
        "a",
        "of",
        "l",
        "w",
        "the",
        "thickness",
        "transverse",
        "longitudinal",
        "across",
        "breadth",
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """One measure: the tokens it covers, its tag, and its value."""

    first: int
    after: int
    tag: str
    number: float | None = None
    size: Size | None = None
    text: str | None = None


class MeasureReader:
    """Find measures in tokens by the rules of ``patterns/measures.yaml``."""

    def __init__(self, rules: MeasuresFile) -> None:
        """Keep the rules."""
        self._rules = rules
        self._by = frozenset(rules.by)
        self._starts = (
            frozenset(rules.numbers)
            | frozenset(rules.tens)
            | {"a", "an", "half"}
            | frozenset(rules.fractions)
        )

    def find(self, tokens: Sequence[Token]) -> list[Found]:
        """Return the measures in reading order, none overlapping."""
        found: list[Found] = []
        at = 0
        while at < len(tokens):
            word = tokens[at].word
            hit = (
                self._at(tokens, at)
                if word[0].isdigit() or word in self._starts or word in self._rules.ordinals
                else None
            )
            if hit is None:
                at += 1
            else:
                found.append(hit)
                at = hit.after
        return found

    def _at(self, tokens: Sequence[Token], at: int) -> Found | None:
        for reader in (
            self._clock,
            self._suture,
            self._year,
            self._duration,
            self._measure,
            self._ordinal,
        ):
            hit = reader(tokens, at)
            if hit is not None:
                return hit
        return None

    # -- numbers -------------------------------------------------------------------------------------------------

    def _number(self, tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
        """Read a number from token ``at``; return its value and the token after it."""
        if at >= len(tokens):
            return None
        word = tokens[at].word
        rules = self._rules
        value: float
        if word[0].isdigit() and word[-1].isdigit():
            value, after = _digits(word), at + 1
            if _word(tokens, after) == "point" and _word(tokens, after + 1)[:1].isdigit():
                return float(f"{int(value)}.{_word(tokens, after + 1)}"), after + 2
            if (
                _word(tokens, after) in ("/", "⁄")
                and value < 4
                and _word(tokens, after + 1) in ("2", "4", "3")
            ):
                return value / float(_word(tokens, after + 1)), after + 2
        elif word in ("a", "one") and _word(tokens, at + 1) == "hundred":
            value, after = 1.0, at + 1
        elif word in rules.tens:
            value, after = float(rules.tens[word]), at + 1
            unit = rules.numbers.get(_word(tokens, after))
            if unit and 0 < unit < 10:
                value, after = value + unit, after + 1
        elif word in rules.numbers:
            value, after = rules.numbers[word], at + 1
        elif word in rules.fractions and word not in rules.ordinals and word != "quarter":
            return rules.fractions[word], at + 1
        else:
            return None
        return self._tail(tokens, value, after)

    def _tail(self, tokens: Sequence[Token], value: float, after: int) -> tuple[float, int]:
        rules = self._rules
        if _word(tokens, after) == "hundred":
            value, after = value * 100, after + 1
            if _word(tokens, after) == "and":
                after += 1
            rest = (
                self._number(tokens, after)
                if _word(tokens, after) in rules.tens or _word(tokens, after) in rules.numbers
                else None
            )
            if rest:
                value, after = value + rest[0], rest[1]
            elif _word(tokens, after - 1) == "and":
                after -= 1
            return value, after
        if _word(tokens, after) == "point":
            digits = ""
            here = after + 1
            while (
                _word(tokens, here) in rules.numbers
                and rules.numbers[_word(tokens, here)] < 10
                and len(digits) < 2
            ):
                digits += str(int(rules.numbers[_word(tokens, here)]))
                here += 1
            if digits:
                return float(f"{int(value)}.{digits}"), here
            if _word(tokens, here)[:1].isdigit():
                return float(f"{int(value)}.{_word(tokens, here)}"), here + 1
        if (
            _word(tokens, after) == "and"
            and _word(tokens, after + 1) in ("a", "one")
            and _word(tokens, after + 2) in rules.fractions
        ):
            return value + rules.fractions[_word(tokens, after + 2)], after + 3
        if _word(tokens, after) == "and" and _word(tokens, after + 1) == "half":
            return value + 0.5, after + 2
        if _word(tokens, after) in ("½", "¼", "¾"):
            return value + rules.fractions[_word(tokens, after)], after + 1
        if (
            _word(tokens, after) in ("1", "one")
            and _word(tokens, after + 1) in ("/", "half")
            and value == int(value)
        ):
            if _word(tokens, after + 1) == "half":
                return value + 0.5, after + 2
            if _word(tokens, after + 2) in ("2", "4"):
                return value + 1 / float(_word(tokens, after + 2)), after + 3
        return value, after

    # -- measures ------------------------------------------------------------------------------------------------

    def _measure(self, tokens: Sequence[Token], at: int) -> Found | None:
        if tokens[at].word in ("a", "an"):
            return None
        first = self._side(tokens, at)
        if first is None:
            return None
        value, unit, after = first
        sides = [(value, unit)]
        while len(sides) < 3:
            nxt = self._next_side(tokens, after, has_unit=sides[-1][1] is not None)
            if nxt is None:
                break
            sides.append((nxt[0], nxt[1]))
            after = nxt[2]
        if len(sides) > 1:
            return self._size(tokens, at, after, sides)
        return self._length(tokens, at, value, unit, after)

    def _side(self, tokens: Sequence[Token], at: int) -> tuple[float, float | None, int] | None:
        number = self._number(tokens, at)
        if number is None:
            return None
        value, after = number
        if _word(tokens, after) in ("-", "–", "to", "or") and _word(tokens, after) != "or":
            high = self._number(tokens, after + 1)
            if high and high[0] > value and self._rules.lengths.get(_word(tokens, high[1])):
                value, after = high
        if _word(tokens, after) == "-":
            after += 1
        factor = self._rules.lengths.get(_word(tokens, after))
        if factor is None and _word(tokens, after) == "square":
            return None
        if (
            factor is None
            and _word(tokens, after) in ("centi", "milli", "cent", "sent")
            and _word(tokens, after + 1) in ("meter", "meters", "metre", "metres", "emitters")
        ):
            return value, 0.1 if _word(tokens, after) == "milli" else 1.0, after + 2
        if factor is not None and not _is_inch_mark(tokens, after):
            return value, factor, after + 1
        return (value, None, after) if tokens[after - 1].word != "-" else (value, None, after - 1)

    def _next_side(
        self, tokens: Sequence[Token], after: int, *, has_unit: bool
    ) -> tuple[float, float | None, int] | None:
        here, skipped = after, 0
        while (
            skipped < 6
            and _word(tokens, here) in _AXIS_WORDS
            and _word(tokens, here) not in self._by
        ):
            here, skipped = here + 1, skipped + 1
        if has_unit and _word(tokens, here) not in self._by:
            ahead = next(
                (k for k in range(after, min(after + 6, len(tokens))) if tokens[k].word == "by"),
                None,
            )
            if ahead and all(
                tokens[k].word.isalpha() and tokens[k].word not in ("and", "was", "followed")
                for k in range(after, ahead)
            ):
                far = self._side(tokens, ahead + 1)
                if far and far[1] is not None:
                    return far
        if _word(tokens, here) in self._by:
            side = self._side(tokens, here + 1)
            if side and not (side[1] is None and self._is_other_unit(tokens, side[2])):
                return side
            return None
        joined = [_word(tokens, k) for k in range(after, here)]
        if (
            has_unit
            and ("and" in joined or "," in joined)
            and any(w in ("length", "long", "width", "wide", "height", "high") for w in joined)
        ):
            side = self._side(tokens, here)
            tail = [_word(tokens, k) for k in range(side[2], side[2] + 3)] if side else []
            if (
                side
                and side[1] is None
                and any(w in ("long", "length") for w in joined)
                and tail[0] in ("wide", "across", "in")
            ):
                return side
            if (
                side
                and side[1] is not None
                and "of" in joined
                and any(w in ("width", "length", "breadth", "height") for w in joined)
            ):
                return side
            if (
                side
                and side[1] is not None
                and any(
                    w in ("width", "wide", "length", "long", "depth", "deep", "across")
                    for w in tail
                )
            ):
                return side
        return None

    def _size(
        self, tokens: Sequence[Token], at: int, after: int, sides: list[tuple[float, float | None]]
    ) -> Found:
        units = [unit for _, unit in sides if unit is not None]
        default = units[-1] if units else 1.0
        if not units and all(value >= 15 for value, _ in sides):
            default = 0.1
        values = tuple(
            sorted((round(value * (unit or default), 3) for value, unit in sides), reverse=True)
        )
        while _word(tokens, after) in ("²", "2") and units:
            after += 1
        if self._is_other_unit(tokens, after):
            return Found(at, after, "QUANTITY", number=sides[-1][0])
        tag = "SIZE" if values[0] <= _LONGEST_SIDE_CM else "NUM"
        return Found(at, after, tag, size=Size(values, bool(units)))

    def _length(
        self, tokens: Sequence[Token], at: int, value: float, unit: float | None, after: int
    ) -> Found:
        if unit is None:
            if _word(tokens, after) == "square" or _word(tokens, after) in ("sq", "cm²"):
                return Found(at, after + 1, "AREA", number=value)
            if self._is_other_unit(tokens, after):
                return Found(at, after, "QUANTITY", number=value)
            return Found(at, after, "NUM", number=value)
        if _word(tokens, after) in ("²", "2"):
            return Found(at, after + 1, "AREA", number=value)
        return Found(at, after, "LEN", number=round(value * unit, 3))

    def _is_other_unit(self, tokens: Sequence[Token], at: int) -> bool:
        word = _word(tokens, at)
        if word == "x" and (
            _word(tokens, at + 1)[:1].isdigit() or _word(tokens, at + 1) in self._starts
        ):
            return False
        return word in self._rules.not_sizes

    # -- times ---------------------------------------------------------------------------------------------------

    def _duration(self, tokens: Sequence[Token], at: int) -> Found | None:
        if tokens[at].word in ("a", "an") and _word(tokens, at + 1) != "hundred":
            if _word(tokens, at + 1) not in ("hour", "hr"):
                return None
            number: tuple[float, int] | None = (1.0, at + 1)
        else:
            number = self._number(tokens, at)
        if number is None:
            return None
        value, after = number
        if _word(tokens, after) == "-":
            after += 1
        factor = self._rules.minutes.get(_word(tokens, after))
        if factor is None:
            return None
        total, after = value * factor, after + 1
        if factor == 60.0:
            here = after + 1 if _word(tokens, after) in ("and", ",") else after
            if _word(tokens, here) == "a" and _word(tokens, here + 1) == "half":
                return Found(at, here + 2, "MINS", number=total + 30)
            if _word(tokens, here) == "a" and _word(tokens, here + 1) == "quarter":
                return Found(at, here + 2, "MINS", number=total + 15)
            rest = self._number(tokens, here)
            if rest and self._rules.minutes.get(_word(tokens, rest[1])) == 1.0:
                return Found(at, rest[1] + 1, "MINS", number=total + rest[0])
            bare = (
                _word(tokens, after - 1) == "h"
                if here == after
                else _word(tokens, rest[1] if rest else 0) in (".", ",", "")
            )
            if rest and rest[0] < 60 and bare:
                return Found(at, rest[1], "MINS", number=total + rest[0])
        return Found(at, after, "MINS", number=total)

    def _clock(self, tokens: Sequence[Token], at: int) -> Found | None:
        word = tokens[at].word
        if (
            word.isdigit()
            and len(word) <= 2
            and _word(tokens, at + 1) == ":"
            and len(_word(tokens, at + 2)) == 2
            and _word(tokens, at + 2).isdigit()
        ):
            if (
                tokens[at + 1].start == tokens[at].end
                and tokens[at + 2].start == tokens[at + 1].end
            ):
                return Found(at, at + 3, "CLOCK", text=f"{word}:{_word(tokens, at + 2)}")
        return None

    def _year(self, tokens: Sequence[Token], at: int) -> Found | None:
        word = tokens[at].word
        if word.isdigit() and len(word) == 4 and 1950 <= int(word) <= 2060:
            return Found(at, at + 1, "YEAR", number=float(word))
        tens = self._rules.tens
        if word == "twenty" and tens.get(_word(tokens, at + 1), 0) in (10, 20, 30):
            rest = self._number(tokens, at + 1)
            if rest and 10 <= rest[0] < 40:
                return Found(at, rest[1], "YEAR", number=2000 + rest[0])
        return None

    # -- sutures and ordinals ------------------------------------------------------------------------------------

    def _suture(self, tokens: Sequence[Token], at: int) -> Found | None:
        word = tokens[at].word
        value = self._rules.numbers.get(word) if not word.isdigit() else float(word)
        if value is None:
            return None
        after = 0
        if 3 <= value <= 12:
            if _word(tokens, at + 1) in ("-", "/") and _word(tokens, at + 2) in ("0", "o"):
                after = at + 3
            elif _word(tokens, at + 1) in ("oh", "o", "0", "zero", "aught"):
                after = at + 2
        elif word in ("70", "80", "90", "100", "110") and self._material(tokens, at + 1, 2):
            value, after = value / 10, at + 1
        if not after:
            return None
        material = self._material(tokens, after, 4) or self._material_before(tokens, at)
        name = f"{int(value)}-0"
        return Found(at, after, "SUTURE", text=f"{name} {material}" if material else name)

    def _material(self, tokens: Sequence[Token], at: int, reach: int) -> str | None:
        for k in range(at, min(at + reach, len(tokens))):
            if tokens[k].word in self._rules.sutures:
                return self._rules.sutures[tokens[k].word]
            if tokens[k].word in (".", ";"):
                return None
        return None

    def _material_before(self, tokens: Sequence[Token], at: int) -> str | None:
        return self._rules.sutures.get(_word(tokens, at - 1)) if at else None

    def _ordinal(self, tokens: Sequence[Token], at: int) -> Found | None:
        value = self._rules.ordinals.get(tokens[at].word)
        return Found(at, at + 1, "ORD", number=float(value)) if value else None


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _digits(word: str) -> float:
    if "," in word:
        head, _, tail = word.rpartition(",")
        return (
            float(word.replace(",", ""))
            if len(tail) == 3 and head not in ("0",)
            else float(word.replace(",", "."))
        )
    return float(word.replace("·", "."))


def _is_inch_mark(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "in" or an inch belongs to a wire ("0.045 inch K-wire"), not to a size."""
    return _word(tokens, at) in ("inch", "inches") and _word(tokens, at - 1).startswith(
        ("0.0", ".0")
    )
