"""Train the learned confidence of facts, measure it on voices left out, and write everything that is shipped (``make train``)."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.fact_confidence.ablation import ask, figures, leave_one_voice_out
from models.fact_confidence.card import PAGE
from models.fact_confidence.examples import read_examples
from models.fact_confidence.learner import fit
from models.fact_confidence.veto import veto_figures
from models.labelled import labelled_notes
from models.voices import HELD_OUT, TUNED, hash_voices
from scribe.evaluate.labels import Split
from scribe.pipeline import Analyzer
from scribe.resources import model_folder
from scribe.suggest.fact_confidence import FactManifest, Reference, load_fact_confidence
from scribe.suggest.manifest import NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.fact_confidence.examples import Example
    from scribe.rules.pack import RulePack
    from scribe.suggest.fact_confidence import FactConfidence

HERE: Final = Path(__file__).resolve().parent
METRICS: Final = HERE / "metrics.json"
_LIBRARIES: Final = ("numpy", "scikit-learn")
_REFERENCES: Final = 5


def main() -> None:
    """Train, measure, write; print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m models.fact_confidence.train", description=__doc__
    )
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    rules = Analyzer(second_opinion=False)
    pack = rules.pack
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
        "veto": veto_figures(notes, tuned),
    }
    if not options.measure:
        _write_artifact(model, tuned, pack)
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def _write_artifact(model: FactConfidence, examples: Sequence[Example], pack: RulePack) -> None:
    """Write the manifest and read it back as an analysis does."""
    folder = HERE / "artifact"
    folder.mkdir(exist_ok=True)
    step = len(examples) // _REFERENCES
    manifest = FactManifest(
        version=f"{pack.version}-{model.numbers.features}",
        numbers=model.numbers,
        sha256=model.numbers.sha256(),
        rules={"version": pack.version, "hash": pack.hash},
        libraries={name: version(name) for name in _LIBRARIES},
        data=hash_voices(TUNED),
        reference=tuple(
            Reference(features=each.features, confidence=model.confidence(each.features))
            for each in examples[step // 2 :: step]
        ),
    )
    (folder / NAME).write_text(manifest.model_dump_json(indent=1) + "\n", "utf-8")
    load_fact_confidence(model_folder(HERE.name))


if __name__ == "__main__":
    main()
