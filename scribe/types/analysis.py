"""The whole answer for one note: the contract's top level."""

from __future__ import annotations

from dataclasses import dataclass, fields

from scribe.types.checklist import CodeAssessment, ReportAssessment
from scribe.types.fact import Fact
from scribe.types.finding import Finding
from scribe.types.note import Note, Section
from scribe.types.suggestion import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Version and short hash of something that shaped the answer."""

    version: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What made an analysis: the same engine, rules and models give the same bytes.

    Attributes:
        version: Of scribe.
        rules: The rule pack.
        model: The learned second opinion on the code, or None where there is none, or one that is only tried; likewise below.
        fact_confidence: The learned confidence of facts, or None where the rules' own is stated.
        second_reader: The learned reader that adds facts, or None where the rules read alone.
        skin_judge: The learned judge of skin, or None where the rules read alone.
        site_judge: The learned judge of sites, or None where the rules read alone.
        gap_judge: The learned judge of gaps, or None where every short item is reported.
        arbiter: The learned arbiter of disagreeing signs, or None where the decision table decides alone.
    """

    version: str
    rules: Stamp
    model: Stamp | None = None
    fact_confidence: Stamp | None = None
    second_reader: Stamp | None = None
    skin_judge: Stamp | None = None
    site_judge: Stamp | None = None
    gap_judge: Stamp | None = None
    arbiter: Stamp | None = None

    @property
    def models(self) -> dict[str, Stamp]:
        """The learned models that were asked, by their key in ``engine``."""
        others = ("version", "rules")
        told = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in others}
        return {name: stamp for name, stamp in told.items() if stamp is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything that is known about one note.

    Attributes:
        note: The note that was read.
        engine: What made this analysis.
        sections: Where the note's sections are.
        facts: What the note documents, in order of the rule pack.
        signals: What steered the assessment without being a fact of the contract.
        codes: One assessment for each code of the pack, best first.
        suggestion: The code that the documentation supports, or an abstention.
        findings: Most severe first.
        report: The elements that every operative report needs.
        addendum: A draft with labelled blanks for what is missing; it restates nothing. Empty when nothing is missing.
    """

    note: Note
    engine: Engine
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    signals: tuple[Fact, ...]
    codes: tuple[CodeAssessment, ...]
    suggestion: Suggestion
    findings: tuple[Finding, ...]
    report: ReportAssessment
    addendum: str
