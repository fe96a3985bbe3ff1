"""Train the learned second opinion, measure it on voices left out, and write everything that is shipped (``make train``)."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Final

from models.code_suggester.ablation import figures, judge, leave_one_voice_out
from models.code_suggester.artifact_file import HERE, write_artifact
from models.code_suggester.card import PAGE
from models.code_suggester.examples import read_examples
from models.code_suggester.learner import HOLD_BACK, fit_estimator, fit_opinion
from models.code_suggester.reference import write_reference
from models.voices import HELD_OUT, TUNED, hash_voices, read_voices
from scribe.rules.pack import load_pack

METRICS: Final = HERE / "metrics.json"


def main() -> None:
    """Train, measure, write; print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m models.code_suggester.train", description=__doc__
    )
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    pack = load_pack()
    tuned = read_examples(read_voices(TUNED), pack)
    held_out = read_examples(read_voices(HELD_OUT), pack)
    asked = [each for each in tuned if each.asked]
    left_out = figures(leave_one_voice_out(tuned, pack, hold_back=HOLD_BACK))
    hold_back = _earned(left_out)
    if not hold_back:
        left_out = figures(leave_one_voice_out(tuned, pack, hold_back=hold_back))
    second = fit_opinion(asked, pack, hold_back=hold_back)
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "data": {"tuned": hash_voices(TUNED), "held_out": hash_voices(HELD_OUT)},
        "voices": len({each.voice for each in tuned}),
        "policy": second.policy.model_dump(),
        "leave_one_voice_out": left_out,
        "held_out": figures(judge(held_out, second, pack)),
    }
    if not options.measure:
        estimator = fit_estimator(asked, pack)
        metrics["artifact_bytes"] = write_artifact(second.numbers, estimator, asked, pack)
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        write_reference()
        PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def _earned(left_out: dict[str, Any]) -> float:
    """Return the threshold below which a code is held back: 0, that is never, where it loses more right codes than it prevents wrong ones.

    Rules that were tuned on the same notes leave few wrong codes to prevent. Where it costs nothing the threshold stays, since on a new
    note a question costs less than a wrong code.
    """
    held = left_out["held_back"]
    return HOLD_BACK if held["right_lost"] <= held["wrong_prevented"] else 0.0


if __name__ == "__main__":
    main()
