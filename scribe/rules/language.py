"""Load the rules that read language: vocabulary, sections, context cues, measures, facts and signals.

Files are globbed, so that a new word, fact or signal is a line or a file of data and never a line of Python.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from scribe.rules.aside_schema import AsidesFile
from scribe.rules.condition_schema import RuleStatus, Strict
from scribe.rules.fact_schema import AnyFactFile, FactFile
from scribe.rules.set_aside_schema import CopiedWords, EditWords, SetAsideWords
from scribe.rules.vocabulary import Term, VocabFile, terms_of
from scribe.rules.words_schema import Frame, IntendedTitles, Names, Row, Tag, Words, WordsFile
from scribe.rules.yaml_loader import load_file
from scribe.types.fact import Status

if TYPE_CHECKING:
    from pathlib import Path


class ComposedHeading(Strict):
    """Headings made of a few words in any order: at least one of ``one_of``, and nothing but these and ``along``."""

    one_of: list[str]
    along: list[str]


class SectionRule(Strict):
    """One canonical section with its headings.

    A short line that starts with one of ``begins``, a date or a name behind it, is a heading too. What is told under one that is
    ``settled`` is meant as its frame says, whatever it tells. What stands behind one that is ``closed`` is no more of it, even where no
    heading begins.
    """

    phase: str | None = None
    headings: list[str]
    keywords: list[str] = Field(default_factory=list)
    begins: list[str] = Field(default_factory=list)
    frame: Frame
    short: bool = False
    settled: bool = False
    closed: bool = False
    told_as: str | None = None
    sources: list[str] = Field(default_factory=list)
    composed: ComposedHeading | None = None


class SectionsFile(Strict):
    """``patterns/sections.yaml``."""

    intended: IntendedTitles
    set_aside: SetAsideWords
    copied: CopiedWords
    edits: EditWords

    passed_over: Words
    spoken: Annotated[Words, Field(min_length=1)]
    counted: Annotated[Words, Field(min_length=1)]
    no_title_units: Annotated[Words, Field(min_length=1)]
    no_title_verbs: Annotated[Words, Field(min_length=1)]
    sections: dict[str, SectionRule]


class ContextRule(Strict):
    """One group of ConText cues: ``words``, and every word of ``before`` with every one of ``then`` behind it.

    ``within_clause`` keeps a backward cue from reaching over a comma: ``always``, or where the clause behind the comma
    names what the cue speaks of; with ``never`` nothing ends a forward cue before its sentence does. Behind a word of ``not_behind`` its
    words are no cue.
    """

    id: str
    category: str
    direction: str
    words: list[str]
    before: list[str] = Field(default_factory=list)
    then: list[str] = Field(default_factory=list)
    scope: int | None = None
    within_clause: Literal["named", "always", "never"] | None = None
    not_behind: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)


class CounterfactualWords(Strict):
    """Words that tell what did not happen as a condition."""

    begins: Words
    subjects: Words
    would: Words


class IntendedWords(Strict):
    """Words that open a clause on what was meant to be done; behind one of ``settled`` it tells how that plan fared.

    One of ``begins`` and one of ``resumed_by`` behind it go on with what was done.
    """

    subjects: tuple[str, ...]
    begins: Words
    verbs: tuple[str, ...]
    settled: Words
    ends: Words
    resumed_by: Words


class UndoneWay(Strict):
    """Words of which one each, in this order, make up a sentence that denies the one before it; a subject may be none."""

    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    deeds: tuple[str, ...]


class UndoneWords(Strict):
    """What makes up a sentence that denies the one before it; ``alone`` stands with a subject of the first way and "was", or by itself.

    Behind ``goes_on`` such a sentence may say more.
    """

    ways: Annotated[tuple[UndoneWay, ...], Field(min_length=1)]
    alone: tuple[str, ...]
    goes_on: Words


class ContextFile(Strict):
    """``patterns/context.yaml``; a category whose status is null makes what it governs no fact."""

    statuses: dict[str, Status | None]
    rules: list[ContextRule]
    terminators: list[str]
    neutral: list[str]
    corrections: list[str]
    retractions: list[str]
    weak_corrections: list[str]
    spoken_corrections: list[str]
    corrected_tags: list[Tag]
    denied_tags: list[Tag]
    relatives: Words
    singular: Words
    counterfactual: CounterfactualWords
    intended: IntendedWords
    undone: UndoneWords


class FoldRule(Strict):
    """Letters of one sound: every match of ``letters`` becomes ``sound``."""

    letters: str
    sound: str


class RespelledLeast(Strict):
    """How alike a stretch and a word of the field must be, of 1.

    Attributes:
        long: The least for any word.
        short: For one of few sounds, or a stretch that begins or ends with a small word.
        alone: For a single written word.
        uncalled: Where no word of the field stands beside it.
        known: Where a word of the field is a part of the stretch ("met a tarsal").
    """

    long: float
    short: float
    alone: float
    uncalled: float
    known: float


class Respelled(Strict):
    """Words of the field that are read for whatever sounds like them in a dictation.

    Attributes:
        words: The words.
        beside: Words that make one likelier; one that is not among ``words`` needs one of its own beside it.
        called_by: Tags, beside ``calls_for_anatomy``, beside whose words a word of the field is likelier.
        ordinary: Everyday words and sayings that sound like one of the words and are none.
        words_at_most: That one word may be written as.
        least: How alike they must be.
        folds: Letters of one sound, in their order.
    """

    words: list[str]
    beside: dict[str, list[str]]
    called_by: list[str]
    ordinary: list[str]
    words_at_most: int
    least: RespelledLeast
    folds: list[FoldRule]


class SoundsFile(Strict):
    """``patterns/soundalikes.yaml``: which terms may be found by their sound, and where."""

    tags: list[str]
    long_only: list[str]
    words_at_most: int
    long_key: int
    near_key: int
    short_key: int
    calls_for_anatomy: list[str]
    reach: int
    edges: list[str]
    common: list[str]
    as_written: list[str]
    spelled_tags: list[str]
    spelled_key: int
    spelled_words_at_most: int
    spelled_differences: dict[int, int]
    folds: list[FoldRule]
    respelled: Respelled


class GateGroup(Strict):
    """Word parts, ``at_least`` so many of which a note must hold."""

    pieces: Annotated[list[str], Field(min_length=1)]
    at_least: Annotated[int, Field(ge=1)] = 1


class GateFile(Strict):
    """``patterns/gate.yaml``: ways into reading, each a list of groups; a note that passes by none is not read for facts."""

    ways: Annotated[list[list[GateGroup]], Field(min_length=1)]


class PlaceholderRule(Strict):
    """One shape of unfilled text.

    ``near`` lists parts of words in small letters, without any of which the shape cannot stand; asked first, for speed. Without
    any the shape is always looked for.
    """

    id: str
    pattern: str
    kind: str
    near: list[str] = Field(default_factory=list)


class MeasuresFile(Strict):
    """``patterns/measures.yaml``: numbers, units and the words around them."""

    numbers: dict[str, float]
    misheard: dict[str, float]
    tens: dict[str, int]
    ordinals: dict[str, int]
    fractions: dict[str, float]
    tenths: Words
    half_behind: Row
    lengths: dict[str, float]
    minutes: dict[str, float]
    by: list[str]
    axes: dict[str, str]
    long_labels: Words
    wide_labels: Words
    not_between_sides: list[str]
    sutures: dict[str, str]
    not_sizes: list[str]
    by_words: Words
    on_words: Words
    up_to: Words
    second_axis: Words
    area: Words
    before_area: Words
    split_units: dict[str, float]
    split_metres: Words
    gauge_units: Words
    zeros: Words
    one_hour: Words
    at_times: Words
    terse_hours: Words
    behind_minutes: Words
    parts_of_an_hour: dict[str, float]
    placeholders: list[PlaceholderRule]


class MacrosFile(Strict):
    """``patterns/macros.yaml``: names for sets of tags, used in patterns and as conditions of find rules."""

    sets: dict[str, str]
    conditions: dict[str, Names]


@dataclass(frozen=True, slots=True)
class FactRule:
    """One fact or signal of the pack."""

    name: str
    signal: bool
    file: FactFile

    def in_force(self) -> FactRule | None:
        """Return the rule without what is retired of it, or None where all of it is."""
        if self.file.status is RuleStatus.RETIRED:
            return None
        return replace(self, file=self.file.only(retired=False))

    def retired(self) -> FactRule | None:
        """Return the rule with only what is retired of it, or None where nothing is."""
        if self.file.status is RuleStatus.RETIRED:
            return self
        file = self.file.only(retired=True)
        return replace(self, file=file) if file.rules else None


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that parse and extract know about the words of operative notes; ``retired`` is read by nobody and only explained."""

    terms: tuple[Term, ...]
    sections: SectionsFile
    context: ContextFile
    measures: MeasuresFile
    sounds: SoundsFile
    gate: GateFile
    macros: dict[str, str]
    conditions: dict[str, frozenset[str]]
    words: WordsFile
    asides: AsidesFile
    facts: tuple[FactRule, ...]
    retired: tuple[FactRule, ...] = ()

    def fact(self, name: str) -> FactRule:
        """Return one fact or signal by its name."""
        return next(rule for rule in self.facts if rule.name == name)


def load_language(folder: Path) -> Language:
    """Read the language rules of a rule pack.

    Raises:
        RulePackError: A file breaks its schema; the message names file and key.
    """
    terms = [
        t
        for path in sorted((folder / "vocab").glob("*.yaml"))
        for t in terms_of(load_file(path, VocabFile))
    ]
    facts = [
        FactRule(name=path.stem, signal=kind == "signals", file=load_file(path, AnyFactFile).root)
        for kind in ("facts", "signals")
        for path in sorted((folder / kind).glob("*.yaml"))
    ]
    macros = load_file(folder / "macros.yaml", MacrosFile)
    return Language(
        terms=tuple(terms),
        sections=load_file(folder / "sections.yaml", SectionsFile),
        context=load_file(folder / "context.yaml", ContextFile),
        measures=load_file(folder / "measures.yaml", MeasuresFile),
        sounds=load_file(folder / "soundalikes.yaml", SoundsFile),
        gate=load_file(folder / "gate.yaml", GateFile),
        macros=macros.sets,
        conditions=macros.conditions,
        words=load_file(folder / "language.yaml", WordsFile),
        asides=load_file(folder / "asides.yaml", AsidesFile),
        facts=tuple(rule for each in facts if (rule := each.in_force())),
        retired=tuple(rule for each in facts if (rule := each.retired())),
    )
