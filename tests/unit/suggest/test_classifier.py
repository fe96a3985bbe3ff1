"""A stored model is loaded late, and only when it is the one that its manifest describes."""

from __future__ import annotations

import json
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
from scribe.suggest.manifest import NAME, Manifest, read_manifest
from scribe.suggest.second_opinion import load_second_opinion

if TYPE_CHECKING:
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


def test_another_file_is_refused(folder: Path) -> None:
    weights = folder / read_manifest(folder).artifact.file
    weights.write_bytes(weights.read_bytes() + b"\0")
    with pytest.raises(ModelError, match="not the file that the manifest names"):
        load_second_opinion(folder, the_pack())


def test_a_missing_file_is_refused(folder: Path) -> None:
    (folder / read_manifest(folder).artifact.file).unlink()
    with pytest.raises(ModelError, match=r"has no model\.skops"):
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
    manifest = read_manifest(folder)
    with pytest.raises(ModelError, match="other types"):
        Classifier(folder, manifest).score(rows_of(manifest))


def test_a_model_that_answers_otherwise_is_refused(folder: Path) -> None:
    change_manifest(folder, lambda content: content["reference"][0].update(probability=0.123))
    manifest = read_manifest(folder)
    with pytest.raises(ModelError, match="answers otherwise"):
        Classifier(folder, manifest).score(rows_of(manifest))


def test_a_file_that_is_no_model_is_refused(folder: Path) -> None:
    import hashlib

    (folder / "model.skops").write_bytes(b"no archive")
    digest = hashlib.sha256(b"no archive").hexdigest()
    change_manifest(folder, lambda content: content["artifact"].update(sha256=digest))
    manifest = read_manifest(folder)
    with pytest.raises(ModelError, match="cannot be read"):
        Classifier(folder, manifest).score(rows_of(manifest))


def test_preparing_the_model_loads_no_library_of_it() -> None:
    code = (
        "import sys\n"
        "from scribe.resources import model_folder\n"
        "from scribe.rules.pack import load_pack\n"
        "from scribe.suggest.second_opinion import load_second_opinion\n"
        "load_second_opinion(model_folder('code_suggester'), load_pack())\n"
        "print(*{'sklearn', 'skops'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
