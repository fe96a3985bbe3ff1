"""Read indented lists: a bare value under a label is a value of that label ("Vascular stalk:" and below it "- Length 6 cm")."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.parse.layout import line_end, line_start
from scribe.types.mention import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.types.mention import Cue, Sentence

_INDENT = re.compile(
    r"[ \t]*(?:(?:[-*•·–]|\(?\d{1,2}[.)])[ \t]+)?"
)  # bullets of layout.BULLETS, and numbers
_LABEL = 6  # words of a label above a list, its colon among them
_FIELD = 9  # words of a field above a list
_BARE = frozenset({"NUM", "QUANTITY", "LEN", "SIZE", "SOLID", "MINS", "AREA", "ORD", "SIDE"})
_COUNT = 2
_LOST = "LOSS"
_TISSUES = ("BONEWORD", "SKIN", "SOFT")
_PASSED_ON = frozenset({"HISTORICAL", "PLANNED", "ELSEWHERE"})


def nest(text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences, with the label of its list put before each entry that is a bare value.

    Args:
        text: The whole note.
        sentences: Its sentences, in order.
    """
    made: list[Sentence] = []
    above: list[
        tuple[int, Sentence]
    ] = []  # the labels that a line may stand under, the outermost first
    for sentence in sentences:
        own = depth(text, sentence)
        if own is None:
            made.append(sentence)
            continue
        while above and own <= above[-1][0]:
            above.pop()
        made.append(_under(above[-1][1], sentence) if above else sentence)
        if _heads_a_list(text, sentence):
            above.append((own, sentence))
    return made


def depth(text: str, sentence: Sentence) -> int | None:
    """Return how far a sentence's line is set in, or None where the sentence does not begin its line."""
    first = line_start(text, sentence.start)
    indent = _INDENT.match(text, first) if first is not None else None
    if first is None or indent is None or indent.end() < sentence.start:
        return None
    return sentence.start - first if indent.end() > sentence.start else indent.end() - first


def _heads_a_list(text: str, sentence: Sentence) -> bool:
    """Tell whether a line may be the label of what is set in below it: a label, or a field whose value is a place or a name."""
    if is_label(text, sentence):
        return True
    items = sentence.items
    alone = not text[sentence.end : line_end(text, sentence.end)].strip(" *\t")
    return alone and len(items) <= _FIELD and any(item.word == ":" for item in items[1:_LABEL])


def is_label(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence is a short line that names something and says nothing of it."""
    if not 0 < len(sentence.items) <= _LABEL or sentence.items[-1].word == ".":
        return False
    if any(item.word == ":" for item in sentence.items[:-1]):
        return False
    alone = not text[sentence.end : line_end(text, sentence.end)].strip(" :*\t")
    return alone and any(c.tag not in _BARE for item in sentence.items for c in item.concepts)


def _names_what_is_lost(label: Sentence, entry: Sentence) -> bool:
    """Tell whether an entry names a tissue alone with its size, below a label of what is missing ("DEFECT", "bone  4.5 cm")."""
    first = entry.items[0]
    is_key = len(entry.items) > _COUNT and entry.items[1].word == ":" and first.has(*_TISSUES)
    return is_key and any(item.has(_LOST) for item in label.items)


def _under(label: Sentence, entry: Sentence) -> Sentence:
    """Return an entry with its label before it, where it would be a bare value without."""
    tags = {concept.tag for item in entry.items for concept in item.concepts}
    if not tags or not (tags <= _BARE or _names_what_is_lost(label, entry)):
        return entry
    if len(entry.items) == _COUNT and entry.items[-1].word == ".":
        return entry  # "1."
    items = label.items
    if items[-1].word != ":":
        items = (*items, Item(":", items[-1].end, items[-1].end))
    cues: tuple[Cue, ...] = tuple(
        replace(cue, scope_start=entry.start, scope_end=entry.end)
        for cue in label.cues
        if cue.category in _PASSED_ON
    )
    return replace(entry, items=(*items, *entry.items), cues=(*cues, *entry.cues))
