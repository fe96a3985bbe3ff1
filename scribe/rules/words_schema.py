"""Pydantic models of ``patterns/language.yaml``: the everyday words that steer reading.

Each group says in the file itself what its words do; the names here are the names there.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator

from scribe.rules.condition_schema import Strict

_HYPHEN = re.compile(r"\w-\w")


def _is_word(word: str) -> str:
    if word != word.lower() or word.split() != [word] or _HYPHEN.search(word):
        msg = f"{word!r} would never be met; write one word, in small letters, without a hyphen"
        raise ValueError(msg)
    return word


def _is_tag(tag: str) -> str:
    if not (tag.isalpha() and tag.isupper()):
        msg = f"{tag!r} is no tag; tags are written in capitals, as in vocab/"
        raise ValueError(msg)
    return tag


def _is_either(name: str) -> str:
    return name if name.isupper() and name.isalpha() else _is_word(name)


Word = Annotated[str, AfterValidator(_is_word)]
"""One word or mark as a note is read: in small letters."""
Words = frozenset[Word]
Tag = Annotated[str, AfterValidator(_is_tag)]
"""A tag of the vocabulary, in capitals."""
Tags = frozenset[Tag]
Names = frozenset[Annotated[str, AfterValidator(_is_either)]]
"""Tags of the vocabulary, in capitals, and words."""
Row = tuple[Word, ...]
"""Words whose order counts, or that are asked for by their beginning or end."""


Frame = Literal[
    "admin",
    "codes",
    "consent",
    "heading",
    "history",
    "implants",
    "loose",
    "plan",
    "title",
    "today",
]
"""How a part of a note is meant; reading knows no others."""


class RunOnWords(Strict):
    """Where a clause begins in words that no mark divides."""

    verbs: Words
    plural: Words
    subjects: Words
    dummies: Words
    articles: Words
    adverbs: Words
    places: Words
    particles: Words
    particle_verbs: Words
    joining: Words
    holding: Words
    steps: Words
    conditions: Words
    leads: frozenset[Row]


class CutShort(Strict):
    """A word that is another one cut short right behind some words ("2nd met"), and before none of others ("the second met us")."""

    means: Word
    behind: Words
    not_before: Words


class SentenceWords(Strict):
    """Where a sentence ends."""

    spoken_marks: dict[Word, str]
    spoken_pairs: tuple[Row, ...]
    without_apostrophe: dict[Word, str]
    cut_short: dict[Word, CutShort]
    fillers: Words
    paragraph: Words
    paragraph_after: Words
    asks: Words
    titles: Words
    abbreviations: Words
    also_words: Words
    before_numbers: Words
    units: Words
    go_on: Words
    takes_back: tuple[Row, ...]
    transcribed: tuple[Row, ...]
    run_on: RunOnWords

    @cached_property
    def takes_back_begins(self) -> frozenset[str]:
        """The first words of what takes something back."""
        return frozenset(row[0] for row in self.takes_back)

    @cached_property
    def spoken_stops(self) -> frozenset[str]:
        """The words that a dictation speaks for a full stop."""
        return frozenset(word for word, mark in self.spoken_marks.items() if mark == ".")


class TellingWords(Strict):
    """How a sentence is meant where no heading says so."""

    in_headings: Words
    diagnosis: Words
    title: Words
    no_title: Words
    named: Words
    told: Words
    verbs: Words
    ways: Words
    risks: Words
    begins: Words
    own: Words
    own_deeds: Words
    turns: Words
    foreseen: Words
    work: Tags
    hands: Tags

    @cached_property
    def all_work(self) -> frozenset[str]:
        """Tags of everything done with the hands."""
        return self.work | self.hands


class OwnerWords(Strict):
    """What a length or a size measures."""

    lead_on: Words
    measure: Words
    told: Words
    far: Words
    turn_away: Words
    breaks: Words
    parted: Words
    upon: Words
    place: Words
    of_part: Words
    of_whole: Words
    stayed: Words
    sparing: Words
    distance: Words
    distance_after: Words
    distance_to: Words
    distance_before: Words
    misheard_for: Words
    heads: Tags
    weak: Tags


class JoinWords(Strict):
    """Which vessel was joined to which."""

    links: Words
    adjectives: Row
    places: Words
    no_names: Words
    phrase_ends: Words
    phrase_begins: Words
    put_in: Words
    parting: Words
    before_recipient: Words
    own: Words
    their: Words
    carried: Words
    upon: Words
    being: Words
    several: Words
    receiving: Row
    another: Words
    arterial: Row
    of_artery: Words
    merged: Words
    venous: Row
    surely: Row
    moved: Words
    moved_to: Words
    parted: Words
    denied: Words
    inverted: Words
    given_up: Words
    likewise: Words
    alike: Words
    manner: Words
    thread: Words
    pronouns: Words
    possessives: Words
    stumps: Words
    subjects: Words


class ToeBoneWords(Strict):
    """How a metatarsal is told by its toe."""

    value: str
    region: str
    bones: Words
    heads: Words
    behind: Words
    between: Words


class BoneWords(Strict):
    """Bones, their numbers, and where the flap went."""

    positions: Words
    of_a_digit: Words
    of_a_ray: Words
    numbered: Words
    alone: Words
    rays: dict[str, str]
    among: dict[str, str]
    renamed: dict[str, str]
    lost: Words
    parted: Words
    sources: Words
    spared: Words
    listing: Words
    ray: Words
    before_number: Words
    by_toe: ToeBoneWords


class SideWords(Strict):
    """Left and right."""

    step_over: Words
    turning: Words
    teams: Words
    adjective_endings: Row
    opposite: Words
    onward: Words
    out_of: Words
    of_limb: Words
    field: Words
    passed_over: Words
    between: Words
    behind: Words
    apart: Words
    named: Words
    apart_ends: Words
    in_passing: Names


class VesselWords(Strict):
    """Vessels of the pedicle."""

    by_letters: Tags
    letters_behind: Words
    labels: Words
    landmarks: Words
    denied: Words
    cut_beyond: Words
    seen: Words


class FlowTestWords(Strict):
    """Tests of flow."""

    failed: Words
    failed_phrases: list[str]
    clamps: Words
    off: Words
    done: Words


class AmendingWords(Strict):
    """Written corrections of a value that stands elsewhere in the note."""

    said: Words
    wrong: Words
    denials: Words


class AnswerWords(Strict):
    """Answers in a form, behind the colon of their label."""

    no: Words
    not_done: tuple[Row, ...]
    yes: Words
    inapplicable: tuple[Row, ...]
    unsaid: tuple[Row, ...]
    unsaid_of: Words
    unsaid_opens: Tags
    leading: Words
    deciding: Words
    offering: Words
    asking: tuple[Row, ...]


class TableWords(Strict):
    """Tables of several columns."""

    fields: Words
    answers: Words
    targets: Words
    joined: Words
    ends: Words
    how: Words
    booked: Words
    done: Words
    arterial: Words
    venous: Words


class IntendedTitles(Strict):
    """Titles by whose words the operation was booked; the section they are where another title, or one of ``changed``, tells otherwise."""

    instead: Words
    section: str
    words: Words
    done: Words
    changed: tuple[str, ...]


class ShortName(Strict):
    """What a note calls by its shape alone once it has said what it is made of, or what place it lies over."""

    tag: Tag
    value: str
    of: tuple[str, ...]
    over: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    shapes: Words
    frames: frozenset[Frame]
    never_beside: frozenset[str]


class WordsFile(Strict):
    """``patterns/language.yaml``."""

    left_out: Words
    sentences: SentenceWords
    telling: TellingWords
    owners: OwnerWords
    joins: JoinWords
    bones: BoneWords
    sides: SideWords
    vessels: VesselWords
    tests: FlowTestWords
    amending: AmendingWords
    answers: AnswerWords
    tables: TableWords
    short_names: tuple[ShortName, ...]
