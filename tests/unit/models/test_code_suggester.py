"""The second opinion as it is stored: its numbers are those of the fitted estimator, which is opened only as its manifest describes it."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from models.code_suggester.estimator import load_estimator, logistic_of, probabilities
from scribe.errors import ModelError
from scribe.resources import model_folder
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.features import feature_names
from scribe.suggest.numbers import MANIFEST, WEIGHTS, read_manifest
from scribe.suggest.second_opinion import TITLE, OpinionNumbers, load_second_opinion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from scribe.suggest.numbers import EstimatorStamp

    Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the model that is shipped."""
    copy = tmp_path / "artifact"
    shutil.copytree(model_folder("code_suggester"), copy)
    return copy


def rewrite(path: Path, change: Change) -> None:
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def change_numbers(folder: Path, change: Change) -> None:
    """Change the numbers, and have the manifest name them as they are now."""
    rewrite(folder / WEIGHTS, change)
    sha256 = OpinionNumbers.model_validate_json((folder / WEIGHTS).read_bytes()).sha256()
    rewrite(folder / MANIFEST, lambda told: told["weights"].update(sha256=sha256))


def stamp_of(folder: Path) -> EstimatorStamp:
    stamp = read_manifest(folder, TITLE).estimator
    assert stamp is not None
    return stamp


def stored_estimator(folder: Path) -> Any:
    return load_estimator(folder, stamp_of(folder))


def any_rows(width: int) -> Iterator[Sequence[float]]:
    """Rows of features as they are: zeros and ones, and three shares at the end; and rows that score extremely."""
    chance = random.Random(1)  # noqa: S311 - no secret
    for _ in range(200):
        yield [*(float(chance.random() < 0.3) for _ in range(width - 3)), *(chance.random(),) * 3]
    yield [0.0] * width
    yield [1.0] * width
    yield from ([1000.0 * (at == each) for at in range(width)] for each in range(width))


def test_the_numbers_are_those_of_the_estimator(folder: Path, pack: RulePack) -> None:
    fits = load_second_opinion(folder, pack).numbers.fits
    assert logistic_of(stored_estimator(folder), feature_names(pack)) == fits


def test_the_numbers_answer_as_the_estimator(folder: Path, pack: RulePack) -> None:
    names = feature_names(pack)
    rows = list(any_rows(len(names)))
    fits = load_second_opinion(folder, pack).numbers.fits
    told = [fits.probability(dict(zip(names, row, strict=True))) for row in rows]
    assert told == pytest.approx(probabilities(stored_estimator(folder), rows), abs=1e-12)


def test_the_shipped_model_is_small(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.iterdir()) < 5_000_000


def test_the_two_calibration_classes_are_all_it_needs_beyond_what_skops_trusts(
    folder: Path,
) -> None:
    assert stamp_of(folder).untrusted == (
        "sklearn.calibration._CalibratedClassifier",
        "sklearn.calibration._SigmoidCalibration",
    )


def test_another_estimator_beside_the_numbers_is_refused(folder: Path, pack: RulePack) -> None:
    path = folder / stamp_of(folder).file
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(ModelError, match="not the file that the manifest names"):
        load_second_opinion(folder, pack)


def test_a_missing_estimator_is_refused(folder: Path, pack: RulePack) -> None:
    (folder / stamp_of(folder).file).unlink()
    with pytest.raises(ModelError, match=r"has no model\.skops"):
        load_second_opinion(folder, pack)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda weights: weights.popitem(), id="one less"),
        pytest.param(lambda weights: weights.update(other=0.0), id="one more"),
    ],
)
def test_a_model_of_features_of_other_names_is_refused(
    folder: Path, change: Change, pack: RulePack
) -> None:
    numbers = OpinionNumbers.model_validate_json((folder / WEIGHTS).read_bytes())
    nothing = {
        "features": {},
        "answers": numbers.answers({}),
    }  # said alike whatever the weights are
    rewrite(folder / MANIFEST, lambda told: told.update(reference=[nothing]))
    change_numbers(folder, lambda content: change(content["fits"]["weights"]))
    with pytest.raises(ModelError, match="other names"):
        load_second_opinion(folder, pack)


def test_a_number_that_is_none_is_named(folder: Path, pack: RulePack) -> None:
    rewrite(folder / WEIGHTS, lambda content: content["policy"].pop("hold_back"))
    with pytest.raises(ModelError, match=r"policy\.hold_back"):
        load_second_opinion(folder, pack)


def test_a_type_that_the_manifest_does_not_name_is_refused(folder: Path) -> None:
    rewrite(folder / MANIFEST, lambda content: content["estimator"]["untrusted"].pop())
    with pytest.raises(ModelError, match="other types"):
        stored_estimator(folder)


def test_an_estimator_that_is_another_file_is_not_opened(folder: Path) -> None:
    (folder / "model.skops").write_bytes(b"no archive")
    with pytest.raises(ModelError, match="not the file that the manifest names"):
        stored_estimator(folder)


def test_a_file_that_is_no_model_is_refused(folder: Path) -> None:
    (folder / "model.skops").write_bytes(b"no archive")
    digest = hashlib.sha256(b"no archive").hexdigest()
    rewrite(folder / MANIFEST, lambda content: content["estimator"].update(sha256=digest))
    with pytest.raises(ModelError, match="cannot be read"):
        stored_estimator(folder)


def test_an_estimator_of_another_kind_has_no_numbers() -> None:
    with pytest.raises(ModelError, match="no logistic regression"):
        logistic_of(object(), ())


def test_an_estimator_of_other_features_has_no_numbers(folder: Path) -> None:
    with pytest.raises(ModelError, match="of its features"):
        logistic_of(stored_estimator(folder), ("one",))
