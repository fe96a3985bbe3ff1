"""The pattern language of the rule pack: regular expressions over tagged words.

A pattern is a row of terms. A lower-case term is a word, one with underscores a phrase of the vocabulary or as many words one behind
another, an upper-case term a tag of the vocabulary; ``|`` inside a term means "or", a
``?`` behind it "optional". ``~4`` skips up to four words but never a semicolon (``~~4`` does); ``~4-JOIN|LOSS`` skips none that has one of
these tags. ``name=TERM`` captures, ``$NAME`` is a set of ``patterns/macros.yaml``, ``(``, ``|``, ``)`` and ``)?`` group,
and ``^`` and ``$`` are the ends of the sentence, alone or as one of several terms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, chain, compress
from typing import TYPE_CHECKING, NamedTuple

from scribe.errors import RulePackError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scribe.types.mention import Item, Sentence

_GAP = re.compile(r"^(~~?)(\d+)(?:-(.+))?$")
_EDGES = {"^": "^", "$": r"(?: \|[.;:,]\|)*$"}
_FEW = 3  # tags of a group that are looked up one by one


class Match(NamedTuple):
    """One match of a pattern in a sentence: the items it spans and those it captured by name; a tuple, as rules match often."""

    first: int
    after: int
    captured: Mapping[str, tuple[int, int]]


class Pattern:
    """One pattern; its expression is compiled when a sentence holds what it needs, which in one note is so for few."""

    def __init__(self, text: str, macros: Mapping[str, str], where: str) -> None:
        """Read a pattern.

        Args:
            text: The pattern.
            macros: Sets of tags by name.
            where: The rule's id, for error messages.

        Raises:
            RulePackError: It names a set that does not exist.
        """
        self.needs: tuple[frozenset[str], ...] = ()
        needs: list[frozenset[str]] = []
        depth = 0
        parts: list[str] = []
        for term in text.split():
            if term in ("(", "|", ")", ")?"):
                depth += {"(": 1, ")": -1, ")?": -1}.get(term, 0)
                parts.append("(?:" if term == "(" else term)
                continue
            try:
                source, tags, optional = _compile_term(term, macros)
            except KeyError as unknown:
                msg = f"{where}: no set ${unknown.args[0]} in macros.yaml"
                raise RulePackError(msg) from None
            parts.append(source)
            if tags and not optional and depth == 0:
                needs.append(tags)
        self.needs = tuple(sorted(set(needs), key=len))  # the pickiest first
        self._source = "".join(parts)
        self._where = where

    @cached_property
    def compiled(self) -> tuple[re.Pattern[str], tuple[str, ...]]:
        """The expression, and the names of what it captures.

        Raises:
            RulePackError: It does not compile; ``Extractor.compile`` asks for all of them.
        """
        try:
            regex = re.compile(self._source)
        except re.error as error:
            msg = f"{self._where}: the pattern does not compile: {error}"
            raise RulePackError(msg) from error
        return regex, tuple(regex.groupindex)

    def matches(self, view: View) -> Iterator[Match]:
        """Yield the matches in a sentence, left to right."""
        regex, names = self.compiled
        for match in regex.finditer(view.text):
            whole, *parts = match.regs
            if whole[0] == whole[1]:
                continue
            captured = {
                name: view.items_between(*part)
                for name, part in zip(names, parts, strict=True)
                if part[0] >= 0
            }
            first, after = view.items_between(*whole)
            yield Match(first, after, captured)


def _compile_term(term: str, macros: Mapping[str, str]) -> tuple[str, frozenset[str], bool]:
    gap = _GAP.match(term)
    if gap:
        barred = gap.group(3)
        clause = "" if gap.group(1) == "~~" else r"(?! \|;\|)"
        block = f"(?! [^ ]*\\|(?:{_expand(barred, macros)})\\|)" if barred else ""
        return rf"(?:{clause}{block} [^ ]++){{0,{gap.group(2)}}}?", frozenset(), True
    if term in _EDGES:
        return _EDGES[term], frozenset(), True
    name = None
    if "=" in term:
        name, term = term.split("=", 1)
    optional = term.endswith("?")
    if term.startswith("!"):
        return rf"(?! [^ ]*\|(?:{_expand(term[1:], macros)})\|)", frozenset(), True
    edges = [_EDGES[part] for part in term.split("|") if part in _EDGES]
    body = _expand("|".join(p for p in term.rstrip("?").split("|") if p not in _EDGES), macros)
    parts = [part.replace("\\", "") for part in body.split("|")]
    rows = [part.split("_") for part in parts if "_" in part.strip("_") and part.islower()]
    source = "|".join([*edges, rf" [^ ]*\|(?:{body})\|[^ ]*+", *map(_in_a_row, rows)])
    source = f"(?P<{name}>{source})" if name else f"(?:{source})"
    tags = frozenset((*parts, *(row[0] for row in rows)))
    return source + ("?" if optional else ""), tags, optional or bool(edges)


def _in_a_row(words: Sequence[str]) -> str:
    """Return the source of words one behind another: ``out_of_sight`` also where the vocabulary has no such phrase."""
    return "".join(rf" [^ ]*\|{re.escape(word)}\|[^ ]*+" for word in words if word)


def _expand(body: str, macros: Mapping[str, str]) -> str:
    expanded = re.sub(r"\$([A-Z]+)", lambda m: macros[m.group(1)], body)
    return "|".join(re.escape(word) for word in expanded.split("|"))


def _write(item: Item) -> str:
    if not item.concepts:
        return f" |{item.word}|"
    if len(item.concepts) == 1:
        return f" |{item.concepts[0].tag}|{item.word}|"
    tags = dict.fromkeys(concept.tag for concept in item.concepts)
    return f" |{'|'.join(tags)}|{item.word}|"


class TagIndex:
    """Which sentences of a note hold which tags, so that a pattern looks only where it may match.

    A set of sentences is one number, with a bit for each: so that hundreds of sets are joined and crossed at little cost.

    Attributes:
        by_tag: The sentences that hold a tag or word.
        everywhere: All sentences.
    """

    def __init__(self, views: Sequence[View]) -> None:
        """Index the sentences."""
        self._views = views
        by_tag: dict[str, int] = {}
        bit = 1
        for view in views:
            for tag in view.tags:
                by_tag[tag] = by_tag.get(tag, 0) | bit
            bit <<= 1
        self.by_tag = by_tag
        self.everywhere = bit - 1
        self._known: dict[frozenset[str], int] = {}
        self._listed: dict[int, Sequence[View]] = {0: (), self.everywhere: views}

    def holding(self, needs: Sequence[frozenset[str]]) -> Sequence[View]:
        """Return the sentences that hold a tag of every group of needs, in order."""
        found = self.everywhere
        known = self._known
        for tags in needs:
            holding = known.get(tags)
            if holding is None:
                holding = known[tags] = self._union(tags)
            found &= holding
            if not found:
                return ()
        return self.views_of(found)

    def _union(self, tags: frozenset[str]) -> int:
        """Return the sentences that hold one of these tags."""
        by_tag = self.by_tag
        holding = 0
        for tag in tags & by_tag.keys() if len(tags) > _FEW else tags:
            holding |= by_tag.get(tag, 0)
        return holding

    def views_of(self, sentences: int) -> Sequence[View]:
        """Return a set of sentences in order."""
        listed = self._listed.get(sentences)
        if listed is None:
            bits = f"{sentences:b}"[::-1]
            listed = list(compress(self._views, map("1".__eq__, bits)))
            self._listed[sentences] = listed
        return listed


class View:
    """A sentence as a string of tagged words, with the way back to its items.

    Each word stands behind a blank, ``" |TAG|TAG|word|"``: so that a pattern begins with a blank, which is found fast.

    Attributes:
        sentence: The sentence.
        tags: The tags and words of its items, those taken back left out.
    """

    def __init__(self, sentence: Sentence) -> None:
        """Note which tags stand where."""
        self.sentence = sentence
        self._places: dict[str, list[int]] = {}
        words: list[str] = []
        for index, item in enumerate(sentence.items):
            if item.void:
                continue
            words.append(item.word)
            for concept in item.concepts:
                self._places.setdefault(concept.tag, []).append(index)
        self.tags = frozenset(chain(words, self._places))

    def places(self, tags: Iterable[str]) -> Sequence[int]:
        """Return where items stand that have one of these tags, in order, those taken back left out."""
        found = [self._places[tag] for tag in tags if tag in self._places]
        return sorted(set(chain.from_iterable(found))) if found else ()

    @cached_property
    def _written(self) -> list[str]:
        return [_write(item) for item in self.sentence.items if not item.void]

    @cached_property
    def text(self) -> str:
        """The string of tagged words; written when a pattern asks for it."""
        return "".join(self._written)

    @cached_property
    def _offsets(self) -> tuple[list[int], list[int]]:
        """Where each word of the string begins, and which item it is."""
        indexes = [index for index, item in enumerate(self.sentence.items) if not item.void]
        return [0, *accumulate(map(len, self._written))], indexes

    def items_between(self, start: int, end: int) -> tuple[int, int]:
        """Return the first item and the item after a stretch of the string."""
        offsets, indexes = self._offsets
        first = indexes[bisect_right(offsets, start) - 1]
        last = indexes[bisect_right(offsets, max(end - 1, start)) - 1]
        return first, last + 1

    def item(self, index: int) -> Item:
        """Return one item."""
        return self.sentence.items[index]

    def items(self, first: int, after: int) -> Sequence[Item]:
        """Return a stretch of items."""
        return self.sentence.items[first:after]
