"""The kinds of variants, and how one is made from a note and a seed."""

from __future__ import annotations

import dataclasses
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from models.corpus.generate.conflicts import plant_ray, plant_side
from models.corpus.generate.drops import drop_fact
from models.corpus.generate.measures import say_numbers, swap_units, write_numbers
from models.corpus.generate.sections import shuffle_fields
from models.corpus.generate.words import mishear, reword

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from models.corpus.generate.labelled import LabelledNote

    Kind = Callable[[LabelledNote, Random], LabelledNote | None]

KEEPING: Mapping[str, Kind] = {
    "units": swap_units,
    "spoken-numbers": say_numbers,
    "written-numbers": write_numbers,
    "fields": shuffle_fields,
    "synonyms": reword,
    "noise": mishear,
    "noise-listed": partial(mishear, respelled=0.0),
    "noise-all": partial(mishear, rate=1.0),
}
"""Kinds that change no label but the words of its quote."""
CHANGING: Mapping[str, Kind] = {
    "dropped": drop_fact,
    "other-side": plant_side,
    "other-ray": plant_ray,
}
KINDS: Mapping[str, Kind] = {**KEEPING, **CHANGING}


def make_variant(note: LabelledNote, kind: str, seed: int) -> LabelledNote | None:
    """Return a variant of a note, the same for the same seed; None where the note cannot have one of this kind.

    Raises:
        KeyError: There is no such kind.
    """
    random = Random(f"{seed} {note.id} {kind}")  # noqa: S311 - repeatable, keeps no secret
    variant = KINDS[kind](note, random)
    return variant and dataclasses.replace(variant, id=f"{note.id}-{kind}")
