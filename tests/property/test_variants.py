"""Variants of labelled notes: quotes are found once, values are kept, and the same seed gives the same variant."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.corpus.generate.labelled import LabelledNote, read_notes, write_note
from models.corpus.generate.measures import digits_of, in_words
from models.corpus.generate.rewrite import Edit, edited
from models.corpus.generate.variants import CHANGING, KEEPING, KINDS, make_variant
from models.corpus.generate.words import respell, tables
from scribe.parse.soundalikes import SoundKeys
from scribe.rules.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Iterable

CORPUS = Path(__file__).resolve().parents[2] / "models" / "corpus"
NOTES = [note for folder in sorted(CORPUS.glob("tuned_*")) for note in read_notes(folder)]
MANY = 200  # no share: new authors write what a kind does not fit, too
sound_key = SoundKeys(load_pack().language.sounds.folds).of
notes = st.sampled_from(NOTES)
seeds = st.integers(min_value=0, max_value=1_000)


def told(note: LabelledNote) -> Counter[tuple[str, str, str]]:
    return Counter((f["name"], str(f["value"]), f["status"]) for f in note.gold["facts"])


def counts(note: LabelledNote) -> set[int]:
    return {note.text.count(fact["quote"]) for fact in note.gold["facts"]}


def other_labels(note: LabelledNote) -> dict[str, Any]:
    return {key: value for key, value in note.gold.items() if key != "facts"}


@given(note=notes, kind=st.sampled_from(sorted(KINDS)), seed=seeds)
def test_every_quote_is_found_once(note: LabelledNote, kind: str, seed: int) -> None:
    variant = make_variant(note, kind, seed)
    assert variant is None or counts(variant) <= {1}


@given(note=notes, kind=st.sampled_from(sorted(KEEPING)), seed=seeds)
def test_a_kind_that_keeps_labels_keeps_every_value(
    note: LabelledNote, kind: str, seed: int
) -> None:
    variant = make_variant(note, kind, seed)
    assert variant is None or (told(variant), other_labels(variant)) == (
        told(note),
        other_labels(note),
    )


@given(note=notes, kind=st.sampled_from(sorted(KINDS)), seed=seeds)
def test_the_same_seed_gives_the_same_variant(note: LabelledNote, kind: str, seed: int) -> None:
    assert make_variant(note, kind, seed) == make_variant(note, kind, seed)


@given(note=notes, kind=st.sampled_from(sorted(KINDS)), seed=seeds)
def test_a_variant_differs_from_its_note(note: LabelledNote, kind: str, seed: int) -> None:
    variant = make_variant(note, kind, seed)
    assert variant is None or variant.text != note.text


@given(note=notes, seed=seeds)
def test_a_dropped_fact_is_a_trap(note: LabelledNote, seed: int) -> None:
    variant = make_variant(note, "dropped", seed)
    if variant is not None:
        gone = {name for name, _, _ in told(note) - told(variant)}
        assert gone <= {trap["name"] for trap in variant.gold["not_present"]}


@given(note=notes, kind=st.sampled_from(["other-side", "other-ray"]), seed=seeds)
def test_a_planted_conflict_is_a_fact_and_a_finding(
    note: LabelledNote, kind: str, seed: int
) -> None:
    variant = make_variant(note, kind, seed)
    if variant is not None:
        added = told(variant) - told(note)
        new = set(variant.gold["findings"]) - set(note.gold["findings"])
        assert (sum(added.values()), len(new)) == (1, 1)


@given(note=notes, kind=st.sampled_from(sorted(CHANGING)), seed=seeds)
def test_no_finding_is_both_wanted_and_barred(note: LabelledNote, kind: str, seed: int) -> None:
    variant = make_variant(note, kind, seed)
    assert variant is None or not set(variant.gold["findings"]) & set(variant.gold["no_findings"])


@given(st.integers(min_value=0, max_value=199), st.integers(min_value=0, max_value=9))
def test_numbers_in_words_come_back_in_digits(whole: int, tenth: int) -> None:
    number = f"{whole}.{tenth}" if tenth else str(whole)
    assert digits_of(in_words(number) or "") == number


@given(term=st.sampled_from(sorted(tables()["heard"])), seed=seeds)
def test_a_respelled_term_keeps_its_sound(term: str, seed: int) -> None:
    spelled = respell(term, Random(seed))  # noqa: S311 - keeps no secret
    assert sound_key(spelled.replace(" ", "")) == sound_key(term.replace(" ", ""))


@given(note=notes, where=st.lists(st.integers(0, 5_000), max_size=6, unique=True))
def test_insertions_anywhere_keep_quotes(note: LabelledNote, where: Iterable[int]) -> None:
    variant = edited(note, [Edit(k, k, " ~ ") for k in where if k <= len(note.text)])
    assert variant is None or counts(variant) <= {1}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_many_notes_have_a_variant(kind: str) -> None:
    assert sum(make_variant(note, kind, 1) is not None for note in NOTES) >= MANY


def test_a_written_variant_reads_back(tmp_path: Path) -> None:
    variant = next(v for note in NOTES if (v := make_variant(note, "units", 1)))
    write_note(tmp_path, variant)
    (again,) = read_notes(tmp_path)
    assert (again.text, told(again)) == (variant.text, told(variant))
