"""Durations, times of day and years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scribe.parse.numbers import ARTICLES, HUNDRED, Found, word_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.numbers import NumberReader
    from scribe.parse.tokens import Token
    from scribe.rules.language import MeasuresFile

_MINUTES_PER_HOUR = 60.0
_HOURS_PER_DAY = 24
_LEAST_OF_DAY = 10  # hours: nothing that is timed here takes so long
_LEAST_BARE = 10.0  # minutes that are told without their unit ("an hour ten all up")
_DOTTED = re.compile(r"(?P<hours>[01]?\d|2[0-3])[.](?P<minutes>[0-5]\d)")


class TimeReader:
    """Read times by the units of ``patterns/measures.yaml``; durations are in minutes."""

    def __init__(self, rules: MeasuresFile, numbers: NumberReader) -> None:
        """Keep the rules and the reader of numbers."""
        self._rules = rules
        self._numbers = numbers

    def duration(self, tokens: Sequence[Token], at: int) -> Found | None:
        """Read "95 minutes", "an hour and a half", "1 h 40"."""
        part = self._part_of_an_hour(tokens, at)
        if part:
            return Found(at, part[1], "MINS", number=part[0])
        number = self._count(tokens, at)
        if number is None:
            return None
        value, after = number
        after += word_at(tokens, after) == "-"
        factor = self._rules.minutes.get(word_at(tokens, after))
        if factor is None:
            return None
        total, after = value * factor, after + 1
        if factor == _MINUTES_PER_HOUR:
            extra, after = self._beyond_the_hour(tokens, after)
            total += extra
        return Found(at, after, "MINS", number=total)

    def clock(self, tokens: Sequence[Token], at: int) -> Found | None:
        """Read "09:42" written without spaces."""
        told = self._dotted(tokens, at) or self._with_letter(tokens, at)
        if told:
            return told
        hours, colon, minutes = (word_at(tokens, at + k) for k in range(3))
        if not (hours.isdecimal() and len(hours) <= 2 and colon == ":"):
            return None
        if not (minutes.isdecimal() and len(minutes) == 2):
            return None
        if tokens[at].end != tokens[at + 1].start or tokens[at + 1].end != tokens[at + 2].start:
            return None
        return Found(at, at + 3, "CLOCK", text=f"{hours}:{minutes}")

    def _dotted(self, tokens: Sequence[Token], at: int) -> Found | None:
        """Read "at 13.20", which is no length: two decimals, a time of day, and no unit behind."""
        match = _DOTTED.fullmatch(tokens[at].word)
        if match is None or at == 0 or word_at(tokens, at - 1) not in self._rules.at_times:
            return None
        if word_at(tokens, at + 1) in self._rules.lengths:
            return None
        return Found(at, at + 1, "CLOCK", text=f"{match['hours']}:{match['minutes']}")

    def _with_letter(self, tokens: Sequence[Token], at: int) -> Found | None:
        """Read "13h35" and "at 9h05", which are times of day."""
        hours, letter, minutes = (word_at(tokens, at + k) for k in range(3))
        if letter != "h" or not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
            return None
        is_time = at > 0 and word_at(tokens, at - 1) in self._rules.at_times
        if not (_LEAST_OF_DAY <= int(hours) < _HOURS_PER_DAY or is_time):
            return None
        return Found(at, at + 3, "CLOCK", text=f"{hours}:{minutes}")

    def year(self, tokens: Sequence[Token], at: int) -> Found | None:
        """Read "2019" or "twenty nineteen"."""
        word = tokens[at].word
        if word.isdecimal() and len(word) == 4 and 1950 <= int(word) <= 2060:
            return Found(at, at + 1, "YEAR", number=float(word))
        if word == "twenty" and word_at(tokens, at + 1).isalpha():
            rest = self._numbers.read(tokens, at + 1)
            if rest and 10 <= rest[0] < 40 and rest[0] % 1 == 0:
                return Found(at, rest[1], "YEAR", number=2000 + rest[0])
        return None

    def _count(self, tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
        """Read how many; "an hour" is one, but "a minute" says nothing."""
        then = word_at(tokens, at + 1)
        if tokens[at].word in ARTICLES and then != HUNDRED:
            return (1.0, at + 1) if then in self._rules.one_hour else None
        return self._numbers.read(tokens, at)

    def _part_of_an_hour(self, tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
        """Read "half an hour", "three quarters of an hour"; return the minutes and the token after them."""
        part = self._rules.parts_of_an_hour.get(word_at(tokens, at))
        minutes, after = self._quarters(tokens, at) or (part, at + 1)
        after += word_at(tokens, after) == "of"
        whole = word_at(tokens, after) in ARTICLES
        if minutes is None or not whole or word_at(tokens, after + 1) not in self._rules.one_hour:
            return None
        return minutes, after + 2

    def _quarters(self, tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
        """Read "a quarter", "three quarters", "three-quarters"; return the minutes and the token after them."""
        word = word_at(tokens, at)
        count = 1.0 if word in ARTICLES else self._rules.numbers.get(word, 0.0)
        here = at + 1 + (word_at(tokens, at + 1) == "-")
        part = self._rules.parts_of_an_hour.get(word_at(tokens, here).removesuffix("s"))
        if not part or not 0 < count * part < _MINUTES_PER_HOUR:
            return None
        return count * part, here + 1

    def _beyond_the_hour(self, tokens: Sequence[Token], after: int) -> tuple[float, int]:
        """Read the minutes behind hours; return them and the token after all."""
        here = after + (word_at(tokens, after) in ("and", ","))
        quarters = self._quarters(tokens, here)
        if quarters:
            return quarters
        rest = self._numbers.read(tokens, here)
        if rest is None:
            return 0.0, after
        minutes, beyond = rest
        if self._rules.minutes.get(word_at(tokens, beyond)) == 1.0:
            return minutes, beyond + 1
        terse = here == after and word_at(tokens, after - 1) in self._rules.terse_hours
        behind = word_at(tokens, beyond)
        last = behind in (".", ",", ";", ")", "")
        told = minutes >= _LEAST_BARE and behind in self._rules.behind_minutes
        close = here == after and minutes >= _LEAST_BARE and not self._measures_more(behind)
        bare = terse or last or close or (told and word_at(tokens, after) != ",")
        return (minutes, beyond) if minutes < _MINUTES_PER_HOUR and bare else (0.0, after)

    def _measures_more(self, word: str) -> bool:
        """Tell whether a number before a word is no time, but a length, a weight or a thread ("one hour ten oh nylon")."""
        rules = self._rules
        return word in rules.lengths or word in rules.not_sizes or word in rules.zeros
