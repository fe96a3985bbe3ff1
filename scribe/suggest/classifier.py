"""Load the learned weights, distrustfully, and score pairs of a note and a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scribe.errors import ModelError
from scribe.suggest.weights import MEND, read_checked, read_weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scribe.suggest.manifest import Manifest
    from scribe.suggest.weights import Weights

_TOLERANCE: Final = 1e-6


class Classifier:
    """The weights of one model."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Read the weights and check that they are those of the artifact.

        Raises:
            ModelError: A file is missing, is not the one that the manifest names, or gives other answers than when it was made.
        """
        read_checked(folder, manifest.artifact.file, manifest.artifact.sha256)
        self._weights = read_weights(folder, manifest)
        _check_answers(self._weights, manifest)

    def score(self, rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
        """Return for each row of features the probability that its code is the one that the note documents."""
        return tuple(map(self._weights.probability, rows))


def _check_answers(weights: Weights, manifest: Manifest) -> None:
    """Refuse weights that answer otherwise than the fitted estimator did."""
    for reference in manifest.reference:
        told = weights.probability(reference.features)
        if abs(reference.probability - told) > _TOLERANCE:
            made = ", ".join(f"{name} {number}" for name, number in manifest.libraries.items())
            msg = f"the learned model answers otherwise than when it was made with {made}; {MEND}"
            raise ModelError(msg)
