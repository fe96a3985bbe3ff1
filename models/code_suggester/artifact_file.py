"""Write what is shipped: the fitted estimator, the numbers read from it, and the manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.code_suggester.estimator import load_estimator, logistic_of, store_estimator
from models.numbers_file import write_numbers
from models.voices import TUNED, hash_voices
from scribe.suggest.features import feature_names
from scribe.suggest.second_opinion import load_second_opinion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.code_suggester.examples import Example
    from scribe.rules.pack import RulePack
    from scribe.suggest.second_opinion import OpinionNumbers

HERE: Final = Path(__file__).resolve().parent
ARTIFACT: Final = HERE / "artifact"


def write_artifact(
    numbers: OpinionNumbers, estimator: Any, examples: Sequence[Example], pack: RulePack
) -> int:
    """Write the estimator, its numbers and the manifest, and read all back; return the size of the estimator in bytes.

    Raises:
        ValueError: What was stored answers otherwise than what was measured.
        ModelError: It cannot be read back.
    """
    ARTIFACT.mkdir(exist_ok=True)
    stamp = store_estimator(ARTIFACT, estimator)
    rows = [row for each in examples for row in each.rows.values()]
    write_numbers(HERE, numbers, rows, hash_voices(TUNED), pack, stamp)
    stored = logistic_of(load_estimator(ARTIFACT, stamp), feature_names(pack))
    if load_second_opinion(ARTIFACT, pack).numbers != numbers or stored != numbers.fits:
        msg = "the stored model has other numbers than the fitted one"
        raise ValueError(msg)
    return (ARTIFACT / stamp.file).stat().st_size
