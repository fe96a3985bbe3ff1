"""Write what is shipped: the weights, the manifest, and a stored reference that a test holds them to."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.voices import TUNED, hash_voices
from scribe.suggest.features import feature_names
from scribe.suggest.manifest import NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.code_suggester.examples import Example
    from models.code_suggester.learner import Weights
    from scribe.rules.pack import RulePack
    from scribe.suggest.manifest import Policy

HERE: Final = Path(__file__).resolve().parent
ARTIFACT: Final = HERE / "artifact"
REFERENCE: Final = HERE / "reference.json"
WEIGHTS: Final = "model.skops"
_LIBRARIES: Final = ("numpy", "scikit-learn", "skops")
_CHECKED: Final = 4
_EVERY: Final = 97


def write_artifact(
    weights: Weights, policy: Policy, examples: Sequence[Example], pack: RulePack
) -> int:
    """Write weights, manifest and reference; return the size of the weights in bytes."""
    from skops.io import dumps, get_untrusted_types

    ARTIFACT.mkdir(exist_ok=True)
    content = dumps(weights.estimator)
    (ARTIFACT / WEIGHTS).write_bytes(content)
    reference = _reference(weights, examples)
    manifest = {
        "version": f"{pack.version}-{pack.second_opinion.version}",
        "features": {
            "version": pack.second_opinion.version,
            "names": list(feature_names(pack)),
        },
        "artifact": {
            "file": WEIGHTS,
            "sha256": hashlib.sha256(content).hexdigest(),
            "untrusted": sorted(get_untrusted_types(data=content)),
        },
        "policy": policy.model_dump(),
        "rules": {"version": pack.version, "hash": pack.hash},
        "libraries": {name: version(name) for name in _LIBRARIES},
        "data": hash_voices(TUNED),
        "reference": reference[:_CHECKED],
    }
    _write(ARTIFACT / NAME, manifest)
    _write(REFERENCE, reference)
    return len(content)


def _reference(weights: Weights, examples: Sequence[Example]) -> list[dict[str, Any]]:
    """Pick pairs evenly, with and without a fitting code, and store what the model says of them."""
    rows = [row for each in examples if each.asked for row in each.rows.values()]
    fitting = [each.rows[each.code] for each in examples if each.asked and each.code in each.rows]
    picked = [*dict.fromkeys((*fitting[:: _EVERY // 8], *rows[::_EVERY]))]
    told = weights.score(picked)
    return [
        {"features": list(row), "probability": round(probability, 9)}
        for row, probability in zip(picked, told, strict=True)
    ]


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
