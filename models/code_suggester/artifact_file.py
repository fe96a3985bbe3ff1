"""Write what is shipped: the fitted estimator, its numbers and the manifest.

``python -m models.code_suggester.artifact_file`` reads the numbers from the estimator again, for one that was fitted before.
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.voices import TUNED, hash_voices
from scribe.suggest.estimator import load_estimator, weights_of
from scribe.suggest.features import feature_names
from scribe.suggest.manifest import NAME
from scribe.suggest.weights import NAME as NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.code_suggester.examples import Example
    from models.code_suggester.learner import Weights
    from scribe.rules.pack import RulePack
    from scribe.suggest.manifest import Policy

HERE: Final = Path(__file__).resolve().parent
ARTIFACT: Final = HERE / "artifact"
ESTIMATOR: Final = "model.skops"
_LIBRARIES: Final = ("numpy", "scikit-learn", "skops")


def write_artifact(
    weights: Weights, policy: Policy, examples: Sequence[Example], pack: RulePack
) -> int:
    """Write the estimator, its numbers and the manifest; return the size of the estimator in bytes."""
    from skops.io import dumps, get_untrusted_types

    ARTIFACT.mkdir(exist_ok=True)
    content = dumps(weights.estimator)
    (ARTIFACT / ESTIMATOR).write_bytes(content)
    artifact = {
        "file": ESTIMATOR,
        "sha256": hashlib.sha256(content).hexdigest(),
        "untrusted": sorted(get_untrusted_types(data=content)),
    }
    manifest = {
        "version": f"{pack.version}-{pack.second_opinion.version}",
        "features": {
            "version": pack.second_opinion.version,
            "names": list(feature_names(pack)),
        },
        "artifact": {**artifact, "weights": write_numbers(artifact)},
        "policy": policy.model_dump(),
        "rules": {"version": pack.version, "hash": pack.hash},
        "libraries": {name: version(name) for name in _LIBRARIES},
        "data": hash_voices(TUNED),
        "reference": _reference(weights, examples),
    }
    _write_manifest(manifest)
    return len(content)


def write_numbers(artifact: dict[str, Any]) -> dict[str, Any]:
    """Write the numbers of the stored estimator, which is loaded as distrustfully as it would be anywhere; return their stamp.

    Args:
        artifact: File, hash and types of the estimator, as the manifest names them.

    Raises:
        ModelError: The estimator is not the one that is named, or none whose numbers are known.
    """
    sha256 = artifact["sha256"]
    estimator = load_estimator(ARTIFACT / artifact["file"], sha256, artifact["untrusted"])
    numbers = weights_of(estimator, sha256)
    content = (numbers.model_dump_json(indent=1) + "\n").encode()
    (ARTIFACT / NUMBERS).write_bytes(content)
    return {"file": NUMBERS, "sha256": hashlib.sha256(content).hexdigest()}


def _write_manifest(manifest: dict[str, Any]) -> None:
    (ARTIFACT / NAME).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def main() -> None:
    """Write the numbers of the estimator that is there, and name them in its manifest."""
    manifest = json.loads((ARTIFACT / NAME).read_text("utf-8"))
    manifest["artifact"]["weights"] = write_numbers(manifest["artifact"])
    _write_manifest(manifest)


def _reference(weights: Weights, examples: Sequence[Example]) -> list[dict[str, Any]]:
    """Pick pairs, with a fitting code and with any, and store what the model says of them; loading asks it again."""
    asked = [each for each in examples if each.asked]
    fitting = [each.rows[each.code] for each in asked if each.code in each.rows]
    rows = [row for each in asked for row in each.rows.values()]
    picked = [each[at] for each in (fitting, rows) for at in (len(each) // 3, 2 * len(each) // 3)]
    told = weights.score(picked)
    return [
        {"features": list(row), "probability": round(probability, 9)}
        for row, probability in zip(picked, told, strict=True)
    ]


if __name__ == "__main__":
    main()
