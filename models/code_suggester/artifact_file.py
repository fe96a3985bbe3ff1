"""Write what is shipped: the weights and the manifest."""

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
WEIGHTS: Final = "model.skops"
_LIBRARIES: Final = ("numpy", "scikit-learn", "skops")


def write_artifact(
    weights: Weights, policy: Policy, examples: Sequence[Example], pack: RulePack
) -> int:
    """Write weights and manifest; return the size of the weights in bytes."""
    from skops.io import dumps, get_untrusted_types

    ARTIFACT.mkdir(exist_ok=True)
    content = dumps(weights.estimator)
    (ARTIFACT / WEIGHTS).write_bytes(content)
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
        "reference": _reference(weights, examples),
    }
    (ARTIFACT / NAME).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    return len(content)


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
