"""Which patterns can match in which sentences of a note, told for all of them at once.

Most of the thousand patterns need a word that a note does not hold. Asked one by one they cost more than those that match: so each
word of the note says once which needs it meets, and only the patterns whose needs meet in a sentence are handed on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from scribe.rules.fact_schema import FindRule, NeverRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scribe.extract.patterns import Pattern, TagIndex, View
    from scribe.rules.language import FactRule

_Rule = TypeVar("_Rule", FindRule, NeverRule)


class Chance(NamedTuple, Generic[_Rule]):
    """A rule whose pattern may match, with the sentences in which it may, in order."""

    rule: _Rule
    pattern: Pattern
    views: Sequence[View]


@dataclass(frozen=True, slots=True)
class Chances:
    """What may match in one note, by the name of the fact, in the order of the rule pack."""

    finds: Mapping[str, Sequence[Chance[FindRule]]] = field(default_factory=dict)
    nevers: Mapping[str, Sequence[Chance[NeverRule]]] = field(default_factory=dict)


NO_CHANCES: Final = Chances()


class _Asked(NamedTuple, Generic[_Rule]):
    """A rule with the numbers of what its pattern needs, and the same numbers as bits."""

    fact: str
    rule: _Rule
    pattern: Pattern
    needs: Sequence[int]
    needed: int


class Gate:
    """The patterns of all rules, with their needs numbered."""

    def __init__(self, rules: Iterable[tuple[FactRule, Mapping[str, Pattern]]]) -> None:
        """Number the needs; those that patterns share are met together.

        Args:
            rules: Each with its patterns by the id of the find rule or never rule.
        """
        self._numbers: dict[frozenset[str], int] = {}
        self._finds: list[_Asked[FindRule]] = []
        self._nevers: list[_Asked[NeverRule]] = []
        for rule, patterns in rules:
            self._finds += self._numbered(rule.name, rule.file.find, patterns)
            self._nevers += self._numbered(rule.name, rule.file.never, patterns)
        met_by: dict[str, list[int]] = {}
        for tags, need in self._numbers.items():
            for tag in tags:
                met_by.setdefault(tag, []).append(need)
        self._met_by = {tag: (needs, _as_bits(needs)) for tag, needs in met_by.items()}

    def compile(self) -> None:
        """Compile every pattern.

        Raises:
            RulePackError: A pattern does not compile.
        """
        patterns = [each.pattern for each in self._finds] + [each.pattern for each in self._nevers]
        for pattern in patterns:
            pattern.compiled  # noqa: B018 (a property that is kept)

    def _numbered(
        self, fact: str, rules: Iterable[_Rule], patterns: Mapping[str, Pattern]
    ) -> Iterator[_Asked[_Rule]]:
        numbers = self._numbers
        for rule in rules:
            pattern = patterns[rule.id]
            needs = [numbers.setdefault(tags, len(numbers)) for tags in pattern.needs]
            yield _Asked(fact, rule, pattern, needs, _as_bits(needs))

    def chances(self, index: TagIndex) -> Chances:
        """Return the rules that may match in a note."""
        where = [0] * len(self._numbers)
        met = 0
        for tag in index.by_tag.keys() & self._met_by.keys():
            needs, bits = self._met_by[tag]
            met |= bits
            sentences = index.by_tag[tag]
            for need in needs:
                where[need] |= sentences
        return Chances(
            finds=_possible(self._finds, ~met, where, index),
            nevers=_possible(self._nevers, ~met, where, index),
        )


def _possible(
    asked: Iterable[_Asked[_Rule]], unmet: int, where: Sequence[int], index: TagIndex
) -> dict[str, list[Chance[_Rule]]]:
    """Return the rules whose needs are all met within a sentence.

    Args:
        asked: The rules.
        unmet: The needs that no word of the note meets.
        where: The sentences that meet each need.
        index: The sentences of the note.
    """
    possible: dict[str, list[Chance[_Rule]]] = {}
    for fact, rule, pattern, needs, needed in asked:
        if needed & unmet:
            continue
        found = index.everywhere
        for need in needs:
            found &= where[need]
        if found:
            possible.setdefault(fact, []).append(Chance(rule, pattern, index.views_of(found)))
    return possible


def _as_bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in set(numbers))
