"""What is read: a note, and the sections it is divided into."""

from __future__ import annotations

from dataclasses import dataclass, field

# The largest note, as a file and as its text; readers, audits and the server hold to it.
MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One operative note after reading; nothing downstream changes its text.

    Attributes:
        id: Name by which messages refer to the note; never part of its text.
        text: The decoded text. Every offset of the project counts code points of it.
        format: How it arrived: ``text``, ``docx``, ``pdf``, ``rtf``, ``hl7v2``, ``fhir`` or ``ccda``.
        sha256: Hex digest of the text in UTF-8.
        source_format: A finer name of the format, for example ``html`` where ``format`` is ``text``; None where there is none.
        cut_at: Offsets before which the text looks cut off: whoever sent it may have had no room for more.
    """

    id: str
    text: str = field(repr=False)
    format: str
    sha256: str
    source_format: str | None = None
    cut_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of a note under one heading, or under one phase where a dictation has no headings.

    Attributes:
        name: Canonical section of ``patterns/sections.yaml``, or None where nothing is known.
        phase: Step of the operation inside a description, or None.
        start: Offset of the first code point after the heading.
        end: Offset after the last code point.
        heading_start: Offset of the heading, equal to ``start`` where the section was inferred.
        inferred: True where the section comes from wording and not from a heading.
        in_form: True where it begins with a field of a form, which has nothing of the field before it.
    """

    name: str | None
    phase: str | None
    start: int
    end: int
    heading_start: int
    inferred: bool = False
    in_form: bool = False
