"""Know a thing again by the short name that the note gave it: "a leaf of skin was raised ... the leaf was trimmed off".

Surgeons name a piece of skin or bone once by its shape and what it is made of, and from then on by the shape alone. The shapes are
everyday words, which mean such a piece only in a note that has said so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.types.mention import Concept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scribe.rules.words_schema import ShortName
    from scribe.types.mention import Item, Sentence

_NEAR = 14  # words between a shape and the place it lies over: "a long oval, eleven centimetres by five, astride the first web"
_BETWEEN = 3  # words between "of" and what the piece is made of: "a sail of the dorsal integument"


def know_again(sentences: Sequence[Sentence], rules: Sequence[ShortName]) -> list[Sentence]:
    """Return the sentences with the short names that the note itself gives tagged like the full ones.

    Args:
        sentences: The sentences of a note, in order.
        rules: The ``short_names`` of ``patterns/language.yaml``.
    """
    made = list(sentences)
    heads = [{_head(item.word) for item in each.items} for each in sentences]
    for rule in rules:
        begins: dict[str, int] = {}
        for sentence, begun in zip(sentences, heads, strict=True):
            if rule.shapes.isdisjoint(begun):
                continue  # most sentences name no shape
            if rule.never_beside.isdisjoint(_tags(sentence)) and sentence.frame in rule.frames:
                for shape in _given(sentence.items, rule):
                    begins.setdefault(shape, sentence.index)
        if begins:
            concept = Concept(tag=rule.tag, value=rule.value)
            made = [_named(sentence, begins, concept) for sentence in made]
    return made


def _tags(sentence: Sentence) -> set[str]:
    return {concept.tag for item in sentence.items for concept in item.concepts}


def _head(word: str) -> str:
    """Return the shape of "leaf of skin" and "skin leaf", as they are joined to one word."""
    return word.partition("_of_")[0].removeprefix("skin_")


def _given(items: Sequence[Item], rule: ShortName) -> Iterator[str]:
    """Yield the shapes that a sentence gives to what the piece is made of."""
    for at, item in enumerate(items):
        head = _head(item.word)
        if head in rule.shapes and head != item.word and item.has(rule.tag):
            yield head
        elif item.word in rule.shapes and at + 1 < len(items) and items[at + 1].word == "of":
            behind = items[at + 2 : at + 3 + _BETWEEN]
            if any(other.has(*rule.of) for other in behind):
                yield item.word
        elif item.word in rule.shapes and rule.over:
            near = items[max(0, at - _NEAR) : at + _NEAR]
            if any(other.has(*rule.over) for other in near) and any(
                other.has(*rule.beside) for other in items
            ):
                yield item.word


def _named(sentence: Sentence, begins: dict[str, int], concept: Concept) -> Sentence:
    """Tag the short names of one sentence; a shape that has another meaning there already loses it."""
    if not any(
        begins.get(item.word, sentence.index + 1) <= sentence.index for item in sentence.items
    ):
        return sentence
    items = tuple(
        item._replace(concepts=(concept,))
        if begins.get(item.word, sentence.index + 1) <= sentence.index and not item.has(concept.tag)
        else item
        for item in sentence.items
    )
    return replace(sentence, items=items)
