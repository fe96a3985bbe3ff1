"""Other words for the same: what a speech recogniser hears, and what another surgeon would say."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.corpus.generate.rewrite import Edit, edited
from scribe.rules.yaml_loader import load_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from models.corpus.generate.labelled import LabelledNote

_TABLES = Path(__file__).with_name("words.yaml")
_VOWELS = {"a": "e", "e": "i", "i": "e", "o": "u", "u": "o"}
_SHORTEST = 6
_PARTS = 8
_HALF = 0.5


def mishear(
    note: LabelledNote, random: Random, *, rate: float = 0.05, respelled: float = _HALF
) -> LabelledNote | None:
    """Put what a speech recogniser might hear in the place of clinical terms.

    Args:
        note: The note.
        random: Decides which terms, and how they are heard.
        rate: Share of the occurrences of the terms of ``words.yaml`` that are mis-heard.
        respelled: Share of those that are only spelled as they sound; the others are taken from ``words.yaml``.
    """
    heard = tables()["heard"]
    edits = [
        Edit(match.start(), match.end(), _heard(match.group().lower(), heard, random, respelled))
        for match in _any_of(tuple(heard)).finditer(note.text)
        if random.random() < rate
    ]
    return edited(note, edits)


def reword(note: LabelledNote, random: Random) -> LabelledNote | None:
    """Put a synonym in the place of words within the quotes of labels."""
    synonyms: Mapping[str, list[str]] = tables()["synonyms"]
    quotes = [
        (start, start + len(fact["quote"]))
        for fact in note.gold["facts"]
        for start in [note.text.index(fact["quote"])]
    ]
    edits = [
        Edit(match.start(), match.end(), random.choice(synonyms[match.group().lower()]))
        for match in _any_of(tuple(synonyms)).finditer(note.text)
        if match.group().islower()
        and any(start <= match.start() and match.end() <= end for start, end in quotes)
    ]
    return edited(note, edits)


def respell(term: str, random: Random) -> str:
    """Write a term as it sounds: letters of one sound exchanged, one vowel dulled, a long word cut in two."""
    words = []
    for word in term.split():
        if len(word) < _SHORTEST or not word.isalpha():
            words.append(word)
            continue
        word = word.replace("ph", "f").replace("ae", "e")
        word = re.sub(r"c(?=[eiy])", "s", word)
        inner = [k for k in range(2, len(word) - 1) if word[k] in _VOWELS]
        if inner:
            at = random.choice(inner)
            word = word[:at] + _VOWELS[word[at]] + word[at + 1 :]
        cuts = [
            k for k in range(3, len(word) - 3) if word[k - 1] in _VOWELS and word[k] not in _VOWELS
        ]
        if cuts and len(word) >= _PARTS:
            at = random.choice(cuts)
            word = f"{word[:at]} {word[at:]}"
        words.append(word)
    return " ".join(words)


@cache
def tables() -> Mapping[str, Any]:
    """Return the tables of ``words.yaml``."""
    tables: Mapping[str, Any] = load_yaml(_TABLES)
    return tables


def _heard(term: str, heard: Mapping[str, list[str]], random: Random, respelled: float) -> str:
    known = heard[term]
    spelled = respell(term, random)
    if spelled != term and random.random() < (respelled if known else respelled > 0):
        return spelled
    return random.choice(known) if known else term


@cache
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE
    )
