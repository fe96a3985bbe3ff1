"""Read what a form answers: "Skin island: No" denies its label, "Patency test: not recorded" leaves it unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.types.mention import UNANSWERED, Cue, Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.rules.words_schema import AnswerWords

_LONGEST_LABEL = 14  # words, marks among them
_AFTER = frozenset({",", ";", "(", "[", ".", "-", "–", "|", "—"})
_PARTS = frozenset({";", "-", "–", "—", "|"})
_COLON = ":"
_DASHES = frozenset({"-", "–", "—"})


def read_answers(
    items: Sequence[Item], rules: AnswerWords
) -> tuple[Sequence[Item], tuple[Cue, ...]]:
    """Return the words of a sentence, without labels that are left unsaid, and a cue over each label that is denied or left open.

    Args:
        items: Words of one sentence; options that nobody ticked are void.
        rules: The words that answer.
    """
    if not any(item.word == _COLON or item.word in _DASHES for item in items):
        return items, ()
    made = list(items)
    cues: list[Cue] = []
    label = 0
    for at, item in enumerate(items):
        if item.word == _COLON or (item.word in _DASHES and _is_last(items, at)):
            _answer(made, label, at, rules, cues)
        if item.word in _PARTS or item.word == _COLON:
            label = at + 1
    return made, tuple(cues)


def _is_last(items: Sequence[Item], at: int) -> bool:
    """Tell whether one word at most stands behind a dash ("Microscope - no.")."""
    return len([item for item in items[at + 1 :] if item.word != "."]) == 1


def _answer(made: list[Item], label: int, at: int, rules: AnswerWords, cues: list[Cue]) -> None:
    """Take in the answer behind one colon."""
    said = [item for item in made[at + 1 :] if not item.void]
    if not said or label == at or at - label > _LONGEST_LABEL:
        return
    asked = {concept.tag for item in made[label:at] for concept in item.concepts}
    if _is_said(said, rules.unsaid, rules) and not asked.isdisjoint(rules.unsaid_opens):
        cues.append(_over(made, label, at, "UNCERTAIN", UNANSWERED, said[0]))
    elif _is_said(said, (*rules.unsaid, *rules.inapplicable), rules):
        for k in range(label, at):
            made[k] = made[k]._replace(concepts=(), number=None, size=None, text=None, void=True)
    elif (said[0].word in rules.no and _ends(said, 1)) or _is_said(said, rules.not_done, rules):
        cues.append(_over(made, label, at, "ANSWERED", "answered.no", said[0]))


def _is_said(said: Sequence[Item], rows: Sequence[Sequence[str]], rules: AnswerWords) -> bool:
    """Tell whether an answer is one of these rows of words, and no more but of what it says so."""
    return any(
        tuple(item.word for item in said[: len(row)]) == row
        and (_ends(said, len(row)) or (len(row) > 1 and said[len(row)].word in rules.unsaid_of))
        for row in rows
    )


def _over(made: Sequence[Item], label: int, at: int, category: str, rule: str, answer: Item) -> Cue:
    """Return the cue that an answer lays over its label."""
    return Cue(
        category=category,
        rule=rule,
        start=answer.start,
        end=answer.end,
        scope_start=made[label].start,
        scope_end=made[at - 1].end,
    )


def _ends(said: Sequence[Item], at: int) -> bool:
    """Tell whether an answer is over: nothing follows, or a mark that is no part of a number or a name ("No. 2", "N. Smith")."""
    if at >= len(said):
        return True
    return said[at].word in _AFTER and (said[at].word != "." or at + 1 == len(said))
