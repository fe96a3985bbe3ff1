"""Write what the model sees in the sample notes and what it says of them; a test holds code and artifact to it.

``python -m models.code_suggester.reference``, after a change of rules that is meant to change a feature; ``make train`` does it as well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from models.code_suggester.artifact_file import ARTIFACT, HERE
from models.code_suggester.examples import read_scopes
from scribe.assess.checklist import assess_codes
from scribe.evaluate.as_data import as_json
from scribe.resources import samples_folder
from scribe.rules.conditions import evaluate
from scribe.rules.pack import load_pack
from scribe.suggest.features import pair_features
from scribe.suggest.second_opinion import SecondOpinion, load_second_opinion

if TYPE_CHECKING:
    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack

REFERENCE: Final = HERE / "reference.json"
_DIGITS: Final = 6


def write_reference() -> None:
    """Write the reference of the artifact that is shipped."""
    REFERENCE.write_text(as_json(reference_of(load_pack())), "utf-8")


def stored_reference() -> dict[str, Any]:
    """Read what was written."""
    stored: dict[str, Any] = json.loads(REFERENCE.read_text("utf-8"))
    return stored


def reference_of(pack: RulePack) -> dict[str, Any]:
    """Return by sample note and code the features that are not 0, and the probability.

    A note that the model is not asked about has null.
    """
    folder = samples_folder()
    paths = [
        path
        for path in sorted((*folder.glob("*.txt"), *folder.glob("*.md")))
        if path.stem != "README"
    ]
    texts = [path.read_bytes().decode("utf-8") for path in paths]
    scopes = read_scopes(texts, pack)
    second = load_second_opinion(ARTIFACT, pack)
    return {
        path.stem: _told(scope, second, pack) for path, scope in zip(paths, scopes, strict=True)
    }


def _told(scope: Scope, second: SecondOpinion, pack: RulePack) -> dict[str, Any] | None:
    if not evaluate(pack.second_opinion.considers, scope).holds:
        return None
    rows = pair_features(scope, assess_codes(scope, pack), pack)
    return {
        code: {
            "features": {name: round(value, _DIGITS) for name, value in rows[code].items()},
            "probability": round(probability, _DIGITS),
        }
        for code, probability in second.scores(rows).items()
    }


if __name__ == "__main__":
    write_reference()
