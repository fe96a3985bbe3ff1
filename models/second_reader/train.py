"""Train the second reader, measure it on voices that neither rules nor reader had seen, and write what is shipped (``make train``)."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.labelled import analyzer_before, labelled_notes
from models.numbers_file import write_numbers
from models.second_reader.card import PAGE
from models.second_reader.examples import ReadNote
from models.second_reader.first_looks import FirstLooks, is_learned_from
from models.second_reader.learner import (
    DOUBTING,
    GRID,
    JOINING,
    Rows,
    Trial,
    fit,
    judged_apart,
    try_first_looks,
    weigh,
)
from models.second_reader.left_out import write_left_out
from models.second_reader.trial import doubt_counts, left_out_figures, what_users_get
from models.voices import HELD_OUT, TUNED, hash_voices
from scribe.evaluate.labels import Split
from scribe.rules.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.second_reader.learner import Tried
    from scribe.evaluate.labels import LabelledNote
    from scribe.pipeline import Analyzer
    from scribe.suggest.numbers import Logistic
    from scribe.suggest.reader.weights import ReaderNumbers

HERE: Final = Path(__file__).resolve().parent
METRICS: Final = HERE / "metrics.json"


def main() -> None:
    """Train, measure, write; print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m models.second_reader.train", description=__doc__
    )
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    pack = load_pack()
    tuned = labelled_notes(Split.TUNED, pack)
    learned_from = [note for note in tuned if is_learned_from(note)]
    unseen = [note for note in tuned if not is_learned_from(note)]
    looks = FirstLooks(pack.second_reader)
    rules = analyzer_before("second_reader", pack)
    rows = Rows(read_notes(learned_from, rules), pack.second_reader)
    trial, judges = try_first_looks(rows, looks)
    numbers = fit(rows, trial)
    readers = _completed(judges, numbers)
    later = Trial()
    weigh(read_notes(unseen, rules), numbers, looks, later)
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "data": {"tuned": hash_voices(TUNED), "held_out": hash_voices(HELD_OUT)},
        "voices": len({note.voice for note in learned_from}),
        "unseen_voices": len({note.voice for note in unseen}),
        "weights": sum(len(each.weights) for each in (*numbers.sentences, *numbers.places)),
        "least": numbers.least,
        "added_at_first_sight": {
            "left_out": _added(trial.beside, judged_apart(trial.beside, JOINING)),
            "unseen": _added(later.beside, _probable(later.beside, numbers.joint)),
        },
        "doubted_at_first_sight": {
            "left_out": doubt_counts(trial.given, judged_apart(trial.given, DOUBTING)),
            "unseen": doubt_counts(later.given, _probable(later.given, numbers.right)),
        },
        "unseen": what_users_get(unseen, numbers, rules),
        "held_out": what_users_get(labelled_notes(Split.HELD_OUT, pack), numbers, rules),
        "left_out": left_out_figures(learned_from, readers, rules),
    }
    if not options.measure:
        rows_seen = [each.features for each in (*trial.beside, *trial.given)]
        write_numbers(HERE, numbers, rows_seen, hash_voices(TUNED), pack)
        write_left_out(readers)
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def read_notes(notes: Sequence[LabelledNote], rules: Analyzer) -> list[ReadNote]:
    """Return the notes as the reader would see them: with the facts of the rules and of the models before it."""
    told = ((note, rules.extract_facts(note.note)) for note in notes)
    return [ReadNote(note=note, parsed=each.parsed, facts=each.facts) for note, each in told]


def _completed(
    judges: Mapping[str, ReaderNumbers], numbers: ReaderNumbers
) -> dict[str, ReaderNumbers]:
    """Return readers by the voice that their judges never saw, each put together as the one that is shipped."""
    joined = {"joint": numbers.joint, "least": numbers.least, "right": numbers.right}
    whole = {id(each): each.model_copy(update=joined) for each in judges.values()}
    return {voice: whole[id(each)] for voice, each in judges.items()}


def _probable(tried: Sequence[Tried], joint: Logistic) -> list[float]:
    return [joint.probability(each.features) for each in tried]


def _added(tried: Sequence[Tried], said: Sequence[float]) -> dict[str, dict[str, int]]:
    """Return how many facts would be added from a probability on, and how many of them are right."""
    told = {}
    for least in GRID:
        given = [each.is_right for each, sure in zip(tried, said, strict=True) if sure >= least]
        told[f"{least:.2f}"] = {"added": len(given), "right": sum(given)}
    return told


if __name__ == "__main__":
    main()
