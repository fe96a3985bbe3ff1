"""Find clauses that tell what was meant to be done: "The plan, as agreed in clinic, was a free fibula with an island of skin"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.types.mention import Cue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scribe.parse.tokens import Token
    from scribe.rules.language import IntendedWords

    _Phrases = Mapping[str, Sequence[tuple[str, ...]]]

_BEGINS = frozenset(";:,.-–—(")  # marks behind which a clause begins
_LED_BY = 3  # words at the beginning of a sentence that may lead to its subject ("In clinic the plan was")
_APPOSED = 14  # words between two marks
_ATTACHED = 7  # words that go on with the subject without a mark ("the plan we made with her in clinic was")
_SETTLED = 3  # words behind the verb among which a plan is said to have fared in some way
_MARKS = {",": ",", "-": "-", "–": "–", "—": "—", "(": ")"}


class Intended:
    """What a clause tells behind "the plan was", by the ``intended`` words of ``patterns/context.yaml``."""

    def __init__(self, rules: IntendedWords) -> None:
        """Divide the phrases into words."""
        self._subjects = _phrases(rules.subjects)
        self._verbs = _phrases(rules.verbs)
        self._rules = rules

    def cues(self, tokens: Sequence[Token], first: int, after: int) -> tuple[Cue, ...]:
        """Return a cue over each stretch of a sentence that only tells what was meant."""
        words = [token.word for token in tokens[first:after]]
        made: list[Cue] = []
        at = 0
        while at < len(words):
            told = self._told(words, at)
            if told is None:
                at += 1
                continue
            end = next((k for k in range(told, len(words)) if self._ends(words, k)), len(words))
            if end > told:
                made.append(
                    Cue(
                        category="PLANNED",
                        rule="planned.intended",
                        start=tokens[first + at].start,
                        end=tokens[first + told - 1].end,
                        scope_start=tokens[first + told].start,
                        scope_end=tokens[first + end - 1].end,
                    )
                )
            at = end + 1
        return tuple(made)

    def _ends(self, words: Sequence[str], at: int) -> bool:
        """Tell whether a word ends what was meant, or links to what was done ("and we harvested")."""
        rules = self._rules
        if words[at] in rules.ends:
            return True
        resumed = at + 1 < len(words) and words[at + 1] in rules.resumed_by
        return resumed and words[at] in rules.begins

    def _told(self, words: Sequence[str], at: int) -> int | None:
        """Return where begins what was meant, if a clause on it opens at a word."""
        before = words[at - 1] if at > _LED_BY else None
        if before and before not in _BEGINS and before not in self._rules.begins:
            return None
        behind = _behind(words, at, self._subjects)
        if behind is None:
            return None
        told = self._behind_verb(words, behind)
        if told is None or not self._rules.settled.isdisjoint(words[told : told + _SETTLED]):
            return None
        return told

    def _behind_verb(self, words: Sequence[str], behind: int) -> int | None:
        """Return where a clause goes on behind its verb, over what may stand between subject and verb."""
        if behind < len(words) and words[behind] in _MARKS:
            closing = _MARKS[words[behind]]
            end = min(behind + 2 + _APPOSED, len(words))
            marks = [k for k in range(behind + 1, end) if words[k] == closing]
            tried = (_behind(words, k + 1, self._verbs) for k in marks)
            return next((told for told in tried if told is not None), None)
        for k in range(behind, min(behind + _ATTACHED + 1, len(words))):
            told = _behind(words, k, self._verbs)
            if told is not None:
                return told
            if words[k] in _MARKS or words[k] in self._rules.ends:
                return None
        return None


def _phrases(phrases: Sequence[str]) -> _Phrases:
    """Put phrases by their first words, the longest first."""
    made: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(p.split()) for p in phrases), key=len, reverse=True):
        made.setdefault(phrase[0], []).append(phrase)
    return made


def _behind(words: Sequence[str], at: int, phrases: _Phrases) -> int | None:
    """Return where the longest phrase that stands at a word ends, or None."""
    begun = phrases.get(words[at], ()) if at < len(words) else ()
    return next((at + len(p) for p in begun if tuple(words[at : at + len(p)]) == p), None)
