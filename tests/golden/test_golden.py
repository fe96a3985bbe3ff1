"""The whole analysis of every sample note; after a meant change run ``make golden`` and read the diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.golden.expected import HERE, golden_path, sample_paths, written
from tests.golden.expected_evaluation import EVALUATION, written_evaluation

if TYPE_CHECKING:
    from pathlib import Path

    from scribe.pipeline import Analyzer


@pytest.mark.parametrize("sample", sample_paths(), ids=lambda path: path.stem)
def test_the_analysis_is_as_expected(analyzer: Analyzer, sample: Path) -> None:
    assert written(analyzer, sample) == golden_path(sample).read_text("utf-8")


def test_no_expected_analysis_is_left_without_its_note() -> None:
    assert {path.stem for path in HERE.glob("*.json")} == {path.stem for path in sample_paths()}


@pytest.mark.parametrize("name", sorted(path.name for path in EVALUATION.iterdir()))
def test_an_evaluation_is_written_as_expected(name: str) -> None:
    assert written_evaluation()[name] == (EVALUATION / name).read_text("utf-8")


def test_every_format_of_an_evaluation_is_expected() -> None:
    assert {path.name for path in EVALUATION.iterdir()} == set(written_evaluation())
