"""Train the judge of gaps, measure it on voices that it never saw, and write what is shipped (``make train``)."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from models.gap_judge.card import PAGE
from models.labelled import analyzer_before, labelled_notes
from models.numbers_file import write_numbers
from models.second_reader.left_out import LeftOutReaders
from models.voices import HELD_OUT, TUNED, hash_voices
from scribe.assess.checklist import assess_code
from scribe.evaluate.labels import Split
from scribe.rules.pack import load_pack
from scribe.suggest.gap_judge import FEATURES, GapNumbers, gap_features, is_short
from scribe.suggest.numbers import Features, Logistic
from scribe.types.checklist import ItemStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scribe.evaluate.labels import LabelledNote
    from scribe.rules.pack import RulePack

HERE: Final = Path(__file__).resolve().parent
METRICS: Final = HERE / "metrics.json"
STRENGTH: Final = 1.0
"""Inverse strength of the penalty."""
FOLDS: Final = 10
GRID: Final = (0.2, 0.3, 0.4, 0.5)
_RAREST: Final = 2
_DIGITS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item that is short.

    Attributes:
        voice: Of the note.
        item: Its id.
        features: What the judge sees.
        is_gap: The labels do not call it met.
    """

    voice: str
    item: str
    features: Features
    is_gap: bool


def main() -> None:
    """Train, measure, write; print the figures."""
    parser = argparse.ArgumentParser(prog="python -m models.gap_judge.train", description=__doc__)
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    pack = load_pack()
    analyzer = analyzer_before("gap_judge", pack)
    notes = labelled_notes(Split.TUNED, pack)
    readers = LeftOutReaders(analyzer)
    rows = list(short_items(notes, readers, pack))
    held_out = list(short_items(labelled_notes(Split.HELD_OUT, pack), readers, pack))
    numbers = fit(rows)
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "data": {"tuned": hash_voices(TUNED), "held_out": hash_voices(HELD_OUT)},
        "notes": len(notes),
        "voices": len({note.voice for note in notes}),
        "weights": len(numbers.gap.weights),
        "left_out": figures(rows, judged_apart(rows)),
        "held_out": figures(held_out, [chance(numbers, row) for row in held_out]),
        "by_item": by_item(rows, judged_apart(rows), pack.gap_judge.quiet_below),
    }
    if not options.measure:
        write_numbers(HERE, numbers, [row.features for row in rows], hash_voices(TUNED), pack)
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def short_items(
    notes: Iterable[LabelledNote], readers: LeftOutReaders, pack: RulePack
) -> Iterator[Row]:
    """Yield the items of the labelled code that are short by the rules, in notes whose labels say how they stand.

    Args:
        notes: The labelled notes.
        readers: Ask the models that stand before the judge.
        pack: The rules.
    """
    for note in notes:
        code = pack.codes.get(note.labels.code or "")
        if code is None:
            continue
        told = readers.analyzer(note.voice).extract_facts(note.note)
        for item in assess_code(code, told.scope, pack).checklist:
            names, labelled = pack.gap_judge.hears.get(item.id), note.labels.checklist.get(item.id)
            if names and labelled and is_short(item) and told.heard:
                yield Row(
                    voice=note.voice,
                    item=item.id,
                    features=gap_features(item, names, told.scope, told.heard),
                    is_gap=labelled is not ItemStatus.MET,
                )


def fit(rows: Sequence[Row]) -> GapNumbers:
    """Fit the judge; features of a single row are left out."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in row.features:
            counts[name] = counts.get(name, 0) + 1
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{n: v for n, v in row.features.items() if counts[n] >= _RAREST} for row in rows]
    )
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(matrix, np.array([row.is_gap for row in rows]))
    names = vectorizer.get_feature_names_out()
    return GapNumbers(
        features=FEATURES,
        gap=Logistic(
            intercept=round(float(model.intercept_[0]), _DIGITS),
            weights={
                str(name): round(float(weight), _DIGITS)
                for name, weight in zip(names, model.coef_[0], strict=True)
            },
        ),
    )


def chance(numbers: GapNumbers, row: Row) -> float:
    """Return how probable it is that an item is a gap."""
    return numbers.answers(row.features)["gap"]


def judged_apart(rows: Sequence[Row]) -> list[float]:
    """Return how probable each gap is, by judges that never saw its voice."""
    fold_of = {voice: at % FOLDS for at, voice in enumerate(sorted({row.voice for row in rows}))}
    judges = [
        fit([row for row in rows if fold_of[row.voice] != fold])
        for fold in sorted(set(fold_of.values()))
    ]
    return [chance(judges[fold_of[row.voice]], row) for row in rows]


def figures(rows: Sequence[Row], chances: Sequence[float]) -> dict[str, Any]:
    """Return how many gaps, and how many items that only seem to be gaps, would be kept quiet, by the probability below which they are."""
    return {f"{least:.1f}": quiet(rows, chances, least) for least in GRID}


def by_item(
    rows: Sequence[Row], chances: Sequence[float], least: float
) -> dict[str, dict[str, int]]:
    """Return the same for each item, at one probability."""
    told = {}
    for item in sorted({row.item for row in rows}):
        own = [(row, sure) for row, sure in zip(rows, chances, strict=True) if row.item == item]
        told[item] = quiet([row for row, _ in own], [sure for _, sure in own], least)
    return told


def quiet(rows: Sequence[Row], chances: Sequence[float], least: float) -> dict[str, int]:
    """Count the gaps and what only seems one, all of them and those that are kept quiet."""
    below = [row for row, sure in zip(rows, chances, strict=True) if sure < least]
    gaps, quiet_gaps = (sum(row.is_gap for row in each) for each in (rows, below))
    return {
        "gaps": gaps,
        "quiet_gaps": quiet_gaps,
        "seeming": len(rows) - gaps,
        "quiet_seeming": len(below) - quiet_gaps,
    }


if __name__ == "__main__":
    main()
