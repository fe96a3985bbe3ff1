"""Join the stages: the only module that knows all of them."""

from __future__ import annotations

import dataclasses
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from scribe.assess.checklist import assess_codes
from scribe.assess.report import assess_report
from scribe.assess.score import rank_codes
from scribe.errors import RulePackError
from scribe.extract.engine import build_extractor
from scribe.parse.nlp import build_parser
from scribe.read import STDIN, note_from_text, read_note, read_source
from scribe.read.from_fhir import NOTE_RESOURCES, NoteResource
from scribe.read.hl7v2 import Envelope, read_envelope
from scribe.render.as_json import to_contract
from scribe.resources import model_folder
from scribe.review import review_note, with_reading
from scribe.review.addendum import draft_addendum
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.decide import suggest_code
from scribe.suggest.fact_confidence import load_fact_confidence
from scribe.suggest.reader.second_reader import as_signals, load_second_reader, with_learned
from scribe.suggest.second_opinion import load_second_opinion
from scribe.suggest.site_judge import load_site_judge
from scribe.suggest.skin_judge import load_skin_judge
from scribe.types.analysis import Analysis, Engine, Stamp
from scribe.types.checklist import CodeAssessment
from scribe.types.finding import Finding
from scribe.types.suggestion import Suggestion

if TYPE_CHECKING:
    from datetime import date

    from scribe.rules.conditions import Scope
    from scribe.suggest.fact_confidence import FactConfidence
    from scribe.suggest.reader.second_reader import SecondReader
    from scribe.suggest.second_opinion import SecondOpinion
    from scribe.suggest.site_judge import LearnedSiteJudge
    from scribe.suggest.skin_judge import SkinJudge
    from scribe.types.note import Note

__all__ = [
    "NOTE_RESOURCES",
    "STDIN",
    "AnalyzedNote",
    "Analyzer",
    "Envelope",
    "NoteResource",
    "compile_rules",
    "note_from_text",
    "read_envelope",
    "read_note",
    "read_source",
]

_DISTRIBUTION = "opnote-scribe"
_MODEL = "code_suggester"
_FACT_MODEL = "fact_confidence"
_READER = "second_reader"
_SKIN = "skin_judge"
_SITES = "site_judge"


def compile_rules(pack: RulePack) -> None:
    """Compile the rules that read language as an ``Analyzer`` does, without its language engine and models.

    Raises:
        RulePackError: A rule asks for a condition that does not exist, or its pattern does not compile.
    """
    if pack.language is not None:
        build_extractor(pack.language)


class AnalyzedNote(Analysis):
    """An analysis that can write itself as the JSON object of the contract."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the analysis as plain data: the object of ``docs/contract.md``."""
        return to_contract(self)

    def __repr__(self) -> str:
        """Name the note and the answer; no word of the note."""
        suggestion = self.suggestion
        return f"<AnalyzedNote {self.note.id!r}: {suggestion.decision} {suggestion.code}>"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """What follows from the facts alone."""

    codes: tuple[CodeAssessment, ...]
    suggestion: Suggestion
    findings: tuple[Finding, ...]
    addendum: str


class Analyzer:
    """Everything that turns a note into an analysis; build one per process and keep it."""

    def __init__(self, pack: RulePack | None = None, *, second_opinion: bool = True) -> None:
        """Load the rules and the language engine, which takes a second or two.

        Args:
            pack: The rules to use; without one, those that come with scribe.
            second_opinion: Ask the learned models beside the rules; without them, confidences are those that the rules state.

        Raises:
            RulePackError: A file of the rule pack is wrong.
            ModelError: A learned model is missing or damaged, or was trained on other features.
        """
        self.pack = pack or load_pack()
        language = self.pack.language
        if language is None:
            msg = "the rule pack has no words of notes; reinstall opnote-scribe"
            raise RulePackError(msg)
        self._parser = build_parser(language)
        self._silence: _Judgement | None = None
        self._second: SecondOpinion | None = None
        self._confidence: FactConfidence | None = None
        self._reader: SecondReader | None = None
        self._skin: SkinJudge | None = None
        stamp: Stamp | None = None
        fact_stamp: Stamp | None = None
        reader_stamp: Stamp | None = None
        skin_stamp: Stamp | None = None
        sites: LearnedSiteJudge | None = None
        site_stamp: Stamp | None = None
        if second_opinion:
            self._confidence, fact_stamp = load_fact_confidence(model_folder(_FACT_MODEL))
            self._second, stamp = load_second_opinion(model_folder(_MODEL), self.pack)
            self._reader, reader_stamp = load_second_reader(
                model_folder(_READER), self.pack.second_reader
            )
            self._skin, skin_stamp = load_skin_judge(model_folder(_SKIN), self.pack.skin_judge)
            sites, site_stamp = load_site_judge(model_folder(_SITES))
        self._extractor = build_extractor(language, sites)
        self._engine = Engine(
            version=version(_DISTRIBUTION),
            rules=Stamp(version=self.pack.version, hash=self.pack.hash),
            model=stamp,
            fact_confidence=fact_stamp,
            second_reader=reader_stamp,
            skin_judge=skin_stamp,
            site_judge=site_stamp,
        )

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the rules know."""
        return tuple(self.pack.codes)

    def analyze(
        self,
        text: str,
        *,
        note_id: str | None = None,
        format: str = "text",  # noqa: A002
        as_of: date | None = None,
    ) -> AnalyzedNote:
        """Analyse the text of one note.

        Args:
            text: The whole note. Offsets in the result count its code points.
            note_id: How the result calls the note; without one, the first 12 hex digits of the hash of the text.
            format: How the text arrived, for example ``text``.
            as_of: Date of service that picks the rules; without one, the newest rules.

        Raises:
            NoteError: The text is empty or larger than 10 MiB.
        """
        return self.analyze_note(note_from_text(text, note_id=note_id, format=format), as_of=as_of)

    def analyze_note(self, note: Note, *, as_of: date | None = None) -> AnalyzedNote:
        """Analyse a note that is already read.

        Args:
            note: The note; its text is not changed.
            as_of: Date of service that picks the rules; without one, the newest rules.
        """
        pack = self.pack if as_of is None else _rules_on(self.pack, as_of)
        parsed = self._parser.parse(note)
        facts, barred = self._extractor.extract_and_bar(parsed)
        if self._confidence is not None:
            facts = self._confidence.judge(facts)
        rules_alone = scope = pack.scope(facts)
        skin = self._skin.judge(parsed, scope) if self._skin else None
        if skin:
            facts = (*facts, skin)
            rules_alone = scope = pack.scope(facts)
        learned = self._reader.read(parsed, scope, barred) if self._reader else ()
        if learned:
            rules_alone = pack.scope((*facts, *as_signals(learned)))
            facts = with_learned(facts, learned)
            scope = pack.scope(facts)
        judged = (
            self._judge(note, scope, rules_alone, pack)
            if facts
            else self._judge_silence(note, pack)
        )
        return AnalyzedNote(
            note=note,
            engine=self._engine,
            sections=parsed.sections,
            facts=tuple(fact for fact in facts if not fact.signal),
            signals=tuple(fact for fact in facts if fact.signal),
            codes=judged.codes,
            suggestion=judged.suggestion,
            findings=with_reading(judged.findings, note, parsed.sections, pack),
            report=assess_report(note, parsed.sections, scope, pack),
            addendum=judged.addendum,
        )

    def _judge(self, note: Note, scope: Scope, rules_alone: Scope, pack: RulePack) -> _Judgement:
        """Judge what follows from the facts: checklists and findings from all, the code from those of the rules alone."""
        assessed = assess_codes(scope, pack)
        sure = assessed if scope is rules_alone else assess_codes(rules_alone, pack)
        suggestion, probabilities = suggest_code(rules_alone, sure, pack, self._second)
        codes = rank_codes(assessed, probabilities)
        return _Judgement(
            codes=codes,
            suggestion=suggestion,
            findings=review_note(note, scope, codes, suggestion, pack),
            addendum=draft_addendum(codes, suggestion, pack, scope),
        )

    def _judge_silence(self, note: Note, pack: RulePack) -> _Judgement:
        """Judge a note without facts: always the same answer, worked out once, as most notes of an archive are such."""
        nothing = pack.scope(())
        if pack is not self.pack:
            return self._judge(note, nothing, nothing, pack)
        if self._silence is None:
            self._silence = self._judge(note, nothing, nothing, pack)
        return self._silence


def _rules_on(pack: RulePack, day: date) -> RulePack:
    """Return the pack with the codes that were valid on a day."""
    valid = {
        code: spec
        for code, spec in pack.codes.items()
        if spec.valid.start <= day and (spec.valid.to is None or day <= spec.valid.to)
    }
    return dataclasses.replace(pack, codes=valid)
