"""A stored model is loaded only when it is the one that its manifest describes, and answers as it was fitted."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from scribe.errors import ModelError
from scribe.resources import model_folder
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.classifier import Classifier
from scribe.suggest.estimator import load_estimator, probabilities, weights_of
from scribe.suggest.manifest import NAME, Manifest, read_manifest
from scribe.suggest.second_opinion import load_second_opinion
from scribe.suggest.weights import read_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Change = Callable[[dict[str, Any]], None]


@cache
def the_pack() -> RulePack:
    return load_pack()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the model that is shipped."""
    copy = tmp_path / "artifact"
    shutil.copytree(model_folder("code_suggester"), copy)
    return copy


def change_manifest(folder: Path, change: Change) -> None:
    content = json.loads((folder / NAME).read_text("utf-8"))
    change(content)
    (folder / NAME).write_text(json.dumps(content), "utf-8")


def rows_of(manifest: Manifest) -> list[tuple[float, ...]]:
    return [each.features for each in manifest.reference]


def stored_estimator(folder: Path, manifest: Manifest) -> Any:
    stamp = manifest.artifact
    return load_estimator(folder / stamp.file, stamp.sha256, stamp.untrusted)


def any_rows(width: int) -> Iterator[Sequence[float]]:
    """Rows of features as they are: zeros and ones, and three shares at the end; and rows that score extremely."""
    chance = random.Random(1)  # noqa: S311 - no secret
    for _ in range(200):
        yield [*(float(chance.random() < 0.3) for _ in range(width - 3)), *(chance.random(),) * 3]
    yield [0.0] * width
    yield [1.0] * width
    yield from ([1000.0 * (at == each) for at in range(width)] for each in range(width))


def test_the_shipped_model_gives_the_stored_probabilities(folder: Path) -> None:
    manifest = read_manifest(folder)
    told = Classifier(folder, manifest).score(rows_of(manifest))
    assert told == pytest.approx([each.probability for each in manifest.reference], abs=1e-6)


def test_the_shipped_model_is_small(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.iterdir()) < 5_000_000


def test_the_two_calibration_classes_are_all_it_needs_beyond_what_skops_trusts(
    folder: Path,
) -> None:
    assert read_manifest(folder).artifact.untrusted == (
        "sklearn.calibration._CalibratedClassifier",
        "sklearn.calibration._SigmoidCalibration",
    )


def test_the_weights_answer_as_the_estimator_that_they_were_read_from(folder: Path) -> None:
    manifest = read_manifest(folder)
    rows = list(any_rows(len(manifest.features.names)))
    fitted = probabilities(stored_estimator(folder, manifest), rows)
    assert Classifier(folder, manifest).score(rows) == pytest.approx(fitted, abs=1e-12)


def test_the_weights_are_those_of_the_estimator(folder: Path) -> None:
    manifest = read_manifest(folder)
    read = weights_of(stored_estimator(folder, manifest), manifest.artifact.sha256)
    assert read_weights(folder, manifest) == read


@pytest.mark.parametrize("file", ["model.skops", "weights.json"])
def test_another_file_is_refused(folder: Path, file: str) -> None:
    (folder / file).write_bytes((folder / file).read_bytes() + b"\n")
    with pytest.raises(ModelError, match="not the file that the manifest names"):
        load_second_opinion(folder, the_pack())


@pytest.mark.parametrize("file", ["model.skops", "weights.json"])
def test_a_missing_file_is_refused(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(ModelError, match=f"has no {file}"):
        load_second_opinion(folder, the_pack())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(lambda w: w.update(of="0" * 64), "another file", id="another estimator"),
        pytest.param(lambda w: w["coefficients"].pop(), "coefficients for", id="number"),
        pytest.param(lambda w: w.update(slope=None), "slope", id="no number"),
        pytest.param(lambda w: w.update(intercept=40.0), "answers otherwise", id="answers"),
    ],
)
def test_weights_that_do_not_fit_are_refused(folder: Path, change: Change, message: str) -> None:
    weights = json.loads((folder / "weights.json").read_text("utf-8"))
    change(weights)
    content = json.dumps(weights).encode()
    (folder / "weights.json").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    change_manifest(folder, lambda told: told["artifact"]["weights"].update(sha256=digest))
    with pytest.raises(ModelError, match=message):
        load_second_opinion(folder, the_pack())


def test_a_missing_manifest_is_refused(folder: Path) -> None:
    (folder / NAME).unlink()
    with pytest.raises(ModelError, match="make train"):
        load_second_opinion(folder, the_pack())


def test_a_manifest_that_says_too_little_is_refused(folder: Path) -> None:
    change_manifest(folder, lambda content: content["policy"].pop("hold_back"))
    with pytest.raises(ModelError, match=r"policy\.hold_back"):
        load_second_opinion(folder, the_pack())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda stamp: stamp.update(version=0), id="version"),
        pytest.param(lambda stamp: stamp["names"].reverse(), id="order"),
        pytest.param(lambda stamp: stamp["names"].pop(), id="number"),
    ],
)
def test_a_model_of_other_features_is_refused(folder: Path, change: Change) -> None:
    change_manifest(folder, lambda content: change(content["features"]))
    with pytest.raises(ModelError, match="trained on features"):
        load_second_opinion(folder, the_pack())


def test_a_type_that_the_manifest_does_not_name_is_refused(folder: Path) -> None:
    change_manifest(folder, lambda content: content["artifact"]["untrusted"].pop())
    with pytest.raises(ModelError, match="other types"):
        stored_estimator(folder, read_manifest(folder))


def test_a_model_that_answers_otherwise_is_refused(folder: Path) -> None:
    change_manifest(folder, lambda content: content["reference"][0].update(probability=0.123))
    with pytest.raises(ModelError, match="answers otherwise"):
        load_second_opinion(folder, the_pack())


def test_an_estimator_that_is_another_file_is_not_opened(folder: Path) -> None:
    (folder / "model.skops").write_bytes(b"no archive")
    with pytest.raises(ModelError, match="not the file that the manifest names"):
        stored_estimator(folder, read_manifest(folder))


def test_a_file_that_is_no_model_is_refused(folder: Path) -> None:
    (folder / "model.skops").write_bytes(b"no archive")
    digest = hashlib.sha256(b"no archive").hexdigest()
    change_manifest(folder, lambda content: content["artifact"].update(sha256=digest))
    with pytest.raises(ModelError, match="cannot be read"):
        stored_estimator(folder, read_manifest(folder))


def test_an_estimator_of_another_kind_has_no_weights() -> None:
    with pytest.raises(ModelError, match="no logistic regression"):
        weights_of(object(), "0" * 64)


def test_asking_the_model_loads_no_library_of_it() -> None:
    code = (
        "import sys\n"
        "from scribe.resources import model_folder\n"
        "from scribe.suggest.classifier import Classifier\n"
        "from scribe.suggest.manifest import read_manifest\n"
        "folder = model_folder('code_suggester')\n"
        "manifest = read_manifest(folder)\n"
        "Classifier(folder, manifest).score([manifest.reference[0].features])\n"
        "print(*{'sklearn', 'skops'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
