"""An analysis inside a program leaves no word of the note in a log, on a stream, in a file or in what Python shows of it."""

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

PROGRAM = """
import io, json, logging, sys, tempfile, warnings
from pathlib import Path

warnings.simplefilter("always")
loguru_sink, log_sink = io.StringIO(), io.StringIO()
from loguru import logger

logger.remove()
logger.add(loguru_sink, level=0)
logging.basicConfig(level=logging.DEBUG, stream=log_sink)

from scribe.pipeline import Analyzer


text = Path(sys.argv[1]).read_text("utf-8")
before = set(Path(tempfile.gettempdir()).rglob("*"))
analyzer = Analyzer()
analysis = analyzer.analyze(text, note_id="case-1")
try:
    analyzer.analyze(text + " " * (11 * 1024 * 1024))
    refusal = ""
except Exception as error:
    refusal = f"{error!r} {error}"
facts = (*analysis.facts, *analysis.signals)
told = analyzer.extract_facts(analysis.note)
shown = [repr(part) for part in (analysis, analysis.note, analysis.sections, facts, told)]
parsed = told.parsed
shown.append(repr(parsed.sections))
places = [place for fact in facts for place in fact.evidence]
result = {
    "loguru": loguru_sink.getvalue(),
    "logging": log_sink.getvalue(),
    "refusal": refusal,
    "shown": " ".join(shown),
    "evidence": " ".join(repr(place) for place in places),
    "items": " ".join(repr(i) for s in parsed.sentences for i in s.items if not i.concepts),
    "files": [str(p) for p in set(Path(tempfile.gettempdir()).rglob("*")) - before],
}
sys.stdout.write(json.dumps(result))
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, object]:
    """Run an analysis in a program of its own, with every log on and a temporary folder of its own."""
    note = (root / "sample_notes" / "typed_with_skin.txt").read_text("utf-8")
    note = note.replace(". ", f". {CANARY} was told. ").replace("\n", f" {CANARY}\n")
    folder = tmp_path_factory.mktemp("note")
    path = folder / "note.txt"
    path.write_text(note, "utf-8")
    temporary = tmp_path_factory.mktemp("temporary")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE_S,
        cwd=folder,
        env={"PATH": "", "PYTHONPATH": str(root), "TMPDIR": str(temporary)},
    )
    written = [p.name for p in folder.iterdir() if p != path]
    return {**json.loads(done.stdout), "stderr": done.stderr, "written": written}


@pytest.mark.parametrize("stream", ["loguru", "logging", "stderr", "refusal", "shown", "evidence"])
def test_no_word_of_the_note(run: dict[str, object], stream: str) -> None:
    assert CANARY.lower() not in str(run[stream]).lower()


@pytest.mark.parametrize("stream", ["shown", "evidence", "items"])
def test_no_finding_of_the_note_in_what_python_shows(run: dict[str, object], stream: str) -> None:
    assert "paratenon" not in str(run[stream]).lower()


def test_the_refusal_of_a_large_note_was_seen(run: dict[str, object]) -> None:
    assert "NoteTooLarge" in str(run["refusal"])


def test_no_file_is_left_in_the_temporary_folder(run: dict[str, object]) -> None:
    assert run["files"] == []


def test_no_file_is_written_beside_the_note(run: dict[str, object]) -> None:
    assert run["written"] == []
