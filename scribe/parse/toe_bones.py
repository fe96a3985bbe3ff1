"""Know a metatarsal that is told by its toe: "the bone behind the second toe", and from then on "the one behind the third".

Surgeons who tell an operation in everyday words seldom say "metatarsal". A bone and a toe in one phrase are one; a number alone in the
place of the toe is so only in a note that has said what it counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.types.mention import Concept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.rules.words_schema import ToeBoneWords
    from scribe.types.mention import Item, Sentence

_TOES = ("TOE", "GTOE")
_WORDS_TO_TOE = (
    7  # between the bone and its toe: "the long bone that stands right behind his fourth toe"
)


def name_toe_bones(sentences: Sequence[Sentence], rules: ToeBoneWords) -> list[Sentence]:
    """Return the sentences with bones that are told by their toes tagged as the rays they are.

    Args:
        sentences: The sentences of a note, in order.
        rules: ``bones.by_toe`` of ``patterns/language.yaml``.
    """
    made: list[Sentence] = []
    has_said = False
    for sentence in sentences:
        found = _bones(sentence.items, rules, has_said=has_said)
        has_said = has_said or bool(found)
        made.append(_tagged(sentence, found, rules) if found else sentence)
    return made


def _bones(items: Sequence[Item], rules: ToeBoneWords, *, has_said: bool) -> set[int]:
    """Return where bones stand that a toe behind them names; a number alone does once the note ``has_said`` what it counts."""
    found: set[int] = set()
    for at, item in enumerate(items):
        if item.word in rules.heads and _toe_behind(items, at, rules, has_said=has_said):
            found.add(at)
            has_said = True
    return found


def _toe_behind(items: Sequence[Item], at: int, rules: ToeBoneWords, *, has_said: bool) -> bool:
    is_behind = False
    for item in items[at + 1 : at + 2 + _WORDS_TO_TOE]:
        if item.has(*_TOES):
            return is_behind
        if item.has("ORD"):
            if has_said and is_behind and items[at].word not in rules.bones:
                return True
        elif item.word in rules.behind:
            is_behind = True
        elif item.word not in rules.between:
            return False
    return False


def _tagged(sentence: Sentence, found: set[int], rules: ToeBoneWords) -> Sentence:
    concept = Concept(tag="MT", value=rules.value, region=rules.region, donor=rules.value)
    items = tuple(
        item._replace(concepts=(concept,), number=None) if at in found else item
        for at, item in enumerate(sentence.items)
    )
    return replace(sentence, items=items)
