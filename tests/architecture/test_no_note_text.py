"""Not one word of a note on standard error, in a log or in an error message."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.patience import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "Quenzelbrook"

WITH_LOGGING = """
import logging, sys, warnings
warnings.simplefilter("always")
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
from scribe.__main__ import main
main()
"""

LABELS = {
    "code": "20957",
    "decision": "suggest",
    "facts": [
        {"name": "microscope", "value": True, "status": "absent", "quote": f"Seen by {CANARY}"}
    ],
    "not_present": [{"name": "donor.site"}],
    "checklist": {"patency": "contradicted"},
    "no_findings": ["missing", "partial"],
}

UNUSABLE = {
    "binary": f"{CANARY}\0{CANARY}".encode(),
    "wrong encoding": f"{CANARY} \x81".encode("latin-1"),
    "damaged": f"é à ü {CANARY}".encode() + b"\xff",
    "cut off": b"\xff\xfe" + CANARY.encode("utf-16-le") + b"\0",
    "pdf": f"%PDF-1.4 {CANARY}".encode(),
    "fhir": f'{{"resourceType": "{CANARY}"}}'.encode(),
}


def with_canaries(text: str) -> str:
    """Put a name that no rule knows into every line and every sentence of a note."""
    lines = [f"{line} {CANARY}" if line.strip() else line for line in text.split("\n")]
    return "\n".join(lines).replace(". ", f". {CANARY} was told. ")


def run(arguments: list[str], *, code: str | None = None) -> subprocess.CompletedProcess[str]:
    start = ["-c", code] if code else ["-m", "scribe"]
    return subprocess.run(
        [sys.executable, *start, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE_S,
    )


@pytest.fixture
def notes(tmp_path: Path, samples: list[Path]) -> list[str]:
    paths = []
    for sample in samples:
        path = tmp_path / sample.name
        path.write_text(with_canaries(sample.read_text("utf-8")), "utf-8")
        paths.append(str(path))
    return paths


def test_a_whole_run_writes_nothing_to_standard_error(notes: list[str]) -> None:
    done = run(["analyze", "--format", "jsonl", *notes])
    assert (done.returncode, done.stderr) == (0, "")


def test_a_whole_run_with_every_log_switched_on_shows_no_word(notes: list[str]) -> None:
    done = run(["analyze", "--format", "jsonl", *notes], code=WITH_LOGGING)
    assert done.returncode == 0
    assert CANARY.lower() not in done.stderr.lower()


@pytest.mark.parametrize("layout", ["terminal", "json", "html"])
def test_an_evaluation_with_every_log_switched_on_shows_no_word(
    tmp_path: Path, samples: list[Path], layout: str
) -> None:
    text = f"Seen by {CANARY}.\n{samples[0].read_text('utf-8')}"
    (tmp_path / "note.txt").write_text(text.replace(". ", f". {CANARY} "), "utf-8")
    (tmp_path / "note.gold.json").write_text(json.dumps(LABELS), "utf-8")
    arguments = ["evaluate", str(tmp_path), "--misses", "--format", layout]
    done = run(arguments, code=WITH_LOGGING)
    assert done.returncode == 0, done.stderr
    assert CANARY.lower() not in (done.stdout + done.stderr).lower()


@pytest.mark.parametrize("content", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_refusal_shows_no_word(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(content)
    done = run(["analyze", str(path)])
    assert done.returncode == 2
    assert done.stdout == ""
    assert CANARY not in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_unexpected_error_shows_no_word(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(CANARY, "utf-8")
    broken = (
        "import scribe.pipeline\n"
        "def fail(self, note, **_): raise ValueError(note.text)\n"
        "scribe.pipeline.Analyzer.analyze_note = fail\n"
        "from scribe.__main__ import main\n"
        "main()\n"
    )
    done = run(["analyze", str(path)], code=broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert CANARY not in done.stderr
    assert "internal error ValueError" in done.stderr
