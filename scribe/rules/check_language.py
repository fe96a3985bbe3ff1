"""Check the rules that read language: tags that are no word's, places that no note has, cues that stand nowhere, sounds that run away.

A rule with such a name loads, matches nothing, and says nothing. So each name is held against what gives it a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from scribe.rules.check_text import check_pattern
from scribe.rules.fact_schema import FindRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scribe.rules.fact_schema import TellingRule
    from scribe.rules.language import ContextFile, FactRule, Language

_MEASURED = frozenset(
    {"AREA", "CLOCK", "LEN", "MINS", "NUM", "ORD", "QUANTITY", "SIZE", "SOLID", "SUTURE", "YEAR"}
)
"""Tags that parsing gives to measures; all others are given by ``vocab/``."""
_NO_SECTION = "none"
"""How a rule calls what stands before the first heading."""
_TAG = re.compile(r"(?<![$\w])[A-Z]+(?!\w)")
_SET = re.compile(r"\$([A-Z]+)")
_LOOKED_FOR = ("void", "void_text", "alone", "unreal", "drafts")
"""Groups of ``set_aside`` that are only looked for where a note holds a piece of its ``near``."""
_RULES_OF_OPTIONS = ("yielding", "overriding", "named")
"""Options that name rules of their own file."""


def check_language(language: Language) -> Iterator[str]:
    """Yield every problem of the language rules, one sentence each."""
    yield from _check_tags(language)
    yield from _check_sets(language)
    yield from _check_asides(language)
    for fact in language.facts:
        yield from _check_options(fact, language)
        for rule in fact.file.rules:
            yield from _check_rule(f"{_place(fact)}, {rule.id}", rule, language)
    intended = language.sections.intended.section
    yield from _check_sections("sections, intended", (intended,), language)
    yield from _check_near(language)
    yield from _check_context(language.context)
    for fold in language.sounds.folds:
        yield from check_pattern("soundalikes, folds", fold.letters)


def _check_context(context: ContextFile) -> Iterator[str]:
    for cues in context.rules:
        if cues.category not in context.statuses:
            yield f"context, {cues.id}: {cues.category!r} has no status; give it one in statuses"
    for group in ("retractions", "weak_corrections", "spoken_corrections"):
        for cue in getattr(context, group):
            if cue not in context.corrections:
                yield f"context, {group}: {cue!r} must stand in corrections too"
    for tag in context.denied_tags:
        if tag not in context.corrected_tags:
            yield f'context, denied_tags: {tag!r} must stand in corrected_tags too, or a bare "no" is never asked about it'


def _check_near(language: Language) -> Iterator[str]:
    """Yield the words that no note is asked for, since they hold no piece of what is looked for first."""
    aside, copied = language.sections.set_aside, language.sections.copied
    groups = {name: getattr(aside, name) for name in _LOOKED_FOR}
    for place, near, words in (
        *((f"set_aside.{name}", aside.near, group) for name, group in groups.items()),
        ("copied.words", copied.near, copied.words),
    ):
        for word in words:
            if not any(piece in word for piece in near):
                yield f"sections, {place}: {word!r} holds no piece of near, so it is never met; add one"
        for piece in near:
            if piece != piece.lower() or "-" in piece:
                yield f"sections, {place}: the piece {piece!r} of near is never met; write small letters and blanks"


def _check_tags(language: Language) -> Iterator[str]:
    known = _known_tags(language)
    for place, names in _named_tags(language):
        yield from _unknown_tags(place, names, known)


def _known_tags(language: Language) -> frozenset[str]:
    return _MEASURED | {term.tag for term in language.terms}


def _unknown_tags(place: str, names: Iterable[str], known: frozenset[str]) -> Iterator[str]:
    for name in sorted(set(names) - known):
        yield f"{place}: {name!r} is a tag of no word in vocab/; write a tag that is, or the word in small letters"


def _named_tags(language: Language) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the places that may name tags, with the tags that they name."""
    words = language.words
    for part in type(words).model_fields:
        group = getattr(words, part)
        for name in getattr(type(group), "model_fields", ()):
            yield f"language, {part}.{name}", _tags_of(getattr(group, name))
    for short in words.short_names:
        yield "language, short_names", (short.tag, *_tags_of(short.never_beside))
    sounds = language.sounds
    for name in ("tags", "long_only", "calls_for_anatomy", "edges", "spelled_tags"):
        yield f"soundalikes, {name}", _tags_of(getattr(sounds, name))
    yield "context, corrected_tags", language.context.corrected_tags
    yield "context, denied_tags", language.context.denied_tags
    for name, tags in language.conditions.items():
        yield f"macros, conditions.{name}", _tags_of(tags)
    for name, row in language.macros.items():
        yield f"macros, sets.{name}", _TAG.findall(row)
    for fact in language.facts:
        for name, value in fact.file.options.items():
            yield f"{_place(fact)}, {name}", _tags_of(value)
        for rule in fact.file.rules:
            taken = str(rule.value) if isinstance(rule, FindRule) and rule.taken_from else ""
            yield f"{_place(fact)}, {rule.id}", _TAG.findall(f"{rule.pattern} {taken}")


def _check_asides(language: Language) -> Iterator[str]:
    statuses, known = language.context.statuses, _known_tags(language)
    for aside in language.asides.rules:
        place = f"asides, {aside.id}"
        if aside.category not in statuses:
            yield f"{place}: {aside.category!r} is no status of context.yaml; choose one of {_listed(statuses)}"
        yield from _unknown_tags(
            place, (*_TAG.findall(aside.pattern), *_tags_of(aside.unless)), known
        )


def _tags_of(value: Any) -> Iterator[str]:
    """Yield the tags among the words and the keys of a value of any shape."""
    if isinstance(value, str):
        if value.isupper() and value.isalpha():
            yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _tags_of(key)
            yield from _tags_of(inner)
    elif isinstance(value, list | tuple | frozenset):
        for inner in value:
            yield from _tags_of(inner)


def _check_sets(language: Language) -> Iterator[str]:
    rules = [(_place(fact), rule) for fact in language.facts for rule in fact.file.rules]
    patterns = [(f"{place}, {rule.id}", rule.pattern) for place, rule in rules]
    patterns += [(f"asides, {rule.id}", rule.pattern) for rule in language.asides.rules]
    used = {name for _, pattern in patterns for name in _SET.findall(pattern)}
    for name in language.macros:
        if name not in used:
            yield f"macros, sets.{name}: no pattern uses ${name}; delete it"
    asked = {name for _, rule in rules for name in (*rule.when, *rule.unless)}
    for name in language.conditions:
        if name not in asked:
            yield f"macros, conditions.{name}: no rule asks for it; delete it"
    for place, pattern in patterns:
        for name in _SET.findall(pattern):
            if name not in language.macros:
                yield f"{place}: ${name} is no set of macros.yaml"


def _check_rule(place: str, rule: TellingRule, language: Language) -> Iterator[str]:
    yield from _check_sections(place, rule.sections or (), language)
    phases = {section.phase for section in language.sections.sections.values()} - {None}
    for phase in rule.phases or ():
        if phase not in phases:
            yield f"{place}: {phase!r} is no phase of sections.yaml; choose one of {_listed(phases)}"
    for category in rule.ignore if isinstance(rule, FindRule) else ():
        if category not in language.context.statuses:
            known = _listed(language.context.statuses)
            yield f"{place}: {category!r} is no status of context.yaml; choose one of {known}"


def _check_options(fact: FactRule, language: Language) -> Iterator[str]:
    options, place = fact.file.options, _place(fact)
    yield from _check_sections(
        f"{place}, alone", options.get("alone", {}).get("sections", ()), language
    )
    own = {rule.id for rule in fact.file.find}
    for key in _RULES_OF_OPTIONS:
        for name in options.get(key, ()):
            if name not in own:
                yield f"{place}, {key}: {name!r} is no find rule of this file"
    facts = {each.name for each in language.facts}
    for entry in options.get("derived_from", ()):
        for name in (entry["fact"], *entry.get("unless", ())):
            if name not in facts:
                yield f"{place}, derived_from: {name!r} is neither a fact nor a signal of the pack"


def _check_sections(place: str, names: Iterable[str], language: Language) -> Iterator[str]:
    known = language.sections.sections
    for name in names:
        if name not in known and name != _NO_SECTION:
            said = f"is no section of sections.yaml, nor {_NO_SECTION!r}"
            yield f"{place}: {name!r} {said}; choose one of {_listed(known)}"


def _place(fact: FactRule) -> str:
    return f"{'signals' if fact.signal else 'facts'}/{fact.name}"


def _listed(names: Iterable[str | None]) -> str:
    return ", ".join(sorted(str(name) for name in names))
