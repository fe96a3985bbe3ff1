"""The expected analyses: where they are, and how an analysis is written into one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from scribe.pipeline import read_note

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "sample_notes"


def sample_paths() -> list[Path]:
    """Return the sample notes that are plain text; other formats and the set of forty have tests of their own."""
    return sorted(path for path in SAMPLES.glob("*.[tm][xd]*") if path.name != "README.md")


def golden_path(sample: Path) -> Path:
    """Return the file that holds the expected analysis of a sample note."""
    return HERE / f"{sample.stem}.json"


def written(analyzer: Analyzer, sample: Path) -> str:
    """Return the analysis as it stands in the file; versions and hashes are left out."""
    note = read_note(sample.read_bytes(), note_id=sample.stem)
    result = analyzer.analyze_note(note).to_dict()
    del result["engine"]
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"
