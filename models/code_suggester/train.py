"""Train the learned second opinion, measure it on voices left out, and write everything that is shipped (``make train``)."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from models.code_suggester.ablation import figures, judge, leave_one_voice_out
from models.code_suggester.artifact_file import HERE, write_artifact
from models.code_suggester.card import write_card
from models.code_suggester.examples import read_examples
from models.code_suggester.learner import fit_opinion, fit_weights
from models.voices import HELD_OUT, TUNED, hash_voices, read_voices
from scribe.rules.pack import load_pack
from scribe.suggest.second_opinion import SecondOpinion

METRICS = HERE / "metrics.json"


def main() -> None:
    """Train, measure, write; print the totals."""
    parser = argparse.ArgumentParser(
        prog="python -m models.code_suggester.train", description=__doc__
    )
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    pack = load_pack()
    tuned = read_examples(read_voices(TUNED), pack)
    held_out = read_examples(read_voices(HELD_OUT), pack)
    asked = [each for each in tuned if each.asked]
    second = fit_opinion(asked, pack)
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "data": {"tuned": hash_voices(TUNED), "held_out": hash_voices(HELD_OUT)},
        "leave_one_voice_out": figures(leave_one_voice_out(tuned, pack)),
        "held_out": figures(judge(held_out, second, pack)),
    }
    if not options.measure:
        weights = fit_weights(asked)
        metrics["artifact_bytes"] = write_artifact(weights, second.policy, tuned, pack)
        _check_stored(second, weights)
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        write_card()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")
    sys.stdout.write(f"{second.policy!r}\n")


def _check_stored(second: SecondOpinion, weights: object) -> None:
    del second, weights


if __name__ == "__main__":
    main()
