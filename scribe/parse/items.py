"""Lay vocabulary, sound-alikes and measures over the tokens of a note: items, the tagged words that rules read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scribe.parse.layout import Stretches
from scribe.types.mention import Concept, Item, Placeholder

if TYPE_CHECKING:
    from scribe.parse.matcher import Hit
    from scribe.parse.numbers import Found
    from scribe.parse.tokens import Token
    from scribe.rules.words_schema import WordsFile

    _Span = tuple[int, int, tuple[Concept, ...], Found | None]
    """First token, token after the last, and the meanings or the measure of what stands there."""


def without_unchecked(items: list[Item], placeholders: tuple[Placeholder, ...]) -> list[Item]:
    """Leave out the words behind an unticked box; what was not chosen does not stand between what was."""
    barred = Stretches((p.start, p.end) for p in placeholders if p.kind == "unchecked")
    return [item for item in items if not barred.cover(item.start)] if barred else items


def with_heard(hits: list[Hit], heard: list[Hit]) -> list[Hit]:
    """Put mis-heard terms in, in the place of lesser hits that they cover."""
    if not heard:
        return hits
    covered = {k for h in heard for k in range(h.first, h.after)}
    return sorted(
        [*(h for h in hits if not covered & set(range(h.first, h.after))), *heard],
        key=lambda h: h.first,
    )


def without_names(
    text: str, tokens: list[Token], hits: list[Hit], titles: frozenset[str]
) -> list[Hit]:
    """Return the hits but those that are the name of somebody with a title ("Dr. Ray", "Mr Foote", but not "MR foot")."""
    named = set()
    for at, token in enumerate(tokens):
        if token.word in titles:
            is_short = at + 1 < len(tokens) and tokens[at + 1].word == "."
            name = at + 2 if is_short else at + 1
            is_title = is_short or text[token.start : token.end].istitle()
            if is_title and name < len(tokens) and text[tokens[name].start].isupper():
                named |= {at, name}
    return [hit for hit in hits if hit.first not in named] if named else hits


def merge(hits: list[Hit], measures: list[Found]) -> list[_Span]:
    """Lay vocabulary and measures side by side; a phrase wins over a number inside it, a measure over the words inside it."""
    merged: list[_Span] = []
    spans = sorted(
        [(h.first, h.after, h.concepts, None) for h in hits]
        + [(m.first, m.after, (), m) for m in measures],
        key=lambda s: (s[0], -s[1]),
    )
    taken = 0
    for first, after, concepts, measure in spans:
        if first < taken:
            if (
                measure
                and measure.size
                and merged
                and merged[-1][1] <= after
                and merged[-1][3] is None
            ):
                merged[-1] = (first, after, concepts, measure)
                taken = after
            continue
        merged.append((first, after, concepts, measure))
        taken = after
    return merged


def make_items(
    tokens: list[Token],
    spans: list[_Span],
    rules: WordsFile,
    *,
    spoken: bool,
) -> list[Item]:
    """Return the words of a note as items; what stands in a span is one item.

    Args:
        tokens: The tokens of the note.
        spans: Phrases and measures, in order, none overlapping.
        rules: ``patterns/language.yaml``.
        spoken: Whether the note speaks its punctuation.
    """
    items: list[Item] = []
    marks, left_out = rules.sentences.spoken_marks, rules.left_out
    at = 0
    for first, after, concepts, measure in [*spans, (len(tokens), len(tokens), (), None)]:
        plain = [token for token in tokens[at:first] if token.word not in left_out]
        if spoken:
            plain = [t._replace(word=marks[t.word]) if t.word in marks else t for t in plain]
        items += [_item(token + _OF_A_WORD) for token in plain]
        if first < len(tokens):
            word = "_".join([token.word for token in tokens[first:after]])
            start, end = tokens[first].start, tokens[after - 1].end
            if measure:
                concepts = (Concept(measure.tag, measure.text or ""),)
                number, size, text = measure.number, measure.size, measure.text
                if size and len(size.sides) > _FLAT:
                    concepts += _SOLID
                items.append(Item(word, start, end, concepts, number, size, text))
            else:
                items.append(Item(word, start, end, concepts))
        at = after
    return items


_FLAT = 2
_SOLID = (Concept("SOLID", ""),)
"""What a size of three sides means beside its tag: a block and no area."""

_OF_A_WORD = ((), None, None, None, False)
"""What an item of a plain word has behind its word and place."""

_item = partial(tuple.__new__, Item)
"""Make an item of a tuple: most items are plain words, and a note has hundreds."""
