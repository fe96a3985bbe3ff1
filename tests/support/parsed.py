"""Short notes, read as far as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.builders import make_note

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser
    from scribe.types.mention import Item, ParsedNote, Sentence

GATE_OPENER = "Free metatarsal flap, anastomosis.\n\n"


def parse(parser: Parser, text: str) -> ParsedNote:
    """Parse a note as it is."""
    return parser.parse(make_note(text))


def sentence_with(parser: Parser, words: str, text: str) -> Sentence:
    """Return the sentence of a note in which words stand; a line before the note names a flap, so that it is read at all."""
    parsed = parse(parser, GATE_OPENER + text)
    at = parsed.note.text.index(words, len(GATE_OPENER))
    return next(each for each in parsed.sentences if each.start <= at < each.end)


def item_at(parser: Parser, words: str, text: str) -> Item:
    """Return the item with which words of a note begin."""
    sentence = sentence_with(parser, words, text)
    at = (GATE_OPENER + text).index(words, len(GATE_OPENER))
    return next(each for each in sentence.items if each.start <= at < each.end)


def categories_of(parser: Parser, words: str, text: str) -> set[str]:
    """Return the categories of the cues that govern words of a note."""
    sentence = sentence_with(parser, words, text)
    start = (GATE_OPENER + text).index(words, len(GATE_OPENER))
    return {cue.category for cue in sentence.cues if cue.governs(start, start + len(words))}
