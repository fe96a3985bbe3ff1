"""Write what is shipped of the second reader: its numbers and its manifest, read back as an analysis does."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from models.voices import TUNED, hash_voices
from scribe.resources import model_folder
from scribe.suggest.manifest import NAME, WeightsStamp
from scribe.suggest.reader.weights import ReaderManifest, ReaderReference, load_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.second_reader.learner import Tried
    from scribe.rules.pack import RulePack
    from scribe.suggest.reader.weights import ReaderNumbers

HERE: Final = Path(__file__).resolve().parent
_WEIGHTS: Final = "weights.json"
_LIBRARIES: Final = ("numpy", "scikit-learn")
_REFERENCES: Final = 5


def write_artifact(numbers: ReaderNumbers, tried: Sequence[Tried], pack: RulePack) -> None:
    """Write numbers and manifest; the same training gives the same bytes."""
    folder = HERE / "artifact"
    folder.mkdir(exist_ok=True)
    (folder / _WEIGHTS).write_text(numbers.model_dump_json(indent=None) + "\n", "utf-8")
    step = len(tried) // _REFERENCES
    manifest = ReaderManifest(
        version=f"{pack.version}-{numbers.features}",
        weights=WeightsStamp(file=_WEIGHTS, sha256=numbers.sha256()),
        rules={"version": pack.version, "hash": pack.hash},
        libraries={name: version(name) for name in _LIBRARIES},
        data=hash_voices(TUNED),
        reference=tuple(
            ReaderReference(
                features=each.candidate.features,
                probability=numbers.joint.probability(each.candidate.features),
            )
            for each in tried[step // 2 :: step]
        ),
    )
    (folder / NAME).write_text(manifest.model_dump_json(indent=1) + "\n", "utf-8")
    load_numbers(model_folder(HERE.name))
