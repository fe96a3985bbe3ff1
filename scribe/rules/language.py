"""Load the rules that read language: vocabulary, sections, context cues, measures, facts and signals.

Files are globbed, so that a new word, fact or signal is a line or a file of data and never a line of Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scribe.errors import RulePackError
from scribe.rules.words_schema import IntendedTitles, Names, Row, Tag, Words, WordsFile
from scribe.rules.yaml_loader import load_yaml

if TYPE_CHECKING:
    from pathlib import Path


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class TermRule(_Strict):
    """One concept of the vocabulary and the words for it."""

    value: str
    tag: str | None = None
    region: str | None = None
    donor: str | None = None
    words: list[str] = Field(default_factory=list)
    verbs: list[str] = Field(default_factory=list)
    bare: list[str] = Field(default_factory=list)
    heard: list[str] = Field(default_factory=list)
    plural: bool | None = None
    literal: bool = True


class VocabFile(_Strict):
    """One file of ``patterns/vocab``.

    ``noun`` ends its values in English ("anterior tibial artery"). Who thinks in another language puts it first, or the adjectives
    round the other way ("artery tibial anterior"), so these are known too.
    """

    tag: str
    bare_tag: str | None = None
    noun: str | None = None
    plural: bool = False
    possessive: bool = False
    sources: list[str]
    terms: list[TermRule]


class ComposedHeading(_Strict):
    """Headings made of a few words in any order: at least one of ``one_of``, and nothing but these and ``along``."""

    one_of: list[str]
    along: list[str]


class SectionRule(_Strict):
    """One canonical section with its headings.

    A short line that starts with one of ``begins``, a date or a name behind it, is a heading too.
    """

    phase: str | None = None
    headings: list[str]
    keywords: list[str] = Field(default_factory=list)
    begins: list[str] = Field(default_factory=list)
    frame: str
    short: bool = False
    told_as: str | None = None
    sources: list[str] = Field(default_factory=list)
    composed: ComposedHeading | None = None


class SectionsFile(_Strict):
    """``patterns/sections.yaml``."""

    intended: IntendedTitles

    passed_over: Words
    no_title_units: Annotated[Words, Field(min_length=1)]
    sections: dict[str, SectionRule]


class ContextRule(_Strict):
    """One group of ConText cues: ``words``, and every word of ``before`` with every one of ``then`` behind it.

    ``within_clause`` keeps a backward cue from reaching over a comma: ``always``, or where the clause behind the comma
    names what the cue speaks of. Behind a word of ``not_behind`` its words are no cue.
    """

    id: str
    category: str
    direction: str
    words: list[str]
    before: list[str] = Field(default_factory=list)
    then: list[str] = Field(default_factory=list)
    scope: int | None = None
    within_clause: Literal["named", "always"] | None = None
    not_behind: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)


class CounterfactualWords(_Strict):
    """Words that tell what did not happen as a condition."""

    begins: Words
    subjects: Words
    would: Words


class ContextFile(_Strict):
    """``patterns/context.yaml``; a category whose status is null makes what it governs no fact."""

    statuses: dict[str, str | None]
    rules: list[ContextRule]
    terminators: list[str]
    neutral: list[str]
    corrections: list[str]
    retractions: list[str]
    weak_corrections: list[str]
    spoken_corrections: list[str]
    corrected_tags: list[Tag]
    relatives: Words
    singular: Words
    counterfactual: CounterfactualWords


class FoldRule(_Strict):
    """Letters of one sound: every match of ``letters`` becomes ``sound``."""

    letters: str
    sound: str


class SoundsFile(_Strict):
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
    spelled_tags: list[str]
    spelled_key: int
    spelled_words_at_most: int
    spelled_differences: dict[int, int]
    folds: list[FoldRule]


class GateGroup(_Strict):
    """Word parts, ``at_least`` so many of which a note must hold."""

    pieces: Annotated[list[str], Field(min_length=1)]
    at_least: Annotated[int, Field(ge=1)] = 1


class GateFile(_Strict):
    """``patterns/gate.yaml``: ways into reading, each a list of groups; a note that passes by none is not read for facts."""

    ways: Annotated[list[list[GateGroup]], Field(min_length=1)]


class PlaceholderRule(_Strict):
    """One shape of unfilled text.

    ``near`` lists parts of words in small letters, without any of which the shape cannot stand; asked first, for speed. Without
    any the shape is always looked for.
    """

    id: str
    pattern: str
    kind: str
    near: list[str] = Field(default_factory=list)


class MeasuresFile(_Strict):
    """``patterns/measures.yaml``: numbers, units and the words around them."""

    numbers: dict[str, float]
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
    parts_of_an_hour: dict[str, float]
    placeholders: list[PlaceholderRule]


class FindRule(_Strict):
    """One way a note says a fact: a pattern over tagged words.

    ``value`` is a constant, or ``$name`` for the value of a captured tag; ``anchor`` names the capture whose context decides the status.
    ``spans`` lets a measure count that is a distance ("the ends were 4 cm apart").
    """

    id: str
    pattern: str
    value: Any = None
    anchor: str | None = None
    status: str | None = None
    frames: list[str] | None = None
    sections: list[str] | None = None
    phases: list[str] | None = None
    when: list[str] = Field(default_factory=list)
    unless: list[str] = Field(default_factory=list)
    confidence: float = 0.9
    qualifiers: list[str] = Field(default_factory=list)
    weight: float = 1.0
    spans: bool = False
    ignore: list[str] = Field(default_factory=list)


class NeverRule(_Strict):
    """One way a note says what only looks like the fact: what is captured as ``anchor``, else the whole match, is none.

    It bars the find rules that set no status of their own.
    """

    id: str
    pattern: str
    sections: list[str] | None = None
    phases: list[str] | None = None
    when: list[str] = Field(default_factory=list)
    unless: list[str] = Field(default_factory=list)


class FactFile(_Strict):
    """One file of ``patterns/facts`` or ``patterns/signals``."""

    kind: str
    label: str
    meaning: str
    status: str = "stable"
    frames: list[str] = Field(default_factory=lambda: ["title", "today", "loose"])
    find: list[FindRule] = Field(default_factory=list)
    never: list[NeverRule] = Field(default_factory=list)
    options: dict[str, Any] = Field(default_factory=dict)
    sources: list[str]


class MacrosFile(_Strict):
    """``patterns/macros.yaml``: names for sets of tags, used in patterns and as conditions of find rules."""

    sets: dict[str, str]
    conditions: dict[str, Names]


@dataclass(frozen=True, slots=True)
class Term:
    """One way of writing one concept."""

    words: str
    tag: str
    value: str
    region: str | None
    donor: str | None
    heard: bool


@dataclass(frozen=True, slots=True)
class FactRule:
    """One fact or signal of the pack."""

    name: str
    signal: bool
    file: FactFile


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that parse and extract know about the words of operative notes."""

    terms: tuple[Term, ...]
    sections: SectionsFile
    context: ContextFile
    measures: MeasuresFile
    sounds: SoundsFile
    gate: GateFile
    macros: dict[str, str]
    conditions: dict[str, frozenset[str]]
    words: WordsFile
    facts: tuple[FactRule, ...]

    def fact(self, name: str) -> FactRule:
        """Return one fact or signal by its name."""
        return next(rule for rule in self.facts if rule.name == name)


_Model = TypeVar("_Model", bound=BaseModel)


def _read(path: Path, model: type[_Model]) -> _Model:
    try:
        return model.model_validate(load_yaml(path))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        msg = f"{path.parent.name}/{path.name}: {where}: {first['msg']}"
        raise RulePackError(msg) from error


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "ch")):
        return word
    return word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else word + "s"


def _inflect(verb: str) -> tuple[str, ...]:
    """Return the regular forms of a verb; a verb of several words is inflected in its first."""
    first, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    stem = first[:-1] if first.endswith("e") else first
    past = first[:-1] + "ied" if first.endswith("y") and first[-2] not in "aeiou" else stem + "ed"
    third = first + "es" if first.endswith(("s", "x", "ch", "sh")) else _plural(first)
    return tuple(form + tail for form in (first, third, past, stem + "ing"))


def _turned(value: str, noun: str) -> tuple[str, ...]:
    """Return a name with its noun in front, and with its first adjective behind the others."""
    stem = value.removesuffix(f" {noun}")
    if stem == value:
        return ()
    first, _, rest = stem.partition(" ")
    if not rest:
        return (f"{noun} {stem}",)
    return (f"{noun} {stem}", f"{noun} {rest} {first}", f"{rest} {first} {noun}")


def _terms(file: VocabFile) -> list[Term]:
    terms: list[Term] = []
    for rule in file.terms:
        tag = rule.tag or file.tag

        def add(words: str, tag: str, *, heard: bool = False, rule: TermRule = rule) -> None:
            terms.append(Term(words, tag, rule.value, rule.region, rule.donor, heard))

        plain = [
            *([rule.value] if rule.literal else []),
            *rule.words,
            *(form for verb in rule.verbs for form in _inflect(verb)),
            *(_turned(rule.value, file.noun) if file.noun else ()),
        ]
        if file.plural if rule.plural is None else rule.plural:
            named = [word for word in plain if " " in word or len(word) > 2]
            plain += [_plural(word) for word in named]
            if file.possessive:
                plain += [f"{word}'s" for word in named if word[-1] != "s"]
        for words in dict.fromkeys(plain):
            add(words, tag)
        for words in rule.heard:
            add(words, tag, heard=True)
        for words in rule.bare:
            add(words, file.bare_tag or tag)
    return terms


def load_language(folder: Path) -> Language:
    """Read the language rules of a rule pack.

    Raises:
        RulePackError: A file breaks its schema; the message names file and key.
    """
    terms = [
        t
        for path in sorted((folder / "vocab").glob("*.yaml"))
        for t in _terms(_read(path, VocabFile))
    ]
    facts = [
        FactRule(name=path.stem, signal=kind == "signals", file=_read(path, FactFile))
        for kind in ("facts", "signals")
        for path in sorted((folder / kind).glob("*.yaml"))
    ]
    macros = _read(folder / "macros.yaml", MacrosFile)
    return Language(
        terms=tuple(terms),
        sections=_read(folder / "sections.yaml", SectionsFile),
        context=_read(folder / "context.yaml", ContextFile),
        measures=_read(folder / "measures.yaml", MeasuresFile),
        sounds=_read(folder / "soundalikes.yaml", SoundsFile),
        gate=_read(folder / "gate.yaml", GateFile),
        macros=macros.sets,
        conditions=macros.conditions,
        words=_read(folder / "language.yaml", WordsFile),
        facts=tuple(facts),
    )
