"""The vocabulary: concepts, the words for them, and the forms that follow from a word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from pydantic import Field

from scribe.rules.condition_schema import Strict

if TYPE_CHECKING:
    from collections.abc import Iterator


class TermRule(Strict):
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


class VocabFile(Strict):
    """One file of ``patterns/vocab``.

    ``noun`` ends its values in English ("anterior tibial artery"). Who thinks in another language puts it first, or the adjectives
    round the other way ("artery tibial anterior"), so these are known too. ``short`` says how words are cut short, the noun among
    them: a value is known with any of its words short ("sup temporal artery", "ant tib art").
    """

    tag: str
    bare_tag: str | None = None
    noun: str | None = None
    short: dict[str, list[str]] = Field(default_factory=dict)
    plural: bool = False
    possessive: bool = False
    sources: list[str]
    terms: list[TermRule]


@dataclass(frozen=True, slots=True)
class Term:
    """One way of writing one concept."""

    words: str
    tag: str
    value: str
    region: str | None
    donor: str | None
    heard: bool


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


def _shortened(value: str, noun: str, short: dict[str, list[str]]) -> Iterator[tuple[str, bool]]:
    """Yield a name in every way in which its words and its noun may be cut short, and whether the noun is left out ("lat tarsal")."""
    stem = value.removesuffix(f" {noun}")
    if stem == value:
        return
    words = stem.split(" ")
    for way in product(*([word, *short.get(word, ())] for word in words)):
        cut = " ".join(way)
        for ending in (noun, *short.get(noun, ())):
            if (cut, ending) != (stem, noun):
                yield f"{cut} {ending}", False
        if cut != stem and len(words) > 1:
            yield cut, True


def terms_of(file: VocabFile) -> list[Term]:
    """Return every way of writing the concepts of a file."""
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
        for words, is_bare in _shortened(rule.value, file.noun, file.short) if file.noun else ():
            # Heard, as what is cut short has no sound of its own.
            add(words, (file.bare_tag or tag) if is_bare else tag, heard=True)
        for words in rule.bare:
            add(words, file.bare_tag or tag)
    return terms
