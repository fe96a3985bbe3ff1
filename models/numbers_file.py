"""Write the two files of a model whose numbers are evaluated in plain Python, and read them back as an analysis does."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from scribe.suggest.numbers import (
    MANIFEST,
    WEIGHTS,
    Manifest,
    Reference,
    WeightsStamp,
    read_numbers,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scribe.rules.pack import RulePack
    from scribe.suggest.numbers import EstimatorStamp, Features, Numbers

_LIBRARIES: Final = ("numpy", "scikit-learn")
_REFERENCES: Final = 5


def write_numbers(
    model: Path,
    numbers: Numbers,
    rows: Sequence[Features],
    data: str,
    pack: RulePack,
    estimator: EstimatorStamp | None = None,
) -> None:
    """Write numbers and manifest; the same training gives the same bytes.

    Args:
        model: Folder of the model's training.
        numbers: What was fitted.
        rows: What it was fitted to; the answers to some of them are stored.
        data: SHA-256 over what it was trained on.
        pack: The rules of the training.
        estimator: What the numbers were read from, where it is shipped beside them.
    """
    folder = model / "artifact"
    folder.mkdir(exist_ok=True)
    (folder / WEIGHTS).write_text(numbers.model_dump_json() + "\n", "utf-8")
    step = max(1, len(rows) // _REFERENCES)
    libraries = _LIBRARIES if estimator is None else (*_LIBRARIES, "skops")
    manifest = Manifest(
        version=f"{pack.version}-{numbers.features}",
        weights=WeightsStamp(file=WEIGHTS, sha256=numbers.sha256()),
        estimator=estimator,
        rules={"version": pack.version, "hash": pack.hash},
        libraries={name: version(name) for name in libraries},
        data=data,
        reference=tuple(
            Reference(features=row, answers=numbers.answers(row)) for row in rows[step // 2 :: step]
        ),
    )
    (folder / MANIFEST).write_text(
        manifest.model_dump_json(indent=1, exclude_none=True) + "\n", "utf-8"
    )
    read_numbers(folder, type(numbers), numbers.features, model.name)
