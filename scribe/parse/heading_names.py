"""Know a heading by its words: as the rule pack lists it, made of listed words in any order, or by one telling word."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from scribe.parse.tokens import words_of

if TYPE_CHECKING:
    from scribe.rules.language import SectionsFile

MARKS = " \t#*_:.-–—=|>•"
"""What may stand around a heading without being part of it."""
LONGEST_HEADING = 60
"""Characters of a heading, at most."""
_LETTERS = re.compile(r"\b[^\W\d_]+")  # not those of "1st"
_IN_BRACKETS = re.compile(r"\([^)]*\)?")


class HeadingNames:
    """Name the section that a heading opens, by the rules of ``patterns/sections.yaml``."""

    def __init__(self, rules: SectionsFile) -> None:
        """Index the headings."""
        self._known: dict[tuple[str, ...], str] = {}
        self._keywords: list[tuple[str, re.Pattern[str], str]] = []
        self._passed_over = rules.passed_over
        for name, rule in rules.sections.items():
            for heading in rule.headings:
                self._known.setdefault(words_of(heading), name)
            self._keywords += [(*_keyword(words), name) for words in rule.keywords]
        self._composed = [
            (name, frozenset(made.one_of), frozenset((*made.one_of, *made.along)))
            for name, rule in rules.sections.items()
            if (made := rule.composed)
        ]
        self._composed_keys = [row for row in self._composed if not rules.sections[row[0]].phase]
        headings = chain.from_iterable(self._known)
        allowed = chain.from_iterable(words for _, _, words in self._composed)
        words = chain(headings, allowed, self._passed_over)
        self._letters = frozenset(chain.from_iterable(map(_LETTERS.findall, words)))

    def guess(self, title: str) -> str | None:
        """Return the section that a title nobody knows tells of by one of its words, or None."""
        low = " ".join(words_of(title))
        for letters, keyword, name in self._keywords:
            if letters in low and keyword.search(low):
                return name
        return None

    def lookup(self, title: str, *, key: bool = False) -> str | None:
        """Return the section that a heading opens, or None where the rule pack does not know it.

        Args:
            title: The heading, without marks around it.
            key: True where text may follow behind it; such a one opens no part of the operation by composed words.
        """
        if not title or len(title) > LONGEST_HEADING:
            return None
        if (
            "(" not in title
            and " / " not in title
            and not self._letters.issuperset(_LETTERS.findall(title.lower()))
        ):
            return None  # most lines hold a word that no heading has
        words = words_of(title)
        known = self._known.get(words)
        if known:
            return known
        if title.count(" / ") == 1 and ":" not in title:  # in two languages
            return next(filter(None, map(self.lookup, reversed(title.split(" / ")))), None)
        if "(" in title and (plain := _IN_BRACKETS.sub("", title).strip(MARKS)) != title:
            return self.lookup(plain, key=key)
        if self._passed_over.isdisjoint(words):
            return self._compose(words, key=key)
        bare = tuple(w for w in words if w not in self._passed_over or w == "and")
        return (
            self._known.get(bare)
            or self._known.get(tuple(w for w in bare if w != "and"))
            or self._compose(bare, key=key)
        )

    def _compose(self, words: tuple[str, ...], *, key: bool) -> str | None:
        """Return the section that headings of such words open."""
        said = frozenset(word for word in words if word[:1].isalpha())
        return next(
            (
                name
                for name, one_of, allowed in (self._composed_keys if key else self._composed)
                if said <= allowed and not said.isdisjoint(one_of)
            ),
            None,
        )


def _keyword(words: str) -> tuple[str, re.Pattern[str]]:
    """Return the letters of a key word and its expression: whole words, in the plural too; ``follow*`` also begins longer words."""
    stem = words.removesuffix("*")
    return stem, re.compile(rf"\b{re.escape(stem)}" + ("" if stem != words else r"s?\b"))
