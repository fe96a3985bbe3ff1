"""The stored second reader: what is refused, and what it takes to read it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from scribe.errors import ModelError
from scribe.resources import model_folder
from scribe.rules.pack import load_pack
from scribe.suggest.manifest import NAME
from scribe.suggest.reader.weights import ReaderNumbers, load_numbers

if TYPE_CHECKING:
    from pathlib import Path

Change = Callable[[dict[str, Any]], None]
WEIGHTS = "weights.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the model that is shipped."""
    copy = tmp_path / "artifact"
    shutil.copytree(model_folder("second_reader"), copy)
    return copy


def change(path: Path, mend: Change) -> None:
    content = json.loads(path.read_text("utf-8"))
    mend(content)
    path.write_text(json.dumps(content), "utf-8")


def rehash(folder: Path) -> None:
    numbers = ReaderNumbers.model_validate_json((folder / WEIGHTS).read_bytes())
    change(folder / NAME, lambda content: content["weights"].update(sha256=numbers.sha256()))


def test_the_stored_model_is_named_by_its_hash(folder: Path) -> None:
    numbers, stamp = load_numbers(folder)
    assert numbers.sha256().startswith(stamp.hash)


def test_other_numbers_are_refused(folder: Path) -> None:
    change(folder / WEIGHTS, lambda content: content.update(least=0.1))
    with pytest.raises(ModelError, match="other numbers"):
        load_numbers(folder)


def test_numbers_of_other_features_are_refused(folder: Path) -> None:
    change(folder / WEIGHTS, lambda content: content.update(features=0))
    rehash(folder)
    with pytest.raises(ModelError, match="trained on features 0"):
        load_numbers(folder)


def test_numbers_that_answer_otherwise_are_refused(folder: Path) -> None:
    change(folder / WEIGHTS, lambda content: content["joint"].update(intercept=9.0))
    rehash(folder)
    with pytest.raises(ModelError, match="answers otherwise"):
        load_numbers(folder)


@pytest.mark.parametrize("file", [NAME, WEIGHTS])
def test_a_missing_file_is_refused(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(ModelError, match="make train"):
        load_numbers(folder)


def test_only_facts_that_are_asked_for_are_judged() -> None:
    numbers, _ = load_numbers(model_folder("second_reader"))
    judged = {each.name for each in (*numbers.sentences, *numbers.places)}
    assert judged <= set(load_pack().second_reader.facts)


def test_reading_the_model_loads_no_library_of_learning() -> None:
    code = (
        "import sys\n"
        "from scribe.resources import model_folder\n"
        "from scribe.suggest.reader.weights import load_numbers\n"
        "load_numbers(model_folder('second_reader'))\n"
        "print(sorted({'sklearn', 'skops', 'numpy', 'spacy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
