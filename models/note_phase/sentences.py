"""Notes with headings to sentences with a phase: the weak labels are the sections that the headings open."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from scribe.parse.sections import SectionReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scribe.rules.language import Language
    from scribe.types.mention import ParsedNote, Sentence

PHASES: Final = ("title", "history", "today", "plan", "admin")
"""How the sections of ``patterns/sections.yaml`` mean what stands in them, as far as a sentence may be without a heading."""
_TENTHS: Final = 10
_FIRST_SENTENCES: Final = 4
_NEIGHBOUR: Final = 12

Features = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phased:
    """The sentences of one note, for a model of sequences.

    Attributes:
        voice: Whose note it is.
        rows: Features by sentence.
        phases: Weak label by sentence; None where no known heading governs it.
    """

    voice: str
    rows: tuple[Features, ...]
    phases: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """A note whose headings were taken out.

    Attributes:
        text: What is left.
        pieces: Offset in ``text`` and in the note, for each stretch between two headings.
    """

    text: str = field(repr=False)
    pieces: tuple[tuple[int, int], ...]

    def origin(self, offset: int) -> int:
        """Return where in the note something stood."""
        start, old = max((each for each in self.pieces if each[0] <= offset), default=(0, 0))
        return old + offset - start


def without_headings(text: str, sections: SectionReader) -> Bare:
    """Take all headings out of a note, whether or not the rules know them; each becomes a line end."""
    kept, pieces, at, length = [], [], 0, 0
    for heading in sections.headings(text):
        if heading.start < at:
            continue
        pieces.append((length, at))
        kept.append(text[at : heading.start] + "\n")
        length += len(kept[-1])
        at = heading.end
    pieces.append((length, at))
    kept.append(text[at:])
    return Bare(text="".join(kept), pieces=tuple(pieces))


def weak_phases(text: str, sections: SectionReader, offsets: Iterable[int]) -> list[str | None]:
    """Return for places of a note the phase that the heading above them tells; None where none does."""
    found = sections.sections(text, sections.headings(text))
    told: list[str | None] = []
    for offset in offsets:
        section = next((s for s in found if s.heading_start <= offset < s.end), None)
        name = section.name if section and offset >= section.start else None
        frame = sections.frame_of(name) if name else None
        told.append(frame if frame in PHASES else None)
    return told


def phase_features(sentences: Sequence[Sentence]) -> tuple[Features, ...]:
    """Return what a model may see of each sentence: its words, those of its neighbours, context cues and its place in the note."""
    words = [_words(each) for each in sentences]
    count = len(sentences)
    rows = []
    for at, sentence in enumerate(sentences):
        row: Features = dict(words[at])
        row[f"tenth={_TENTHS * at // count}"] = 1.0
        row[f"first={min(at, _FIRST_SENTENCES)}"] = 1.0
        row[f"last={min(count - 1 - at, _FIRST_SENTENCES)}"] = 1.0
        for cue in sentence.cues:
            row[f"cue={cue.category}"] = 1.0
        for side, neighbour in (("before", at - 1), ("behind", at + 1)):
            if 0 <= neighbour < count:
                row |= {f"{side}.{name}": 0.5 for name in words[neighbour]}
        rows.append(row)
    return tuple(rows)


def _words(sentence: Sentence) -> Features:
    found: Features = {}
    plain = [
        item.word if not item.concepts else f"#{item.concepts[0].tag}" for item in sentence.items
    ]
    for word in plain:
        found[f"w={word}"] = 1.0
    for one, other in pairwise(plain[:_NEIGHBOUR]):
        found[f"w={one} {other}"] = 1.0
    for item in sentence.items:
        if item.concepts and item.word.isalpha():
            found[f"w={item.word}"] = 1.0
    return found


def phased(
    voice: str, parsed: ParsedNote, bare: Bare, text: str, sections: SectionReader
) -> Phased:
    """Return the sentences of a note without its headings, with the phases that the headings told.

    Args:
        voice: Whose note it is.
        parsed: The bare note.
        bare: How it came about.
        text: The note with its headings.
        sections: Finds them.
    """
    offsets = [bare.origin(sentence.start) for sentence in parsed.sentences]
    return Phased(
        voice=voice,
        rows=phase_features(parsed.sentences),
        phases=tuple(weak_phases(text, sections, offsets)),
    )


def section_reader(language: Language) -> SectionReader:
    """Return what finds headings, as the parser does."""
    return SectionReader(language.sections)
