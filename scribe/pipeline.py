"""Join the stages: the only module that knows all of them."""

from __future__ import annotations

import copy
import dataclasses
import gc
from collections.abc import Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Self

from scribe.assess.checklist import assess_codes
from scribe.assess.report import assess_report
from scribe.assess.score import rank_codes
from scribe.extract.asides import Asides
from scribe.extract.engine import build_extractor
from scribe.parse.nlp import build_parser
from scribe.read import STDIN, note_from_text, read_note, read_source
from scribe.read.from_fhir import NOTE_RESOURCES, NoteResource
from scribe.read.hl7v2 import Envelope, is_batch, is_message, read_envelope
from scribe.render.as_json import to_contract
from scribe.review import review_note, with_reading
from scribe.review.addendum import draft_addendum
from scribe.rules.conditions import Scope
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.decide import suggest_code
from scribe.suggest.models import Models, load_models
from scribe.suggest.reader.hearing import Key, Sound
from scribe.suggest.reader.second_reader import Reading, as_signals, with_doubts, with_learned
from scribe.suggest.skin_judge import SkinReading
from scribe.types.analysis import Analysis, Engine, Stamp
from scribe.types.checklist import CodeAssessment
from scribe.types.fact import Fact
from scribe.types.finding import Finding
from scribe.types.mention import ParsedNote
from scribe.types.suggestion import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scribe.types.note import Note

__all__ = [
    "NOTE_RESOURCES",
    "STDIN",
    "AnalyzedNote",
    "Analyzer",
    "Envelope",
    "Models",
    "NoteFacts",
    "NoteResource",
    "compile_rules",
    "engine_of",
    "is_batch",
    "is_message",
    "load_models",
    "note_from_text",
    "read_envelope",
    "read_note",
    "read_source",
]

_DISTRIBUTION = "opnote-scribe"


@contextmanager
def _without_collections() -> Iterator[None]:
    """Keep the collector from walking the rules again and again while they are read: there is no garbage, and it takes half a second."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def compile_rules(pack: RulePack) -> None:
    """Compile all rules that read language; an ``Analyzer`` of the rules that come with scribe leaves that until a note asks for them.

    Raises:
        RulePackError: A rule asks for a condition that does not exist, or its pattern does not compile.
    """
    build_extractor(pack.language).compile()
    Asides(pack.language).compile()


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
class NoteFacts:
    """What a note says, before anything is concluded from it: what the learned models see when they are trained, too.

    Attributes:
        parsed: The note in sentences.
        facts: All facts and signals, those of the second reader among them.
        scope: The same, for conditions.
        deciding: What decides on the code: facts of the second reader are signals there.
        pack: The rules that were valid on the day that was asked for.
        heard: What the second reader hears, for the judge of gaps and the arbiter.
        answers: What the judge of skin finds probable, for the arbiter.
    """

    parsed: ParsedNote = dataclasses.field(repr=False)
    facts: tuple[Fact, ...]
    scope: Scope = dataclasses.field(repr=False)
    deciding: Scope = dataclasses.field(repr=False)
    pack: RulePack = dataclasses.field(repr=False)
    heard: Mapping[Key, Sound] = dataclasses.field(default_factory=dict, repr=False)
    answers: Mapping[str, float] = dataclasses.field(default_factory=dict, repr=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """What follows from the facts alone."""

    codes: tuple[CodeAssessment, ...]
    suggestion: Suggestion
    findings: tuple[Finding, ...]
    addendum: str


class Analyzer:
    """Everything that turns a note into an analysis; build one per process and keep it.

    Attributes:
        pack: The rules.
        models: The learned models that are asked beside them.
        parser: Divides a note into sentences of tagged words.
        asides: Mark what is told in passing of somebody or something else.
        extractor: Runs the rules of facts over it.
    """

    def __init__(self, pack: RulePack | None = None, *, models: Models | None = None) -> None:
        """Load the rules and the language engine, which takes a second or two.

        Args:
            pack: The rules to use; without one, those that come with scribe. Rules that are given are all compiled at once, which takes
                two seconds more, so that one of them that is wrong is found here and not by the first note that asks for it.
            models: The learned models to ask; without any given, those that come with scribe. ``Models()`` is the rules alone, with the
                confidences that they state.

        Raises:
            RulePackError: A file of the rule pack is wrong, or a pattern in it does not compile.
            ModelError: A learned model is missing or damaged, or was trained on other features.
        """
        with _without_collections():
            self.pack = pack or load_pack()
            self.parser = build_parser(self.pack.language)
            self.asides = Asides(self.pack.language)
            self.extractor = build_extractor(self.pack.language)
            if pack is not None:
                self.extractor.compile()
                self.asides.compile()
            self._take(load_models(self.pack) if models is None else models)

    def with_models(self, models: Models) -> Self:
        """Return an analyzer of the same rules with other learned models; it shares what takes time to build."""
        other = copy.copy(self)
        other._take(models)
        return other

    def _take(self, models: Models) -> None:
        self.models = models
        self._silence: _Judgement | None = None
        self._engine = engine_of(self.pack, models)

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
            TypeError: It is no string; ``read_note`` reads the bytes of a file.
        """
        return self.analyze_note(note_from_text(text, note_id=note_id, format=format), as_of=as_of)

    def analyze_note(self, note: Note, *, as_of: date | None = None) -> AnalyzedNote:
        """Analyse a note that is already read.

        Args:
            note: The note; its text is not changed.
            as_of: Date of service that picks the rules; without one, the newest rules.
        """
        told = self.extract_facts(note, as_of=as_of)
        judged = self._judge(told) if told.facts else self._judge_silence(told)
        return AnalyzedNote(
            note=note,
            engine=self._engine,
            sections=told.parsed.sections,
            facts=tuple(fact for fact in told.facts if not fact.signal),
            signals=tuple(fact for fact in told.facts if fact.signal),
            codes=judged.codes,
            suggestion=judged.suggestion,
            findings=with_reading(judged.findings, told.parsed, told.pack),
            report=assess_report(told.parsed, told.scope, told.pack),
            addendum=judged.addendum,
        )

    def parse(self, note: Note) -> ParsedNote:
        """Divide a note into sentences of tagged words, with what is told beside the operation marked; its text is not changed."""
        return self.asides.mark(self.parser.parse(note))

    def extract_facts(self, note: Note, *, as_of: date | None = None) -> NoteFacts:
        """Extract what a note says: the facts of the rules, and what the learned models make of them and add.

        Args:
            note: The note; its text is not changed.
            as_of: Date of service that picks the rules; without one, the newest rules.
        """
        pack = self.pack if as_of is None else _rules_on(self.pack, as_of)
        models = self.models
        parsed = self.parse(note)
        facts, barred = self.extractor.extract_and_bar(parsed, models.site_judge)
        if models.fact_confidence:
            facts = models.fact_confidence.judge(facts)
        deciding = scope = pack.scope(facts)
        skin = models.skin_judge.judge(parsed, scope) if models.skin_judge else SkinReading()
        if skin.signal:
            facts = (*facts, skin.signal)
            deciding = scope = pack.scope(facts)
        reading = Reading()
        if models.second_reader:
            reading = models.second_reader.read(parsed, scope, barred)
            facts = with_doubts(facts, reading.doubted)
            if reading.added:
                deciding = pack.scope((*facts, *as_signals(reading.added)))
                facts = with_learned(facts, reading.added)
                scope = pack.scope(facts)
            elif reading.doubted:
                deciding = scope = pack.scope(facts)
        return NoteFacts(
            parsed=parsed,
            facts=facts,
            scope=scope,
            deciding=deciding,
            pack=pack,
            heard=reading.heard,
            answers=skin.chances,
        )

    def _judge(self, told: NoteFacts) -> _Judgement:
        """Judge what follows from the facts: checklists and findings from all, the code from those that decide."""
        note, scope, pack = told.parsed.note, told.scope, told.pack
        assessed = assess_codes(scope, pack)
        sure = assessed if scope is told.deciding else assess_codes(told.deciding, pack)
        arbiter = self.models.arbiter
        weighed = arbiter.weigh(scope, told.heard, told.answers) if arbiter else None
        suggestion, probabilities = suggest_code(
            told.deciding, sure, pack, self.models.second_opinion, weighed
        )
        if self.models.gap_judge:
            assessed = self.models.gap_judge.hush(
                assessed, told.parsed, scope, told.heard, is_open=suggestion.code is None
            )
        codes = rank_codes(assessed, probabilities)
        return _Judgement(
            codes=codes,
            suggestion=suggestion,
            findings=review_note(note, scope, codes, suggestion, pack),
            addendum=draft_addendum(codes, suggestion, pack, scope),
        )

    def _judge_silence(self, told: NoteFacts) -> _Judgement:
        """Judge a note without facts: always the same answer, worked out once, as most notes of an archive are such."""
        if told.pack is not self.pack:
            return self._judge(told)
        if self._silence is None:
            self._silence = self._judge(told)
        return self._silence


def engine_of(pack: RulePack, models: Models) -> Engine:
    """Return what an analysis with these rules and models names as its makers."""
    return Engine(
        version=version(_DISTRIBUTION),
        rules=Stamp(version=pack.version, hash=pack.hash),
        **models.stamps,
    )


def _rules_on(pack: RulePack, day: date) -> RulePack:
    """Return the pack with the codes that were valid on a day."""
    valid = {
        code: spec
        for code, spec in pack.codes.items()
        if spec.valid.start <= day and (spec.valid.to is None or day <= spec.valid.to)
    }
    return dataclasses.replace(pack, codes=valid)
