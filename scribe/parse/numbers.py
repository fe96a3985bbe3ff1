"""Numbers, in digits or in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.types.mention import Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.tokens import Token
    from scribe.rules.language import MeasuresFile

    Read = tuple[float, int]
    """A value and the token after it."""


# The words for numbers are data; how English puts them together ("two and a half", "one hundred and five", "two point five") is what
# this module is.
ARTICLES = frozenset({"a", "an"})
HUNDRED = "hundred"
_MOST_DECIMALS = 3
_LONGEST_NUMBER = 12  # characters; a longer row of digits names something and measures nothing


@dataclass(frozen=True, slots=True)
class Found:
    """One measure: the tokens it covers, its tag, and its value."""

    first: int
    after: int
    tag: str
    number: float | None = None
    size: Size | None = None
    text: str | None = None


class NumberReader:
    """Read a number by the words of ``patterns/measures.yaml``."""

    def __init__(self, rules: MeasuresFile) -> None:
        """Keep the rules."""
        self._rules = rules
        self.first_words = frozenset(
            {*rules.numbers, *rules.misheard, *rules.tens, *rules.fractions, *ARTICLES, "half"}
        )

    def read(self, tokens: Sequence[Token], at: int) -> Read | None:
        """Read a number from token ``at``; return its value and the token after it."""
        word = word_at(tokens, at)
        if not word:
            return None
        if word[0].isdecimal() and word[-1].isdecimal():
            value = _digits(word)
            return None if value is None else self._from_digits(tokens, value, at + 1)
        rules = self._rules
        if word in ("a", "one") and word_at(tokens, at + 1) == HUNDRED:
            return self._with_tail(tokens, 1.0, at + 1)
        if word in rules.tens:
            unit = rules.numbers.get(word_at(tokens, at + 1), 0)
            if 0 < unit < 10:
                return self._with_tail(tokens, rules.tens[word] + unit, at + 2)
            return self._with_tail(tokens, float(rules.tens[word]), at + 1)
        if word in rules.misheard and word_at(tokens, at + 1) == "point":
            return self._decimals(tokens, rules.misheard[word], at + 1)
        if word in rules.numbers:
            return self._with_tail(tokens, rules.numbers[word], at + 1)
        if word in rules.fractions and word not in rules.ordinals and word != "quarter":
            return rules.fractions[word], at + 1
        return None

    def _from_digits(self, tokens: Sequence[Token], value: float, after: int) -> Read:
        sign, then = word_at(tokens, after), word_at(tokens, after + 1)
        if sign == "point" and _are_decimals(then):
            return float(f"{int(value)}.{then}"), after + 2
        if sign in ("/", "⁄") and value < 4 and then in ("2", "4", "3"):
            return value / float(then), after + 2
        return self._with_tail(tokens, value, after)

    def _with_tail(self, tokens: Sequence[Token], value: float, after: int) -> Read:
        """Add what belongs to the number behind it: hundreds, decimals, a fraction."""
        for more in (self._hundreds, self._decimals, self._fraction):
            read = more(tokens, value, after)
            if read is not None:
                return read
        return value, after

    def _hundreds(self, tokens: Sequence[Token], value: float, after: int) -> Read | None:
        if word_at(tokens, after) != HUNDRED:
            return None
        value, after = value * 100, after + 1
        rest_at = after + (word_at(tokens, after) == "and")
        word = word_at(tokens, rest_at)
        if word in self._rules.tens or word in self._rules.numbers:
            rest = self.read(tokens, rest_at)
            if rest:
                return value + rest[0], rest[1]
        return value, after

    def _decimals(self, tokens: Sequence[Token], value: float, after: int) -> Read | None:
        if word_at(tokens, after) != "point":
            return None
        if (word_at(tokens, after - 2), word_at(tokens, after - 1)) == ("at", "one"):
            return None  # "at one point" counts nothing
        digits = ""
        here = after + 1
        while len(digits) < 2 and self._rules.numbers.get(word_at(tokens, here), 10) < 10:
            digits += str(int(self._rules.numbers[word_at(tokens, here)]))
            here += 1
        if digits:
            return float(f"{int(value)}.{digits}"), here
        if _are_decimals(word_at(tokens, here)):
            return float(f"{int(value)}.{word_at(tokens, here)}"), here + 1
        return None

    def _parts(self, tokens: Sequence[Token], value: float, at: int) -> Read | None:
        """Read the counted parts of a whole: "four and four-tenths", "four and three-quarter"."""
        count = self._rules.numbers[word_at(tokens, at)]
        here = at + 1 + (word_at(tokens, at + 1) == "-")
        part = word_at(tokens, here)
        if part in self._rules.tenths:
            return value + count / 10, here + 1
        if part.removesuffix("s") == "quarter" and count < 4:
            return value + count / 4, here + 1
        return None

    def half_behind(self, tokens: Sequence[Token], at: int) -> Read | None:
        """Read "and a half" behind a unit: what it adds, and the token after it; None where something else stands."""
        said = tuple(word_at(tokens, at + k) for k in range(len(self._rules.half_behind)))
        return (0.5, at + len(said)) if said == self._rules.half_behind else None

    def _fraction(self, tokens: Sequence[Token], value: float, after: int) -> Read | None:
        fractions = self._rules.fractions
        first, second, third = (word_at(tokens, after + k) for k in range(3))
        if first == "and" and second in ("a", "one") and third in fractions:
            return value + fractions[third], after + 3
        if first == "and" and second == "half":
            return value + 0.5, after + 2
        if first == "and" and second in self._rules.numbers:
            return self._parts(tokens, value, after + 1)
        if first in ("½", "¼", "¾"):
            return value + fractions[first], after + 1
        if first in ("1", "one") and value == int(value):
            if second == "half":
                return value + 0.5, after + 2
            if second == "/" and third in ("2", "4"):
                return value + 1 / float(third), after + 3
        return None


def word_at(tokens: Sequence[Token], at: int) -> str:
    """Return the word of a token, or nothing where there is none."""
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _are_decimals(word: str) -> bool:
    """Tell whether a word can be what is said behind "point": a digit or a few, without a point of their own."""
    return word.isdecimal() and len(word) <= _MOST_DECIMALS


def _digits(word: str) -> float | None:
    """Return the value of digits with a point or a comma; None for a date or another row of numbers."""
    if len(word) > _LONGEST_NUMBER:
        return None
    head, _, tail = word.rpartition(",")
    thousands = len(tail) == 3 and head not in ("", "0")
    try:
        return float(word.replace(",", "" if thousands else ".").replace("·", "."))
    except ValueError:
        return None
