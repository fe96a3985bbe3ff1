"""Check the rules that read language: tags that are no word's, cues that stand nowhere, sounds that run away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.rules.check_text import check_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scribe.rules.language import Language

_MEASURED = frozenset(
    {"AREA", "CLOCK", "LEN", "MINS", "NUM", "ORD", "QUANTITY", "SIZE", "SUTURE", "YEAR"}
)
"""Tags that parsing gives to measures; all others are given by ``vocab/``."""


def check_language(language: Language) -> Iterator[str]:
    """Yield every problem of the language rules, one sentence each."""
    known = _MEASURED | {term.tag for term in language.terms}
    for place, names in _tags(language):
        for name in sorted(names):
            if name.isupper() and name.isalpha() and name not in known:
                yield f"{place}: {name!r} is a tag of no word in vocab/"
    context = language.context
    for group in ("retractions", "weak_corrections", "spoken_corrections"):
        for cue in getattr(context, group):
            if cue not in context.corrections:
                yield f"context, {group}: {cue!r} must stand in corrections too"
    for fold in language.sounds.folds:
        yield from check_pattern("soundalikes, folds", fold.letters)


def _tags(language: Language) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the groups that may hold tags, with their places."""
    words = language.words
    for part in type(words).model_fields:
        group = getattr(words, part)
        for name in getattr(type(group), "model_fields", ()):
            value = getattr(group, name)
            if isinstance(value, frozenset):
                yield f"language, {part}.{name}", value
    yield "context, corrected_tags", language.context.corrected_tags
    for name, tags in language.conditions.items():
        yield f"macros, conditions.{name}", tags
    for rule in language.facts:
        yield f"facts/{rule.name}, told_by", rule.file.options.get("told_by", ())
