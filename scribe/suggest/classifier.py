"""Load the learned weights, distrustfully, and score pairs of a note and a code."""

from __future__ import annotations

import hashlib
import warnings
from typing import TYPE_CHECKING, Any, Final

from scribe.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scribe.suggest.manifest import Manifest

_TOLERANCE: Final = 1e-6
_MEND: Final = "reinstall opnote-scribe, or run make train"


class Classifier:
    """The weights of one model; they and their libraries are loaded when the first pair is scored, once."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Read the file of weights and check its hash; nothing of it is interpreted yet.

        Raises:
            ModelError: The file is missing or is not the one that the manifest names.
        """
        self._manifest = manifest
        self._model: Any = None
        try:
            self._bytes = (folder / manifest.artifact.file).read_bytes()
        except OSError as error:
            msg = f"the learned model has no {manifest.artifact.file}; {_MEND}"
            raise ModelError(msg) from error
        if hashlib.sha256(self._bytes).hexdigest() != manifest.artifact.sha256:
            msg = f"{manifest.artifact.file} is not the file that the manifest names; {_MEND}"
            raise ModelError(msg)

    def score(self, rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
        """Return for each row of features the probability that its code is the one that the note documents.

        Raises:
            ModelError: The file holds types that the manifest does not name, cannot be read, or gives other answers than when it was made.
        """
        if self._model is None:
            model = _load(self._bytes, self._manifest)
            _check_answers(model, self._manifest)
            self._model = model
        return _probabilities(self._model, rows)


def _load(content: bytes, manifest: Manifest) -> Any:
    from skops.io import get_untrusted_types, loads

    expected = sorted(manifest.artifact.untrusted)
    try:
        found = sorted(get_untrusted_types(data=content))
        if found != expected:
            msg = f"{manifest.artifact.file} holds other types than the manifest names; {_MEND}"
            raise ModelError(msg)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other library versions: its answers are checked
            return loads(content, trusted=expected)
    except ModelError:
        raise
    except Exception as error:  # skops names no common error for a damaged file
        msg = f"{manifest.artifact.file} cannot be read by the installed libraries; {_MEND}"
        raise ModelError(msg) from error


def _check_answers(model: Any, manifest: Manifest) -> None:
    """Refuse a model that another version of the libraries reads differently."""
    rows = [each.features for each in manifest.reference]
    told = _probabilities(model, rows)
    for reference, probability in zip(manifest.reference, told, strict=True):
        if abs(reference.probability - probability) > _TOLERANCE:
            made = ", ".join(f"{name} {number}" for name, number in manifest.libraries.items())
            msg = f"the learned model answers otherwise than when it was made with {made}; {_MEND}"
            raise ModelError(msg)


def _probabilities(model: Any, rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple(float(pair[1]) for pair in model.predict_proba([list(row) for row in rows]))
