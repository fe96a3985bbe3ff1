"""What parse hands on: sentences of tagged words, without a trace of the NLP library that made them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from scribe.types.note import Note, Section


@dataclass(frozen=True, slots=True)
class Size:
    """Two or three sides in centimetres as written, largest first; ``unit`` is False where the note gives none."""

    sides: tuple[float, ...]
    unit: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning of a word or phrase: its tag and canonical value, and where the thing is in the body."""

    tag: str
    value: str
    region: str | None = None
    donor: str | None = None
    heard: bool = False


class Item(NamedTuple):
    """One word, phrase, number or measure of a sentence; a tuple, as a note has hundreds of them.

    Attributes:
        word: Normalised words joined by underscores; not evidence, the note's own words are.
        start: Offset of the first code point.
        end: Offset after the last code point.
        concepts: Its meanings; empty for an ordinary word.
        number: Value of a number, length (cm), time (minutes) or ordinal.
        size: Sides of a size.
        text: Canonical text of a suture or a clock time.
        void: True where a spoken self-correction took the word back.
    """

    word: str
    start: int
    end: int
    concepts: tuple[Concept, ...] = ()
    number: float | None = None
    size: Size | None = None
    text: str | None = None
    void: bool = False

    def __repr__(self) -> str:
        """Name the place and the tags; no word of the note."""
        tags = ", ".join(concept.tag for concept in self.concepts)
        return f"Item({self.start}-{self.end}: {tags})"

    def concept(self, *tags: str) -> Concept | None:
        """Return the first meaning with one of these tags."""
        for concept in self.concepts:
            if concept.tag in tags:
                return concept
        return None

    def has(self, *tags: str) -> bool:
        """Tell whether a meaning has one of these tags."""
        for concept in self.concepts:  # noqa: SIM110 - a plain loop: nothing is asked more often
            if concept.tag in tags:
                return True
        return False


UNANSWERED = "answered.unsaid"
"""The rule of a cue over a label without an answer, which leaves open what the label names."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A context cue and the stretch of the note that it governs."""

    category: str
    rule: str
    start: int
    end: int
    scope_start: int
    scope_end: int

    def governs(self, start: int, end: int) -> bool:
        """Tell whether a stretch lies in the scope."""
        return start < self.scope_end and end > self.scope_start


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list entry or label.

    Attributes:
        index: Position in the note.
        start: Offset of the first code point.
        end: Offset after the last.
        paragraph: Number of its paragraph.
        section: Canonical section, or None.
        phase: Step of the operation, or None.
        frame: How statements here are meant: ``title``, ``today``, ``history``, ``plan``, ``admin``, ``consent``, ``codes``, ``implants``,
            ``aside`` (told of somebody or something else).
        items: Its words.
        cues: Context cues in it.
    """

    index: int
    start: int
    end: int
    paragraph: int
    section: str | None
    phase: str | None
    frame: str
    items: tuple[Item, ...]
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Text that a template left open.

    ``kind`` is ``blank``, ``choice`` (options not chosen), ``unchecked`` (an option ruled out by another one that is
    ticked), ``doubt`` (a request to verify) or ``copied`` (words quoted from an earlier note).
    """

    rule: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedNote:
    """A note divided into sections and sentences.

    ``set_aside`` tells where the note declares that its text does not count; nothing is read there. ``counting`` is the text with
    blanks in those places, and None where there are none.
    """

    note: Note
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    placeholders: tuple[Placeholder, ...]
    has_headings: bool
    set_aside: tuple[tuple[int, int], ...] = ()
    counting: str | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The text that counts, of the same length as that of the note."""
        return self.note.text if self.counting is None else self.counting
