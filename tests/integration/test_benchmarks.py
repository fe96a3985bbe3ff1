"""The benchmarks run and print every line; no time is judged here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.patience import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

LINES = (
    "Memory, ",
    "scribe, text to JSON, peak",
    "medspaCy, growth",
    "import scribe",
    "scribe analyze, first result",
    "Whole analysis, family",
    "Whole analysis, archive",
    "spaCy tokenizer",
    "medspaCy, sentencizer",
    "EDS-NLP",
    "scribe faster than medspaCy",
    "Stages, archive",
    "parse",
    "extract",
    "judge",
    "report",
    "scribe, text to JSON, 16x",
    "scribe, text to JSON: spaces",
)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory, root: Path) -> tuple[str, dict[str, object]]:
    folder = tmp_path_factory.mktemp("bench")
    (folder / "notes").mkdir()
    (folder / "notes" / "one.txt").write_text("PROCEDURE: Free fibula flap to the jaw.\n", "utf-8")
    (folder / "archive.jsonl").write_text('{"text": "Cataract, right eye. No complications."}\n')
    notes = ["--notes", str(folder / "notes"), "--notes", str(folder / "archive.jsonl")]
    written = folder / "rows.json"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks",
            "--passes",
            "1",
            "--most",
            "2",
            "--json",
            str(written),
            *notes,
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    return done.stdout, json.loads(written.read_text("utf-8"))


@pytest.mark.parametrize("line", LINES)
def test_the_table_has_its_lines(line: str, result: tuple[str, dict[str, object]]) -> None:
    assert line in result[0]


def test_the_json_holds_the_rows_and_what_was_measured_with(
    result: tuple[str, dict[str, object]],
) -> None:
    assert set(result[1]) == {"run", "rows"}


def test_no_path_of_a_note_is_written(result: tuple[str, dict[str, object]]) -> None:
    assert "archive.jsonl" not in result[0] + json.dumps(result[1])


def test_an_engine_that_does_not_load_says_what_to_install(tmp_path: Path, root: Path) -> None:
    (tmp_path / "edsnlp.py").write_text("raise ImportError('no pkg_resources')\n", "utf-8")
    paths = os.pathsep.join((str(tmp_path), str(root)))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.eds"],
        cwd=root,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": paths},
        text=True,
    )
    assert (done.returncode, "setuptools<80" in done.stderr) == (2, True)
