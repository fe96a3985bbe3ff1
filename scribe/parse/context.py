"""Scopes of context cues, by medspaCy's ConText, on the sentences that have cues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.types.mention import Cue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from scribe.parse.layout import Stretches
    from scribe.parse.matcher import CueHit
    from scribe.parse.tokens import Token
    from scribe.rules.language import ContextFile, CounterfactualWords
    from scribe.rules.words_schema import SentenceWords
    from scribe.types.mention import Item


_LONGEST_RELATIVE = 20


def scope_cues(
    doc: Any,
    tokens: Sequence[Token],
    hits: Sequence[CueHit],
    items: Sequence[Item],
    within_clause: Mapping[str, str],
    rules: ContextFile,
) -> tuple[Cue, ...]:
    """Return the cues of one sentence with the stretch of the note that each governs.

    Args:
        doc: The spaCy document with sentence boundaries.
        tokens: The tokens of the note.
        hits: The cues of one sentence.
        items: Its words.
        within_clause: How far rules of backward cues reach over a comma, by rule: ``always`` not at all, ``named`` only where
            the clause behind it does not name what they speak of; ``never`` lets a forward cue govern all that follows in its sentence.
        rules: ``patterns/context.yaml``.
    """
    from medspacy.context import ConTextGraph, ConTextModifier

    # medspaCy 1.3.1 misses a terminator whose scope holds the whole scope that it should end, so a terminator
    # reaches no further than itself.
    modifiers = [
        ConTextModifier(
            hit.rule, hit.first, hit.after, doc, scope_start=hit.first, scope_end=hit.after
        )
        if hit.rule.direction == "TERMINATE"
        else ConTextModifier(hit.rule, hit.first, hit.after, doc)
        for hit in hits
    ]
    graph = ConTextGraph(targets=[], modifiers=modifiers)
    graph.update_scopes()
    cues: list[Cue] = []
    for hit, modifier in zip(hits, graph.modifiers, strict=True):
        first, after = modifier.scope_span
        if hit.rule.direction == "TERMINATE" or after <= first:
            continue
        if hit.rule.direction == "BACKWARD":
            first = _behind_semicolon(tokens, first, hit.first, items)
        reach = within_clause.get(hit.name)
        if reach == "never":
            after = doc[hit.first].sent.end
        elif reach:
            named = () if reach == "always" else items
            first = _clause_start(tokens, first, hit.first, named, rules)
            if first >= hit.first:
                continue
        cues.append(
            Cue(
                category=hit.category,
                rule=hit.name,
                start=tokens[hit.first].start,
                end=tokens[hit.after - 1].end,
                scope_start=tokens[first].start,
                scope_end=tokens[after - 1].end,
            )
        )
    return tuple(cues)


def _clause_start(
    tokens: Sequence[Token], first: int, cue: int, items: Sequence[Item], rules: ContextFile
) -> int:
    """Return the token after the last comma before a cue, if what the cue denies is named there; else ``first``.

    Without items to name it, the comma is the end.
    """
    if not rules.singular.isdisjoint((tokens[cue].word, tokens[cue - 1].word)):
        first = _single_subject(tokens, first, cue, items)
    comma = next((k for k in range(cue - 1, first - 1, -1) if tokens[k].word in (",", "(")), None)
    if comma is None:
        return first
    start, end = tokens[comma].end, tokens[cue].start
    named = any(item.concepts and start <= item.start and item.end <= end for item in items)
    return comma + 1 if named or not items or _in_relative(tokens, comma, rules) else first


def _behind_semicolon(tokens: Sequence[Token], first: int, cue: int, items: Sequence[Item]) -> int:
    """Return the token after the last semicolon before a cue, if what it speaks of is named behind that; else ``first``."""
    mark = next((k for k in range(cue - 1, first - 1, -1) if tokens[k].word == ";"), None)
    if mark is None:
        return first
    start, end = tokens[mark].end, tokens[cue].start
    named = any(item.concepts and start <= item.start and item.end <= end for item in items)
    return mark + 1 if named else first


def _single_subject(tokens: Sequence[Token], first: int, cue: int, items: Sequence[Item]) -> int:
    """Return the token after the last "and" before "was not ...", which denies one thing only, if it names one."""
    link = next((k for k in range(cue - 1, first - 1, -1) if tokens[k].word == "and"), None)
    if link is None:
        return first
    start, end = tokens[link].end, tokens[cue].start
    named = any(item.concepts and start <= item.start and item.end <= end for item in items)
    return link + 1 if named else first


def _in_relative(tokens: Sequence[Token], comma: int, rules: ContextFile) -> bool:
    """Tell whether a comma closes a relative clause, whose words are not what a denial behind it speaks of."""
    for k in range(comma - 1, max(comma - _LONGEST_RELATIVE, -1), -1):
        if tokens[k].word in rules.relatives:
            return True
        if tokens[k].word in (".", ","):
            return False
    return False


_CLAUSE_BEGINS = (";", ":", ",", "and", "but", "-", "–", "(")
_CLAUSE_ENDS = (".", ";", ")")


def counterfactuals(
    tokens: Sequence[Token], first: int, after: int, rules: CounterfactualWords
) -> tuple[Cue, ...]:
    """Return a cue over each condition of a sentence that did not come true ("had it not bled, I would have ...")."""
    cues: list[Cue] = []
    for at in range(first, after - 2):
        if tokens[at].word not in rules.begins or tokens[at + 1].word not in rules.subjects:
            continue
        if at > first and tokens[at - 1].word not in _CLAUSE_BEGINS:
            continue
        end = _would_have(tokens, at, after, rules)
        if end is not None:
            start = tokens[at].start
            cues.append(
                Cue(
                    category="ELSEWHERE",
                    rule="elsewhere.counterfactual",
                    start=start,
                    end=tokens[at].end,
                    scope_start=start,
                    scope_end=tokens[end].end,
                )
            )
    return tuple(cues)


def _would_have(
    tokens: Sequence[Token], at: int, after: int, rules: CounterfactualWords
) -> int | None:
    """Return where "would have" stands in the rest of a clause, or None where nothing says what would have been."""
    for k in range(at + 2, after - 1):
        if tokens[k].word in _CLAUSE_ENDS:
            return None
        if tokens[k].word in rules.would and "have" in (
            tokens[k + 1].word,
            tokens[min(k + 2, after - 1)].word,
        ):
            return k
    return None


class CueFilter:
    """Which words of a cue are said as one."""

    def __init__(self, context: ContextFile, sentences: SentenceWords) -> None:
        """Take the words behind which a cue is none."""
        self._context, self._sentences = context, sentences
        self._not_behind = {
            rule.id: frozenset(rule.not_behind) for rule in context.rules if rule.not_behind
        }

    def counts(
        self, hit: CueHit, tokens: Sequence[Token], open_words: Stretches, timed: Set[int]
    ) -> bool:
        """Tell whether a cue is said: not in an option nobody ticked, in a date, or within a time ("2 hrs 10 min")."""
        if hit.first in timed:
            return False
        barred = self._not_behind.get(hit.name)
        if barred and hit.first and tokens[hit.first - 1].word in barred:
            return False
        if _is_number_sign(hit, tokens, self._sentences) or _is_exclaimed(
            hit, tokens, self._context
        ):
            return False
        return not open_words.cover(tokens[hit.first].start)


def _is_number_sign(hit: CueHit, tokens: Sequence[Token], rules: SentenceWords) -> bool:
    """Tell whether a cue is the abbreviation of "number" ("Metatarsal no.")."""
    if hit.after >= len(tokens) or hit.after - hit.first > 1:
        return False
    word, behind = tokens[hit.first], tokens[hit.after]
    numbers = [token.word[:1].isdigit() for token in tokens[hit.after + 1 : hit.after + 2]]
    is_closed = behind.word == "." or (behind.word == ":" and any(numbers))
    return is_closed and behind.start == word.end and word.word in rules.before_numbers


def _is_exclaimed(hit: CueHit, tokens: Sequence[Token], context: ContextFile) -> bool:
    """Tell whether a cue stands alone between marks and denies what was said, not what follows ("third, no, fourth")."""
    return (
        hit.after < len(tokens)
        and hit.after - hit.first == 1
        and tokens[hit.first].word in context.spoken_corrections
        and tokens[hit.after].word == ","
        and (not hit.first or tokens[hit.first - 1].word in (",", ".", ";", "-", "–", "—"))
    )
