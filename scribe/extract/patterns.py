"""The pattern language of the rule pack: regular expressions over tagged words.

A pattern is a row of terms. A lower-case term is a word, an upper-case term a tag of the vocabulary; ``|`` inside a term means "or", a
``?`` behind it "optional". ``~4`` skips up to four words but never a semicolon (``~~4`` does); ``~4-JOIN|LOSS`` skips none that has one of
these tags. ``name=TERM`` captures, ``$NAME`` is a set of ``patterns/macros.yaml``, ``(``, ``|``, ``)`` and ``)?`` group,
and ``^`` and ``$`` are the ends of the sentence, alone or as one of several terms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scribe.errors import RulePackError

if TYPE_CHECKING:
    from scribe.types.mention import Item, Sentence

_GAP = re.compile(r"^(~~?)(\d+)(?:-(.+))?$")
_EDGES = {"^": "^", "$": r"(?:\|[.;:,]\| ?)*$"}
_TAG = re.compile(r"[A-Z]{2,}")


@dataclass(frozen=True, slots=True)
class Match:
    """One match of a pattern in a sentence: the items it spans and those it captured by name."""

    first: int
    after: int
    captured: Mapping[str, tuple[int, int]]


class Pattern:
    """One compiled pattern."""

    def __init__(self, text: str, macros: Mapping[str, str], where: str) -> None:
        """Compile a pattern.

        Args:
            text: The pattern.
            macros: Sets of tags by name.
            where: The rule's id, for error messages.

        Raises:
            RulePackError: The pattern does not compile.
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
        try:
            self._regex = re.compile(r"(?<![^ ])" + "".join(parts))
        except re.error as error:
            msg = f"{where}: the pattern does not compile: {error}"
            raise RulePackError(msg) from error
        self.needs = tuple(needs)

    def among(self, index: TagIndex) -> Sequence[View]:
        """Return the few sentences that may match: those that hold the rarest of the tags that the pattern needs."""
        return index.holding(self.needs)

    def matches(self, view: View) -> Iterator[Match]:
        """Yield the matches in a sentence, left to right."""
        if any(view.tags.isdisjoint(tags) for tags in self.needs):
            return
        for match in self._regex.finditer(view.text):
            if match.end() == match.start():
                continue
            captured = {
                name: view.items_between(*match.span(name))
                for name in self._regex.groupindex
                if match.span(name) != (-1, -1)
            }
            first, after = view.items_between(*match.span())
            yield Match(first, after, captured)


def _compile_term(term: str, macros: Mapping[str, str]) -> tuple[str, frozenset[str], bool]:
    gap = _GAP.match(term)
    if gap:
        barred = gap.group(3)
        clause = "" if gap.group(1) == "~~" else r"(?!\|;\|)"
        block = f"(?![^ ]*\\|(?:{_expand(barred, macros)})\\|)" if barred else ""
        return rf"(?:{clause}{block}[^ ]+ ){{0,{gap.group(2)}}}?", frozenset(), True
    if term in _EDGES:
        return _EDGES[term], frozenset(), True
    name = None
    if "=" in term:
        name, term = term.split("=", 1)
    optional = term.endswith("?")
    if term.startswith("!"):
        return rf"(?![^ ]*\|(?:{_expand(term[1:], macros)})\|)", frozenset(), True
    edges = [_EDGES[part] for part in term.split("|") if part in _EDGES]
    body = _expand("|".join(p for p in term.rstrip("?").split("|") if p not in _EDGES), macros)
    source = "|".join([*edges, rf"[^ ]*\|(?:{body})\|[^ ]* "])
    source = f"(?P<{name}>{source})" if name else f"(?:{source})"
    parts = body.split("|")
    tags = frozenset(part.replace("\\", "") for part in parts)
    return source + ("?" if optional else ""), tags, optional or bool(edges)


def _expand(body: str, macros: Mapping[str, str]) -> str:
    expanded = re.sub(r"\$([A-Z]+)", lambda m: macros[m.group(1)], body)
    return "|".join(re.escape(word) for word in expanded.split("|"))


class TagIndex:
    """Which sentences of a note hold which tags, so that a pattern looks only where it may match."""

    def __init__(self, views: Sequence[View]) -> None:
        """Index the sentences."""
        self._views = views
        self._by_tag: dict[str, list[View]] = {}
        for view in views:
            for tag in view.tags:
                self._by_tag.setdefault(tag, []).append(view)
        self._known: dict[frozenset[str], Sequence[View]] = {}

    def holding(self, needs: Sequence[frozenset[str]]) -> Sequence[View]:
        """Return the sentences that hold a tag of the rarest group of needs, in order."""
        best: Sequence[View] = self._views
        for tags in needs:
            found = self._known.get(tags)
            if found is None:
                found = self._known[tags] = self._union(tags)
            if len(found) < len(best):
                best = found
                if not best:
                    break
        return best

    def _union(self, tags: frozenset[str]) -> Sequence[View]:
        lists = [self._by_tag[tag] for tag in tags if tag in self._by_tag]
        if len(lists) <= 1:
            return lists[0] if lists else ()
        return sorted(
            {id(view): view for views in lists for view in views}.values(),
            key=lambda view: view.sentence.index,
        )


class View:
    """A sentence as a string of tagged words, with the way back to its items."""

    def __init__(self, sentence: Sentence) -> None:
        """Write the string."""
        self.sentence = sentence
        parts: list[str] = []
        self._offsets: list[int] = []
        self._index: list[int] = []
        at = 0
        tags: set[str] = set()
        for index, item in enumerate(sentence.items):
            if item.void:
                continue
            names = [c.tag for c in item.concepts]
            tags.update(names)
            tags.add(item.word)
            part = "|" + "|".join([*dict.fromkeys(names), item.word]) + "| "
            self._offsets.append(at)
            self._index.append(index)
            parts.append(part)
            at += len(part)
        self.text = "".join(parts)
        self.tags = frozenset(tags)

    def items_between(self, start: int, end: int) -> tuple[int, int]:
        """Return the first item and the item after a stretch of the string."""
        first = self._index[bisect_right(self._offsets, start) - 1]
        last = self._index[bisect_right(self._offsets, max(end - 1, start)) - 1]
        return first, last + 1

    def item(self, index: int) -> Item:
        """Return one item."""
        return self.sentence.items[index]

    def items(self, first: int, after: int) -> Sequence[Item]:
        """Return a stretch of items."""
        return self.sentence.items[first:after]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The normalised words."""
        return tuple(item.word for item in self.sentence.items)
