"""Train the learned confidence of facts, measure it on voices left out, and write everything that is shipped (``make train``)."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

from models.fact_confidence.ablation import ask, figures, leave_one_voice_out
from models.fact_confidence.card import PAGE
from models.fact_confidence.examples import read_examples
from models.fact_confidence.learner import fit
from models.fact_confidence.veto import veto_figures
from models.labelled import analyzer_before, labelled_notes
from models.numbers_file import write_numbers
from models.voices import HELD_OUT, TUNED, hash_voices
from scribe.evaluate.labels import Split
from scribe.rules.pack import load_pack

HERE: Final = Path(__file__).resolve().parent
METRICS: Final = HERE / "metrics.json"


def main() -> None:
    """Train, measure, write; print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m models.fact_confidence.train", description=__doc__
    )
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    pack = load_pack()
    rules = analyzer_before("fact_confidence", pack)
    notes = labelled_notes(Split.TUNED, pack)
    tuned = read_examples(notes, rules)
    held_out = read_examples(labelled_notes(Split.HELD_OUT, pack), rules)
    model = fit(tuned)
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "data": {"tuned": hash_voices(TUNED), "held_out": hash_voices(HELD_OUT)},
        "voices": len({each.voice for each in tuned}),
        "leave_one_voice_out": figures(tuned, leave_one_voice_out(tuned)),
        "held_out": figures(held_out, ask(tuned, held_out)),
        "veto": veto_figures(notes, tuned, rules),
    }
    if not options.measure:
        rows = [each.features for each in tuned]
        write_numbers(HERE, model.numbers, rows, hash_voices(TUNED), pack)
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


if __name__ == "__main__":
    main()
