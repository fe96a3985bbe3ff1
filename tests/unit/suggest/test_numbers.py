"""Models that are evaluated in plain Python, as they are stored: what is refused, and what it takes to read them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scribe.errors import ModelError
from scribe.resources import model_folder
from scribe.rules.pack import load_pack
from scribe.suggest.arbiter import FEATURES as ARBITER_FEATURES
from scribe.suggest.arbiter import ArbiterNumbers
from scribe.suggest.fact_confidence import FEATURES as FACT_FEATURES
from scribe.suggest.fact_confidence import FactNumbers
from scribe.suggest.gap_judge import FEATURES as GAP_FEATURES
from scribe.suggest.gap_judge import GapNumbers
from scribe.suggest.numbers import (
    MANIFEST,
    WEIGHTS,
    Logistic,
    Multinomial,
    Numbers,
    read_numbers,
)
from scribe.suggest.reader.features import FEATURES as READER_FEATURES
from scribe.suggest.reader.weights import ReaderNumbers
from scribe.suggest.second_opinion import OpinionNumbers
from scribe.suggest.site_judge import FEATURES as SITE_FEATURES
from scribe.suggest.site_judge import SiteNumbers
from scribe.suggest.skin_judge import FEATURES as SKIN_FEATURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from scribe.types.analysis import Stamp

    Change = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Stored:
    """One of the models that are shipped, in a folder of its own.

    Attributes:
        folder: A copy of its files.
        kind: Of its numbers.
        features: Version of its features.
    """

    folder: Path
    kind: type[Numbers]
    features: int

    def read(self) -> tuple[Numbers, Stamp]:
        return read_numbers(self.folder, self.kind, self.features, "the model")

    def change(self, mend: Change) -> None:
        """Change the numbers, and have the manifest name them as they are now."""
        rewrite(self.folder / WEIGHTS, mend)
        sha256 = self.kind.model_validate_json((self.folder / WEIGHTS).read_bytes()).sha256()
        rewrite(self.folder / MANIFEST, lambda content: content["weights"].update(sha256=sha256))


KINDS: dict[str, tuple[type[Numbers], int]] = {
    "arbiter": (ArbiterNumbers, ARBITER_FEATURES),
    "code_suggester": (OpinionNumbers, load_pack().second_opinion.version),
    "fact_confidence": (FactNumbers, FACT_FEATURES),
    "gap_judge": (GapNumbers, GAP_FEATURES),
    "second_reader": (ReaderNumbers, READER_FEATURES),
    "site_judge": (SiteNumbers, SITE_FEATURES),
    "skin_judge": (Multinomial, SKIN_FEATURES),
}


@pytest.fixture(params=sorted(KINDS))
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Stored:
    copy = tmp_path / "artifact"
    shutil.copytree(model_folder(request.param), copy)
    return Stored(copy, *KINDS[request.param])


def rewrite(path: Path, mend: Change) -> None:
    content = json.loads(path.read_text("utf-8"))
    mend(content)
    path.write_text(json.dumps(content), "utf-8")


def raise_intercepts(content: dict[str, Any]) -> None:
    """Raise the regression that every answer passes through; of several classes one alone."""
    single = (
        content[name] for name in ("right", "joint", "donor", "fits", "gap") if name in content
    )
    regression = next(single, None) or content["classes"]["bone"]
    regression["intercept"] += 9.0


def test_a_model_is_named_by_the_hash_of_its_numbers(stored: Stored) -> None:
    numbers, stamp = stored.read()
    assert numbers.sha256().startswith(stamp.hash)


def test_numbers_of_another_hash_are_refused(stored: Stored) -> None:
    rewrite(stored.folder / WEIGHTS, raise_intercepts)
    with pytest.raises(ModelError, match="the model holds other numbers"):
        stored.read()


def test_numbers_of_other_features_are_refused(stored: Stored) -> None:
    stored.change(lambda content: content.update(features=0))
    with pytest.raises(ModelError, match="trained on features 0"):
        stored.read()


def test_numbers_that_answer_otherwise_are_refused(stored: Stored) -> None:
    stored.change(raise_intercepts)
    with pytest.raises(ModelError, match="answers otherwise"):
        stored.read()


@pytest.mark.parametrize("answers", [{}, {"other": 0.5}], ids=["none", "of another name"])
def test_stored_answers_that_the_model_does_not_give_are_refused(
    stored: Stored, answers: dict[str, float]
) -> None:
    rewrite(
        stored.folder / MANIFEST, lambda content: content["reference"][0].update(answers=answers)
    )
    with pytest.raises(ModelError, match="answers otherwise"):
        stored.read()


def test_a_manifest_that_does_not_say_all_is_refused(stored: Stored) -> None:
    rewrite(stored.folder / MANIFEST, lambda content: content.pop("data"))
    with pytest.raises(ModelError, match="data"):
        stored.read()


@pytest.mark.parametrize("file", [MANIFEST, WEIGHTS])
def test_a_missing_file_is_refused(stored: Stored, file: str) -> None:
    (stored.folder / file).unlink()
    with pytest.raises(ModelError, match="make train"):
        stored.read()


@pytest.mark.parametrize("name", sorted(KINDS))
def test_reading_a_model_loads_no_library_of_learning(name: str) -> None:
    code = (
        "import sys\n"
        f"from {KINDS[name][0].__module__} import {KINDS[name][0].__name__} as kind\n"
        "from scribe.resources import model_folder\n"
        "from scribe.suggest.numbers import read_numbers\n"
        f"read_numbers(model_folder({name!r}), kind, {KINDS[name][1]}, 'the model')\n"
        "print(sorted({'sklearn', 'skops', 'numpy', 'spacy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("odds", "expected"), [(0.0, 0.5), (-1e6, 0.0), (1e6, 1.0)])
def test_a_probability_stays_one_whatever_the_odds(odds: float, expected: float) -> None:
    assert Logistic(intercept=odds, weights={}).probability({}) == pytest.approx(expected)


def test_an_unknown_feature_adds_nothing() -> None:
    assert Logistic(intercept=1.0, weights={"known": 2.0}).odds({"known": 2.0, "other": 9.0}) == 5.0
