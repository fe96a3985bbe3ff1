"""Pydantic models of ``report.yaml``: what every operative report needs."""

from __future__ import annotations

from scribe.rules.condition_schema import Sources, Strict, When


class ReportElement(Strict):
    """An element that every operative report needs.

    Attributes:
        sections: Canonical sections whose content meets it.
        said: Expressions of the wording that meets it in a note without such a section.
        near: Parts of words in small letters, without any of which no such wording can stand; asked first, for speed.
        when: A condition on facts that meets it as well.
    """

    id: str
    label: str
    required: bool
    sections: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    when: When | None = None
    sources: Sources


class UnfilledText(Strict):
    """One shape of unfilled text.

    Attributes:
        pattern: The expression.
        near: Parts of words in small letters, without any of which no such text can stand; asked first, for speed.
    """

    pattern: str
    near: tuple[str, ...]


class ReportFile(Strict):
    """``report.yaml``: the floor of every operative report.

    Attributes:
        placeholders: Shapes of unfilled text.
        least_chars: Letters and digits that must be left beside unfilled text to count as content.
        evidence_chars: How much of a section is shown.
        fact_source: The wording of an element that only a fact meets.
    """

    elements: tuple[ReportElement, ...]
    placeholders: tuple[UnfilledText, ...]
    least_chars: int
    evidence_chars: int
    why: dict[str, str]
