"""Find the vocabulary and the context cues of a note in one compiled scan, with medspaCy's matcher and rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from scribe.parse.tokens import Token, words_of
from scribe.types.mention import Concept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scribe.rules.language import ContextFile, Language
    from scribe.rules.vocabulary import Term

_NEVER = "\x00"
_UNKNOWN = "\x01"


@dataclass(slots=True)
class _Entry:
    """What one literal stands for."""

    concepts: tuple[Concept, ...] = ()
    cues: list[tuple[str, str, str, int | None]] = field(default_factory=list)
    rules: list[tuple[Any, str, str]] = field(default_factory=list)
    neutral: bool = False
    terminator: bool = False


class Hit(NamedTuple):
    """A vocabulary match over tokens ``first`` to ``after``."""

    first: int
    after: int
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class CueHit:
    """A context cue over tokens; ``rule`` is medspaCy's ConTextRule."""

    first: int
    after: int
    rule: Any
    name: str
    category: str


class TermMatcher:
    """All literals of the pack in one medspaCy matcher, each from the first note on that holds all of its words.

    A note holds the words of one literal in twenty, and to compile one takes ten times as long as to wait for it: a process that reads a
    single note starts a second earlier.
    """

    def __init__(self, nlp: Any, language: Language) -> None:
        """Read the literals."""
        from medspacy.common.medspacy_matcher import MedspacyMatcher
        from medspacy.context import ConTextRule
        from medspacy.target_matcher import TargetRule

        entries: dict[tuple[str, ...], _Entry] = defaultdict(_Entry)
        for term in language.terms:
            _add_term(entries[words_of(term.words)], term)
        _add_context(entries, language.context)
        self._waiting: dict[str, list[tuple[tuple[str, ...], _Entry]]] = defaultdict(list)
        for literal, entry in entries.items():
            if literal:
                self._waiting[literal[0]].append((literal, entry))
        self._known = frozenset(word for literal in entries for word in literal)
        self._met: set[str] = set()
        self._one_at_a_time = Lock()
        self._target, self._context = TargetRule, ConTextRule
        self._terminate = ConTextRule("terminate", "TERMINATE", direction="TERMINATE")
        self._matcher = MedspacyMatcher(nlp, phrase_matcher_attr="ORTH", prune=False)
        never = TargetRule("never", "TERM", pattern=[{"ORTH": _NEVER}])
        self._matcher.add([never])  # spaCy warns of a matcher without any pattern
        self._strings = nlp.vocab.strings
        self._by_id: dict[int, _Entry] = {}
        self._find_literals = _literals_of(self._matcher)

    def spelled(self, tokens: Sequence[Token]) -> list[str]:
        """Return the words of tokens for the document; those that stand in no literal are all one.

        spaCy keeps every word that it has ever met, so a year's names and numbers would stay in memory.
        """
        known = self._known
        spelled = [token.word if token.word in known else _UNKNOWN for token in tokens]
        if not self._met.issuperset(spelled):
            with self._one_at_a_time:
                self._meet(set(spelled) - self._met)
        return spelled

    def _meet(self, words: set[str]) -> None:
        """Compile the literals of which all words have been met now; the others wait for one that has not."""
        met = self._met | words
        complete: list[tuple[Any, _Entry]] = []
        for word in words:
            for literal, entry in self._waiting.pop(word, ()):
                awaited = next((each for each in literal if each not in met), None)
                if awaited is not None:
                    self._waiting[awaited].append((literal, entry))
                    continue
                complete.append((self._target(" ".join(literal), "TERM"), entry))
                entry.rules = [self._rule_of(literal, *cue) for cue in entry.cues]
        known = len(self._matcher.rule_map)
        self._matcher.add([rule for rule, _ in complete])
        new_ids = islice(self._matcher.rule_map, known, None)
        for rule_id, (_, entry) in zip(new_ids, complete, strict=True):
            self._by_id[self._strings[rule_id]] = entry
        self._met = met

    def _rule_of(
        self, literal: tuple[str, ...], category: str, name: str, direction: str, scope: int | None
    ) -> tuple[Any, str, str]:
        # Cues of one category end each other's scope; one that looks back must not end at one that looks on,
        # as in "a paddle will be added if needed".
        rule = self._context(
            " ".join(literal), f"{category} {direction}", direction=direction, max_scope=scope
        )
        return rule, name, category

    def find(self, doc: Any, starts: Sequence[bool | int | None]) -> tuple[list[Hit], list[CueHit]]:
        """Return vocabulary hits (longest first, none overlapping) and context cues of a document.

        Args:
            doc: The document.
            starts: For each token whether a sentence surely begins with it; no phrase reaches over such a place.
        """
        spans = {
            (start, -end): self._by_id[match_id]
            for match_id, start, end in self._find_literals(doc)
            if end - start == 1 or not any(starts[start + 1 : end])
        }
        found = sorted(spans.items())  # by their beginning, the longest first
        return self._hits(found), self._cues(found)

    def _hits(self, found: list[tuple[tuple[int, int], _Entry]]) -> list[Hit]:
        hits: list[Hit] = []
        taken = 0
        for (start, minus_end), entry in found:
            if start >= taken and entry.concepts:
                taken = -minus_end
                hits.append(Hit(start, taken, entry.concepts))
        return hits

    def _cues(self, found: list[tuple[tuple[int, int], _Entry]]) -> list[CueHit]:
        neutral = [span for span, entry in found if entry.neutral]
        cues: list[CueHit] = []
        covered: dict[str, tuple[int, int]] = {}
        for (start, minus_end), entry in found:
            if not (entry.rules or entry.terminator):
                continue
            end = -minus_end
            here = (start, end)
            if any(a <= start and end <= -b and (a, -b) != (start, end) for a, b in neutral):
                continue
            for rule, name, category in entry.rules:
                # A cue inside a longer one of its kind is a part of it, and would end its scope.
                if end > covered.get(rule.category, (0, 0))[1] or covered[rule.category] == here:
                    cues.append(CueHit(start, end, rule, name, category))
                    covered[rule.category] = here
            if not entry.cues:
                cues.append(CueHit(start, end, self._terminate, "", ""))
        return cues


def _literals_of(matcher: Any) -> Callable[[Any], list[tuple[int, int, int]]]:
    """Return the part of medspaCy's matcher that finds literals.

    The whole of it also runs a matcher of token patterns over each document, which costs more than the literals, even where no rule
    has such a pattern; ours have none.
    """
    found: Callable[[Any], list[tuple[int, int, int]]] = getattr(
        matcher, "_MedspacyMatcher__phrase_matcher", matcher
    )
    return found


def _add_term(entry: _Entry, term: Term) -> None:
    concept = Concept(term.tag, term.value, term.region, term.donor, term.heard)
    if all((c.tag, c.value) != (concept.tag, concept.value) for c in entry.concepts):
        entry.concepts += (concept,)


def _add_context(entries: dict[tuple[str, ...], _Entry], context: ContextFile) -> None:
    for rule in context.rules:
        literals = [words_of(words) for words in rule.words]
        seconds = [words_of(words) for words in rule.then]
        literals += [words_of(words) + second for words in rule.before for second in seconds]
        for literal in literals:
            entries[literal].cues.append((rule.category, rule.id, rule.direction, rule.scope))
    for words in context.neutral:
        entries[words_of(words)].neutral = True
    for words in context.terminators:
        entries[words_of(words)].terminator = True


def words(tokens: Sequence[Token]) -> list[str]:
    """Return the normalised words of tokens."""
    return [token.word for token in tokens]
