"""Cut a run of words that no mark divides, as recognisers write them, where another clause begins.

"... with the skin on it the first metatarsal was not touched the cuff was let down" is three statements, and what one denies or plans
is nothing to the next. Only a clause with a subject and a verb that the words of ``run_on`` in ``patterns/language.yaml`` tell is cut
off; what is in doubt stays with the words before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.tokens import Token
    from scribe.rules.words_schema import RunOnWords

_LEAST: Final = 50  # words without a mark that make a run
_REACH: Final = 12  # words from a verb back to where its subject begins
_LEAST_PIECE: Final = 3  # words
_CLAUSE: Final = 14  # words of a clause that only says when or if
_LONGEST_LEAD: Final = 4  # words
_BARE: Final = (
    2  # words behind an "and" that goes on with a subject ("the skin of the face and neck is")
)


def runs_on(words: Sequence[str], marks: frozenset[str]) -> bool:
    """Tell whether so many words stand in a row without a mark that nobody divided them."""
    run = 0
    for word in words:
        run = 0 if word in marks or not word[:1].isalnum() else run + 1
        if run >= _LEAST:
            return True
    return False


def clause_starts(
    tokens: Sequence[Token], first: int, after: int, rules: RunOnWords
) -> tuple[int, ...]:
    """Return the tokens within a run of words with which another clause begins."""
    words = [token.word for token in tokens[first:after]]
    starts: list[int] = []
    behind = 0
    for verb, word in enumerate(words):
        if word not in rules.verbs:
            continue
        start = _subject(words, verb, behind, rules)
        if start is None:
            continue
        start = _with_condition(words, _with_lead(words, start, rules), behind, rules)
        if start is not None and start - behind >= _LEAST_PIECE:
            starts.append(first + start)
            behind = start
    return tuple(starts)


def _subject(words: Sequence[str], verb: int, behind: int, rules: RunOnWords) -> int | None:
    """Return where the subject of a verb begins if it opens a clause, or None."""
    last = verb - 1
    if last > behind and words[last] in rules.adverbs:
        last -= 1
    if last <= behind:
        return None
    if words[last] not in rules.subjects:
        return _thing(words, verb, last, behind, rules)
    if len(words[last - 1]) == 1:  # "m r i was done"
        return None
    if words[min(verb + 1, len(words) - 1)] in rules.articles:  # "the same way she has a CT"
        return _opening(words, last, rules)
    named = not rules.articles.isdisjoint(words[max(behind, last - 3) : last])
    relative = named and words[last] not in rules.dummies  # "the plate we used"
    return None if relative else _opening(words, last, rules)


def _thing(
    words: Sequence[str], verb: int, last: int, behind: int, rules: RunOnWords
) -> int | None:
    """Return where the name of the thing begins that ends at a word before a verb, or None where it opens no clause."""
    if words[last] in rules.joining or _goes_on_with_it(words, last, rules):
        return None
    plural = words[verb] in rules.plural
    for at in range(last, max(behind, last - _REACH), -1):
        word = words[at]
        if word in rules.articles and at < last:
            joined = plural and words[at - 1] in rules.joining
            if not joined and not _is_place(words, at - 1, rules):
                return _opening(words, at, rules)
        elif word in rules.joining:
            bare = last - at <= _BARE and not rules.articles.intersection(words[at : last + 1])
            if not (bare or plural):
                return None
        elif _ends_thing(word, rules) and len(words[at - 1]) > 1:
            return None
    return None


def _goes_on_with_it(words: Sequence[str], last: int, rules: RunOnWords) -> bool:
    """Tell whether the subject of a verb is an "it" that goes on with what was named ("a frame on it and then it got infected")."""
    return words[last] == "it" and not _is_place(words, last - 1, rules)


def _ends_thing(word: str, rules: RunOnWords) -> bool:
    """Tell whether no name of a thing has a word in it."""
    if word in rules.verbs or word in rules.subjects:
        return True
    return word in rules.holding and word not in rules.places and word not in rules.articles


def _opening(words: Sequence[str], at: int, rules: RunOnWords) -> int | None:
    """Return where a clause begins whose subject begins at a word, or None where the word before it holds it to what it follows."""
    while at > 1 and words[at - 1] in rules.steps:
        at -= 1
    before = words[at - 1] if at else ""
    held = before in rules.holding or before in rules.joining or _is_place(words, at - 1, rules)
    return None if held or not at else at


def _is_place(words: Sequence[str], at: int, rules: RunOnWords) -> bool:
    """Tell whether a word leads to a place, and does not belong to the verb before it ("came off", "let down")."""
    particle = words[at] in rules.particles and at > 0 and words[at - 1] in rules.particle_verbs
    return words[at] in rules.places and not particle


def _with_lead(words: Sequence[str], start: int, rules: RunOnWords) -> int | None:
    """Return the beginning of a clause with the words that set its scene ("under the microscope the vein was joined")."""
    for length in range(_LONGEST_LEAD, 1, -1):
        at = start - length
        if at > 0 and tuple(words[at:start]) in rules.leads:
            return None if words[at - 1] in rules.joining else at
    return start


def _with_condition(
    words: Sequence[str], start: int | None, behind: int, rules: RunOnWords
) -> int | None:
    """Return the beginning of a clause with that which says when or if, or None where this is joined to what stands before it."""
    if start is None:
        return None
    for at in range(start - 1, max(behind - 1, start - _CLAUSE), -1):
        if words[at] in rules.conditions:
            joined = at == behind or words[at - 1] in rules.joining
            return None if joined else at
    return start
